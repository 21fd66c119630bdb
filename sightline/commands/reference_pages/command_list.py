"""Every command of `./run`, with its options, as the terminal shows them."""

import argparse
from collections.abc import Iterator

from sightline.commands.__main__ import TABLE, load, parser_for

HEAD = "# Commands\n\nEach is `./run NAME`. Written by `./run reference`.\n"


def page() -> str:
    return "\n".join([HEAD, *(f"## {name}\n\n{load(name).SUMMARY}\n\n{_options(name)}" for name in TABLE)])


def _options(name: str) -> str:
    rows = [f"| `{words}` | {told} |" for words, told in _told(parser_for(name))]
    if not rows:
        return "It takes no options.\n"
    return "\n".join(["| Option | What it does |", "|---|---|", *rows, ""])


def _told(parser: argparse.ArgumentParser, before: str = "") -> Iterator[tuple[str, str]]:
    """Each option with its help; where a word chooses what is done, that word comes first."""
    for action in parser._actions:  # noqa: SLF001 (argparse lists a parser's options nowhere else)
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 (the same)
            told = {choice.dest: choice.help or "" for choice in action._get_subactions()}  # noqa: SLF001 (the same)
            for word, chosen in action.choices.items():
                yield f"{before}{word}", told.get(word, "")
                yield from _told(chosen, f"{before}{word} ")
        elif action.dest != "help":
            yield before + (" ".join(action.option_strings) or str(action.metavar or action.dest)), action.help or ""
