"""The census writer: what was read is written as it stood, whatever it says."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest

from sightline.kernel.errors import Refusal
from sightline.returns.cin import open_census
from sightline.returns.cin.given import given
from sightline.returns.cin.parts import (
    Assessment,
    Characteristics,
    Child,
    Episode,
    Identifiers,
    PreProceedings,
    ProtectionPlan,
    Review,
)
from sightline.returns.cin.writer import HeaderGiven, Unwritable, write_census
from tests.returns import census


def header(year=2027, **changes):
    facts = {
        "authority": "845",
        "year": year,
        "reference_date": date(year, 3, 31),
        "software": "Sightline",
        "release": "1",
        "serial": "001",
        "made_at": datetime(year, 4, 10, 8, 0, tzinfo=UTC),
    }
    return HeaderGiven(**(facts | changes))


def written(*children, year=2027, **more):
    out = BytesIO()
    write_census(out, header=header(year), children=children, **more)
    return out.getvalue()


def plain_child(**changes):
    facts = {
        "identifiers": given(Identifiers, la_child_id="C1", birth_date=date(2015, 5, 5), sex="M"),
        "characteristics": given(Characteristics, ethnicity="WBRI", disabilities=("NONE",)),
        "episodes": (given(Episode, referral_date=date(2026, 5, 5), no_further_action=False),),
    }
    return given(Child, **(facts | changes))


def test_a_file_that_is_written_is_read_as_the_same():
    protection = given(
        ProtectionPlan,
        start=date(2026, 6, 1),
        initial_category="NEG",
        latest_category="EMO",
        previous_plans=0,
        reviews=(given(Review, dates=(date(2026, 8, 20), date(2027, 1, 20))),),
    )
    episode = given(
        Episode,
        referral_date=date(2026, 5, 5),
        no_further_action=False,
        assessments=(given(Assessment, start=date(2026, 5, 6), factors=("2B", "4A")),),
        protection_plans=(protection,),
        pre_proceedings=(given(PreProceedings, start=date(2026, 9, 1), meeting_offered=True, review_meetings=2),),
    )
    file = written(plain_child(episodes=(episode,)))
    [child] = open_census(file).children()
    assert not any(group.strays for group in child.groups())
    assert child.episodes[0].protection_plans[0].reviews[0].dates[1].value == date(2027, 1, 20)
    assert child.episodes[0].pre_proceedings[0].meeting_offered.value is True
    assert child.episodes[0].pre_proceedings[0].review_meetings.value == 2
    assert b"\n  <Children>\n    <Child>\n      <ChildIdentifiers>\n        <LAchildID>C1</LAchildID>\n" in file
    assert b"<DateTime>2027-04-10T09:00:00</DateTime>" in file


def test_the_decision_to_take_no_further_action_stands_between_enquiries_and_protection_plans():
    inside = (census.enquiry(), census.protection(), census.cin_plan(), census.assessment())
    file = census.make_file(census.child(census.episode(*inside)))
    text = written(*open_census(file).children()).decode()
    order = ["<Assessments>", "<CINPlanDates>", "<Section47>", "<ReferralNFA>", "<ChildProtectionPlans>"]
    assert [text.index(element) for element in order] == sorted(text.index(element) for element in order)


def test_marks_that_xml_uses_for_itself_are_written_as_text():
    marked = plain_child(identifiers=given(Identifiers, la_child_id="A&B<C>", sex="U"))
    [child] = open_census(written(marked)).children()
    assert child.id == "A&B<C>"


def test_what_is_absent_is_left_out():
    bare = plain_child(characteristics=given(Characteristics, disabilities=()))
    text = written(bare).decode()
    assert "Disabilities" not in text
    assert "Ethnicity" not in text
    assert "UPN" not in text


def test_a_year_carries_its_own_name_for_sex_and_no_element_before_its_time():
    begun = given(Episode, referral_date=date(2023, 5, 5), pre_proceedings=(given(PreProceedings, review_meetings=1),))
    text = written(plain_child(episodes=(begun,)), year=2024).decode()
    assert "<GenderCurrent>M</GenderCurrent>" in text
    assert "PreProceedings" not in text


def test_a_child_that_no_file_can_carry_does_not_stop_the_others():
    faulty = plain_child(identifiers=given(Identifiers, la_child_id="C\x01", sex="M"))
    told = []
    file = written(faulty, plain_child(), refused=lambda child, why: told.append((child.id, str(why))))
    assert [child.id for child in open_census(file).children()] == ["C1"]
    assert told[0][0] == "C\x01"
    assert "LAchildID" in told[0][1]
    with pytest.raises(Unwritable):
        written(faulty)


def test_a_year_without_a_specification_is_refused():
    with pytest.raises(Refusal, match="from 2022 to 2027"):
        write_census(BytesIO(), header=header(2020), children=())


def test_a_part_that_a_group_does_not_have_is_refused():
    with pytest.raises(TypeError, match="has no colour"):
        given(Identifiers, colour="red")
