"""An authority's own forms, words and local times: judged, shown, said in words, proposed, published."""

import argparse
import os
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from sightline.commands.database import database
from sightline.commands.postgres import url

if TYPE_CHECKING:
    from sightline.doorway.actor import Actor
    from sightline.practice.changes import Change
    from sightline.practice.overlaid import Overlaid
    from sightline.practice.queries import Published

SUMMARY = "Change forms, words and local times: check, preview, diff, propose, publish, withdraw, list."
NOTHING = "It changes nothing."
HEADINGS = {
    "breaks": "Breaks (it cannot be published)",
    "drops": "Drops",
    "narrows": "Narrows",
    "adds": "Adds",
    "rewords": "Rewords",
}


def configure(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="word", required=True, metavar="WORD")
    _file(words.add_parser("check", help="say everything that is wrong: where, what, how to mend it"))
    diff = _file(words.add_parser("diff", help="say in words what it would change of what is in force"))
    diff.add_argument("--base", action="store_true", help="of its base instead, as that comes with the product")
    preview = _file(words.add_parser("preview", help="show it on the real pages of one child; nothing is saved"))
    preview.add_argument("--child", metavar="NAME_OR_KEY", required=True, help="a child whom the account may see")
    _signed(preview)
    preview.add_argument(
        "--out", metavar="FILE.html", type=Path, default=Path("preview.html"), help="the file to write"
    )
    propose = _signed(_file(words.add_parser("propose", help="lay it before a colleague, who publishes it")))
    propose.add_argument("--why", metavar="WORDS", required=True, help="why, for whoever publishes it")
    first_day = "the first day on which it is in force, such as 2027-01-04"
    propose.add_argument("--from", dest="day", metavar="DAY", type=_day, required=True, help=first_day)
    _signed(_key(words.add_parser("publish", help="seal what a colleague proposed")))
    withdraw = _signed(_key(words.add_parser("withdraw", help="take a proposal back")))
    withdraw.add_argument("--why", metavar="WORDS", required=True, help="why it is withdrawn")
    words.add_parser("list", help="say what is in force, what was published, and what waits")


def _file(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("file", type=Path, help="the overlay, one TOML file")
    return parser


def _key(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("key", metavar="KEY", help="the overlay's own key")
    return parser


def _signed(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    signs = "who signs; the password and the code are asked for"
    parser.add_argument("--as", dest="email", metavar="EMAIL", required=True, help=signs)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no day. Write it as 2027-01-04.") from None


def run(arguments: argparse.Namespace) -> int:
    from sightline.practice.tables import PackRefused

    try:
        if arguments.word == "check":
            return _check(arguments.file)
        if arguments.word == "diff" and arguments.base:
            return _diff_of_base(arguments.file)
        if url.is_embedded():
            # As where it is served: fictional people sign in with the code that is printed.
            os.environ["SIGHTLINE_DEMONSTRATION"] = "1"
        with database():
            return WORDS[arguments.word](arguments)
    except PackRefused as refused:
        _say_faults(refused)
        return 1


def _say_faults(refused: Exception) -> None:
    faults = getattr(refused, "faults", ())
    for fault in faults:
        print(f"{fault.where}\n  What is wrong: {fault.what}.\n  How to mend it: {fault.mend}.", file=sys.stderr)
    print(f"{len(faults)} to mend; nothing was changed.", file=sys.stderr)


def _text(file: Path) -> str:
    from sightline.kernel.errors import Refusal

    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"{file} cannot be read as a text file. Check its name, and that it is UTF-8.") from error


def _shipped(file: Path) -> "Overlaid":
    """The overlay on its base as that comes with the product; what breaks is refused with all else."""
    from sightline.practice.changes import compare
    from sightline.practice.overlaid import breaking, overlaid, shipped_base
    from sightline.practice.parse import parse_pack
    from sightline.practice.tables import PackRefused

    made = overlaid(_text(file), file.name, base=shipped_base)
    faults = breaking(compare(parse_pack(shipped_base(made.base_key)), made.pack))
    if faults:
        raise PackRefused(*faults)
    return made


def _check(file: Path) -> int:
    made = _shipped(file)
    print(f"“{made.pack.title}” ({made.pack.key}) on {made.base_key} is sound.")
    print(f"What it does: ./run practice diff {file}")
    return 0


def _diff_of_base(file: Path) -> int:
    from sightline.practice.changes import compare
    from sightline.practice.overlaid import shipped_base
    from sightline.practice.parse import parse_pack

    made = _shipped(file)
    print(f"What “{made.pack.title}” ({made.pack.key}) does to {made.base_key}:")
    print(in_words(compare(parse_pack(shipped_base(made.base_key)), made.pack)))
    return 0


def _diff(arguments: argparse.Namespace) -> int:
    from sightline.kernel.dates import day_words, local_day
    from sightline.practice.operations import what_it_does
    from sightline.practice.queries import get_in_force

    today = local_day(datetime.now(UTC))
    changes = what_it_does(_text(arguments.file), effective_from=today)
    print(f"What it does to {_named(get_in_force(today))}, in force on {day_words(today)}:")
    print(in_words(changes))
    return 1 if any(change.kind == "breaks" for change in changes) else 0


def in_words(changes: "Iterable[Change]") -> str:
    """The changes grouped by what they do, the gravest first."""
    found = list(changes)
    lines = []
    for kind, heading in HEADINGS.items():
        these = [f"  {change}" for change in found if change.kind == kind]
        lines += ["", f"{heading}:", *these] if these else []
    return "\n".join(lines) or f"\n  {NOTHING}"


def _preview(arguments: argparse.Namespace) -> int:
    from sightline.commands.previewed import one_file, show
    from sightline.commands.signing import sign_in
    from sightline.kernel.dates import day_words, local_day
    from sightline.practice.overlaid import overlaid
    from sightline.practice.queries import get_base

    _refuse_other_file(arguments.out)
    at = datetime.now(UTC)
    made = overlaid(_text(arguments.file), arguments.file.name, base=lambda key: get_base(key).values)
    by = sign_in(arguments.email, at=at)
    child = _child(arguments.child, by, at)
    pages = show(account=by.id, child=child, pack=made.pack, on=local_day(at))
    title = f"Preview of “{made.pack.title}” ({made.pack.key})"
    said = (
        f"{title}, which is not published, as {by.name} would see it on {day_words(local_day(at))}. "
        "Nothing was saved, and nothing on it can be sent."
    )
    _write(arguments.out, one_file(pages, said=said, title=title))
    for page in pages:
        print(f"  {page.name}{': ' + page.refused if page.refused else ''}")
    print(f"Written: {arguments.out}. It holds what {by.name} may read of this child. Delete it once it has been seen.")
    return 0


def _refuse_other_file(out: Path) -> None:
    from sightline.kernel.errors import Refusal

    if out.suffix != ".html" or not out.parent.is_dir():
        raise Refusal(f"{out} would be replaced. Name a file that ends in .html, in a folder that is there.")


def _write(file: Path, text: str) -> None:
    # For whoever asked alone: it says what stands on a child's record. Nobody else can have made the file first.
    file.unlink(missing_ok=True)
    made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(made, "w", encoding="utf-8") as written:
        written.write(text)


def _child(said: str, by: "Actor", at: datetime) -> UUID:
    """The one child whom the words name and whose record the account may see. The look is recorded."""
    from sightline.access.queries import may_see_of
    from sightline.doorway.acts import acting, look
    from sightline.kernel.errors import NotFound
    from sightline.people.queries import get_headers, search_people

    with acting(by.id):
        try:
            named, key = [UUID(said)], True
        except ValueError:
            named, key = [one.person for one in search_people(by=by, text=said, at=at)], False
        seen = get_headers(people=may_see_of(people=named))
        # Somebody who is only like the one who was named is not shown: that would be a look at another's record.
        found = [
            one
            for one, header in seen.items()
            if header.kind == "child" and (key or header.name.casefold() == said.strip().casefold())
        ]
        if len(found) != 1:
            how = "no child" if not found else f"{len(found)} children"
            raise NotFound(f"There is {how} of that name among those that {by.name} works with. Say more, or the key.")
        look(by=by, people=found, what="practice_preview", at=at)
    return found[0]


def _propose(arguments: argparse.Namespace) -> int:
    from sightline.commands.signing import sign_in
    from sightline.kernel.dates import day_words
    from sightline.practice.operations import propose, what_it_does
    from sightline.practice.queries import list_waiting

    source, at = _text(arguments.file), datetime.now(UTC)
    changes = what_it_does(source, effective_from=arguments.day)
    by = sign_in(arguments.email, at=at)
    key = propose(by=by, source=source, why=arguments.why, effective_from=arguments.day, at=at)
    proposal = next(one for one in list_waiting() if one.id == key)
    print(f"Proposed by {by.name}: {proposal.key}, from {day_words(proposal.effective_from)}. It would do this:")
    print(in_words(changes))
    print(f"\nA colleague publishes it: ./run practice publish {proposal.key} --as THEIR-EMAIL")
    return 0


def _publish(arguments: argparse.Namespace) -> int:
    from sightline.commands.signing import sign_in
    from sightline.kernel.dates import day_words
    from sightline.practice.operations import publish, what_it_does
    from sightline.practice.queries import get_waiting

    at, proposal = datetime.now(UTC), get_waiting(arguments.key)
    who = _names([proposal.proposed_by])[proposal.proposed_by]
    print(f"{proposal.key}, from {day_words(proposal.effective_from)}. Proposed by {who}: {proposal.why}")
    print(f"It does this:\n{in_words(what_it_does(proposal.source, effective_from=proposal.effective_from))}\n")
    by = sign_in(arguments.email, at=at)
    pin = publish(by=by, proposal=proposal.id, at=at)
    print(
        f"Published by {by.name}: {pin.pack} version {pin.version}, in force from {day_words(proposal.effective_from)}."
    )
    print("Records written before that day keep the version under which they were written.")
    return 0


def _withdraw(arguments: argparse.Namespace) -> int:
    from sightline.commands.signing import sign_in
    from sightline.practice.operations import withdraw_proposal
    from sightline.practice.queries import get_waiting

    at, proposal = datetime.now(UTC), get_waiting(arguments.key)
    by = sign_in(arguments.email, at=at)
    withdraw_proposal(by=by, proposal=proposal.id, because=arguments.why, at=at)
    print(f"Withdrawn by {by.name}: {proposal.key}. What is in force stays as it was.")
    return 0


def _list(arguments: argparse.Namespace) -> int:
    from sightline.kernel.dates import day_words, local_day
    from sightline.practice.queries import get_in_force, has_base_moved_on, list_published, list_waiting

    today = local_day(datetime.now(UTC))
    current, published, waiting = get_in_force(today), list_published(), list_waiting()
    names = _names([key for one in published for key in (one.published_by, one.proposed_by) if key]
                   + [one.proposed_by for one in waiting])  # fmt: skip
    print(f"In force today: {_named(current)}.")
    if current is not None and has_base_moved_on(current):
        print(f"  {MOVED_ON}")
    print("\nPublished:")
    for one in published:
        by = f", proposed by {names[one.proposed_by]}, published by {names[one.published_by]}" if (
            one.proposed_by and one.published_by) else ", with the product"  # fmt: skip
        print(f"  {_named(one)}, from {day_words(one.effective_from)}{by}")
    print("\nWaiting to be published:")
    for proposal in waiting:
        who = names[proposal.proposed_by]
        print(f"  {proposal.key}, from {day_words(proposal.effective_from)}, proposed by {who}: {proposal.why}")
    if not waiting:
        print("  nothing")
    return 0


MOVED_ON = (
    "Its base has been published again since, without it: ./run status says why. "
    "Mend the overlay's file and propose it again to have what is new."
)


def _named(published: "Published | None") -> str:
    if published is None:
        return "nothing"
    stands = f", on {published.base.pack} version {published.base.version}" if published.base else ""
    return f"“{published.title}” ({published.pin.pack} version {published.pin.version}{stands})"


def _names(accounts: Iterable[UUID]) -> dict[UUID, str]:
    from sightline.workforce.queries import account_names

    wanted = list(accounts)
    return dict.fromkeys(wanted, "a colleague who has left") | account_names(wanted)


WORDS = {
    "diff": _diff,
    "preview": _preview,
    "propose": _propose,
    "publish": _publish,
    "withdraw": _withdraw,
    "list": _list,
}
