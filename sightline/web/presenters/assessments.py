"""An assessment in words: where it stands, its clock, what each part says, and what was signed before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.assessments.kinds import OUTCOMES, kind_in
from sightline.assessments.queries import ConclusionView, DocumentView, PartView, RoundView, SignedView, TurnView
from sightline.assessments.rules import WITH_A_MANAGER, Standing
from sightline.kernel.errors import Refusal
from sightline.kernel.london import local_day
from sightline.kernel.working_days import working_days_between
from sightline.people.queries import PersonName
from sightline.practice.spec import OptionList, Pack, Pin
from sightline.web.asked import address
from sightline.web.assessments.parts import Block, Part
from sightline.web.presenters import words
from sightline.web.presenters.steps import due_words, names_of, under_way_words, urgency_of

NOTHING = "Nothing written"
NOT_ASKED = "Written before, and not asked any more"


@dataclass(frozen=True)
class Naming:
    """Accounts and posts in words, read by the page in two queries."""

    accounts: Mapping[UUID, str]
    posts: Mapping[UUID, str]

    def who(self, account: UUID) -> str:
        """A name, or that it was a colleague."""
        return self.accounts.get(account, "a colleague")

    def post(self, post: UUID | None) -> str:
        """A post with whoever stands in it."""
        return self.posts.get(post, "a manager") if post else "a manager"


# --- where it stands -----------------------------------------------------------------------------


def accounts_in(view: DocumentView) -> set[UUID]:
    """Whose names the words of a document need."""
    return {one.by for one in view.parts.values()} | {turn.by for one in view.rounds for turn in one.turns}


def posts_in(view: DocumentView) -> set[UUID]:
    """The posts that its words need."""
    sent = {turn.to_post for one in view.rounds for turn in one.turns if turn.to_post}
    return sent | {one.post for one in view.rounds}


def standing_words(
    view: DocumentView, naming: Naming, at: datetime, signed_by: Mapping[UUID, tuple[UUID, datetime]]
) -> list[str]:
    """Where it stands: each open round in a sentence, or who signed it last and whether it has changed since."""
    found = [_round_words(one, naming, at) for one in view.rounds if one.closed_at is None]
    last = next((one for one in reversed(view.rounds) if one.id in signed_by), None)
    if last is not None:
        by, moment = signed_by[last.id]
        since = ""
        if not found:
            since = ", and changed since" if view.changed_since_signed else ". Nothing has changed since"
        found.append(f"{'Last signed' if found else 'Signed'} off {words.day(moment)} by {naming.who(by)}{since}.")
    return found or ["Nobody is assessing now, and nothing has been signed."]


def _round_words(one: RoundView, naming: Naming, at: datetime) -> str:
    turn = one.last_turn
    if turn is None or one.standing == Standing.WRITING:
        why = f", because: {one.why.rstrip('.')}" if one.why else ""
        return f"Being written since {words.day(one.began_at)}{why}."
    when = words.days_ago(local_day(turn.at), local_day(at))
    return _TURNED[one.standing].format(who=naming.who(turn.by), post=naming.post(turn.to_post), when=when)


_TURNED = {
    Standing.WITH_MANAGER: "Sent to {post} {when}.",
    Standing.WITH_SECOND: "Authorised by {who} {when}, and sent to {post} for a second check.",
    Standing.RETURNED: "Returned for edits by {who} {when}.",
    Standing.CHANGED: "Changed by {who} {when}, after it was sent. What was sent no longer stands: send it again.",
    Standing.SIGNED: "Signed off by {who} {when}.",
}


def returned_words(view: DocumentView) -> str:
    """The manager's words, while they wait to be acted on."""
    one = view.round
    returned = one is not None and one.standing in {Standing.RETURNED, Standing.CHANGED}
    turns = [turn.words for turn in one.turns if turn.kind == "returned"] if one and returned else []
    return turns[-1] if turns else ""


def clock_of(one: RoundView | None, pack: Pack, at: datetime) -> dict[str, str]:
    """Its clock, with the rule that it comes from; nothing once the work has ended.

    Where no time is prescribed, that is said, and for how long it has been under way.
    """
    if one is None or one.closed_at is not None or not (one.due_at or one.due_rule):
        return {}
    return {
        "clock": due_words(one.due_at, at) if one.due_at else under_way_words(one.started_on, at),
        "urgency": urgency_of(one.due_at, at),
        "rule": rule_words(one.due_rule, pack, one.started_on),
    }


def rule_words(due_rule: str, pack: Pack, on: date) -> str:
    """`Counted from 3 March 2026. Working Together 2023, …`; the day alone where this pack has no such rule."""
    counted = f"Counted from {words.day(on)}, until it is signed."
    try:
        return f"{counted} {pack.timescale(due_rule.rpartition(':')[2], on).basis.citation}."
    except Refusal:
        return counted


def voids_words(one: RoundView | None, naming: Naming) -> str:
    """What a change does to a sign-off, said before it is made; nothing where there is none."""
    if one is None or one.closed_at is not None or one.standing not in WITH_A_MANAGER:
        return ""
    sent = words.day(one.sent_at) if one.sent_at else ""
    signed = "It has been authorised once. " if one.standing == Standing.WITH_SECOND else ""
    return (
        f"This was sent to {naming.post(one.with_post)} on {sent}. {signed}"
        "If you save a change, what was sent no longer stands, and it must be sent again. Both are kept in its history."
    )


def unasked_section(
    parts: Iterable[Part], said: Mapping[tuple[str, UUID | None], PartView], assessment: UUID
) -> dict[str, object] | None:
    """What was written under questions that this form does not ask, for assessments/read-section.html."""
    rows = [
        {
            "label": part.named,
            "text": said[part.place].text,
            "note": _note(said[part.place]),
            "id": part.anchor,
            "earlier": earlier_url(assessment, part) if said[part.place].number > 1 else "",
        }
        for part in parts
        if has_words(said.get(part.place))
    ]
    return {"key": "unasked", "title": NOT_ASKED, "blocks": [{"whose": "", "rows": rows}]} if rows else None


def day_of(moment: datetime) -> str:
    """`on 12 June 2026`, inside a sentence."""
    return f"on {words.day(moment)}"


def turn_rows(turns: Iterable[TurnView], naming: Naming) -> list[dict[str, str]]:
    """What happened to the signing, newest first, for components/tasks.html."""
    return [
        {
            "title": f"{turn.label}{f': {naming.post(turn.to_post)}' if turn.to_post else ''}",
            "detail": ". ".join(
                part for part in (f"{naming.who(turn.by)}, {words.full_moment(turn.at)}", turn.words) if part
            ),
        }
        for turn in sorted(turns, key=lambda turn: turn.at, reverse=True)
    ]


# --- what it says --------------------------------------------------------------------------------


def block_rows(
    block: Block, said: Mapping[tuple[str, UUID | None], PartView], url: str, assessment: UUID
) -> dict[str, object]:
    """One block as assessments/read-section.html draws it: what is written, and a line of what is not."""
    written = [part for part in block.parts if has_words(said.get(part.place))]
    return {
        "whose": block.whose,
        "url": url,
        "rows": [
            {
                "label": part.label,
                "text": said[part.place].text,
                "note": _note(said[part.place]),
                "id": part.anchor,
                "earlier": earlier_url(assessment, part) if said[part.place].number > 1 else "",
            }
            for part in written
        ],
        "unwritten": "; ".join(part.label.rstrip("?") for part in block.parts if part not in written),
        "written": len(written),
        "parts": len(block.parts),
    }


def earlier_url(assessment: UUID, part: Part) -> str:
    """Where everything that a part has said is read."""
    if part.child is None:
        return address("assessment-earlier", assessment, part.key)
    return address("assessment-earlier-child", assessment, part.key, part.child)


def version_rows(versions: Iterable[PartView], naming: Naming) -> list[dict[str, str]]:
    """Everything that one part has said, the latest first, with who wrote it and when."""
    return [
        {
            "title": "As it says now" if place == 0 else "Before",
            "byline": f"{naming.who(one.by)}, {words.full_moment(one.written_at)}",
            "text": one.text if has_words(one) else NOTHING,
            "note": _note(one),
        }
        for place, one in enumerate(versions)
    ]


def has_words(view: PartView | None) -> bool:
    """Whether a part says anything."""
    return view is not None and bool(view.text.strip())


def _note(view: PartView) -> str:
    return "Carried over from an earlier document, as it was written there." if view.carried else ""


def written_words(blocks: Sequence[Mapping[str, object]]) -> str:
    """`5 of 12 written`, `all written`, `nothing written`."""
    written = sum(int(str(one["written"])) for one in blocks)
    parts = sum(int(str(one["parts"])) for one in blocks)
    if written == parts:
        return "all written"
    return f"{written} of {parts} written" if written else "nothing written"


def last_written(block: Block, said: Mapping[tuple[str, UUID | None], PartView], naming: Naming) -> str:
    """Who wrote in a block last, and when."""
    views = [view for part in block.parts if (view := said.get(part.place)) and has_words(view)]
    if not views:
        return ""
    latest = max(views, key=lambda view: view.written_at)
    return f"Last written {words.day(latest.written_at)} by {naming.who(latest.by)}"


def saved_words(written: int, *, voided: bool) -> str:
    """What was saved. Nobody's name: the sentence is kept with the session until it is shown."""
    if not written:
        return "Nothing had changed, so nothing was saved."
    said = f"Saved: {words.count(written, 'part')}."
    return f"{said} The sign-off no longer stands. Send it again when it is ready." if voided else said


def both_texts(
    rows: Sequence[tuple[Part, PartView | None, str]], accounts: Mapping[UUID, str]
) -> dict[str, object]:  # fmt: skip
    """What somebody saved first and what was about to be saved, for components/stale.html."""
    theirs = [view for _, view, _ in rows if view is not None]
    latest = max((view.written_at for view in theirs), default=None)
    return {
        "message": "Somebody else saved this while you were writing. Both texts are shown; keep the words you want.",
        "theirs": {
            "who": words.listing(sorted({accounts.get(view.by, "somebody else") for view in theirs}))
            or "somebody else",
            "when": words.full_moment(latest) if latest else "",
            "rows": [{"name": part.named, "text": view.text if has_words(view) else NOTHING} for part, view, _ in rows],  # type: ignore[union-attr]  # has_words says that there is a view
        },
        "mine": {"rows": [{"name": part.named, "text": text or NOTHING} for part, _, text in rows]},
    }


def missing_rows(missing: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Each part that was empty when it was sent, with the reason, or that none was given."""
    return [{"key": named, "value": reason or "No reason was given"} for named, reason in missing]


def others_words(number: int) -> str:
    """How many parts are not written that an assessment may do without; nothing where there is none."""
    if not number:
        return ""
    return f"{words.count(number, 'other part')} {'is' if number == 1 else 'are'} not written. Nobody is asked why."


def accept_words(endings: Iterable[str]) -> str:
    """Over the reasons for which a manager accepts what stays open, with the outcomes that ask for them."""
    named = " or ".join(f"“{one}”" for one in endings)
    return f"For {named}: why you accept each thing that stays open, under your name"


def factor_rows(
    factors: Mapping[UUID, Sequence[str]],
    options: OptionList,
    headers: Mapping[UUID, PersonName],
    order: Iterable[UUID],
) -> list[dict[str, str]]:
    """Each child with what was found, for components/summary-list.html; nothing where nothing was marked."""
    labels = {one.code: str(one.label) for one in options.options if one.code}
    if not any(factors.values()):
        return []
    return [
        {
            "key": names_of([child], headers),
            "value": "; ".join(labels.get(code, code) for code in factors.get(child, ())) or "None marked",
        }
        for child in order
    ]


# --- what was signed, and what was concluded -----------------------------------------------------


def signed_rows(
    signed: Iterable[SignedView], packs: Mapping[Pin, Pack], headers: Mapping[UUID, PersonName], naming: Naming
) -> list[dict[str, str]]:
    """Signed assessments for components/tasks.html, each opened as it was signed, in its own pack's words."""
    return [
        {
            "title": f"{title_in(packs.get(one.pin), one.kind)} signed {words.day(one.authorised_at)}",
            "url": address("assessment-signed", one.entry),
            "about": names_of(one.children, headers),
            "detail": ". ".join(
                part
                for part in (
                    outcome_label(one.outcome, packs.get(one.pin)),
                    taken_words(one),
                    f"By {naming.who(one.by)}",
                )
                if part
            ),
        }
        for one in signed
    ]


def title_in(pack: Pack | None, kind: str) -> str:
    """What a pack calls that kind of assessment."""
    return str(kind_in(pack, kind).title) if pack else "Assessment"


def outcome_label(outcome: str, pack: Pack | None) -> str:
    """An outcome in the pack's words; its key where the pack has it no more."""
    options = pack.list(OUTCOMES).options if pack else ()
    return next((str(one.label) for one in options if one.key == outcome), outcome.replace("_", " "))


def taken_words(one: SignedView) -> str:
    """`Begun 3 March 2026, signed after 31 working days`, and why it was late where it was."""
    begun = f"Begun {words.day(one.started_on)}"
    try:
        days = working_days_between(one.started_on, local_day(one.authorised_at))
    except Refusal:  # beyond the table of bank holidays: the page must still open
        return begun
    late = f". Later than due because: {one.late_because.rstrip('.')}" if one.late_because else ""
    return f"{begun}, signed after {words.count(days, 'working day')}{late}"


def conclusion_row(
    one: ConclusionView, headers: Mapping[UUID, PersonName], naming: Naming, url: str = ""
) -> dict[str, str]:
    """A conclusion with its date and basis, and what makes it out of date where something does."""
    about, since = names_of([one.adult], headers) if one.adult else "", ""
    if one.ended_at:
        since = f"Looked at again {words.day(one.ended_at)}: {one.ended_because}"
    elif one.out_of_date_since:
        since = f"Out of date since {words.day(one.out_of_date_since)}. {'. '.join(one.because)}."
    return {
        "title": one.words if not about or about in one.words else f"{about}: {one.words}",
        "basis": one.basis,
        "byline": f"Concluded {words.day(one.concluded_on)} by {naming.who(one.by)}.",
        "out_of_date": since,
        "url": "" if one.ended_at else url,
    }
