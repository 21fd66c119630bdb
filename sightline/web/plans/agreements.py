"""Who agrees to a plan and who does not: rows of people, on the page of a new plan and on a page of their own."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.kernel.london import local_day
from sightline.plans.operations import record_agreement
from sightline.web.plans.choosing import Agreeing
from sightline.web.plans.forms import AgreementForm
from sightline.web.plans.sheet import Sheet


@dataclass(frozen=True)
class AgreementRow:
    """One person, what they said before in words, and the form for what they say now."""

    who: Agreeing
    form: AgreementForm
    before: str = ""


class AgreementRows:
    """Rows of a page: those who are asked first, and the younger children, whose rows are folded until begun."""

    agreements: list[AgreementRow]

    @property
    def grown(self) -> list[AgreementRow]:
        """Whoever has parental responsibility, and young people who agree for themselves."""
        return [row for row in self.agreements if not row.who.folded]

    @property
    def young(self) -> list[AgreementRow]:
        """The others."""
        return [row for row in self.agreements if row.who.folded]

    @property
    def young_begun(self) -> bool:
        """Whether something is written in one of these, so that they are not folded away."""
        return any(row.form["said"].value() or row.form.errors for row in self.young)


def agreement_rows(
    sheet: Sheet, people: list[Agreeing], *, today: date, before: dict[UUID, str] | None = None
) -> list[AgreementRow]:
    """A row for each of these people. Somebody who said something before can withdraw it."""
    said = before or {}
    return [
        AgreementRow(
            one,
            sheet.make(
                AgreementForm,
                prefix=f"g{one.person}",
                called=one.name,
                today=today,
                withdrawal=one.person in said,
            ),
            said.get(one.person, ""),
        )
        for one in people
    ]


def write_agreements(rows: list[AgreementRow], *, by: Actor, plan: UUID, at: datetime) -> None:
    """What each person said, where something was said."""
    for row in rows:
        if row.form.begun:
            given = row.form.cleaned_data
            record_agreement(
                by=by,
                plan=plan,
                person=row.who.person,
                said=given["said"],
                words=given["words"],
                said_on=given["said_on"] or local_day(at),
                at=at,
            )
