"""Reading what in a child's record needs attention: a fixed number of queries, and three for each plan in force."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.urls import reverse

from sightline.assessments.permissions import may_assess
from sightline.assessments.queries import ConclusionView, list_open_rounds
from sightline.conferences.queries import list_meetings
from sightline.disagreements.queries import list_disagreements
from sightline.enquiries.queries import list_enquiries, list_orders
from sightline.front_door.queries import list_keys_about
from sightline.kernel.london import local_day
from sightline.partnership.queries import list_messages_of, list_replies_of
from sightline.people.queries import PersonName, list_unidentified
from sightline.plans.queries import list_services, list_unagreed
from sightline.practice.queries import current_pack
from sightline.record.queries import OpenStep, list_mentions
from sightline.web.asked import address
from sightline.web.casework.opening import Opened
from sightline.web.casework.reading import names_of
from sightline.web.presenters import attention as said
from sightline.web.presenters.child import ChildFacts
from sightline.web.presenters.protecting_now import ProtectingNow
from sightline.web.presenters.step_links import step_url
from sightline.workforce.queries import describe_posts


def needs_attention(
    opened: Opened,
    facts: ChildFacts,
    steps: Sequence[OpenStep],
    conclusions: Sequence[ConclusionView],
    known: Iterable[PersonName],
) -> tuple[list[dict[str, str]], set[UUID]]:
    """For components/attention.html, on the overview of a child's record as it stands now; and the steps it tells."""
    people, on = [opened.person], local_day(opened.at)
    pack, plans, rounds = current_pack(opened.at), facts.plans, list_open_rounds(children=people)
    unagreed = list_unagreed(plans, at=opened.at)
    asked = {person for one in unagreed.values() for person in (*one.against, *one.missing)}
    challenges, challenged_url = _challenges(list_keys_about(people))
    concerns = said.Concerns(
        no_access=pack.threshold("no_access.in_a_row", on).number,
        not_alone=pack.threshold("not_alone.in_a_row", on).number,
        steps=steps,
        unidentified=list_unidentified(people=[one.adult for one in list_mentions(people)]),
        challenges=challenges,
        disagreements=list_disagreements(people),
        conclusions=conclusions,
        rounds=rounds,
        plans=plans,
        unagreed=unagreed,
        services=list_services(people),
        posts=describe_posts([*(one.with_post for one in rounds if one.with_post), *(one.post for one in steps)]),
        headers=names_of(opened, known, asked),
        protecting=ProtectingNow(
            opened.person, list_orders(people, opened.at), list_enquiries(people), list_meetings(people)
        ),
    )
    links = _links(opened, steps, conclusions) | {"challenged": challenged_url}
    return said.attention(facts, concerns, opened.at, links), said.told_steps(concerns, opened.at)


def _links(opened: Opened, steps: Sequence[OpenStep], conclusions: Sequence[ConclusionView]) -> dict[str, str]:
    links = {str(step.subject): address("contact", step.subject) for step in steps if step.subject}
    links |= {str(step.id): step_url(step, {opened.person: opened.header}) for step in steps}
    if may_assess(opened.by):
        links |= {str(one.id): reverse("conclusion", args=[opened.person, one.id]) for one in conclusions}
    for page in ("people", "visits", "assessment", "plan", "protection"):
        links[page] = reverse(f"person-{page}", args=[opened.person])
    return links


def _challenges(contacts: list[UUID]) -> tuple[int, str]:
    """How many disagree, and the latest contact that they disagree about: only what may be read is here."""
    messages = list_messages_of(contacts)
    replied = {line.id: line.subject for lines in messages.values() for line in lines if line.replies}
    said = [reply for reply in list_replies_of(replied) if reply.kind == "challenge"]
    # What was made a disagreement stands as that, until it is resolved.
    recorded = {one.subject for one in list_disagreements(subjects=[one.id for one in said], only_open=False)}
    about = [replied[reply.message_id] for reply in said if reply.id not in recorded]
    latest = next((one for one in contacts if one in about), None)
    return len(about), f"{address('contact', latest)}#feedback" if latest else ""
