"""The figures of the access rule: on the terminal, as JSON, and as a page of the reference."""

from typing import Any

from sightline.commands.bench_front_door.report import FOLDER

PAGE = FOLDER / "performance-access.md"
RATIO, FLAT = 3.0, 1.5
COUNT_MS = {"worker": 15, "manager": 300}


def lines(figures: dict[str, Any]) -> list[list[str]]:
    """A row for each question and reader."""
    return [
        [
            one["question"], f"{one['reader']}, {one['children']:,} children", f"{one['without']:.1f}",
            f"{one['with']:.1f}", f"{one['ratio']:.1f}", f"{one['restricted']:.1f}", one["verdict"],
        ]
        for one in figures["questions"]
    ]  # fmt: skip


HEADINGS = ["", "reader", "without policies", "with", "ratio", "with restrictions standing", "aim"]


def verdict(question: str, reader: str, taken: dict[str, float]) -> str:
    """Whether the aim is met, or an empty cell's words where there is none."""
    if question.startswith("count"):
        aim = COUNT_MS[reader]
        return f"{aim} ms: {'met' if taken['with'] <= aim else 'MISSED'}"
    if question.startswith("search"):
        return "none: the rule is in the function"
    return f"at most {RATIO:.0f} times: {'met' if taken['ratio'] <= RATIO else 'MISSED'}"


def flatness(figures: dict[str, Any]) -> list[str]:
    """How much more it costs a manager than a worker, for what is to cost both the same."""
    found = {(one["question"], one["reader"]): one["with"] for one in figures["questions"]}
    words = []
    for question in ("one child's timeline, newest 25", "newest 50 of mine"):
        times = found[question, "manager"] / found[question, "worker"]
        words.append(f"- {question}: {times:.1f} times as much for the manager as for the worker"
                     f" (aim: flat, to {FLAT}): {'met' if times <= FLAT else 'MISSED'}.")  # fmt: skip
    return words


def missed(figures: dict[str, Any]) -> str:
    """What misses, and why it does."""
    found = [f"- {one['question']}, {one['reader']}: {one['verdict']}." for one in figures["questions"]
             if "MISSED" in one["verdict"]]  # fmt: skip
    found += [line for line in flatness(figures) if "MISSED" in line]
    return "\n".join([*found, "", WHY]) if found else "Nothing: every aim is met."


def log_lines(figures: dict[str, Any]) -> list[str]:
    log, window = figures["log"], figures["log"]["window"]
    waited = f"- Under that load the oldest view waited {window or 0:.1f} s before it was sealed (a pass every 5 s)."
    return [
        f"- Views a second from eight writers, a transaction each: {log['written']:,.0f}.",
        f"- Transactions a second of the same writers when they write nothing: {log['bare']:,.0f}.",
        f"- A child's overview takes {log['page']:.0f} ms, of which writing the view is {log['share']:.1%}.",
        *([waited] if window else []),
        f"- Sealed, where much waits: {log['sealed']:,.0f} views a second. Verified: {log['verified']:,.0f} a second.",
    ]


def in_words(figures: dict[str, Any]) -> str:
    rows = [HEADINGS, *lines(figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADINGS))]
    table = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join([*table, "", *flatness(figures), *log_lines(figures)])


def as_page(figures: dict[str, Any]) -> str:
    rows = [HEADINGS, ["---"] * len(HEADINGS), *lines(figures)]
    table = "\n".join("| " + " | ".join(cell or "question" for cell in row) + " |" for row in rows)
    flat, log, gone = "\n".join(flatness(figures)), "\n".join(log_lines(figures)), missed(figures)
    return TEMPLATE.format(table=table, flat=flat, views=log, missed=gone, **figures)


def write(figures: dict[str, Any]) -> None:
    PAGE.write_text(as_page(figures), "utf-8")


WHY = "What a page pays is the second column of times: whoever mends this begins there."

TEMPLATE = """# Performance: the access rule and the view log

Written by `./run bench access --write`; do not edit it by hand.

Measured on {on}: {cores} shared cores with the database on the same ones, PostgreSQL {postgresql}, load average {busy};
{notes:,} notes about {children:,} children, {workers:,} workers who carry 60 each, and a manager above {managed:,} of
them. Times are milliseconds of the statements alone, medians of {rounds} rounds, all turn and turn about in one run, so
the ratios say more than the times. "Without" is the steward, whom every policy lets through, with the same statements,
or, for what is mine, with the plain statement that suits how many are theirs. "With restrictions standing" is the
serving role again, with {restrictions:,} records restricted to others.

{table}

{flat}

## What misses

{missed}

## The view log

{views}

Nothing here waits for the disk (`fsync` is off on the bench's own server): on a server that does, a view costs one
write-ahead of the transaction that it is part of, and none of its own.
"""
