"""What protects the children of the matrix's world: discussions, enquiries, an order, an injury, a disagreement."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sightline.commands.demonstration.telling import Telling
from sightline.court.operations import begin
from sightline.disagreements.queries import get_disagreement
from sightline.disagreements.rules import SideGiven
from sightline.doorway.acts import acting
from sightline.enquiries.importing import EarlierGiven as EnquiryGiven
from sightline.enquiries.importing import bring_in_earlier as bring_in_enquiries
from sightline.enquiries.operations import ask_for_medical
from sightline.enquiries.rules import ConclusionGiven, DecisionGiven, DiscussionHeld, TookPartGiven
from sightline.journeys.disagree import disagree, settle
from sightline.journeys.injuries import note_injury
from sightline.journeys.protect import ask_strategy, begin_enquiry, conclude_enquiry, hold_strategy, keep_safe
from sightline.kernel.london import local_day
from sightline.kernel.references import new_id
from sightline.kernel.when import When
from sightline.plans.importing import EarlierGiven as PlanGiven
from sightline.plans.importing import bring_in_earlier as bring_in_plans
from sightline.record.importing import EntryGiven, bring_in_entries
from tests.web.matrix.canaries import NAMES, TOGETHER
from tests.web.matrix.opened import give_home, open_own, register_again
from tests.web.matrix.reviewed import to_review

Told = dict[str, dict[str, UUID | str]]
"""Keys by whose they are and by kind."""
CARRIERS = {
    "own": ("jane", "worker-1-family-support-2"),
    "other": ("nadia", "post-nadia"),
    "restricted": ("nora", "post-nora"),
}


@dataclass(frozen=True)
class Protecting:
    """One child, or two together, and who writes of them; what is written begins with the mark."""

    story: Telling
    names: tuple[str, ...]
    by: str
    post: str
    mark: str

    @property
    def children(self) -> list[UUID]:
        return [self.story.people[NAMES[name]] for name in self.names]


def protect(story: Telling) -> Told:
    """The first child has everything, the others what is asked about them."""
    give_home(story)
    own = Protecting(story, ("own",), *CARRIERS["own"], "qzown")
    found: Told = {
        "own": _enquired(own) | _waiting(own) | _kept_safe(own) | _disagreed(own) | _before_court(own) | _there(own)
    }
    found["own"] |= {
        "opened": open_own(story, own.children[0]), "second": register_again(story), "identity": new_id(),
    }  # fmt: skip
    for whose, mark in (("other", "qzother"), ("restricted", "qzhidden")):
        one = Protecting(story, (whose,), *CARRIERS[whose], mark)
        found[whose] = _asked(one) | _disagreed(one) | _there(one)
    found["other"] |= _before_court(Protecting(story, ("other",), *CARRIERS["other"], "qzother"))
    # Two children of whom most may see one: whose name is on the page is the question.
    both = Protecting(story, ("own", "restricted"), *CARRIERS["restricted"], "qzboth")
    reviewed = to_review(story, own=own.children[0], restricted=story.people[NAMES["restricted"]])
    found["own"] |= reviewed
    found["restricted"] |= {kind: key for kind, key in reviewed.items() if kind != "conflict"}
    found[TOGETHER] = _asked(both) | _disagreed(both)
    return found


def _enquired(one: Protecting) -> dict[str, UUID | str]:
    """A discussion that was held and decided, and the enquiry that came of it and is over."""
    story, at = one.story, one.story.diary.at(8, "09:00")
    [child], by = one.children, one.story.who(one.by)
    first = ask_strategy(by=by, children=[child], why=f"{one.mark}feared: a bruise.", at=at)
    police = TookPartGiven(
        "police", agency_post=story.authority.mailboxes["police-hub"], name="PC Lane",
        shared=f"{one.mark}policeshared.",
    )  # fmt: skip
    health = TookPartGiven("health", name="Dr Odu", shared=f"{one.mark}healthshared.", handling="ask_first")
    held = DiscussionHeld(held_at=at, how="video", safety=f"{one.mark}safe with aunt.", took_part=(police, health))
    hold_strategy(
        by=by, discussion=first, held=held, at=at + timedelta(hours=1),
        decisions=[DecisionGiven(child, "enquiry", f"{one.mark}suspects harm.")],
    )  # fmt: skip
    over = begin_enquiry(by=by, children=[child], why="It goes on.", at=at + timedelta(hours=2))
    conclude_enquiry(
        by=by, enquiry=over, at=at + timedelta(hours=3),
        conclusions=[ConclusionGiven(child, "continuing_risk", f"{one.mark}found a risk.", "none")],
    )  # fmt: skip
    return {"enquiry_over": over, "took_part": story.authority.mailboxes["police-hub"]}


def _waiting(one: Protecting) -> dict[str, UUID | str]:
    """One discussion that waits to be held, one that waits to be decided, an enquiry that goes on, a medical."""
    at, by = one.story.diary.at(4, "09:00"), one.story.who(one.by)
    held = ask_strategy(by=by, children=one.children, why="It is worse.", at=at)
    given = DiscussionHeld(held_at=at, how="phone", alone_because="Nobody answered.")
    hold_strategy(by=by, discussion=held, held=given, at=at + timedelta(hours=1))
    going_on = begin_enquiry(by=by, children=one.children, why=f"{one.mark}enquires.", at=at + timedelta(hours=2))
    medical = ask_for_medical(
        by=by, child=one.children[0], asked_of=f"{one.mark}doctor", post=one.story.post(one.post), at=at
    )
    return _asked(one) | {"strategy_held": held, "enquiry": going_on, "medical": medical}


def _asked(one: Protecting) -> dict[str, UUID | str]:
    at, by = one.story.diary.at(4, "14:00"), one.story.who(one.by)
    # Whoever asks holds it: by its step the manager's whole team would read what only the child's own team may.
    post = one.story.post(one.post)
    return {"strategy": ask_strategy(by=by, children=one.children, why=f"{one.mark}fears more.", post=post, at=at)}


def _kept_safe(one: Protecting) -> dict[str, UUID | str]:
    """An order that is in force, and an injury."""
    at, [child], by = one.story.diary.recent(24), one.children, one.story.who(one.by)
    order = keep_safe(
        by=by, child=child, kind="emergency", began_at=at - timedelta(hours=1), made_by="The court",
        words=f"{one.mark}ordered.", where_kept=f"{one.mark}keptwhere", at=at,
    )  # fmt: skip
    note_injury(
        by=by, child=child, what="bruise", sites=["head"], seen_on=local_day(at), words=f"{one.mark}bruised.",
        account=f"{one.mark}account", account_of="Her mother", childs_account=f"{one.mark}toldus", at=at,
    )  # fmt: skip
    return {"order": order}


def _disagreed(one: Protecting) -> dict[str, UUID | str]:
    """A disagreement with the school that goes on, and one that is resolved."""
    at, by, post = one.story.diary.at(3, "09:00"), one.story.who(one.by), one.story.post(one.post)
    school = one.story.authority.mailboxes["school-lead"]

    def raised(about: str) -> UUID:
        sides = (SideGiven("H. Reyes", f"{one.mark}sayother.", agency_post=school), SideGiven(post=post))
        return disagree(by=by, children=one.children, about=about, sides=sides, post=post, at=at)

    goes_on, over = raised(f"{one.mark}disputes this"), raised("What was decided")
    settle(
        by=by, disagreement=over, resolved_on=local_day(at), how="agreed", came_of=f"{one.mark}settled.",
        at=at + timedelta(hours=1),
    )  # fmt: skip
    with acting(by.id):
        line = next(side.id for side in get_disagreement(goes_on).sides if side.agency_post == school)
    return {"disagreement": goes_on, "side_line": line, "disagreement_over": over, "side": school}


def _before_court(one: Protecting) -> dict[str, UUID | str]:
    """Pre-proceedings that a manager began; what a lawyer advised is read by fewer."""
    at, manager = one.story.diary.at(3, "11:00"), one.story.who("gareth" if one.names == ("own",) else "helen")
    step = begin(
        by=manager, children=one.children, decided_on=local_day(at), why=f"{one.mark}precourt.", at=at,
        post=one.story.post(one.post), advice=f"{one.mark}advised.",
    )  # fmt: skip
    return {"spell": step}


def _there(one: Protecting) -> dict[str, UUID | str]:
    """A plan and an enquiry that an earlier system left open, as an import brings them in."""
    at, by, [child] = one.story.diary.at(2, "11:00"), one.story.who(one.by), one.children
    entry, plan, enquiry = new_id(), new_id(), new_id()
    with acting(by.id):
        bring_in_entries(
            by=by, post=one.story.post(one.post), at=at,
            entries=[EntryGiven(entry, child, When.on(local_day(at)), "cin-census:2026", f"{one.mark}broughtin.")],
        )  # fmt: skip
        # Long before anything here, so that it overlaps with no plan of ours: it is only looked at, and taken up.
        day = local_day(at) - timedelta(days=2_000)
        bring_in_plans(given=[PlanGiven(plan, child, entry, None, "protection", day)], at=at)
        bring_in_enquiries(given=[EnquiryGiven(enquiry, child, entry, None, day)], at=at)
    return {"earlier_plan": plan, "earlier_enquiry": enquiry}
