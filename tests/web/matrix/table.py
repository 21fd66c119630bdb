"""The table: every address, what it answers to looking (GET) and to a form (POST), and to whom.

A row is a line of gates and what stands behind them. Each gate lets some personas through and
answers all others; the first that stops somebody is what they are answered. Whose record a gate
asks about is whose things the address was asked for with.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from tests.web.matrix.personas import BY_ROLE, LODGER_READERS, SIGHT, SIGNED_IN, SIGNED_OUT, WITHOUT_CODE, finds

Passes = Callable[[str, str], bool]


@dataclass(frozen=True)
class Gate:
    """Who gets through, for whose things; and what everybody else is answered."""

    passes: Passes
    otherwise: str

    def __or__(self, otherwise: str) -> "Gate":
        """The same gate with another answer."""
        return Gate(self.passes, otherwise)


Row = tuple["Gate | str", ...]


def _let(otherwise: str = "absent", **personas: Iterable[str]) -> Gate:
    """Through for these personas, by whose things it is."""

    def passes(persona: str, whose: str) -> bool:
        return persona in personas.get(whose, ())

    return Gate(passes, otherwise)


def _roles(*roles: str) -> Gate:
    def passes(persona: str, whose: str) -> bool:
        return BY_ROLE[persona] in roles

    return Gate(passes, "refused")


def _sees(section: str) -> Gate:
    def passes(persona: str, whose: str) -> bool:
        return section in SIGHT.get(persona, {}).get(whose, frozenset())

    return Gate(passes, "absent")


READS, KNOWS = _sees("ordinary"), _sees("identity")
# Why a member of the public cannot be told is written where their name stands.
KNOWS_CALLER = _sees("referrer_public")
# Searching finds everybody but who is hidden and who is closed to the reader by a conflict.
FINDS = Gate(lambda persona, whose: whose != "absent" and finds(persona, whose), "absent")
# Whoever is restricted and may be known of is found by searching, and by their address: with whom to ring.
KNOWS_OF = Gate(
    lambda persona, whose: KNOWS.passes(persona, whose) or (whose == "known" and LOOK_FOR.passes(persona, whose)),
    "absent",
)
UNREAD = Gate(lambda persona, whose: not READS.passes(persona, whose), "page")
READS_SECOND = _let(own=["social_worker", "family_support_worker", "team_manager", "service_manager"])
REVIEWS = _let(own=["team_manager", "service_manager"], known=["team_manager"])
# A draft is its writer's; under a key that nobody uses, anybody may begin one.
OWNS = _let(own=["social_worker"], other=["other_team"])
MAY_KEEP = _let(own=["social_worker"], other=["other_team"], absent=SIGNED_IN)
OF_LODGER = _let(own=LODGER_READERS)
KEEPS_ORIGINAL = _let(own=["team_manager"])
ABOVE_THEM = _let(own=["team_manager", "service_manager"])
ON_DUTY_TONIGHT = _let(own=["emergency_duty"])
HAS_LINK = _let("answer 410", own=[*SIGNED_IN, SIGNED_OUT])
# What is told to a post is read by whoever stands in it and in the posts above.
TOLD = _let("sent on", own=["social_worker", "team_manager", "service_manager"], other=["other_team"])
# Whoever carries the step, and the managers above them.
FINISHES = _let(
    "refused",
    own=["social_worker", "team_manager", "service_manager"],
    other=["other_team"],
    restricted=["named_reader", "service_manager"],
)
# A manager, or whoever carries the child: a listed reader who does not carry her asks them.
DECIDES_WHO = _let(
    "refused",
    own=["social_worker", "team_manager", "service_manager"],
    other=["other_team"],
    restricted=["service_manager"],
)
# All at once are ticked by whoever stands in the post itself.
TOLD_THEMSELVES = _let("sent on", own=["social_worker"])
TOLD_OF_MESSAGE = _let(own=["duty_worker", "service_manager"])
# Whose pre-proceedings go on.
BEFORE_COURT = _let(own=SIGNED_IN, other=SIGNED_IN)
# The code is read out at the post that sent the message.
SENT_IT = _let(own=["duty_worker", "business_support"])

# A form that is refused keeps what was typed as a draft: so does an ending that waits for its answer already.
MANAGE = _roles("team_manager", "service_manager")
TAKE = _roles("duty_worker", "social_worker", "emergency_duty", "team_manager", "service_manager")
DECIDE = _roles("social_worker", "emergency_duty", "team_manager", "service_manager")
WRITE = _roles(
    "duty_worker", "social_worker", "emergency_duty", "team_manager", "service_manager", "family_support_worker",
    "conference_chair", "reviewing_officer",
)  # fmt: skip
LOOK_FOR = _roles(
    "duty_worker", "social_worker", "emergency_duty", "team_manager", "service_manager", "family_support_worker",
    "conference_chair", "reviewing_officer", "lawyer", "business_support",
)  # fmt: skip
ASSESS = _roles(
    "duty_worker", "social_worker", "family_support_worker", "emergency_duty", "team_manager", "service_manager"
)
CONVENE = _roles(
    "duty_worker", "social_worker", "emergency_duty", "team_manager", "service_manager", "family_support_worker",
    "conference_chair",
)  # fmt: skip
# A reviewing officer of children looked after chairs no conference.
CHAIR = _roles("conference_chair")
PLANS = _roles(
    "social_worker", "team_manager", "service_manager", "family_support_worker", "conference_chair", "reviewing_officer"
)
ADMINISTER = _roles("administrator")
# The service manager's post looks at restrictions and conflicts again, and is asked of whoever nobody else may read.
REVIEWS_READERS = _let(own=["service_manager"], restricted=["service_manager"])
# A record is restricted once; what was typed stands on the page.
NOT_RESTRICTED = _let("page", own=SIGNED_IN, other=SIGNED_IN)
# By name: the service manager's post; and of what a child told, that post alone.
NAMED_FOR_ADDRESS = ASKED_BY_CHILD = _let(own=["service_manager"], known=["named_reader", "other_team"])
# Whoever reads it in an emergency names nobody for longer.
NAMES_OTHERS = _let("refused", own=["service_manager"], known=["named_reader"])
SHARED_IT = _let(own=["team_manager", "service_manager"])
PARTNERS = _roles("partner")
GAVE_HOME = _let("sent on", own=["social_worker"])
NO = "no such method"
LOOK: Row = (NO,)
"""An address that only takes a form."""

# Name: what looking is answered, what a form is answered.
TABLE: Mapping[str, tuple[Row, Row]] = {
    "home": (("sent on",), (NO,)),
    "healthy": (("page",), (NO,)),
    "signed-in": (("page",), (NO,)),
    "my-day": (("page",), (NO,)),
    "newest": ((LOOK_FOR, "page"), (NO,)),
    "notice-tick": (("sent on",), (TOLD, "done")),
    # What is not one's own to tick stays as it was.
    "notices-tick": (("sent on",), (TOLD_THEMSELVES, "done")),
    "step-finish": ((READS, FINISHES, "page"), (READS, FINISHES, "done")),
    "save-draft": (("sent on",), (MAY_KEEP, "done")),
    "draft-words": ((OWNS, "sent on"), (NO,)),
    "resume": (("sent on",), (NO,)),
    "discard-draft": (("sent on",), (OWNS | "sent on", "done")),
    "team": ((MANAGE, "page"), (NO,)),
    "away": ((MANAGE, "page"), (MANAGE, "done")),
    "back-from-away": (("sent on",), (MANAGE, "done")),
    "left-drafts": ((MANAGE, "page"), (NO,)),
    "team-viewing": ((MANAGE, "page"), (NO,)),
    "team-viewing-worker": ((MANAGE, ABOVE_THEM, "page"), (MANAGE, ABOVE_THEM, "done")),
    "own-home": (("page",), ("done",)),
    "own-home-forget": (("sent on",), (GAVE_HOME, "done")),
    "search": (("page",), (LOOK_FOR, "page")),
    "document": ((READS, "page"), (NO,)),
    "person": ((KNOWS_OF, "page"), (NO,)),
    "person-timeline": ((READS, "page"), (NO,)),
    "person-visits": ((READS, "page"), (NO,)),
    "visits-to-record": (("page",), (NO,)),
    "visit-record": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "visit-plan": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "visit-cancel": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "appointment-record": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "account-attach": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "person-people": ((READS, "page"), (NO,)),
    "person-documents": ((READS, "page"), (NO,)),
    # Found by name, and not yet read: whoever reads already is sent to the record.
    "emergency-open": ((WRITE, FINDS, "page"), (WRITE, FINDS, UNREAD, "done")),
    "protected-address": ((READS, "page"), (READS, NAMED_FOR_ADDRESS, NAMES_OTHERS, "done")),
    "protected-address-record": ((READS, "page"), (READS, "done")),
    "child-wish": ((READS, ASKED_BY_CHILD, "page"), (READS, ASKED_BY_CHILD, "done")),
    "share-new": ((READS, MANAGE, "page"), (READS, MANAGE, "done")),
    "shares": ((MANAGE, "page"), (MANAGE, SHARED_IT, "done")),
    "shared-with-us": ((PARTNERS, "page"), (NO,)),
    "own-notes": ((PARTNERS, "page"), (PARTNERS, "done")),
    "person-readers": ((READS, "page"), (NO,)),
    "restrict": ((MANAGE, READS, "page"), (MANAGE, READS, NOT_RESTRICTED, "done")),
    "restrictions": ((MANAGE, "page"), (NO,)),
    "restriction": ((REVIEWS_READERS, "page"), (REVIEWS_READERS, "done")),
    "restriction-readers": ((REVIEWS_READERS, "page"), (REVIEWS_READERS, "done")),
    "restriction-reviewer": ((REVIEWS_READERS, "page"), (REVIEWS_READERS, "done")),
    "conflict-own": ((KNOWS, "page"), (KNOWS, "done")),
    "conflict-colleague": ((MANAGE, READS, "page"), (MANAGE, READS, "done")),
    "conflict": ((REVIEWS_READERS, "page"), (REVIEWS_READERS, "done")),
    "possible-twin": ((REVIEWS_READERS, "page"), (REVIEWS_READERS, "done")),
    "same-search": ((READS, DECIDES_WHO, "page"), (READS, DECIDES_WHO, "page")),
    "same-compare": ((READS, READS_SECOND, DECIDES_WHO, "page"), (READS, READS_SECOND, DECIDES_WHO, "done")),
    # What was never linked has no page of its end, whoever asks.
    "same-end": (("absent",), ("absent",)),
    "emergency": ((REVIEWS, "page"), (REVIEWS, "done")),
    "person-access": ((READS, "page"), (NO,)),
    "record-new": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "allocate": ((MANAGE, READS, "page"), (MANAGE, READS, "done")),
    "person-add": ((READS, "page"), (READS, "done")),
    "involvement-add": ((READS, "page"), (READS, WRITE, "done")),
    "involvement-end": ((READS, "page"), (READS, WRITE, "done")),
    "warning-review": ((READS, "page"), (READS, "done")),
    "adult-identify": ((OF_LODGER, "page"), (OF_LODGER, "done")),
    "entry-correct": ((READS, "page"), (READS, WRITE, "done")),
    "entry-withdraw": ((READS, "page"), (READS, WRITE, "done")),
    "entry-original": ((KEEPS_ORIGINAL, "page"), (NO,)),
    "person-assessment": ((READS, "page"), (NO,)),
    # Hers is open already and goes on; why it was asked for again is kept.
    "assessment-begin": ((READS, ASSESS, "page"), (READS, ASSESS, "done")),
    "conclusion-new": ((READS, ASSESS, "page"), (READS, ASSESS, "done")),
    "conclusion": ((READS, ASSESS, "page"), (READS, ASSESS, "done")),
    "assessment": ((READS, "page"), (NO,)),
    "assessment-section": ((READS, ASSESS, "page"), (READS, ASSESS, "done")),
    "assessment-section-child": ((READS, ASSESS, "page"), (READS, ASSESS, "done")),
    "assessment-earlier": ((READS, "page"), (NO,)),
    "assessment-earlier-child": ((READS, "page"), (NO,)),
    "assessment-factors": ((READS, ASSESS, "page"), (READS, ASSESS, "done")),
    "assessment-evidence": ((READS, ASSESS, "page"), (READS, ASSESS, "done")),
    "assessment-answer": ((READS, ASSESS, "page"), (READS, ASSESS, "done")),
    # A registered social worker sends it, of a child in need.
    "assessment-send": ((READS, ASSESS, "page"), (READS, ASSESS, DECIDE, "done")),
    "assessment-sign": ((READS, MANAGE, "page"), (READS, MANAGE, "done")),
    "assessment-stop": ((READS, MANAGE, "page"), (READS, MANAGE, "done")),
    "assessment-signed": ((READS, "page"), (NO,)),
    "assessment-family": ((READS, ASSESS, "page"), (NO,)),
    "assessment-family-write": ((READS, ASSESS, "page"), (READS, ASSESS, "done")),
    "assessment-family-given": ((READS, ASSESS, "page"), (READS, ASSESS, "done")),
    "assessment-family-print": ((READS, ASSESS, "page"), (NO,)),
    "person-plan": ((READS, "page"), (NO,)),
    "plan": ((READS, "page"), (NO,)),
    "plan-as-agreed": ((READS, "page"), (NO,)),
    "plan-new": ((READS, PLANS, "page"), (READS, PLANS, "done")),
    "plan-change": ((READS, PLANS, "page"), (READS, PLANS, "done")),
    "plan-review": ((READS, PLANS, "page"), (READS, PLANS, "done")),
    "plan-version": ((READS, PLANS, "page"), (READS, PLANS, "done")),
    "plan-sign": ((READS, PLANS, "page"), (READS, PLANS, "done")),
    "plan-agreement": ((READS, PLANS, "page"), (READS, PLANS, "done")),
    "plan-step": ((READS, PLANS, "page"), (READS, PLANS, "done")),
    "service-ask": ((READS, PLANS, "page"), (READS, PLANS, "done")),
    "service-began": ((READS, PLANS, "page"), (READS, PLANS, "done")),
    "ending-ask": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "ending": ((READS, "page"), (READS, MANAGE, "done")),
    "ending-return": (("sent on",), (READS, MANAGE, "done")),
    # What is no ending has no page of one, whoever asks.
    "ended": (("absent",), (NO,)),
    "ended-tell": (("absent",), ("absent",)),
    "person-protection": ((READS, "page"), (NO,)),
    "strategy-ask": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "strategy": ((READS, "page"), (NO,)),
    "strategy-record": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "strategy-add": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    # A family support worker asks for a discussion; whether section 47 is met somebody else decides.
    "strategy-decide": ((READS, WRITE, DECIDE, "page"), (READS, WRITE, DECIDE, "done")),
    "enquiry-open": ((READS, WRITE, DECIDE, "page"), (READS, WRITE, DECIDE, "done")),
    "enquiry": ((READS, "page"), (NO,)),
    "enquiry-add": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "enquiry-conclude": ((READS, WRITE, DECIDE, "page"), (READS, WRITE, DECIDE, "done")),
    "enquiry-tell": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "enquiry-not-told": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "enquiry-no-conference": ((READS, WRITE, MANAGE, "page"), (READS, WRITE, MANAGE, "done")),
    "medical-ask": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "medical-record": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "order-new": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "order-extend": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "order-end": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "before-court": ((READS, "page"), (NO,)),
    # Where they go on already, or a plan of ours does, it is refused, and what was typed is kept.
    "before-court-begin": ((READS, WRITE, MANAGE, "page"), (READS, WRITE, MANAGE, "done")),
    "before-court-dates": ((READS, WRITE, BEFORE_COURT, "page"), (READS, WRITE, BEFORE_COURT, "done")),
    "before-court-letter": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "before-court-family": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "before-court-meeting": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "before-court-decide": ((READS, WRITE, MANAGE, "page"), (READS, WRITE, MANAGE, "done")),
    "before-court-applied": ((READS, WRITE, MANAGE, "page"), (READS, WRITE, MANAGE, "done")),
    "plan-take-up": ((READS, PLANS, "page"), (READS, PLANS, "done")),
    "earlier-enquiry": ((READS, WRITE, DECIDE, "page"), (READS, WRITE, DECIDE, "done")),
    "injury-new": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "person-injuries": ((READS, "page"), (NO,)),
    "chairs-desk": ((CHAIR, "page"), (NO,)),
    "conference-convene": ((READS, CONVENE, "page"), (READS, CONVENE, "done")),
    "conference": ((READS, "page"), (NO,)),
    "conference-invitees": ((READS, CONVENE, "page"), (READS, CONVENE, "done")),
    "conference-invitee": ((READS, CONVENE, "page"), (READS, CONVENE, "done")),
    "conference-move": ((READS, CONVENE, "page"), (READS, CONVENE, "done")),
    "conference-part": ((READS, CONVENE, "page"), (READS, CONVENE, "done")),
    "conference-report": ((READS, CONVENE, "page"), (READS, CONVENE, "done")),
    "conference-view": ((READS, CONVENE, "page"), (READS, CONVENE, "done")),
    "conference-outcome": ((READS, CHAIR, "page"), (READS, CHAIR, "done")),
    "conference-letters": ((READS, "page"), (READS, CHAIR, "done")),
    "conference-letter": ((READS, "page"), (READS, CHAIR, "done")),
    "conference-letter-pdf": ((READS, "page"), (NO,)),
    "core-group-record": ((READS, PLANS, "page"), (READS, PLANS, "done")),
    "birth": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "about-child": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "disagreement-new": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "disagreement": ((READS, "page"), (NO,)),
    "disagreement-say": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "disagreement-safety": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "disagreement-escalate": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "disagreement-resolve": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "disagreement-tell": ((READS, WRITE, "page"), (READS, WRITE, "done")),
    "disagreement-from-reply": ((READS, WRITE | "absent", "page"), (READS, WRITE | "absent", "done")),
    "new-contact": ((TAKE, "page"), (NO,)),
    "contact-find": (LOOK, (LOOK_FOR, "page")),
    "contact-draft": ((TAKE, OWNS, "page"), (TAKE, MAY_KEEP, "done")),
    "contact-draft-save": (LOOK, (TAKE, MAY_KEEP, "done")),
    "front-door": ((TAKE, "page"), (NO,)),
    "front-door-tab": ((TAKE, "page"), (NO,)),
    "front-door-hand-over": (LOOK, (TAKE, READS | "sent on", "done")),
    "handover-accept": (LOOK, (ON_DUTY_TONIGHT, "done")),
    "contact": ((READS, "page"), (NO,)),
    "contact-decide": (LOOK, (READS, DECIDE | "page", "done")),
    "contact-recommend": (LOOK, (READS, TAKE | "page", "done")),
    "contact-tell": (LOOK, (READS, WRITE | "page", KNOWS_CALLER | "page", "done")),
    "contact-together": (LOOK, (TAKE, READS, "done")),
    "contact-hand-over": (LOOK, (TAKE, READS, "done")),
    "contact-check": (LOOK, (TAKE, READS, "done")),
    "check-answer": ((TAKE, READS, "page"), (TAKE, READS, "done")),
    "feedback": ((TAKE, "page"), (NO,)),
    "message": ((READS, "page"), (NO,)),
    "message-code": (LOOK, (SENT_IT, WRITE, "page")),
    "message-call": (LOOK, (READS, WRITE | "page", "done")),
    "message-read": (LOOK, (TOLD_OF_MESSAGE, "done")),
    "unidentified-adult": ((OF_LODGER, "page"), (OF_LODGER, "done")),
    "accounts": ((ADMINISTER, "page"), (NO,)),
    "account": ((ADMINISTER, "page"), (NO,)),
    "account-open": ((ADMINISTER, "page"), (ADMINISTER, "done")),
    # What is ended is a session, which is not compared here; what is open already is refused on the account's page.
    "account-sign-out": ((ADMINISTER, "sent on"), (ADMINISTER, "sent on")),
    "account-open-again": ((ADMINISTER, "sent on"), (ADMINISTER, "page")),
    "account-new-phone": ((ADMINISTER, "sent on"), (ADMINISTER, "done")),
    "account-close": ((ADMINISTER, "sent on"), (ADMINISTER, "done")),
    "message-link": (("page",), (HAS_LINK, "done")),
}  # fmt: skip

OPEN = {"message-link", "healthy"}
"""Reached without signing in."""

# The sign-in library's addresses know an account and no role: what is answered to somebody signed out, to
# somebody without a code, and to somebody signed in; looking, and a form.
LIBRARY: Mapping[str, tuple[tuple[str, str, str], tuple[str, str, str]]] = {
    "account_reset_password_from_key": (("page", "code", "page"), ("page", "code", "page")),
    "mfa_index": (("sign-in", "code", "page"), ("sign-in", "code", "no such method")),
    "mfa_authenticate": (("sign-in", "code", "sent on"), ("sign-in", "code", "sent on")),
    "mfa_reauthenticate": (("sign-in", "code", "page"), ("sign-in", "code", "page")),
    "mfa_view_recovery_codes": (("sign-in", "code", "absent"), ("sign-in", "code", "no such method")),
    "mfa_download_recovery_codes": (("sign-in", "code", "absent"), ("sign-in", "code", "absent")),
    "mfa_generate_recovery_codes": (("sign-in", "code", "sent on"), ("sign-in", "code", "sent on")),
    "mfa_activate_totp": (("sign-in", "sent on", "sent on"), ("sign-in", "sent on", "sent on")),
    "mfa_deactivate_totp": (("sign-in", "code", "sent on"), ("sign-in", "code", "sent on")),
    "mfa_login_webauthn": (("sign-in", "code", "sent on"), ("sign-in", "code", "sent on")),
    "mfa_list_webauthn": (("sign-in", "code", "page"), ("sign-in", "code", "no such method")),
    "mfa_add_webauthn": (("sign-in", "code", "sent on"), ("sign-in", "code", "sent on")),
    "mfa_reauthenticate_webauthn": (("sign-in", "code", "sent on"), ("sign-in", "code", "sent on")),
    "mfa_remove_webauthn": (("sign-in", "code", "sent on"), ("sign-in", "code", "sent on")),
    "mfa_edit_webauthn": (("sign-in", "code", "sent on"), ("sign-in", "code", "sent on")),
    "account_inactive": (("page", "code", "page"), ("no such method", "code", "no such method")),
    "account_login": (("page", "code", "sent on"), ("page", "code", "sent on")),
    "account_logout": (("sent on", "page", "page"), ("sent on", "sent on", "sent on")),
    "account_change_password": (("sign-in", "code", "page"), ("sign-in", "code", "page")),
    "account_reset_password": (("page", "code", "page"), ("page", "code", "page")),
    "account_reset_password_done": (("page", "code", "page"), ("no such method", "code", "no such method")),
    "account_reset_password_from_key_done": (("page", "code", "page"), ("no such method", "code", "no such method")),
    "account_reauthenticate": (("sign-in", "page", "page"), ("sign-in", "page", "page")),
    "account_signup": (("page", "code", "sent on"), ("page", "code", "sent on")),
}


def expected(name: str, method: str, persona: str, whose: str) -> str:
    """What the table says of one cell. Raises `KeyError` for an address that is not in it."""
    if name in LIBRARY:
        return LIBRARY[name][method == "POST"][(SIGNED_OUT, WITHOUT_CODE, *SIGNED_IN[:1]).index(_kind(persona))]
    row = TABLE[name][("GET", "POST").index(method)]
    if name in OPEN and (persona != WITHOUT_CODE or row == (NO,)):
        return _through(row, persona, whose)
    if persona == SIGNED_OUT:
        return "sign-in"
    return "code" if persona == WITHOUT_CODE else _through(row, persona, whose)


def _kind(persona: str) -> str:
    return persona if persona in {SIGNED_OUT, WITHOUT_CODE} else SIGNED_IN[0]


def _through(row: Row, persona: str, whose: str) -> str:
    for gate in row:
        if isinstance(gate, str):
            return gate
        if not gate.passes(persona, whose):
            return gate.otherwise
    raise AssertionError("A row ends with an answer.")
