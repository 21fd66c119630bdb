"""A large file is read within bounds of memory, whatever is in it."""

import subprocess
import sys
import textwrap

import pytest

from tests.returns.census import assessment, child, enquiry, episode, make_file, protection

_READ = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from sightline.returns.cin import judge, open_census
    report = judge(open_census(Path(sys.argv[1])))
    # Not getrusage: its peak is handed down by whoever started this program, which may be large.
    [peak] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:")]
    print(report.children, int(peak.split()[1]) // 1024)
    """
)


def write_large(path, megabytes, *, faulty):
    """A file of about so many megabytes; ``faulty`` makes every child break several rules."""
    one = child(
        episode(assessment(), enquiry(), protection()),
        number="C@@@@@@@@",
        UPN="X8451@@@@@@@@",
        **({"Sex": "X", "PersonDeathDate": "1990-01-01"} if faulty else {}),
    )
    head, tail = make_file("@").decode().split("@", 1)
    size = len(one)
    with path.open("w", encoding="utf-8") as file:
        file.write(head)
        for number in range(megabytes * 1_000_000 // size):
            file.write(one.replace("@@@@@@@@", f"{number:08d}"))
        file.write(tail)
    return path


@pytest.mark.parametrize("faulty", [False, True], ids=["sound", "faulty"])
def test_a_large_file_is_judged_in_bounded_memory(tmp_path, faulty):
    path = write_large(tmp_path / "large.xml", 12, faulty=faulty)
    done = subprocess.run([sys.executable, "-c", _READ, str(path)], capture_output=True, text=True, check=True)
    children, memory = done.stdout.split()
    assert int(children) > 8_000
    assert int(memory) < 256


def test_memory_does_not_grow_with_a_file_that_is_refused(tmp_path):
    path = tmp_path / "attack.xml"
    with path.open("wb") as file:
        file.write(b'<Message><Header a="')
        for _ in range(100):
            file.write(b"a" * 1_000_000)
    done = subprocess.run([sys.executable, "-c", _READ, str(path)], capture_output=True, text=True, check=False)
    assert "no end within reach" in done.stderr
