"""The embedded PostgreSQL's life: made once, started when needed, stopped by the last to leave.

Every command that uses a cluster holds a shared lock on its `.users` file for as long as it
does. The kernel lets go of the lock however the command ends, kill -9 included. Whoever leaves
and can take the lock alone is the last, and stops the server; so a second command attaches to
a running server and does not stop it under the first.
"""

import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from sightline.commands.postgres import account as accounts
from sightline.commands.postgres.memory import LEAST_MB, shared_buffers_mb

ROOT = Path(__file__).resolve().parents[3]
LOGINS = ("postgres", "sightline_owner", "sightline_serving")
ATTEMPTS = 10
PATIENCE_SECONDS = 30.0

# Names, dates of birth and addresses are parameters: they never reach the server's log.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "max_connections": "80",
}
# Tests rebuild what they lose; a demonstration keeps the durable settings of a real server.
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class ServerRefused(Exception):
    """The embedded server did not start; the message says what to look at."""


@dataclass(frozen=True)
class Cluster:
    """One embedded server's files: its data folder, and beside it lock, log and secrets."""

    name: str
    var: Path

    @property
    def folder(self) -> Path:
        return self.var / self.name

    def beside(self, ending: str) -> Path:
        return self.var / f"{self.name}.{ending}"

    def running(self) -> dict[str, Any]:
        """What the running server wrote down (port, socket, pid), or {} when none does."""
        return _read(self.beside("running.json"))

    def secrets(self) -> dict[str, str]:
        return _read(self.beside("secrets.json"))


def var_folder() -> Path:
    folder = Path(os.environ.get("SIGHTLINE_VAR", ROOT / "var"))
    # Passable, since the embedded server may run under another account; what is secret in it is
    # closed file by file.
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    return folder


def current_cluster() -> Cluster:
    return Cluster(os.environ.get("SIGHTLINE_CLUSTER", "postgres"), var_folder())


@contextmanager
def use_server(cluster: Cluster, *, durable: bool = True) -> Iterator[None]:
    """Has the cluster running inside the block: attaches, or starts it; the last out stops it."""
    with cluster.beside("users").open("w") as users:
        with _turn(cluster):
            fcntl.flock(users, fcntl.LOCK_SH)
            if not is_answering(cluster):
                _make_if_missing(cluster)
                _start(cluster, durable=durable)
        try:
            yield
        finally:
            with _turn(cluster):
                if _is_last(users):
                    stop(cluster)


@contextmanager
def _turn(cluster: Cluster) -> Iterator[None]:
    """Starting and stopping are done by one command at a time."""
    with cluster.beside("turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def _is_last(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_answering(cluster: Cluster) -> bool:
    """Whether this cluster, and not a stranger on its old port, takes our password."""
    import psycopg

    running = cluster.running()
    if not running or not _is_alive(running["pid"]):
        return False
    try:
        psycopg.connect(address(cluster, "postgres", "postgres"), connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def address(cluster: Cluster, login: str, database: str) -> str:
    """A libpq address. The password is in it: it is never printed."""
    port, password = cluster.running()["port"], cluster.secrets()[login]
    return f"host=127.0.0.1 port={port} user={login} password={password} dbname={database}"


def _make_if_missing(cluster: Cluster) -> None:
    # PG_VERSION is written first, so a half-made cluster has it too; the secrets are written last.
    if cluster.secrets() and cluster.folder.exists():
        return
    account = accounts.choose_account()
    ground = accounts.ground_for(cluster.folder, account)
    for remains in {cluster.folder, ground}:
        _remove(remains)
    ground.mkdir(mode=0o700, parents=True)
    accounts.take_ownership(ground, account)
    if ground != cluster.folder:
        cluster.folder.symlink_to(ground)
    passwords = {login: secrets.token_urlsafe(24) for login in LOGINS}
    _initialise(account, ground, passwords["postgres"])
    _write(cluster.beside("secrets.json"), passwords)


def _initialise(account: accounts.Account, ground: Path, password: str) -> None:
    options = ["--username=postgres", "--auth=scram-sha-256", "--encoding=UTF8", "--no-instructions"]
    # The wheel has no ICU, and a bare machine has few locales: the built-in one needs neither.
    options += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    with tempfile.TemporaryDirectory(prefix="sightline-") as closed:
        # A file and not a pipe: another account may not open a pipe of root's by its name.
        told = Path(closed) / "password"
        told.touch(mode=0o600)
        told.write_text(password)
        accounts.take_ownership(Path(closed), account)
        words = account.command("initdb", f"--pgdata={ground}", f"--pwfile={told}", *options)
        made = subprocess.run(words, capture_output=True, text=True, cwd="/", **account.identity())
    if made.returncode != 0:
        _remove(ground)
        raise ServerRefused(f"The embedded database could not be made: {made.stderr.strip()}")


def _start(cluster: Cluster, *, durable: bool) -> None:
    _wait_for_the_last_one(cluster)
    account = accounts.choose_account()
    ground = accounts.settle(cluster.folder, account)
    accounts.take_ownership(ground, account)
    for attempt in range(ATTEMPTS):
        # Where the first attempt found no such memory, the server starts with the least.
        buffers = shared_buffers_mb() if durable and not attempt else LEAST_MB
        own = {"shared_buffers": f"{buffers}MB"} | ({} if durable else FORGETFUL)
        server, running = _launch(cluster, account, ground, own)
        _write(cluster.beside("running.json"), running)
        if _wait_until_answering(cluster, server):
            return
        # After a kill the old pid, or its shared memory, lingers for a second or two.
        _forget_running(cluster)
        time.sleep(0.2 * (attempt + 1))
    log = cluster.beside("log")
    raise ServerRefused(f"The embedded database did not start. Its last words: {_last_line(log)} (more in {log})")


def _launch(
    cluster: Cluster, account: accounts.Account, ground: Path, own: dict[str, str]
) -> tuple[subprocess.Popen[bytes], dict[str, Any]]:
    # A socket's path may hold about a hundred characters, and a checkout's may be longer.
    sockets = Path(tempfile.mkdtemp(prefix="sightline-"))
    accounts.take_ownership(sockets, account)
    port = _free_port()
    settings = SETTINGS | own | {"port": str(port), "unix_socket_directories": str(sockets)}
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with cluster.beside("log").open("wb") as log:
        # A session of its own: Ctrl-C in the terminal reaches us first, and we stop it in order.
        server = subprocess.Popen(
            account.command("postgres", "-D", str(ground), *words),
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True, cwd="/", **account.identity(),
        )  # fmt: skip
    return server, {"port": port, "socket": str(sockets), "pid": server.pid}


def _wait_until_answering(cluster: Cluster, server: subprocess.Popen[bytes]) -> bool:
    until = time.monotonic() + PATIENCE_SECONDS
    while server.poll() is None and time.monotonic() < until:
        if is_answering(cluster):
            return True
        time.sleep(0.05)
    if server.poll() is None:
        server.send_signal(signal.SIGQUIT)
        server.wait()
    return False


def _wait_for_the_last_one(cluster: Cluster) -> None:
    """A server that was killed, or is stopping, is given the time to be gone."""
    pid = cluster.running().get("pid")
    until = time.monotonic() + 10
    while pid and _is_alive(pid) and time.monotonic() < until:
        time.sleep(0.1)
    _forget_running(cluster)


def stop(cluster: Cluster) -> None:
    """Stops the server in order: sessions end, memory is written, no file is left locked."""
    pid = cluster.running().get("pid")
    if pid and _is_alive(pid):
        os.kill(pid, signal.SIGINT)
        until = time.monotonic() + PATIENCE_SECONDS
        while _is_alive(pid) and time.monotonic() < until:
            time.sleep(0.02)
        if _is_alive(pid):
            os.kill(pid, signal.SIGQUIT)
    _forget_running(cluster)


def _forget_running(cluster: Cluster) -> None:
    sockets = cluster.running().get("socket")
    if sockets:
        shutil.rmtree(sockets, ignore_errors=True)
    cluster.beside("running.json").unlink(missing_ok=True)


def _is_alive(pid: int) -> bool:
    """Whether `pid` is a postgres that still runs: neither a zombie nor a number used again."""
    with suppress(ChildProcessError):
        # Another command's child: its own parent collects it.
        os.waitpid(pid, os.WNOHANG)
    try:
        state = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    name, _, rest = state.partition("(")[2].rpartition(")")
    return rest.split()[0] != "Z" and name in {"postgres", "unshare"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _remove(path: Path) -> None:
    if path.is_symlink():
        path.unlink()
    else:
        shutil.rmtree(path, ignore_errors=True)


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "none"


def _read(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text())
    except FileNotFoundError:
        return {}
    return found


def _write(path: Path, content: dict[str, Any]) -> None:
    """Written whole, readable by this account only."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(content, file)
    part.replace(path)
