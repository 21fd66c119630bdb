"""The table of commands behind `./run`, and how one is chosen.

A command is a module with SUMMARY, `configure(parser)` and `run(arguments) -> int`. Its imports
at the top stay light, since the list of commands reads every one.
"""

import argparse
import importlib
import signal
import sys
from types import FrameType, ModuleType

from sightline import __version__

# In the order in which a newcomer meets them.
TABLE = {
    "demo": "sightline.commands.demo",
    "serve": "sightline.commands.serve",
    "migrate": "sightline.commands.migrate",
    "account": "sightline.commands.account",
    "scenario": "sightline.commands.scenario",
    "import-cin": "sightline.commands.import_cin",
    "return": "sightline.commands.return_",
    "practice": "sightline.commands.practice",
    "status": "sightline.commands.status",
    "audit": "sightline.commands.audit",
    "simulate": "sightline.commands.simulate",
    "bench": "sightline.commands.bench",
    "test": "sightline.commands.test",
    "check": "sightline.commands.check",
    "lint": "sightline.commands.lint",
    "prove": "sightline.commands.prove",
    "reference": "sightline.commands.reference",
    "manage": "sightline.commands.manage",
}


def load(name: str) -> ModuleType:
    return importlib.import_module(TABLE[name])


def overview() -> str:
    lines = [f"  {name:<14} {load(name).SUMMARY}" for name in TABLE]
    return "\n".join([f"Sightline {__version__}", "", "Usage: ./run COMMAND [--help]", "", "Commands:", *lines])


def parser_for(name: str) -> argparse.ArgumentParser:
    command = load(name)
    parser = argparse.ArgumentParser(prog=f"./run {name}", description=command.SUMMARY, allow_abbrev=False)
    command.configure(parser)
    return parser


def _stop_in_order(number: int, _: FrameType | None) -> None:
    # The exception unwinds every `with` and `finally`: nothing that was started is left running.
    raise SystemExit(128 + number)


def main(words: list[str]) -> int:
    """The exit code: 0 done, 1 refused with a sentence, 2 not understood, 130 interrupted."""
    if not words or words[0] in {"-h", "--help", "help"}:
        print(overview())
        return 0
    name, *rest = words
    if name not in TABLE:
        print(f"There is no command `{name}`.\n\n{overview()}", file=sys.stderr)
        return 2
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop_in_order)
    command = load(name)
    parser = parser_for(name)
    if getattr(command, "PASSES_THE_REST_ON", False):
        # Words that belong to the tool behind the command, options among them.
        arguments = argparse.Namespace(words=rest)
        if rest[:1] in (["--help"], ["-h"]):
            parser.parse_args(rest)
    else:
        arguments = parser.parse_args(rest)
    return _run(command, arguments)


def _run(command: ModuleType, arguments: argparse.Namespace) -> int:
    from sightline.commands.refusals import sentence_of

    try:
        return int(command.run(arguments))
    except KeyboardInterrupt:
        return 130
    except Exception as failure:
        sentence = sentence_of(failure)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
