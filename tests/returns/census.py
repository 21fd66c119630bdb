"""Builds small census files: a child that no rule queries, changed in one thing."""

from sightline.kernel.references import upn_check_letter
from sightline.returns.cin import Report, judge, open_census


def xml(element, *inside, **values):
    """One element a line; a value of None leaves the element out, a tuple repeats it."""
    lines = [f"<{element}>"]
    for name, value in values.items():
        several = value if isinstance(value, tuple) else (value,)
        lines += [f"<{name}>{each}</{name}>" for each in several if each is not None]
    return "\n".join([*lines, *inside, f"</{element}>"])


def upn(number, authority="845", last=""):
    """A unique pupil number whose letter checks."""
    rest = f"{authority}{number:09d}" if not last else f"{authority}{number:08d}{last}"
    return upn_check_letter(rest) + rest


def assessment(start="2026-05-06", end="2026-06-06", factors=("2B",), **more):
    found = [xml("FactorsIdentifiedAtAssessment", AssessmentFactors=factors)] if factors else []
    return xml(
        "Assessments",
        *found,
        AssessmentActualStartDate=start,
        AssessmentAuthorisationDate=end,
        **more,
    )


def enquiry(start="2026-05-11", conference="2026-06-01", required="false", **more):
    return xml(
        "Section47",
        S47ActualStartDate=start,
        DateOfInitialCPC=conference,
        ICPCnotRequired=required,
        **more,
    )


def cin_plan(start="2026-06-10", end=None):
    return xml("CINPlanDates", CINPlanStartDate=start, CINPlanEndDate=end)


def protection(start="2026-06-01", end=None, reviews=("2026-08-20",), **more):
    held = [xml("Reviews", CPPreviewDate=reviews)] if reviews is not None else []
    values = {
        "InitialCategoryOfAbuse": "NEG",
        "LatestCategoryOfAbuse": "EMO",
        "NumberOfPreviousCPP": "0",
    }
    return xml("ChildProtectionPlans", *held, CPPstartDate=start, CPPendDate=end, **(values | more))


def pre_proceedings(start="2026-07-01", **more):
    return xml("PreProceedingsandFGDM", PPStartDate=start, **more)


def episode(*inside, **changes):
    values = {
        "CINreferralDate": "2026-05-05",
        "ReferralSource": "1A",
        "PrimaryNeedCode": "N1",
        "ReferralNFA": "false",
    }
    return xml("CINdetails", *inside, **(values | changes))


def child(*episodes, number="C1", ethnicity="WBRI", disabilities=("NONE",), **changes):
    digits = int("".join(mark for mark in number if mark.isdigit()) or 0)
    values = {
        "LAchildID": number,
        "UPN": upn(digits % 10**8),
        "PersonBirthDate": "2015-05-05",
        "Sex": "M",
    }
    given = [xml("Disabilities", Disability=disabilities)] if disabilities else []
    return xml(
        "Child",
        xml("ChildIdentifiers", **(values | changes)),
        xml("ChildCharacteristics", *given, Ethnicity=ethnicity),
        *(episodes or (episode(),)),
    )


def make_file(*children, year=2027, reference_date=None, authority="845", extra="", head=""):
    """The bytes of a file; the reference date is the year's 31 March unless given."""
    details = xml(
        "CollectionDetails",
        Collection="CIN",
        Year=year,
        ReferenceDate=reference_date or f"{year}-03-31",
    )
    return (
        "<Message>\n"
        + xml("Header", details, head or xml("Source", SourceLevel="L", LEA=authority))
        + "\n"
        + xml("Children", *children)
        + f"\n{extra}</Message>\n"
    ).encode()


def judged(*children, **changes) -> Report:
    return judge(open_census(make_file(*children, **changes)))


def rules(file: bytes) -> set[str]:
    return set(judge(open_census(file)).found)
