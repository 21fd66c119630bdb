"""Rows of outcomes with what is to be done towards each, on any page that writes them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.plans.operations import add_outcome, agree_action
from sightline.web.plans.forms import ActionForm, Choices, OutcomeForm
from sightline.web.plans.sheet import Sheet


@dataclass(frozen=True)
class ActionRows:
    """The forms of what is to be done towards one outcome, and the name under which they are counted."""

    count_name: str
    forms: list[ActionForm]

    @property
    def open(self) -> bool:
        """Whether something is begun in them, so that they are not folded away."""
        return len(self.forms) > 1 or any(form["what"].value() or form.errors for form in self.forms)


@dataclass(frozen=True)
class GoalRow:
    """One outcome's form, and what is to be done towards it."""

    number: int
    form: OutcomeForm
    actions: ActionRows


def action_rows(sheet: Sheet, name: str, *, posts: Choices, today: date, least: int = 1) -> ActionRows:
    """As many rows of actions as the page has under this name."""
    numbers = sheet.rows(f"{name}-actions", least=least)
    return ActionRows(
        f"{name}-actions",
        [sheet.make(ActionForm, prefix=f"{name}-a{number}", posts=posts, today=today) for number in numbers],
    )


def goal_rows(
    sheet: Sheet, *, children: Choices, posts: Choices, today: date, first: int = 1, least: int = 1
) -> list[GoalRow]:
    """As many new outcomes as the page has, numbered on from those that the plan has."""
    return [
        GoalRow(
            first + number,
            sheet.make(OutcomeForm, prefix=f"o{number}", children=children),
            action_rows(sheet, f"o{number}", posts=posts, today=today),
        )
        for number in sheet.rows("outcomes", least=least)
    ]


def judge_goals(rows: list[GoalRow], chosen: set[str]) -> None:
    """An outcome for one child needs that child on the plan; what is done needs an outcome to be towards."""
    for row in rows:
        child = row.form.cleaned_data.get("child")
        if child and child not in chosen:
            row.form.add_error("child", "Choose this child for the plan as well.")
        if any(form.begun for form in row.actions.forms) and not row.form.begun:
            row.form.add_error("words", "Say what is to be different, beside what is to be done.")


def write_goals(rows: list[GoalRow], *, by: Actor, plan: UUID, at: datetime) -> None:
    """Each outcome that was begun, and each action towards it."""
    for row in rows:
        if row.form.begun:
            given = row.form.cleaned_data
            outcome = add_outcome(
                by=by,
                plan=plan,
                words=given["words"],
                childs_words=given["childs_words"],
                how_we_know=given["how_we_know"],
                child=row.form.child_key,
                at=at,
            )
            write_actions(row.actions, by=by, plan=plan, outcome=outcome, at=at)


def write_actions(rows: ActionRows, *, by: Actor, plan: UUID, outcome: UUID | None, at: datetime) -> None:
    """Each action that was begun."""
    for form in rows.forms:
        if form.begun:
            given = form.cleaned_data
            agree_action(
                by=by,
                plan=plan,
                outcome=outcome,
                what=given["what"],
                who=given["who"],
                why=given["why"],
                by_when=given["by_when"],
                post=form.post_key,
                at=at,
            )
