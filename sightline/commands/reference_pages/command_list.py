"""Every command of `./run`, with its options, as the terminal shows them."""

from sightline.commands.__main__ import TABLE, load, parser_for


def page() -> str:
    parts = ["# Commands\n\nEach is `./run NAME`. Written by `./run reference`.\n"]
    for name in TABLE:
        parts.append(f"## {name}\n\n{load(name).SUMMARY}\n\n{_options(name)}")
    return "\n".join(parts)


def _options(name: str) -> str:
    rows = [
        f"| `{' '.join(action.option_strings) or action.metavar or action.dest}` | {action.help or ''} |"
        for action in parser_for(name)._actions
        if action.dest != "help"
    ]
    if not rows:
        return "It takes no options.\n"
    return "\n".join(["| Option | What it does |", "|---|---|", *rows, ""])
