"""The audit's seals: `seal` puts them on, again and again; `verify` says whether the audit is what was sealed."""

import argparse
import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sightline.commands.database import database, ready, server
from sightline.commands.postgres import roles, url
from sightline.commands.postgres.roles import DatabaseRefused

if TYPE_CHECKING:
    from sightline.audit.sealing import Sealer
    from sightline.audit.verifying import Verdict

SUMMARY = "Seal what was viewed and changed (seal), and say whether it is what was sealed (verify)."
EVERY_SECONDS = 5.0
"""A pass begins so long after the one before began, at most, unless that one takes longer."""


def configure(parser: argparse.ArgumentParser) -> None:
    parts = parser.add_subparsers(dest="part", required=True, metavar="WHAT")
    seal = parts.add_parser("seal", help="number, hash and sign what is new, every few seconds (serve does so too)")
    seal.add_argument("--once", action="store_true", help="one pass, and stop")
    seal.add_argument("--every", type=float, default=EVERY_SECONDS, metavar="SECONDS", help="between two passes")
    verify = parts.add_parser("verify", help="name the first leaf that is not as it was sealed; exit 1 if there is one")
    verify.add_argument("--checkpoint", type=Path, metavar="FILE", help="a checkpoint that was kept elsewhere")
    verify.add_argument("--json", action="store_true", help="the same as one JSON object")
    for part in (seal, verify):
        part.add_argument("--seals", type=Path, metavar="FOLDER", help="the folder of seals; else SIGHTLINE_SEALS")


def run(arguments: argparse.Namespace) -> int:
    return _seal(arguments) if arguments.part == "seal" else _verify(arguments)


def _folder(arguments: argparse.Namespace) -> Path:
    from django.conf import settings

    given: Path | None = arguments.seals
    return given or settings.SEALS


def _seal(arguments: argparse.Namespace) -> int:
    with database():
        from sightline.audit.sealing import Sealer
        from sightline.audit.seals import Seals

        sealer = Sealer(Seals(_folder(arguments)))
        if arguments.once:
            sealed = sealer.seal(at=datetime.now(UTC))
            print(f"Sealed {sealed.leaves if sealed else 0:,} leaves into {sealer.seals.folder}.")
            return 0
        while True:
            began = time.monotonic()
            seal_pass(sealer)
            taken = time.monotonic() - began
            time.sleep(max(min(arguments.every, EVERY_SECONDS) - taken, 0.1))


def seal_pass(sealer: "Sealer") -> None:
    """What stops one pass is said and tried again: what waits is sealed when the cause has gone."""
    from django.db import DatabaseError, connections

    from sightline.audit.seals import SealsBroken

    try:
        sealer.seal(at=datetime.now(UTC))
    except (DatabaseError, OSError, SealsBroken) as failure:
        sentence = str(failure) if isinstance(failure, SealsBroken) else f"{type(failure).__name__}; it is tried again"
        print(f"The audit was not sealed: {sentence}", file=sys.stderr, flush=True)
        connections.close_all()


def _verify(arguments: argparse.Namespace) -> int:
    with server():
        if not roles.exists(url.database_name()):
            raise DatabaseRefused("There is no database yet. Make it with: ./run migrate (or ./run demo).")
        ready("serving")
        from sightline.audit.seals import Seals
        from sightline.audit.verifying import verify

        kept = arguments.checkpoint.read_text("utf-8") if arguments.checkpoint else None
        with roles.connect(url.database_name()) as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            connection.execute("SET LOCAL ROLE sightline_steward")
            began = time.monotonic()
            verdict = verify(connection, Seals(_folder(arguments)), kept=kept)
    print(_as_json(verdict) if arguments.json else _in_words(verdict, time.monotonic() - began))
    return 1 if verdict.count else 0


def _in_words(verdict: "Verdict", seconds: float) -> str:
    sealed = f"{verdict.sealed_at:%d %B %Y %H:%M:%S} UTC" if verdict.sealed_at else "never"
    lines = [
        f"{verdict.leaves:,} leaves under {verdict.checkpoints:,} checkpoints, the last signed {sealed}.",
        f"Gone through in {seconds:.1f} s.",
    ]
    if verdict.unsealed and verdict.oldest_unsealed:
        since = f"{verdict.oldest_unsealed:%d %B %Y %H:%M:%S} UTC"
        lines.append(f"{verdict.unsealed:,} events wait to be sealed, the oldest since {since}.")
    if verdict.first is None:
        return "\n".join([*lines, "Everything is as it was sealed."])
    lines.append(f"{verdict.count:,} faults. The first: {verdict.first.words}")
    return "\n".join([*lines, *(f"  {fault.words}" for fault in verdict.faults)])


def _as_json(verdict: "Verdict") -> str:
    found = {
        "sound": not verdict.count,
        "origin": verdict.origin,
        "leaves": verdict.leaves,
        "checkpoints": verdict.checkpoints,
        "sealed at": verdict.sealed_at,
        "waiting": verdict.unsealed,
        "waiting since": verdict.oldest_unsealed,
        "faults": verdict.count,
        "first": vars(verdict.first) if verdict.first else None,
        "told": [vars(fault) for fault in verdict.faults],
    }
    return json.dumps(found, indent=2, default=str)
