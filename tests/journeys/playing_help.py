"""What is played on knowing a child: assessments and their evidence, and visits planned, made and cancelled."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sightline.access.queries import may_see_of
from sightline.assessments.models import EvidenceRequest, Round, RoundChild
from sightline.assessments.operations import return_for_edits, write_part
from sightline.assessments.queries import get_document, get_round
from sightline.doorway.acts import acting
from sightline.journeys.ask_evidence import ask_for_evidence, record_evidence
from sightline.journeys.assess import begin_assessment, send_to_manager, sign_off
from sightline.journeys.open_matters import Answer, matters_beside_round
from sightline.kernel.errors import Refusal
from sightline.kernel.london import local_day
from sightline.kernel.when import When
from sightline.record.models import Entry, Step
from sightline.recording.operations import cancel_planned_visit, plan_visit, record_visit
from sightline.recording.queries import get_planned
from sightline.recording.rules import ChildSeen, VisitWritten
from tests.journeys import facts
from tests.journeys.facts import Owed, Said, Written
from tests.journeys.machine import Played, _pick

MANAGERS = {"team_manager", "service_manager"}
SOCIAL_WORKERS = {"social_worker", *MANAGERS}
LEADS_TO = {
    "child_in_need_plan": "make_plan",
    "early_help": "make_plan",
    "plan_goes_on": None,
    "strategy_discussion": "strategy_discussion",
    "help_of_others": "ask_to_end",
    "no_further_action": "ask_to_end",
}
OUTCOMES = ["seen_alone", "seen", "observed", "doorstep", "nobody_in", "not_seen"]
ASSESSING = ["begin", "write", "write", "send", "send", "return", "sign", "sign", "send_on", "ask", "answer"]
VISITING = ["plan", "make", "make", "make", "cancel"]


class PlayedHelp(Played):
    """Those who get to know a child."""

    # --- what every play of help needs -----------------------------------------------------------

    def sees(self, by: Any, people: Iterable[UUID]) -> set[UUID]:
        """Whom somebody may see now, which is the access rule's answer and no part of what is tested."""
        with acting(by.id):
            return may_see_of(people=people)

    def some(self, which: int, several: bool) -> list[UUID]:  # noqa: FBT001 (drawn by name)
        among = self.work.children
        return list(dict.fromkeys([_pick(among, which), *([_pick(among, which + 1)] if several else [])]))

    def worker_of(self, child: UUID, pick: int, roles: set[str] | None = None) -> Any:
        """Whoever works with a child, or did: of the post that carries the child, or one that owes them something."""
        work = self.work
        posts = [work.carried.get(child), work.before.get(child)]
        posts += [one.post for one in work.owed if child in one.people]
        return self.who_carries(next((post for post in posts if post), self.world.posts["duty"]), pick, roles)

    def write_down(self, *said: str) -> None:
        """Keep what was just written, as the named reader reads it; the play's own words are in it."""
        with acting(self.world.keeper):
            entries = list(Entry.objects.filter(recorded_at=self.clock).values_list("id", flat=True))
        for entry in entries:
            self.written_as_read(entry)  # type: ignore[attr-defined]  # of the contacts, which are played beside
        texts = [one.text for entry in entries for one in self.work.written[entry].said]
        assert all(any(words in text for text in texts) for words in said), f"{said} is not in {texts}"

    def owe(self, step: UUID, kind: str, post: UUID, people: Iterable[UUID], **more: Any) -> None:
        given = {"subject": None, "arose": None} | more
        self.work.owed.append(Owed(kind=kind, post=post, people=tuple(people), step=step, **given))

    def opened(self, kind: str) -> list[tuple[UUID, UUID]]:
        """The keys and posts of the steps of a kind that were opened just now."""
        with acting(self.world.keeper):
            return list(Step.objects.filter(kind=kind, opened_at=self.clock).values_list("id", "post"))

    # --- assessments ------------------------------------------------------------------------------

    def assess(self, what: str, pick: int, which: int, several: bool, outcome: str) -> None:  # noqa: FBT001 (drawn by name)
        """One rule for all of it: what cannot be done yet begins one."""
        rounds = sorted(self.work.open_rounds())
        if what == "begin" or not rounds:
            self.begin(pick, which, several)
            return
        sent = [key for key in rounds if self.work.rounds[key].sent]
        key = _pick(sent if sent and what in {"return", "sign", "send_on"} else rounds, which)
        self.done[f"try {what}"] += 1
        getattr(self, f"_{what}")(key, pick, which, several, outcome)

    def begin(self, pick: int, which: int, several: bool) -> None:  # noqa: FBT001 (drawn by name)
        children = self.some(which, several)
        by = self.worker_of(children[0], pick, SOCIAL_WORKERS)
        ok, document = self.attempt("begin assessment", lambda: begin_assessment(
            by=by, children=children, why=self.text("The school asked"), at=self.clock))  # fmt: skip
        if not ok:
            return
        with acting(self.world.keeper):
            those = RoundChild.objects.filter(child__in=children, round__step__closed_at=None).values("round")
            found = Round.objects.filter(assessment=document, step__in=those).select_related("step")
            [key] = [one.step_id for one in found if set(children) <= self._assessed(one.step_id)]
            step = Step.objects.get(id=key)
        self._began(by, step, document, children)

    def _assessed(self, key: UUID) -> set[UUID]:
        return set(RoundChild.objects.filter(round=key).values_list("child", flat=True))

    def _began(self, by: Any, step: Step, document: UUID, children: list[UUID]) -> None:
        work, known = self.work, self.work.rounds.get(step.id)
        if known is not None:
            if not set(children) <= known.children:
                work.unsent(step.id)
            known.children |= set(children)
            return
        work.rounds[step.id] = facts.Round(set(children), document)
        if step.subject is not None:
            # What the referral asked for, which is begun now.
            [asked] = [one for one in work.owed if one.subject == step.subject and one.kind == "assessment"]
            work.swap(asked, step=step.id)
            self.done["begin what was asked for"] += 1
            return
        carrying = {work.carried[child] for child in children if child in work.carried}
        assert step.post_id in (carrying | set(by.posts)), "it is carried by nobody who works with them"
        assert not carrying or set(by.posts) & carrying or step.post_id in carrying
        self.owe(step.id, "assessment", step.post_id, children)

    def _write(self, key: UUID, pick: int, which: int, several: bool, outcome: str) -> None:  # noqa: FBT001 (drawn)
        one = self.work.rounds[key]
        child = _pick(sorted(one.children), which)
        by = self.worker_of(child, pick)
        part, about = ("childs_day", child) if several else ("why_now", None)
        with acting(by.id):
            try:
                said = get_document(one.document).parts.get((part, about))
            except Refusal:
                return
        ok, written = self.attempt("write part", lambda: write_part(
            by=by, assessment=one.document, key=part, child=about, text=self.text("He wakes at six"),
            base=said.number if said else 0, at=self.clock))  # fmt: skip
        if ok:
            self._wrote(by, one.document, about, voided=written.voided)

    def _wrote(self, by: Any, document: UUID, about: UUID | None, *, voided: bool) -> None:
        """An edit brings back what was sent about these children, where the writer knows of it."""
        sent = [
            key
            for key, one in self.work.open_rounds().items()
            if one.sent and one.document == document and (about is None or about in one.children)
            and self.sees(by, one.children)
        ]  # fmt: skip
        assert voided == bool(sent), "an edit left a sending as it was, or brought back what was not sent"
        for key in sent:
            self.work.unsent(key)
            self.done["edit that voids"] += 1

    def _send(self, key: UUID, pick: int, which: int, several: bool, outcome: str) -> None:  # noqa: FBT001 (drawn)
        row = self.work.row(key)
        assert row is not None
        by = self.who_carries(row.post, pick, SOCIAL_WORKERS)
        ok, step = self.attempt("send to manager", lambda: send_to_manager(by=by, round=key, at=self.clock))
        if ok:
            above = [post for post in self.staff.line(row.post)[1:] if post not in by.posts]
            self._is_with(key, step, above[0] if above else self.world.posts["front-door-manager"])

    def _is_with(self, key: UUID, step: UUID, post: UUID) -> None:
        row, one = self.work.row(key), self.work.rounds[key]
        assert row is not None
        self.work.unsent(key)
        one.sent = True
        self.owe(step, "authorise_assessment", post, one.children, subject=key, arose=row.arose)

    def _manager_of(self, key: UUID, pick: int) -> Any:
        asked = next((one for one in self.work.owed if one.subject == key and one.kind == "authorise_assessment"), None)
        return self.who_carries(asked.post if asked else self.world.posts["family-manager"], pick, MANAGERS)

    def _return(self, key: UUID, pick: int, which: int, several: bool, outcome: str) -> None:  # noqa: FBT001 (drawn)
        by = self._manager_of(key, pick)
        ok, _ = self.attempt("return assessment", lambda: return_for_edits(
            by=by, round=key, words="Say more of nights.", at=self.clock))  # fmt: skip
        if ok:
            self.work.unsent(key)

    def _send_on(self, key: UUID, pick: int, which: int, several: bool, outcome: str) -> None:  # noqa: FBT001 (drawn)
        by, second = self._manager_of(key, pick), self.world.posts["service-manager"]
        ok, _ = self.attempt("send on", lambda: sign_off(
            by=by, round=key, outcome=outcome, send_on_to=second, at=self.clock))  # fmt: skip
        if ok:
            [(step, _)] = self.opened("authorise_assessment")
            self._is_with(key, step, second)

    def _sign(self, key: UUID, pick: int, which: int, several: bool, outcome: str) -> None:  # noqa: FBT001 (drawn)
        work, one, row = self.work, self.work.rounds[key], self.work.row(key)
        by = self._manager_of(key, pick)
        assert row is not None
        others = self.sees(by, work.still_for(row))
        given = self._accepts_beside(by, key)
        ok, entry = self.attempt("sign assessment", lambda: sign_off(
            by=by, round=key, outcome=outcome, late_because="He was away", accepted=given, at=self.clock))  # fmt: skip
        if not ok:
            return
        self.write_down()
        assert work.written[entry].people == one.children
        for waiting in [each for each in work.owed if each.subject == key and each.kind == "evidence_answer"]:
            work.drop(waiting)
        work.over(key)
        work.done_for("assessment", one.children, set(work.open_rounds()))
        if others - one.children:
            # A brother or sister for whom the referral asked for one too is still owed theirs.
            [(step, _)] = self.opened("assessment")
            self.owe(step, "assessment", row.post, others - one.children, subject=row.subject, arose=row.arose)
        if LEADS_TO[outcome]:
            self._follows(one, row, entry, LEADS_TO[outcome])

    def _accepts_beside(self, by: Any, key: UUID) -> dict[Any, Answer]:
        """Where it leads to an end: each other thing that is open about them, accepted by name."""
        with acting(by.id):
            try:
                matters = matters_beside_round(get_round(key), at=self.clock)
            except Refusal:
                return {}
        return {one.name: Answer(accepted_because="Others see to it") for one in matters}

    def _follows(self, one: facts.Round, row: Owed, entry: UUID, kind: str) -> None:
        post = self.staff.above[row.post] or row.post if kind == "strategy_discussion" else row.post
        [(step, _)] = self.opened(kind)
        self.owe(step, kind, post, one.children, subject=one.document, arose=entry)

    def _ask(self, key: UUID, pick: int, which: int, several: bool, outcome: str) -> None:  # noqa: FBT001 (drawn)
        row = self.work.row(key)
        assert row is not None
        by = self.who_carries(row.post, pick, SOCIAL_WORKERS)
        ok, _ = self.attempt("ask for evidence", lambda: ask_for_evidence(
            by=by, round=key, agency_post=self.world.school_lead, name="Ms Teach", question="How is he?",
            at=self.clock))  # fmt: skip
        if ok:
            [(step, _)] = self.opened("evidence_answer")
            self.owe(step, "evidence_answer", row.post, self.sees(by, self.work.rounds[key].children), subject=key)

    def _answer(self, key: UUID, pick: int, which: int, several: bool, outcome: str) -> None:  # noqa: FBT001 (drawn)
        waiting = self.work.of_kind("evidence_answer")
        if not waiting:
            self._ask(key, pick, which, several, outcome)
            return
        asked = _pick(waiting, which)
        by = self.who_carries(asked.post, pick)
        with acting(self.world.keeper):
            request = EvidenceRequest.objects.get(step=asked.step).id
        words = self.text("He is tired")
        ok, _ = self.attempt("answer evidence", lambda: record_evidence(
            by=by, request=request, text=words, told_by="Ms Teach, lead", handling="ordinary",
            at=self.clock))  # fmt: skip
        if ok:
            self.work.drop(asked)
            self.write_down(words)

    # --- visits -----------------------------------------------------------------------------------

    def visit(self, what: str, pick: int, which: int, *, several: bool, outcome: str, days: int) -> None:
        """Planned ones and others; recorded when they were made, or days later."""
        if what == "plan" or (what == "cancel" and not self.work.visits):
            self.plan_a_visit(pick, which, several, days)
        elif what == "cancel":
            self.cancel_a_visit(pick, which, several)
        else:
            self.record_a_visit(pick, which, several, outcome, days)

    def plan_a_visit(self, pick: int, which: int, several: bool, days: int) -> None:  # noqa: FBT001 (drawn)
        children = self.some(which, several)
        by = self.worker_of(children[0], pick)
        post = self.work.carried.get(children[0], self.world.posts["family-1"])
        ok, step = self.attempt("plan visit", lambda: plan_visit(
            by=by, children=children, starts_at=self.clock + timedelta(days=days), place="home", announced=True,
            purpose="See each child", post=post, at=self.clock))  # fmt: skip
        if ok:
            self.work.visits[step] = tuple(children)
            self.owe(step, "visit", post, children)

    def record_a_visit(self, pick: int, which: int, several: bool, outcome: str, days: int) -> None:  # noqa: FBT001 (drawn)
        """Every other one is a planned one, also one that was over already."""
        planned = _pick(sorted(self.work.visits), which) if self.work.visits and several else None
        children = list(self.work.visits[planned]) if planned else self.some(which, several=bool(which % 2))
        by = self.worker_of(children[0], pick)
        if planned is not None and self.work.row(planned) is not None:
            # Whoever is kept away from one of the children says how it went for those whom they see.
            with acting(by.id):
                try:
                    children = list(get_planned(planned).children) or children
                except Refusal:
                    return
        self._record(by, planned, children, outcome, max(days, 0))

    def _record(self, by: Any, planned: UUID | None, children: list[UUID], outcome: str, ago: int) -> None:
        when = self.clock - timedelta(days=ago)
        told = [self.text("We sat in the kitchen"), *(self.text("My dog is brown") for _ in children)]
        seen = tuple(
            ChildSeen(child, outcome, "Out", "His aunt", words) for child, words in zip(children, told[1:], strict=True)
        )
        visit = VisitWritten(occurred=When.exactly(when), children=seen, text=told[0], place="home", planned=planned,
                             announced=True, late_because="I was ill" if ago else "")  # fmt: skip
        kind = "record late visit" if ago else "record visit"
        ok, entry = self.attempt(kind, lambda: record_visit(by=by, visit=visit, at=self.clock))
        if not ok:
            return
        said = [Said("", told[0], frozenset(children))]
        said += [Said("childs_words", words, frozenset([child]))
                 for child, words in zip(children, told[1:], strict=True)]  # fmt: skip
        self.work.written[entry] = Written(entry, entry, "visit", frozenset(children), tuple(said))
        if outcome in {"seen", "seen_alone", "observed"}:
            self.work.seen += [(entry, child, local_day(when)) for child in children]
        self._visit_over(planned, children)
        self.done["record after it ended"] += not any(child in self.work.carried for child in children)

    def _visit_over(self, planned: UUID | None, children: Iterable[UUID]) -> None:
        row = self.work.row(planned) if planned else None
        if row is not None:
            self.work.let_go(row, set(children))
            self.done["record planned visit"] += 1

    def cancel_a_visit(self, pick: int, which: int, by_us: bool) -> None:  # noqa: FBT001 (drawn)
        planned = _pick(sorted(self.work.visits), which)
        by = self.worker_of(self.work.visits[planned][0], pick)
        told = self.sees(by, self.work.visits[planned])
        ok, _ = self.attempt("cancel visit", lambda: cancel_planned_visit(
            by=by, step=planned, cancelled_by="us" if by_us else "family", who="His mother", reason="Ill",
            at=self.clock))  # fmt: skip
        if ok:
            self.write_down("His mother")
            self._visit_over(planned, told)
