"""For each of the department's rules a file that it queries, and one like it that it does not.

Written from the rule's text. Files differ in the thing that the rule is about.
"""

from tests.returns.census import (
    assessment,
    child,
    cin_plan,
    enquiry,
    episode,
    make_file,
    protection,
    upn,
    xml,
)


def _one(*inside, child_changes=None, **changes):
    """A file of one child with one episode."""
    return make_file(child(episode(*inside, **changes), **(child_changes or {})))


def _who(**changes):
    return make_file(child(**changes))


def _two(*episodes):
    return make_file(child(*episodes))


_DIED = {"PersonDeathDate": "2026-09-01"}
_CLOSED = {"CINclosureDate": "2026-12-01", "ReasonForClosure": "RC7"}
_AFTER_ASSESSMENT = {"CINclosureDate": "2026-12-01", "ReasonForClosure": "RC8"}
_NFA = {"ReferralNFA": "true", "PrimaryNeedCode": None}
_UNBORN = {"PersonBirthDate": None, "ExpectedPersonBirthDate": "2027-05-05", "UPN": None}
_OPEN_S47 = {"conference": None}
_SEVEN = ("MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR")

# rule: (a file that it queries, a file that it does not)
HEADER = {
    "100": (make_file(child(), reference_date="2027-03-30"), make_file(child())),
    "8510": (make_file(child(), child(UPN=upn(77))), make_file(child(), child(number="C2"))),
    "1520": (make_file(child(), child(number="C2", UPN=upn(1))), make_file(child(), child(number="C2"))),
    "2883": (_one(protection()), _one(enquiry(), protection())),
    "2886Q": (
        make_file(*(child(number=f"C{n}", Sex="U" if n < 3 else "F") for n in range(100))),
        make_file(*(child(number=f"C{n}", Sex="U" if n < 2 else "F") for n in range(100))),
    ),
    "2887Q": (_who(disabilities=_SEVEN), _who(disabilities=(*_SEVEN, "VIS"))),
    "2888Q": (_who(disabilities=("MOB",)), _who(disabilities=("MOB", "VIS"))),
}

IDENTITY = {
    "1510": (_who(UPN="A" + upn(5)[1:]), _who(UPN=upn(5, last="K"))),
    "1530": (_who(UPN=upn(5, "999")), _who(UPN=upn(5, "943"))),
    "1540": (_who(UPN="A84512X456789"), _who(UPN=upn(123456789))),
    "1550": (_who(UPN="A84512345678I"), _who(UPN=upn(12345678, last="Z"))),
    "1560Q": (_who(FormerUPN="A8451234"), _who(FormerUPN=upn(99))),
    "1570": (_who(number="C" + "1" * 20), _who(number="C" + "1" * 19)),
    "1580": (_who(number="C-1"), _who(number="C1")),
    "4180": (_who(Sex="1"), _who(Sex="F")),
    "8520": (_who(PersonBirthDate="2027-04-01"), _who(PersonBirthDate="2027-03-31")),
    "8525Q": (_who(PersonBirthDate=None), _who(**_UNBORN)),
    "8530Q": (
        _who(**(_UNBORN | {"ExpectedPersonBirthDate": "2028-01-01"})),
        _who(**(_UNBORN | {"ExpectedPersonBirthDate": "2027-12-31"})),
    ),
    "8535Q": (_who(PersonDeathDate="2015-05-04"), _who(PersonDeathDate="2015-05-05")),
    "8545Q": (_who(PersonDeathDate="2026-03-31"), _who(PersonDeathDate="2026-04-01")),
    "8606": (_who(PersonBirthDate="2027-02-10"), _who(PersonBirthDate="2027-02-09")),
    "8750": (_who(**_UNBORN, Sex="F"), _who(**_UNBORN, Sex="U")),
    "8770Q": (
        _who(UPN=None, UPNunknown="UN1", PersonBirthDate="2021-08-31"),
        _who(UPN=None, UPNunknown="UN1", PersonBirthDate="2021-09-01"),
    ),
    "8772": (
        _who(UPN=None, UPNunknown="UN7"),
        make_file(child(episode(**_NFA), UPN=None, UPNunknown="UN7")),
    ),
    "8775Q": (_who(PersonBirthDate="2002-03-30"), _who(PersonBirthDate="2002-03-31")),
    "4220": (_who(ethnicity="ABCD"), _who(ethnicity="NOBT")),
    "8540": (_who(disabilities=()), make_file(child(episode(**_NFA), disabilities=()))),
    "8590": (make_file(child().replace(episode(), "")), _who()),
    "8790": (_who(disabilities=("NONE", "MOB")), _who(disabilities=("MOB", "VIS"))),
    "8794": (_who(disabilities=("MOB", "MOB")), _who(disabilities=("MOB", "VIS"))),
}

REFERRAL = {
    "8568": (_one(ReferralNFA="perhaps"), _one(ReferralNFA="0")),
    "8569Q": (
        _one(CINreferralDate="2026-03-30", **_NFA),
        _one(CINreferralDate="2026-03-31", **_NFA),
    ),
    "8600": (_one(CINreferralDate="2027-04-01"), _one(CINreferralDate="2027-03-31")),
    "8555Q": (
        _one(CINreferralDate="2026-09-02", child_changes=_DIED),
        _one(CINreferralDate="2026-09-01", child_changes=_DIED),
    ),
    "8610": (_one(PrimaryNeedCode=None), _one(**_NFA)),
    "8650": (_one(PrimaryNeedCode="N10"), _one(PrimaryNeedCode="N0")),
    "8866": (_one(ReferralSource="5E"), _one(ReferralSource="5D")),
    "8831": (_one(assessment(), **_NFA), _one(**_NFA)),
    "8832": (_one(protection(), **_NFA), _one(protection())),
    "4000": (_one(cin_plan(), **_NFA), _one(cin_plan())),
}

CLOSURE = {
    "8620": (
        _one(CINclosureDate="2027-04-01", ReasonForClosure="RC7"),
        _one(CINclosureDate="2027-03-31", ReasonForClosure="RC7"),
    ),
    "8630": (
        _one(CINclosureDate="2026-05-04", ReasonForClosure="RC7"),
        _one(CINclosureDate="2026-05-05", ReasonForClosure="RC7"),
    ),
    "8640": (
        _one(CINclosureDate="2026-12-01", ReasonForClosure="RC10"),
        _one(CINclosureDate="2026-12-01", ReasonForClosure="RC9"),
    ),
    "8805": (_one(CINclosureDate="2026-12-01"), _one(**_CLOSED)),
    "8810": (_one(ReasonForClosure="RC7"), _one(**_CLOSED)),
    "8585Q": (
        _one(CINclosureDate="2026-12-01", ReasonForClosure="RC2"),
        _one(CINclosureDate="2026-12-01", ReasonForClosure="RC2", child_changes=_DIED),
    ),
    "8825Q": (_one(**_AFTER_ASSESSMENT), _one(assessment(), **_AFTER_ASSESSMENT)),
    "2990": (
        _one(assessment(), cin_plan(end="2026-07-01"), **_AFTER_ASSESSMENT),
        _one(assessment(), **_AFTER_ASSESSMENT),
    ),
    "8873Q": (
        _one(assessment(factors=("21",)), **_CLOSED),
        _one(assessment(factors=("21",)), **_AFTER_ASSESSMENT),
    ),
    "8565": (
        _one(assessment(end="2026-12-02"), **_CLOSED),
        _one(assessment(end="2026-12-01"), **_CLOSED),
    ),
    "8867": (_one(assessment(end=None, factors=()), **_CLOSED), _one(assessment(), **_CLOSED)),
    "8868": (
        _one(assessment(), enquiry(**_OPEN_S47), **_CLOSED),
        _one(assessment(), enquiry(required="true", **_OPEN_S47), **_CLOSED),
    ),
    "8815": (
        _two(episode(), episode(CINreferralDate="2026-07-01")),
        _two(episode(), episode(CINreferralDate="2026-07-01", **_NFA)),
    ),
    "8816": (
        _two(episode(), episode(CINreferralDate="2026-07-01", **_CLOSED)),
        _two(episode(CINreferralDate="2026-12-01"), episode(**_CLOSED)),
    ),
    "8820": (
        _two(episode(**_CLOSED), episode(CINreferralDate="2026-11-30")),
        _two(episode(**_CLOSED), episode(CINreferralDate="2026-12-01")),
    ),
}

ASSESSMENT = {
    "1103": (_one(assessment(start="2026-05-04")), _one(assessment(start="2026-05-05"))),
    "8608": (
        _one(assessment("2026-05-06", "2026-05-05")),
        _one(assessment("2026-05-06", "2026-05-06")),
    ),
    "8614": (_one(assessment(end=None)), _one(assessment(end=None, factors=()))),
    "8670Q": (
        _one(assessment("2027-01-22", None, ())),  # the 45th before, past Easter, is 25 January
        _one(assessment("2027-01-25", None, ())),
    ),
    "8696": (
        _one(assessment(end="2027-04-01")),
        _one(assessment(end="2027-03-31")),
    ),
    "8736": (
        _one(assessment("2026-03-31", None, ()), CINreferralDate="2026-03-01"),
        _one(assessment("2026-04-01", None, ()), CINreferralDate="2026-03-01"),
    ),
    "8863Q": (
        _one(assessment(end="2026-06-06"), assessment("2026-06-06", "2026-07-01")),
        _one(assessment(end="2026-06-06"), assessment("2026-06-07", "2026-07-01")),
    ),
    "8869": (_one(assessment(factors=("21", "2B"))), _one(assessment(factors=("21",)))),
    "8896": (
        _one(assessment(end=None, factors=()), assessment("2026-07-01", None, ())),
        _one(assessment(), assessment("2026-07-01", None, ())),
    ),
    "8897Q": (_one(assessment(factors=())), _one(assessment(factors=("20",)))),
    "8898": (_one(assessment(factors=("2B", "2B"))), _one(assessment(factors=("2B", "2C")))),
    "8945Q": (_one(assessment(factors=("18A",))), _one(assessment(factors=("18B",)))),
    "8950Q": (_one(assessment(factors=("19A",))), _one(assessment(factors=("19C",)))),
    "2991Q": (_one(enquiry()), _one(assessment(), enquiry())),
}

ENQUIRIES = {
    "1104": (
        _one(enquiry("2026-05-01", "2026-05-04")),
        _one(enquiry("2026-05-01", "2026-05-05")),
    ),
    "2889": (_one(enquiry("2026-05-04")), _one(enquiry("2026-05-05"))),
    "8615": (_one(enquiry("2026-06-02")), _one(enquiry("2026-06-01"))),
    "8675Q": (_one(enquiry("2027-03-05", None)), _one(enquiry("2027-03-08", None))),
    "8715": (_one(enquiry(conference="2027-04-01")), _one(enquiry(conference="2027-03-31"))),
    "8740": (
        _one(enquiry("2026-03-31", None), CINreferralDate="2026-03-01"),
        _one(enquiry("2026-04-01", None), CINreferralDate="2026-03-01"),
    ),
    "8839": (
        _one(enquiry(**_OPEN_S47), enquiry("2026-07-01", None)),
        _one(enquiry(required="1", **_OPEN_S47), enquiry("2026-07-01", None)),
    ),
    "8870Q": (
        _one(enquiry(InitialCPCtarget="2026-05-30")),
        _one(enquiry(InitialCPCtarget="2026-05-29")),
    ),
    "8875": (_one(enquiry(conference="2026-05-30")), _one(enquiry(conference="2026-05-29"))),
    "8890": (
        _one(enquiry(), enquiry("2026-06-01", "2026-07-01")),
        _one(enquiry(), enquiry("2026-06-02", "2026-07-01")),
    ),
    "2884": (
        _one(enquiry(), DateOfInitialCPC="2026-06-01"),
        _one(enquiry(**_OPEN_S47), DateOfInitialCPC="2026-06-01"),
    ),
}

PLANS = {
    "4001": (_one(cin_plan(), protection()), _one(cin_plan("2026-05-05", "2026-06-01"), protection())),
    "4003": (
        _one(cin_plan(end="2026-09-01"), protection(end="2026-09-20")),
        _one(cin_plan(end="2026-08-20"), protection(end="2026-09-20")),
    ),
    "4004": (
        _one(cin_plan(), cin_plan("2026-07-01")),
        _one(cin_plan(end="2026-06-30"), cin_plan("2026-07-01")),
    ),
    "4008": (
        _one(cin_plan("2026-09-02"), child_changes=_DIED),
        _one(cin_plan("2026-09-01"), child_changes=_DIED),
    ),
    "4009Q": (
        _one(cin_plan(end="2026-09-02"), child_changes=_DIED),
        _one(cin_plan(end="2026-09-01"), child_changes=_DIED),
    ),
    "4010": (_one(cin_plan("2027-04-01")), _one(cin_plan("2027-03-31"))),
    "4011": (_one(cin_plan(end="2026-06-09")), _one(cin_plan(end="2026-06-11"))),
    "4012Q": (_one(cin_plan(end="2026-06-10")), _one(cin_plan(end="2026-06-11"))),
    "4013": (_one(cin_plan(end="2027-04-01")), _one(cin_plan(end="2027-03-31"))),
    "4014": (
        _one(cin_plan(end="2026-07-01"), cin_plan("2026-07-01")),
        _one(cin_plan(end="2026-07-01"), cin_plan("2026-07-02")),
    ),
    "4015": (_one(cin_plan("2026-05-04")), _one(cin_plan("2026-05-05"))),
    "4016": (
        _one(cin_plan("2026-06-10"), protection(end="2026-06-11")),
        _one(cin_plan("2026-06-11"), protection(end="2026-06-11")),
    ),
    "4017": (
        _one(cin_plan("2026-05-20", "2026-06-02"), protection()),
        _one(cin_plan("2026-05-20", "2026-06-01"), protection()),
    ),
}

PROTECTION = {
    "1105": (_one(protection("2026-05-04")), _one(protection("2026-05-05"))),
    "8720": (_one(protection("2027-04-01")), _one(protection("2027-03-31"))),
    "8730": (_one(protection(NumberOfPreviousCPP="-1")), _one(protection())),
    "8905": (_one(protection(InitialCategoryOfAbuse=None)), _one(protection())),
    "8910": (_one(protection(LatestCategoryOfAbuse="NON")), _one(protection())),
    "8915": (
        _one(protection("2026-09-02"), child_changes=_DIED),
        _one(protection("2026-09-01"), child_changes=_DIED),
    ),
    "8920": (
        _one(protection(end="2026-09-02"), child_changes=_DIED),
        _one(protection(end="2026-09-01"), child_changes=_DIED),
    ),
    "8925": (_one(protection(end="2026-05-31")), _one(protection(end="2026-06-01"))),
    "8930": (_one(protection(end="2027-04-01")), _one(protection(end="2027-03-31"))),
    "8935": (
        _one(protection(), protection("2026-09-01")),
        _one(protection(end="2026-08-30"), protection("2026-09-01")),
    ),
    "8940": (
        _one(protection(end="2026-09-01"), protection("2026-09-01")),
        _one(protection(end="2026-08-31"), protection("2026-09-01")),
    ),
    "8840": (_one(protection(end="2026-06-01")), _one(protection(end="2026-06-02"))),
    "8841": (_one(protection(reviews=("2026-06-01",))), _one(protection(reviews=("2026-06-02",)))),
    "8842Q": (_one(protection(reviews=("",))), _one(protection(reviews=None))),
    "2885": (_one(enquiry(), protection("2026-06-02")), _one(enquiry(), protection())),
}

OURS = {
    "SL01": (_one(xml("Pet", Name="Rex")), _one(assessment())),
    "SL02": (_who(Sex=("M", "F")), _who(Sex="F")),
    "SL03": (_one("left over"), _one("<!-- a remark -->")),
    "SL04": (_one(CINreferralDate="05/05/2026"), _one(CINreferralDate="2026-05-05Z")),
    "SL05": (_who(UPN=None, UPNunknown="UN8"), _who(UPN=None, UPNunknown="UN2")),
    "SL06": (make_file(child(), authority="ESX"), make_file(child())),
}

CASES = HEADER | IDENTITY | REFERRAL | CLOSURE | ASSESSMENT | ENQUIRIES | PLANS | PROTECTION | OURS
