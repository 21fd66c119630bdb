"""A disagreement in words. Words only: nothing is read here."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sightline.disagreements.queries import DisagreementView, SideView, StageView
from sightline.disagreements.rules import SETTLES, STATES
from sightline.kernel.london import local_day
from sightline.partnership.queries import MessageLine
from sightline.web.asked import address
from sightline.web.presenters import words
from sightline.web.presenters.steps import due_within, urgency_of


def title_line(found: DisagreementView) -> str:
    """`Between Tess Alder, Safeguarding lead, Weir Primary School and Jane Smith, Family Support 2`."""
    return f"Between {words.listing(found.parties)}" if found.parties else ""


def standing(found: DisagreementView, how: str) -> str:
    """Where it stands: at which stage, or how it was resolved and when."""
    if found.resolved_on is not None:
        return f"Resolved on {words.day(found.resolved_on)}: {how[:1].lower()}{how[1:]}"
    return f"Stage {found.stage.number}: {STATES[found.state].lower()}"


def clock(found: DisagreementView, at: datetime) -> dict[str, str]:
    """For components/clock.html."""
    due = found.stage.due_at
    return {"words": words.capital(due_within(due, at)), "urgency": urgency_of(due, at)}


def line(found: DisagreementView, at: datetime) -> str:
    """In one line, on every page of the child's record: it stays there until somebody resolves it."""
    stage, due = found.stage, due_within(found.stage.due_at, at)
    return f"Professionals do not agree: {found.about}. Stage {stage.number}, {stage.resolver} resolves it, {due}"


def side_rows(found: Iterable[SideView], names: Mapping[UUID, str]) -> list[dict[str, object]]:
    """Each side with all that it said, oldest first; and a side that has said nothing yet."""
    rows: dict[tuple[object, ...], dict[str, object]] = {}
    for one in found:
        key = (one.agency_post, one.post, one.called)
        row = rows.setdefault(key, {"called": one.called, "said": []})
        if one.words:
            said: list[dict[str, str]] = row["said"]  # type: ignore[assignment]  # made as a list just above
            said.append({
                "words": one.words,
                "when": f"{words.full_moment(one.said_at)}, written down by {names.get(one.by, 'a colleague')}",
            })  # fmt: skip
    return list(rows.values())


def stage_rows(found: Sequence[StageView], at: datetime) -> list[dict[str, str]]:
    """The stages that it went through, for components/summary-list.html."""
    return [
        {"key": f"Stage {one.number}: {SETTLES[one.number]}", "value": _stage_words(one, at)} for one in found
    ]  # fmt: skip


def _stage_words(one: StageView, at: datetime) -> str:
    began = f"{one.resolver}, from {words.short_day(local_day(one.began_at))}"
    if one.ended_at is None:
        return f"{began}, {due_within(one.due_at, at)}"
    late = ", later than it was due" if one.ended_at > one.due_at else ""
    return f"{began} to {words.short_day(local_day(one.ended_at))}{late}. {one.came_of}"


def told_rows(
    found: DisagreementView, posts: Mapping[UUID, str], messages: Iterable[MessageLine]
) -> list[dict[str, str]]:
    """Which agencies that were a side of it were told how it was resolved, and where they are told."""
    sent = {one.agency_post: one for one in messages}
    rows = []
    for post in found.agency_posts:
        told = sent.get(post)
        rows.append({
            "name": posts.get(post, "An agency"),
            "told": words.capital(told.status) if told else "",
            "url": address("message", told.id) if told else address("disagreement-tell", found.step, post),
        })  # fmt: skip
    return rows
