"""The page on which a worker says what the census asks about a child."""

from datetime import timedelta
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.access.operations import give_sight
from sightline.access.rules import EVERYDAY
from sightline.doorway.acts import acting
from sightline.journeys.plan_help import make_plan
from sightline.kernel.london import local_day
from sightline.people.models import Particulars
from sightline.people.queries import get_header
from sightline.plans.queries import plans_before_of
from sightline.returns.cin import RULES
from sightline.web.casework.census import MENDED
from tests.universe import Universe
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import words

ROSIE = "Rosie Penhallow"
SAID = {"ethnicity": "MWBA", "disabilities": ["HEAR", "AUT"], "upn_unknown": "UN4", "upn": "", "death_date": ""}


def _page(universe: Universe, page, name=ROSIE):
    address = f"/person/{universe.person(name)}/about"
    asked = page.get(address)
    return address, asked, asked.content.decode().split('name="shown" value="')[1].split('"')[0]


def _sent(universe: Universe, shown: str, **changes):
    with acting(universe.who("jane").id):
        held = get_header(person=universe.person(ROSIE))
    born = held.birth_date
    return {
        "key": str(uuid4()), "shown": shown, "sex": held.sex,
        "birth_date": f"{born.day} {born.month} {born.year}" if held.birth == "exact" else "", **SAID, **changes,
    }  # fmt: skip


def test_what_is_known_of_a_child_is_asked_once_and_what_was_believed_stays(universe: Universe, sign_in: SignIn):
    page, rosie = sign_in("jane"), universe.person(ROSIE)
    assert f"/person/{rosie}/about" in page.get(f"/people/{rosie}").content.decode()
    address, asked, shown = _page(universe, page)
    assert "Not said yet" in words(asked)
    sent = _sent(universe, shown)
    for _ in range(2):  # sent twice it is written once
        assert page.post(address, sent).status_code == 302
    with acting(universe.who("jane").id):
        held = get_header(person=rosie)
        before = Particulars.objects.filter(person_id=rosie).exclude(believed_to=None).count()
    assert (held.ethnicity, held.disabilities, held.upn_unknown) == ("MWBA", ("AUT", "HEAR"), "UN4")
    assert before == 1
    again = page.get(address).content.decode()
    assert again.count(" checked") == 3  # the sex and two disabilities that somebody said


def test_a_page_that_crossed_with_another_is_refused_with_all_that_was_said(universe: Universe, sign_in: SignIn):
    page = sign_in("jane")
    address, _, shown = _page(universe, page)
    page.post(address, _sent(universe, shown))
    late = page.post(address, _sent(universe, shown, ethnicity="REFU"))
    assert "Somebody has changed this while you were writing." in words(late)
    assert 'value="REFU" selected' in late.content.decode()


def test_no_disability_beside_one_and_a_number_that_does_not_check_are_said_where_they_stand(
    universe: Universe, sign_in: SignIn
):
    page = sign_in("jane")
    address, _, shown = _page(universe, page)
    both = page.post(address, _sent(universe, shown, disabilities=["NONE", "AUT"]))
    assert "Leave only what is right." in words(both)
    wrong = page.post(address, _sent(universe, shown, upn="B123456789012"))
    assert "This is not a unique pupil number" in words(wrong)
    with acting(universe.who("jane").id):
        assert get_header(person=universe.person(ROSIE)).ethnicity == ""


def test_an_unborn_child_is_not_asked_for_a_sex_or_a_pupil_number(universe: Universe, sign_in: SignIn):
    _, asked, _ = _page(universe, sign_in("jane"), "Baby of Carys Maddox")
    said = words(asked)
    assert "When is the birth expected?" in said
    assert "pupil number" not in said


def test_what_the_census_will_ask_is_said_quietly_until_it_is_put_right(universe: Universe, sign_in: SignIn):
    page, rosie = sign_in("jane"), universe.person(ROSIE)
    said = words(page.get(f"/people/{rosie}"))
    assert "The census will ask: ethnicity" in said
    address, asked, shown = _page(universe, page)
    assert "The census will ask: ethnicity" in words(asked)
    page.post(address, _sent(universe, shown))
    assert "The census will ask" not in words(page.get(f"/people/{rosie}"))


def test_whoever_only_reads_is_told_nothing_of_the_census_and_asks_nothing_of_the_database_for_it(
    universe: Universe, sign_in: SignIn
):
    rosie = universe.person(ROSIE)
    with CaptureQueriesContext(connection) as reading:
        earlier = sign_in("jane").get(f"/people/{rosie}?as_at={local_day(universe.at) - timedelta(days=1)}")
    assert "The census will ask" not in words(earlier)
    assert not [one for one in reading.captured_queries if "returns_facts" in one["sql"]]
    with CaptureQueriesContext(connection) as writing:
        sign_in("jane").get(f"/people/{rosie}")
    assert len([one for one in writing.captured_queries if "returns_facts" in one["sql"]]) == 1


def test_each_rule_that_is_said_on_a_page_is_one_of_the_census_and_has_a_page_where_it_is_mended():
    assert set(MENDED) <= set(RULES)
    assert all(reverse(where, args=[uuid4()]) for where, _ in MENDED.values())


def test_plans_before_are_asked_of_a_child_on_a_protection_plan_alone(universe: Universe, sign_in: SignIn):
    page, winston = sign_in("jane"), universe.who("winston")
    assert "child protection plans were there before" not in words(_page(universe, page)[1])
    rosie = universe.person(ROSIE)
    with acting(universe.authority.administrator):
        give_sight(
            people=[rosie], reader=winston.id, because="test", because_of=None, at=universe.at, sections=EVERYDAY
        )
    with acting(winston.id):
        make_plan(
            by=winston, kind="protection", children=[rosie], began_on=local_day(universe.at),
            post=min(universe.who("jane").posts), at=universe.at,
        )  # fmt: skip
    address, asked, shown = _page(universe, page)
    assert "child protection plans were there before" in words(asked)
    assert page.post(address, _sent(universe, shown, plans_before="3")).status_code == 302
    with acting(universe.who("jane").id):
        assert plans_before_of(rosie) == (True, 3)
    assert 'value="3"' in page.get(address).content.decode()
