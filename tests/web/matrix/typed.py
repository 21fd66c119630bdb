"""What each form is sent with: words that are whole, so that only the right to act is missing.

A form that is refused for a missing answer proves nothing about who may send it. The matrix
therefore also asks that every form here changes something for somebody.
"""

from collections.abc import Mapping
from datetime import timedelta

from sightline.kernel.london import local_day
from tests.web.matrix.asking import Body
from tests.web.matrix.typed_protecting import conference_forms, disagreement_forms, enquiry_forms
from tests.web.matrix.world import World


def _account(world: World, key: str) -> str:
    return str(world.universe.authority.accounts[key])


def _post(world: World, key: str) -> str:
    return str(world.universe.authority.posts[key])


def _in_weeks(world: World, weeks: int) -> str:
    return (local_day(world.universe.at) + timedelta(weeks=weeks)).strftime("%d/%m/%Y")


def _day(world: World) -> str:
    return _in_weeks(world, 0)


def _note(world: World, whose: str) -> Body:
    person = world.key("person", whose)
    return {
        "kind": "note", "people": [person], "text": "Rang the school.", f"seen-{person}": "not_tried",
        "paragraphs": "0", "actions": "0",
    }  # fmt: skip


_CONTACT: Body = {"who": "self", "saw_or_heard": "A bruise.", "seen_version": "1"}
# The original is kept by somebody who reads the record.
_KEEPERS = {"own": "gareth", "other": "nadia", "restricted": "helen"}
_IDENTIFIED: Body = {"status": "identified", "words": "A lodger."}


def forms(world: World, whose: str) -> dict[str, Body]:
    """Each address that takes a form and changes something, with what is typed about somebody's things."""
    return (
        _casework_forms(world, whose)
        | _visit_forms(world, whose)
        | _plan_forms(world, whose)
        | _assessment_forms(world, whose)
        | enquiry_forms(world, whose)
        | conference_forms(world, whose)
        | disagreement_forms(world, whose)
        | _front_door_forms(world)
        | _message_forms(world, whose)
    )


def _casework_forms(world: World, whose: str) -> dict[str, Body]:
    return {
        "notice-tick": {},
        "notices-tick": {"notice": [world.key("notice", "own")]},
        "step-finish": {"outcome": "Done and written down."},
        "save-draft": {"draft_form": "recording", "text": "typed", "draft_order": "1"},
        "discard-draft": {},
        "emergency-open": {"reason": "danger", "words": "She is here with a burn.", "address_words": ""},
        "same-compare": {"goes_on": world.key("person", whose), "reason": "Her mother said so."},
        "emergency": {"finding": "needed", "words": "Rang the hospital."},
        "protected-address": {"end": "yes", "true_to": _day(world)},
        "protected-address-record": {
            "protects": "refuge", "lines": "8 Quay Lane", "postcode": "",
            "readers": [_post(world, _READERS.get(whose, "post-nora"))],
        },
        "child-wish": {"reason": "She is in danger at home.", "told": "yes"},
        "share-new": {
            "agency": str(world.universe.authority.agencies["tidewell-homes"]), "tells_why": "no",
            "children": [world.key("person", whose)], "purpose": "To ring us first.", "until_on": _in_weeks(world, 4),
        },
        "shares": {"end": world.key("share", "own")},
        "own-notes": {"about": "A girl in class four", "noted": _day(world), "kind": "worry", "text": "She was tired."},
        "restrict": {
            "people": [world.key("person", whose)], "readers": [_account(world, "jane")], "other": "",
            "known": "hidden", "reason": "A threat.", "reviewer": _post(world, "service-manager"), "review_on": "",
        },
        "restriction": {"decision": "keep", "known": "known", "words": "As before.", "next_on": ""},
        "restriction-reviewer": {"reviewer": _post(world, "front-door-manager"), "words": "The team is merged."},
        "restriction-readers": {"add": _account(world, "nadia"), "reason": "She stands in."},
        "conflict-own": {"people": [world.key("person", whose)], "reason": "My niece."},
        "conflict-colleague": {
            "people": [world.key("person", whose)], "colleague": _account(world, "marcus"), "reason": "His niece.",
        },
        "conflict": {"words": "They have moved."},
        "possible-twin": {"same": "no", "words": "Her school knows both."},
        "away": {"account": _account(world, "jane"), "back_on": "", "cover": ""},
        "back-from-away": {},
        # Somebody who opened a colleague's child last week, with nothing to do there.
        "team-viewing-worker": {"signal": "no_work", "person": world.key("person", "own"), "finding": "work"},
        "own-home": {"address": "12 Sedge Lane", "postcode": "SW1A 1AA"},
        "own-home-forget": {},
        "account-open": {
            "name": "Rhian Pugh", "email": "rhian.pugh@hallowby.example", "role": "analyst", "registration": "",
            "phone": "", "post": "", "agency": "",
        },
        "account-new-phone": {},
        "account-close": {},
        "allocate": {"post": _post(world, "post-nora"), "reason": "Has room."},
        "person-add": {"kind": "communication", "words": "Speaks slowly."},
        "involvement-add": {
            "agency_post": str(world.universe.authority.mailboxes["hospital-visitors"]), "name": "B. Lund",
            "role": "Health visitor", "from_on": _day(world),
        },
        "involvement-end": {"to_on": _day(world)},
        "warning-review": {"what": "goes_on", "review_on": _in_weeks(world, 20)},
        "adult-identify": _IDENTIFIED,
        "ending-ask": {
            "children": [world.key("person", whose)], "reason": "services_ended", "what_changed": "She eats.",
            "how_to_come_back": "Ring us.", "who_holds_worry": "Her school does.",
        },
        "ending-return": {"words": "Tell the school first."},
        "entry-correct": {"reason": "A slip.", "w0-text": "Visited.", "w1-text": "I do the toast."},
        "entry-withdraw": {"reason": "The wrong child.", "reader": _account(world, _KEEPERS.get(whose, "gareth"))},
        "record-new": _note(world, whose),
    }  # fmt: skip


def _visit_forms(world: World, whose: str) -> dict[str, Body]:
    person = world.key("person", whose)
    seen = {f"c-{person}-outcome": "seen_alone"}
    return {
        "visit-record": seen | {
            "when": "yesterday at 10:00", "announced": "no", "place": "home", "present": "Nobody else",
            "text": "Visited.", "paragraphs": "0", "actions": "0",
        },
        "visit-plan": {
            "children": [person], "starts_at": "tomorrow 10:00", "announced": "yes", "place": "home",
            "post": _post(world, "worker-1-family-support-2"),
        },
        "visit-cancel": {"cancelled_by": "us", "who": "The team", "reason": "The car broke down."},
        "appointment-record": {f"c-{person}-outcome": "brought", "what": "Hearing test", "when": "yesterday"},
        "account-attach": {"given_by": person, "words": "I was there too.", "disagrees": "no"},
    }  # fmt: skip


# Each a post that is offered to all who may record the address: it is their own, carries the child, or is above theirs.
_READERS = {"own": "worker-1-family-support-2", "other": "post-nadia", "restricted": "service-manager"}
_LEADS = {"own": "worker-1-family-support-2", "other": "post-nadia", "restricted": "post-nora"}


def _plan_forms(world: World, whose: str) -> dict[str, Body]:
    person = world.key("person", whose)
    lead = _post(world, _LEADS.get(whose, "post-nadia"))
    return {
        "plan-new": {
            "kind": "early_help", "children": [person], "lead": f"post:{lead}", "outcomes": "1", "o0-actions": "1",
            "o0-words": "She sleeps.", "o0-a0-what": "Reads to her", "o0-a0-who": "Her aunt",
        },
        "plan-change": {"contingency": "Her grandmother comes."},
        "plan-review": {"attended": "Everybody.", "text": "It goes well.", "then": "go_on"},
        "plan-version": {"others": "1", "n0-name": "H. Reyes", "n0-signed": "yes"},
        "plan-sign": {"others": "1", "n0-name": "H. Reyes", "n0-signed": "yes"},
        "plan-agreement": {f"g{person}-said": "agreed", f"g{person}-words": "Yes."},
        "plan-step": {"children": [person], "reason": "She eats."},
        "service-ask": {"children": [person], "what": "A group", "of_whom": "The library"},
        "service-began": {"became": "began", "said_by": "The nurse"},
    }  # fmt: skip


def _assessment_forms(world: World, whose: str) -> dict[str, Body]:
    own, theirs = world.key("person", "own"), world.key("person", whose)
    visitors = str(world.universe.authority.mailboxes["hospital-visitors"])
    return {
        "assessment-begin": {"children": [theirs], "why": "A worry."},
        "conclusion-new": {"words": "She is protective.", "basis": "She rang us.", "children": [theirs]},
        "conclusion": {"stands": "ends", "basis": "She did not ring."},
        "assessment-section": {"t-why_now": "A bruise.", "b-why_now": "0"},
        "assessment-section-child": {f"t-health-{own}": "Well.", f"b-health-{own}": "0"},
        "assessment-factors": {f"f-{own}": ["16A"], f"s-{own}": ""},
        "assessment-evidence": {"ask": "other", "other": visitors, "question": "What is known?"},
        "assessment-answer": {"what": "answer", "text": "Seen.", "told_by": "PC Lane", "handling": "ordinary"},
        "assessment-send": {"to_post": _post(world, "front-door-manager")},
        "assessment-sign": {"decision": "no", "words": "Ask her father."},
        "assessment-stop": {"because": "They moved to Weirshire."},
        "assessment-family-given": {"how": "By hand."},
        "assessment-family-write": {"base": "1", "text": "What we saw."},
    }


def _front_door_forms(world: World) -> dict[str, Body]:
    return {
        "contact-draft": _CONTACT,
        "contact-draft-save": _CONTACT,
        "front-door-hand-over": {"words": "Not decided yet."},
        "handover-accept": {},
        "contact-decide": {
            "then": "decide", "outcome": "referral_assessment", "reason": "A bruise.", "need": "N1",
            "would_change": "An account of it.", "history_bears": "A hungry child in autumn.",
        },
        "contact-recommend": {"recommendation": "likely_referral", "why": "A bruise."},
        "contact-tell": {"tell-means": "not_possible", "tell-not_possible": "Asked us not to ring."},
        "contact-together": {"other": world.key("contact", "own")},
        "contact-hand-over": {"words": "Not decided yet."},
        "contact-check": {
            "agency_post": str(world.universe.authority.mailboxes["police-hub"]), "ask_reason": "A bruise.",
            "question": "What is known?", "lawful_basis": "ca1989_s17",
        },
        "check-answer": {"answer": "Seen last month.", "told_by": "Ward sister", "handling": "ordinary"},
        "unidentified-adult": _IDENTIFIED,
    }  # fmt: skip


def _message_forms(world: World, whose: str) -> dict[str, Body]:
    return {
        "message-code": {},
        "message-call": {"how": "Rang the school; they have heard it."},
        "message-read": {"notice": world.key("message_notice", whose)},
        "message-link": {
            "code": world.code, "reply": "1", "kind": "answer", "text": "Thank you.", "signed": "H. Reyes",
        },
    }  # fmt: skip


QUESTIONS: Mapping[str, Body] = {
    "search": {"words": "Qzfamily"},
    "contact-find": {"find": "Qzfamily"},
}
"""Addresses that a form is sent to and that change nothing: what is asked stays out of the address."""


def typed_for(name: str, world: World, whose: str) -> Body:
    """The form's words; nothing for an address that is no form's."""
    return forms(world, whose).get(name) or QUESTIONS.get(name, {})
