"""Agreeing a plan: a version of it as it stands, who signed, who did not and why."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from sightline.kernel.errors import NotFound
from sightline.plans.operations import make_version, sign
from sightline.plans.rules import SignatureGiven
from sightline.web.plans.choosing import Agreeing, those_who_agree
from sightline.web.plans.desk import Desk, answer
from sightline.web.plans.forms import SignatureForm
from sightline.web.plans.opening import PlanOpened, open_plan
from sightline.web.plans.sheet import Sheet
from sightline.web.plans.tab import facts_of
from sightline.web.presenters.plans import plan_words


@dataclass(frozen=True)
class SignatureRow:
    """The form for one signature, and whose it is where that is known."""

    form: SignatureForm
    who: Agreeing | None = None


class VersionSheet(Sheet):
    """A row for each whose signature is asked for, and as many more as are wanted."""

    def __init__(self, here: PlanOpened, people: list[Agreeing], typed: QueryDict | None, *, bound: bool) -> None:
        self.here, self.people = here, people
        super().__init__(typed, bound=bound, at=here.opened.at)

    def build(self) -> None:
        """The family, then whoever else signs."""
        known = [
            SignatureRow(self.make(SignatureForm, prefix=f"s{one.person}", called=one.name, today=self.today), one)
            for one in self.people
        ]
        self.known = known
        self.others = [
            SignatureRow(self.make(SignatureForm, prefix=f"n{number}", today=self.today))
            for number in self.rows("others")
        ]

    @property
    def grown(self) -> list[SignatureRow]:
        """Whoever has parental responsibility, and young people who agree for themselves."""
        return [row for row in self.known if row.who and not row.who.folded]

    @property
    def young(self) -> list[SignatureRow]:
        """The younger children, whose rows are folded until something is written in one."""
        return [row for row in self.known if row.who and row.who.folded]

    @property
    def young_begun(self) -> bool:
        """Whether something is."""
        return any(row.form["signed"].value() or row.form.errors for row in self.young)

    def given(self) -> list[SignatureGiven]:
        """The signatures, and the reasons for none, from forms that are valid."""
        return [_given(row, self) for row in [*self.known, *self.others] if row.form.begun]


def _given(row: SignatureRow, sheet: VersionSheet) -> SignatureGiven:
    given, who = row.form.cleaned_data, row.who
    signed = given["signed"] == "yes"
    return SignatureGiven(
        name=who.name if who else given["name"],
        person=who.person if who else None,
        capacity=(who.capacity if who else given["capacity"])[:120],
        signed_on=(given["signed_on"] or sheet.today) if signed else None,
        not_signed_because="" if signed else given["not_signed_because"],
    )


def plan_version(request: HttpRequest, person: UUID, plan: UUID) -> HttpResponse:
    """The page, and what is sent from it."""
    here = open_plan(request, person, plan)
    people = those_who_agree(here.on_it, here.opened.today)
    [facts] = facts_of(here.opened, [here.plan], whole=True)
    return answer(
        request,
        Desk(
            opened=here.opened,
            name="plan-version",
            template="plans/version.html",
            make=lambda typed, bound: VersionSheet(here, people, typed, bound=bound),
            perform=lambda sheet: _make(here, sheet),
            done=lambda _sheet: _done(request, person),
            beside=plan,
            context={"kind": here.kind_words, "plan": plan_words(facts)},
        ),
    )


def _make(here: PlanOpened, sheet: VersionSheet) -> UUID:
    entry: UUID = make_version(by=here.opened.by, plan=here.plan.id, signatures=sheet.given(), at=here.opened.at)
    return entry


def _done(request: HttpRequest, person: UUID) -> HttpResponse:
    messages.success(request, "The plan is agreed as it stands. This version stays on the record as it is now.")
    return redirect("person-plan", person=person)


def plan_sign(request: HttpRequest, person: UUID, plan: UUID, version: UUID) -> HttpResponse:
    """Signatures that come once a version is made, or the reason for none."""
    here = open_plan(request, person, plan)
    found = next((one for one in here.plan.versions if one.entry == version), None)
    if found is None:
        raise NotFound("There is no such version of a plan on a record that you work with.")
    people = those_who_agree(here.on_it, here.opened.today)
    return answer(
        request,
        Desk(
            opened=here.opened,
            name="plan-sign",
            template="plans/sign.html",
            make=lambda typed, bound: VersionSheet(here, people, typed, bound=bound),
            perform=lambda sheet: _sign_all(here, version, sheet),
            done=lambda _sheet: _signed(request, here, version),
            beside=plan,
            context={"kind": here.kind_words, "number": found.number, "version": version},
        ),
    )


def _sign_all(here: PlanOpened, version: UUID, sheet: VersionSheet) -> UUID:
    for one in sheet.given():
        sign(
            by=here.opened.by,
            version=version,
            name=one.name,
            person=one.person,
            capacity=one.capacity,
            signed_on=one.signed_on,
            not_signed_because=one.not_signed_because,
            at=here.opened.at,
        )
    return version


def _signed(request: HttpRequest, here: PlanOpened, version: UUID) -> HttpResponse:
    messages.success(request, "Saved with this version. What it says is as it was.")
    return redirect("plan-as-agreed", person=here.opened.person, plan=here.plan.id, version=version)
