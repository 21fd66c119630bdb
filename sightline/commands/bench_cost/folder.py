"""An empty folder, and in it a demonstration from nothing: how long until its first page, and what took that long."""

import os
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sightline.commands.bench_growth.first_page import wait_for_page
from sightline.commands.postgres.lifecycle import ROOT, Cluster
from sightline.commands.serving import CannotServe, choose_port

NEEDED = ("run", "pyproject.toml", "requirements", "sightline")
"""What the product runs from."""
NOT_INHERITED = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "SIGHTLINE_VAR",
    "SIGHTLINE_CLUSTER",
    "SIGHTLINE_AS",
    "VIRTUAL_ENV",
)
PATIENCE_SECONDS = 1200.0
PASSWORD = re.compile(r"password is (\S+) and the code is (\d+)")
ANSWERS = "answers at"
PROGRESS = ("so far:", "WARNING")
"""How a line begins that tells no new stage: how far one has come, or what the installer grumbles about."""
ADDRESS = re.compile(r"\S+@hallowby\.example")


@dataclass(frozen=True)
class Stage:
    """What a command said, and for how many seconds nothing else was said."""

    words: str
    seconds: float


@dataclass
class Running:
    """A command that serves pages, by its process and its port, with what it said and when."""

    child: subprocess.Popen[str]
    port: int
    began: float
    lines: list[tuple[float, str]] = field(default_factory=list)
    seconds: float = 0.0
    """Until its first page."""

    @property
    def stages(self) -> list[Stage]:
        """From its start to its first page. Lines that only say how far one has come belong to it."""
        marks = [(self.began, "before it says anything")]
        for at, words in self.lines:
            if at - self.began > self.seconds:
                break
            if ANSWERS in words:
                # What it prints after that are the sign-ins.
                marks.append((at, "waiting for the first page"))
                break
            if not words.strip().startswith(PROGRESS) and _short(words) != marks[-1][1]:
                marks.append((at, _short(words)))
        ends = [*(at for at, _ in marks[1:]), self.began + self.seconds]
        found = [Stage(words, end - at) for (at, words), end in zip(marks, ends, strict=True)]
        return [one for one in found if one.seconds >= 0.5]

    @property
    def password_and_code(self) -> tuple[str, str]:
        """The same for everybody, as it printed them."""
        told = next((found for _, words in self.lines if (found := PASSWORD.search(words))), None)
        return (told[1], told[2]) if told else ("", "")

    @property
    def sign_ins(self) -> list[str]:
        """Addresses that it printed to sign in with."""
        return list(dict.fromkeys(found for _, words in self.lines for found in ADDRESS.findall(words)))


def _short(words: str) -> str:
    return words.partition(":")[0].strip() if re.match(r"\w[\w ]*: ", words) else words.strip().rstrip(". ")


class Folder:
    """Where the product is, or comes to be; with what it keeps in a folder of its own."""

    def __init__(self, place: Path, *, installed: bool) -> None:
        self.place = place
        self.command = ROOT / "run" if installed else place / "run"
        self.var = place / "var"
        if not installed:
            _bring(place)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
        return kept | {"SIGHTLINE_VAR": str(self.var), "PYTHONUNBUFFERED": "1"}

    @property
    def cluster(self) -> Cluster:
        return Cluster("postgres", self.var)

    def bytes(self) -> dict[str, int]:
        """What lies in it: the installation, and the folder of what is kept."""
        return {"installation": _size(self.place / ".venv"), "database and files": _size(self.var)}

    @contextmanager
    def serving(self, words: Sequence[str]) -> Iterator[Running]:
        """`./run words --port …` inside the block, once its first page was answered."""
        port, began = choose_port(None, first=8800), time.monotonic()
        child = subprocess.Popen(
            [str(self.command), *words, "--port", str(port)], env=self.environment, cwd=self.place, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        running = Running(child, port, began)
        listener = threading.Thread(target=_listen, args=[running], daemon=True)
        listener.start()
        try:
            _wait(running, listener)
            running.seconds = time.monotonic() - began
            yield running
        finally:
            child.terminate()
            child.wait()
            listener.join()


def _wait(running: Running, listener: threading.Thread) -> None:
    """Until its first page. Where none comes, its last words are told."""
    try:
        wait_for_page(running.port, running.child, PATIENCE_SECONDS)
    except CannotServe as refusal:
        running.child.terminate()
        listener.join()
        last = " ".join(words.strip() for _, words in running.lines[-3:])
        raise CannotServe(f"{refusal} Its last words: {last}") from refusal


def _listen(running: Running) -> None:
    for line in running.child.stdout or ():
        if line.strip():
            running.lines.append((time.monotonic(), line))


def _bring(place: Path) -> None:
    """The product's files, as a download leaves them: nothing installed and nothing made."""
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, place / name)


def _size(folder: Path) -> int:
    return sum(one.lstat().st_size for one in folder.rglob("*") if one.is_file()) if folder.exists() else 0


@contextmanager
def empty_folder(*, installed: bool) -> Iterator[Folder]:
    """Thrown away at the end. Passable, since the database may be another account's."""
    with tempfile.TemporaryDirectory(prefix="sightline-cost-") as name:
        place = Path(name)
        place.chmod(0o711)
        yield Folder(place, installed=installed)
