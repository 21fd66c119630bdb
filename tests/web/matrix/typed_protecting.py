"""What the forms that protect a child are sent with, each of them whole."""

from datetime import timedelta

from sightline.kernel.london import local_day
from tests.web.matrix.asking import Body
from tests.web.matrix.world import World

WORDS = "A bruise that nobody explains."


def _soon(world: World) -> str:
    day = local_day(world.universe.at) + timedelta(days=12)
    return f"{day.day} {day.month} {day.year} at 10.30"


def enquiry_forms(world: World, whose: str) -> dict[str, Body]:
    """Discussions, enquiries, medicals, orders, injuries and births."""
    person, own = world.key("person", whose), world.key("person", "own")
    child = own if whose == "together" else person
    begun = {"discussion": world.key("strategy_held", "own")} if whose == "own" else {}
    return {
        "strategy-ask": {"children": [person], "why": WORDS},
        "strategy-record": {
            "held_at": "today at 00:01", "how": "video", "t-police-there": "there", "t-police-name": "Dan Rowe",
            "others": "0", "actions": "1", "alone_because": "Health did not answer.",
        },
        "strategy-add": {"o0-who": "kind:health", "o0-name": "Dr Odu", "o0-there": "sent", "o0-shared": "Well."},
        "strategy-decide": {f"d-{child}-outcome": "goes_on", f"d-{child}-reasons": WORDS},
        # On the first child one goes on: what is opened again is put to the discussion that was held since.
        "enquiry-open": {"children": [person], "why": WORDS, **begun},
        "enquiry-add": {"words": "Her aunt rang."},
        "enquiry-conclude": {
            f"c-{child}-outcome": "no_continuing_risk", f"c-{child}-reasons": WORDS, f"c-{child}-pictures": "none",
        },
        "enquiry-tell": {"text": "It is over.", "means": "call", "call_words": "PC Lane, at ten."},
        "enquiry-not-told": {"because": "The school has closed."},
        "enquiry-no-conference": {"children": [child], "why": "They moved to her aunt."},
        "medical-ask": {"asked_of": "The clinic"},
        "medical-record": {"went": "not_held", "because": "Her mother said no."},
        "order-new": {"kind": "police_protection", "began_at": "today at 00:01", "made_by": "PC 4411"},
        "order-extend": {"made_by": "The court"},
        "order-end": {"ended_at": "today at 00:01", "because": "She is with her aunt."},
        "before-court-begin": {"children": [person], "why": WORDS},
        "before-court-dates": {"which": "letter_sent_on", "day": "today", "because": "It went today."},
        "before-court-letter": {"words": "By hand."},
        "before-court-family": {"offered": "yes", "held": "not_yet", "words": "They will think."},
        "before-court-meeting": {"kind": "first", "words": "They came."},
        "before-court-decide": {"outcome": "A", "why": WORDS},
        "before-court-applied": {"words": "The family court."},
        "plan-take-up": {"children": [world.key("earlier_plan", whose)]},
        "earlier-enquiry": {"ended": "none", "because": "They moved to her aunt."},
        "injury-new": {"what": "bruise", "sites": ["head"], "seen_on": "today", "words": "Round."},
        "birth": {"born_on": "today", "sex": "F", "standing": "living"},
        "about-child": {"sex": "U", "ethnicity": "REFU", "disabilities": ["AUT"]},
    }  # fmt: skip


def conference_forms(world: World, whose: str) -> dict[str, Body]:
    """Conferences, their letters, and core groups."""
    person, unborn = world.key("person", whose), world.key("unborn", "own")
    return {
        "conference-convene": {
            "kind": "review", "children": [person], "starts": _soon(world), "place": "The hall",
            "chair": world.key("chair", "own"),
        },
        "conference-invitees": {
            "others": "1", "other0-name": "Ann Bell", "other0-role": "Aunt", "other0-safe": "no",
            "other0-safe_because": "Nobody asked.",
        },
        "conference-invitee": {"act": "leave", "because": "Another nurse comes."},
        "conference-move": {"what": "move", "starts": _soon(world), "place": "The annexe", "because": "A flood."},
        "conference-part": {"part": "drawn", "words": "A house."},
        "conference-report": {"words": "She is well."},
        "conference-view": {"words": "She needs help.", "how": "spoken"},
        "conference-outcome": _outcome(world),
        "conference-letters": {"release": world.key("letter", "own")},
        "conference-letter": {"text": "Dear mother, a plan begins.", "base": "1"},
        "core-group-record": {
            "text": "It goes well.", "others": "1", "other0-who": "Ann Bell, aunt", "other0-attendance": "there",
            "other0-view": "none", f"c{unborn}-part": "none",
        },
    }  # fmt: skip


def _outcome(world: World) -> Body:
    own = world.key("person", "own")
    asked = {word: world.key(f"{word}_asked", "own") for word in ("school", "police", "nurse", "ours", "mother")}
    there = {f"i{key}-attendance": "there" for key in asked.values()}
    silent = {f"i{key}-view": "none" for key in (*asked.values(), world.key("father_asked", "own"))}
    child = {f"c{own}-part": "none", f"c{own}-decision": "no_plan", f"c{own}-reasons": WORDS, f"d{own}-rows": "1"}
    return {"paragraphs": "1", "t0-text": "It was spoken of.", **there, **silent, **child}


def disagreement_forms(world: World, whose: str) -> dict[str, Body]:
    """Disagreements."""
    person = world.key("person", whose)
    school = str(world.universe.authority.mailboxes["school-lead"])
    post = str(world.universe.authority.posts["worker-1-family-support-2"])
    return {
        "disagreement-new": {
            "about": "What was decided", "side": f"agency:{school}", "name": "H. Reyes",
            "words": "We see it otherwise.", "children": [person], "post": post,
        },
        "disagreement-say": {"side": world.key("side_line", whose), "words": "We still do."},
        "disagreement-safety": {"words": "Her aunt has her."},
        "disagreement-escalate": {"came_of": "They met.", "post": post},
        "disagreement-resolve": {"how": "agreed", "came_of": "They agree."},
        "disagreement-tell": {"text": "It is resolved.", "means": "call", "call_words": "H. Reyes, at ten."},
        "disagreement-from-reply": {},
    }  # fmt: skip
