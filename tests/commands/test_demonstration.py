"""The fictional authority, whole: what each story shows, to whom, and that operations alone made it."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import connection, transaction
from django.test import override_settings
from hypothesis import given
from hypothesis.strategies import integers

from sightline.access.queries import may_see
from sightline.access.rules import Section
from sightline.assessments.queries import get_document_of, list_conclusions, list_signed
from sightline.commands import demonstration
from sightline.commands.demonstration.authority import ADMINISTRATOR, PASSWORD, WORKERS
from sightline.commands.demonstration.building import build
from sightline.commands.demonstration.diary import Diary
from sightline.commands.demonstration.families import FAMILIES, khan, maddox, nkemelu
from sightline.commands.demonstration.telling import Telling
from sightline.documents.queries import open_document
from sightline.doorway.acts import acting
from sightline.doorway.roles import Role
from sightline.front_door.queries import get_contact, get_series, list_injuries, list_waiting_handovers
from sightline.kernel.errors import NotFound
from sightline.kernel.london import local_day
from sightline.kernel.working_days import is_working_day
from sightline.partnership.queries import list_agencies, list_agency_posts, list_messages, list_replies
from sightline.people.protecting_queries import NAMED, list_protecting, list_readers
from sightline.people.queries import get_header, list_relationships, list_unidentified
from sightline.people.search import search_people
from sightline.people.whereabouts_queries import list_addresses
from sightline.plans.queries import get_plan, list_plans, list_services, progress_of
from sightline.practice.operations import publish_shipped_packs
from sightline.record.queries import (
    get_entry,
    get_open_episodes,
    last_seen_of,
    list_attempts,
    list_carried,
    list_endings,
    list_episodes,
    list_mentions,
    list_notices,
    list_open_steps,
    list_steps_about,
    list_timeline,
    no_access_patterns,
)
from sightline.recording.queries import list_without_outcome
from sightline.workforce.queries import list_absent, list_accounts, list_teams, who_to_ring

SOURCES = sorted(Path(demonstration.__file__).parent.rglob("*.py"))
QUICK = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}


@pytest.fixture(scope="module")
def hallowby(django_db_setup: None, django_db_blocker: Any) -> Iterator[Telling]:
    """The whole demonstration, built once for these tests and then undone."""
    with django_db_blocker.unblock(), override_settings(**QUICK), transaction.atomic():
        begun = datetime.now(UTC)
        publish_shipped_packs(at=begun)
        yield build(empty=False, at=begun)
        transaction.set_rollback(True)


def rows(statement: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def undecided(story: Telling, post: str) -> set[UUID | None]:
    return {step.subject for step in list_open_steps([story.post(post)], kinds=["decide_contact"])}


# --- how it was made ----------------------------------------------------------------------------


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_nothing_is_written_but_by_operations(source: Path) -> None:
    tree = ast.parse(source.read_text())
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert not {module for module in imported if module.endswith((".models", "access.operations"))}
    assert not {module for module in imported if module.startswith("django.db")} or source.stem == "building"
    reached = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not reached & {"objects", "save", "bulk_create", "cursor"}


def test_nothing_in_it_can_reach_anybody() -> None:
    text = "\n".join(source.read_text() for source in SOURCES)
    numbers = re.findall(r"\b0\d{3,4} ?\d{6}\b", text)
    assert numbers
    assert all(number.startswith(("01632 960", "07700 900")) for number in numbers)
    assert set(re.findall(r"@[\w.]+\.(\w+)", text)) <= {"example"}
    postcodes = re.findall(r'"([A-Z]{1,2}\d[\dA-Z]? \d[A-Z]{2})"', text)
    assert postcodes
    assert all(postcode.startswith("QX") for postcode in postcodes), "No United Kingdom postcode begins with Q."


def test_everything_has_already_happened(hallowby: Telling) -> None:
    with acting(hallowby.who("helen").id):
        assert rows("SELECT max(recorded_at) FROM record_entry")[0][0] <= hallowby.diary.now
        assert rows("SELECT min(recorded_at) FROM record_entry")[0][0] < hallowby.diary.now - timedelta(days=600)


def test_nobody_is_left_without_somebody_to_ring(hallowby: Telling) -> None:
    assert rows("SELECT * FROM record_unheld(now())") == []


# --- who works there ----------------------------------------------------------------------------


def test_every_role_can_sign_in_with_the_printed_password_and_a_code(hallowby: Telling) -> None:
    accounts = {account.email: account for account in list_accounts()}
    assert {account.role for account in accounts.values()} == set(Role) - {Role.CLOCK}
    with_code = {row[0] for row in rows("SELECT user_id FROM mfa_authenticator")}
    printed = "\n".join(demonstration.sign_ins())
    for worker in (*WORKERS, ADMINISTRATOR):
        account = accounts[worker.email]
        assert check_password(PASSWORD, account.password)
        assert account.id in with_code
        assert worker.email in printed
        assert worker.try_first in printed
    assert settings.MFA_ADAPTER == "sightline.web.signin.CodeAdapter"


def test_out_of_hours_it_is_said_first_whom_to_be() -> None:
    night, day = demonstration.sign_ins(night=True), demonstration.sign_ins()
    assert night[1].endswith("sign in as Sanjay Mistry.")
    assert [line for line in night if line not in day] == [night[1]]


def test_five_teams_and_five_agencies_with_their_posts(hallowby: Telling) -> None:
    assert {team.name for team in list_teams()} == {
        "Front Door", "Family Support 2", "Emergency Duty Team", "Conferences", "Independent reviewing",
    }  # fmt: skip
    assert {agency.kind for agency in list_agencies()} == {"school", "health", "police", "housing", "authority"}
    for post in list_agency_posts():
        assert post.email
        assert post.manager_email


def test_an_absent_worker_is_covered_and_an_empty_post_has_its_manager(hallowby: Telling) -> None:
    at, posts = hallowby.diary.now, hallowby.authority.posts
    absent = list_absent(posts=posts.values(), at=at)
    assert [away.name for away in absent] == ["Aoife Brennan"]
    covered = who_to_ring(post=posts["worker-2-family-support-2"], at=at)
    empty = who_to_ring(post=posts["worker-3-family-support-2"], at=at)
    assert covered is not None
    assert (covered.name, covered.standing) == ("Jane Smith", "cover")
    assert empty is not None
    assert (empty.name, empty.standing) == ("Gareth Lowe", "manager")


# --- what the families show ---------------------------------------------------------------------


def test_a_child_is_not_yet_born(hallowby: Telling) -> None:
    with acting(hallowby.who("jane").id):
        baby = get_header(person=hallowby.people["Baby of Carys Maddox"])
    assert baby is not None
    assert baby.birth == "expected"
    assert "not yet born" in baby.age_words(local_day(hallowby.diary.now))


def test_rosie_is_open_to_jane_smith_with_her_brother_and_a_contact_waits(hallowby: Telling) -> None:
    rosie, jack = (hallowby.people[f"{name} Penhallow"] for name in ("Rosie", "Jack"))
    with acting(hallowby.who("dipa").id):
        open_now = get_open_episodes([rosie, jack])
        assert {one.post for one in open_now.values()} == {hallowby.post("worker-1-family-support-2")}
        assert len(open_now) == 2
        assert hallowby.contacts["Rosie has a bruise"] in undecided(hallowby, "duty-front-door")
        assert len(list_injuries([rosie])) == 1
    with acting(hallowby.who("jane").id):
        assert "new_contact" in {notice.kind for notice in list_notices([hallowby.post("worker-1-family-support-2")])}
        entries = list_timeline(person=rosie).entries
        assert {"note", "phone_call", "oversight", "contact", "decision"} <= {entry.kind for entry in entries}
        assert any(entry.correction_reason for entry in entries)
        document = next(entry.documents[0] for entry in entries if entry.documents)
        assert open_document(by=hallowby.who("jane"), document=document, at=hallowby.diary.now)


def test_a_private_paragraph_is_about_one_child_alone(hallowby: Telling) -> None:
    with acting(hallowby.who("jane").id):
        entry = next(
            one for one in list_timeline(person=hallowby.people["Jack Penhallow"]).entries
            if one.id == hallowby.contacts["Rosie is often late"]
        )  # fmt: skip
    private = [passage for passage in entry.passages if len(passage.about) == 1]
    assert [passage.about for passage in private] == [(hallowby.people["Jack Penhallow"],)]


def test_two_agencies_spoke_of_lee_whom_nobody_has_identified(hallowby: Telling) -> None:
    skye, lee = hallowby.people["Skye Whitcombe"], hallowby.people["Lee"]
    with acting(hallowby.who("jane").id):
        mentions = list_mentions([skye])
        unidentified = list_unidentified(people=[lee])
    assert [(group.adult, len(set(group.agencies))) for group in mentions] == [(lee, 2)]
    assert [one.is_open for one in unidentified] == [True]


def test_a_third_separate_person_opens_the_whole_series(hallowby: Telling) -> None:
    ellis, today = hallowby.people["Ellis Thorne"], local_day(hallowby.diary.now)
    with acting(hallowby.who("tomas").id):
        series = get_series([ellis], on=today, window_days=90, sources=3)
        assert hallowby.contacts["A caller about Ellis"] in undecided(hallowby, "duty-front-door")
        assert list_steps_about(subject=hallowby.contacts["A caller about Ellis"])
    assert series.separate_sources == 3
    assert series.third_source


def test_a_contact_comes_within_ninety_days_of_closing(hallowby: Telling) -> None:
    finn, today = hallowby.people["Finn Doyle"], local_day(hallowby.diary.now)
    with acting(hallowby.who("tomas").id):
        assert get_series([finn], on=today, window_days=90, sources=3).soon_after_closing is not None


def test_three_siblings_have_two_fathers(hallowby: Telling) -> None:
    fathers = set()
    with acting(hallowby.who("dipa").id):
        for name in ("Oskar Kaczmarek", "Lena Kaczmarek", "Finn Doyle"):
            ties = list_relationships(person=hallowby.people[name])
            fathers |= {tie.other for tie in ties if tie.kind == "father" and tie.reads}
    assert fathers == {hallowby.people["Piotr Kaczmarek"], hallowby.people["Shane Doyle"]}


def test_two_girls_of_one_name_are_found_apart(hallowby: Telling) -> None:
    dipa = hallowby.who("dipa")
    with acting(dipa.id):
        found = search_people(by=dipa, text="amelia hughes", at=hallowby.diary.now)
    girls = {match.person for match in found if match.kind == "child"}
    assert {hallowby.people["Amelia Hughes"], hallowby.people["Amelia Hughes of Quay Street"]} <= girls


def test_one_girl_is_found_under_either_name(hallowby: Telling) -> None:
    dipa = hallowby.who("dipa")
    with acting(dipa.id):
        for words in ("Zainab Yusuf", "Zee Malik"):
            found = search_people(by=dipa, text=words, at=hallowby.diary.now)
            assert hallowby.people["Zainab Yusuf"] in {match.person for match in found}


def test_twins_are_two_children_and_what_was_never_theirs_is_gone(hallowby: Telling) -> None:
    kehinde, taiwo = hallowby.people["Kehinde Adeyemi"], hallowby.people["Taiwo Adeyemi"]
    with acting(hallowby.who("marcus").id):
        first, second = get_header(person=kehinde), get_header(person=taiwo)
        timeline = list_timeline(person=taiwo)
    assert first is not None
    assert second is not None
    assert first.birth_date == second.birth_date
    assert len(timeline.marks) == 1
    assert not any("trampoline" in passage.text for entry in timeline.entries for passage in entry.passages)
    with acting(hallowby.who("gareth").id):
        kept = get_entry(hallowby.entries["A hospital letter put on Taiwo's record"])
    assert "trampoline" in kept.passages[0].text, "One named reader keeps the original."


def test_a_family_in_a_refuge_and_where_it_is_are_closed_to_all_but_those_who_are_named(hallowby: Telling) -> None:
    """Jane and Gareth are named for the address, and Helen manages both. Dipa recorded it, Margaret allocated."""
    sofia = hallowby.people["Sofia Demetriou"]
    readers, others = ("jane", "gareth", "helen"), ("dipa", "marcus", "margaret", "sanjay", "anna")
    for key in (*readers, *others):
        with acting(hallowby.who(key).id):
            assert may_see(person=sofia) is (key in readers), key
            assert may_see(person=sofia, section=Section.SAFE_ADDRESS) is (key in readers), key
            protecting = [address.lines for address in list_protecting(person=sofia)]
            assert protecting == (["Larkrise, 40 Harbour Rise, Tidewell"] if key in readers else []), key
            assert not any("Larkrise" in address.lines for address in list_addresses(person=sofia)), key
    named = {hallowby.post("worker-1-family-support-2"), hallowby.who("gareth").id}
    with acting(hallowby.who("jane").id):
        assert {one.reader for one in list_readers(person=sofia) if one.because == NAMED} == named


def test_parents_who_are_staff_are_closed_to_colleagues(hallowby: Telling) -> None:
    tomas, imogen = hallowby.who("tomas"), hallowby.who("imogen")
    for name in ("Theo Hart", "Imogen Hart"):
        for actor in (tomas, imogen, hallowby.who("margaret")):
            with acting(actor.id):
                assert not may_see(person=hallowby.people[name], section=Section.IDENTITY)
    with acting(tomas.id):
        found = search_people(by=tomas, text="Theo Hart", at=hallowby.diary.now)
    assert hallowby.people["Theo Hart"] not in {match.person for match in found}
    with acting(hallowby.who("jane").id):
        assert last_seen_of([hallowby.people["Theo Hart"]])


def test_danger_was_decided_in_the_night(hallowby: Telling) -> None:
    with acting(hallowby.who("sanjay").id):
        contact = get_contact(hallowby.contacts["Two children alone at night"])
    assert contact.danger == "yes"
    assert contact.decision is not None
    assert contact.decision.decided_by == hallowby.who("sanjay").id


def test_rory_has_been_unallocated_for_days(hallowby: Telling) -> None:
    with acting(hallowby.who("margaret").id):
        waiting = list_carried([hallowby.post("front-door-manager")], unallocated=True)
    since = {one.child: one.since for one in waiting}[hallowby.people["Rory Callaghan"]]
    assert since is not None
    assert hallowby.diary.now - since > timedelta(days=6)


def test_a_contact_was_handed_over_and_accepted_by_name(hallowby: Telling) -> None:
    sanjay = hallowby.who("sanjay")
    with acting(sanjay.id):
        assert hallowby.contacts["Mina does not want to go home"] in undecided(hallowby, "emergency-duty-1")
        assert list_waiting_handovers(sanjay.posts) == []


def test_feedback_is_acknowledged_challenged_and_met_with_silence(hallowby: Telling) -> None:
    with acting(hallowby.who("gareth").id):
        sent = list_messages(hallowby.contacts["The Becketts, this autumn"])
        replies = [reply.kind for message in sent for reply in list_replies(message.id)]
    assert replies == ["challenge"]
    with acting(hallowby.who("margaret").id):
        states = {message.status for message in list_messages(hallowby.contacts["Rory and the knife drawer"])}
        told = {notice.kind for notice in list_notices([hallowby.post("duty-front-door")])}
    assert any("not acknowledged" in state.lower() for state in states), states
    assert "message_silent" in told


def test_an_allegation_is_kept_apart_from_the_childs_record(hallowby: Telling) -> None:
    isaac = hallowby.people["Isaac Brandt"]
    with acting(hallowby.who("ruth").id):
        assert "pass_to_designated_officer" in {step.kind for step in list_steps_about(person=isaac)}
        assert list_timeline(person=isaac).entries
    with acting(hallowby.who("jane").id), pytest.raises(NotFound):
        get_contact(hallowby.contacts["The coach's messages"])


def test_the_becketts_have_been_here_before(hallowby: Telling) -> None:
    with acting(hallowby.who("gareth").id):
        episodes = list_episodes([hallowby.people["Tyler Beckett"]])
    assert [one.closed_on is None for one in episodes] == [True, False, False]
    assert episodes[0].post == hallowby.post("worker-3-family-support-2")


# --- help over time -----------------------------------------------------------------------------


def key_of(story: Telling, *names: str) -> list[UUID]:
    return [story.people[name] for name in names]


def test_three_siblings_with_three_fathers_go_three_ways(hallowby: Telling) -> None:
    kezia, jude, bonnie = key_of(hallowby, "Kezia Farrow", "Jude Farrow", "Bonnie Farrow")
    with acting(hallowby.who("jane").id):
        fathers = {tie.other for child in (kezia, jude, bonnie) for tie in list_relationships(person=child)
                   if tie.kind == "father" and tie.reads}  # fmt: skip
        kinds = {child: {line.kind for line in list_plans([child])} for child in (kezia, jude, bonnie)}
        assert len(list_attempts([jude])[jude]) >= 5
        assert [one.outcome for one in list_signed([jude])] == ["child_in_need_plan"]
    assert fathers == set(key_of(hallowby, "Delroy Hines", "Stuart Keane", "Nathan Briggs"))
    assert kinds == {kezia: {"early_help"}, jude: {"child_in_need"}, bonnie: {"child_in_need"}}
    with acting(hallowby.who("gareth").id):
        assert [one.children for one in list_endings([kezia, jude, bonnie]) if one.waits] == [(bonnie,)]


def test_outcomes_are_in_the_childs_words_with_progress_and_help_that_has_not_begun(hallowby: Telling) -> None:
    jude = hallowby.people["Jude Farrow"]
    with acting(hallowby.who("jane").id):
        plan = next(line.plan for line in list_plans([jude]))
        found, progress = get_plan(plan), progress_of(plan)
        services = list_services([jude])
    assert any(outcome.childs_words for outcome in found.outcomes)
    assert any(one.scale is not None for said in progress.values() for one in said)
    assert {one.began_on is None for one in services} == {True, False}


def test_an_unborn_child_and_a_mother_are_helped_early_and_a_midwife_leads(hallowby: Telling) -> None:
    baby = hallowby.people["Baby of Ffion Adair"]
    with acting(hallowby.who("marcus").id):
        (line,) = list_plans([baby])
        kinds = {entry.kind for entry in list_timeline(person=baby).entries}
    assert (line.kind, line.lead.name) == ("early_help", "Adaeze Obi, community midwife")
    assert line.last_review_on is not None
    assert "visit" in kinds


def test_a_conclusion_is_out_of_date_since_he_moved_in_and_the_child_has_not_been_seen(hallowby: Telling) -> None:
    skye = hallowby.people["Skye Whitcombe"]
    with acting(hallowby.who("jane").id):
        (conclusion,) = list_conclusions([skye])
        seen, signed, document = last_seen_of([skye])[skye], list_signed([skye]), get_document_of(skye)
        attempts = no_access_patterns([skye], 3)[skye].attempts
        waiting = list_without_outcome(posts=[hallowby.post("worker-1-family-support-2")], at=hallowby.diary.now)
        timeline = list_timeline(person=skye).entries
    assert conclusion.words == "Mother is protective"
    assert conclusion.out_of_date_since is not None
    assert seen.not_seen_in_a_row == 3
    assert {attempt.kind for attempt in attempts} == {"visit", "appointment"}
    assert len(signed) == 1
    assert document is not None
    assert document.round is not None
    assert {child for visit in waiting for child in visit.children} == {skye}
    assert any(passage.disagrees for entry in timeline for passage in entry.passages)


def test_an_assessment_waits_for_a_manager(hallowby: Telling) -> None:
    gareth = hallowby.who("gareth")
    with acting(gareth.id):
        steps = list_open_steps(sorted(gareth.posts), kinds=["authorise_assessment", "authorise_ending"])
    assert {step.kind for step in steps} == {"authorise_assessment", "authorise_ending"}


# --- the rest -----------------------------------------------------------------------------------


def test_an_empty_authority_keeps_its_teams_posts_and_agencies(authority: Any) -> None:
    assert authority.post("front-door-manager")
    assert authority.mailbox("school-lead")
    assert dict(rows("SELECT * FROM record_status_counts()"))["people"] == 0


def test_loading_twice_changes_nothing(authority: Any, capsys: pytest.CaptureFixture[str]) -> None:
    demonstration.load(empty=False, at=datetime.now(UTC))
    assert "already" in capsys.readouterr().out
    assert dict(rows("SELECT * FROM record_status_counts()"))["people"] == 0


def test_there_are_at_least_a_dozen_families() -> None:
    assert len(FAMILIES) >= 12


# --- when it happens ----------------------------------------------------------------------------


@given(hours=integers(min_value=0, max_value=20_000), minutes=integers(min_value=0, max_value=59))
def test_a_story_begins_on_working_days_and_never_ends_in_the_future(hours: int, minutes: int) -> None:
    now = datetime(2025, 6, 1, tzinfo=UTC) + timedelta(hours=hours, minutes=minutes)
    diary = Diary(now)
    for moment in (diary.recent(30), diary.at(1, "22:50"), diary.at(8, "13:10"), diary.at(480, "10:00")):
        assert diary.opening < moment <= now
        assert is_working_day(local_day(moment))
    assert diary.at(1, "22:50") < diary.recent(120)


@pytest.mark.parametrize("hours", [7, 31, 55, 79])
def test_the_small_universe_can_be_told_at_any_hour(db: None, quick_passwords: None, hours: int) -> None:
    """Among these are a night, and on most days of the week a weekend."""
    at = datetime.now(UTC) - timedelta(hours=hours)
    publish_shipped_packs(at=at)
    story = build(empty=False, at=at, families=[maddox, nkemelu, khan])
    assert rows("SELECT * FROM record_unheld(now())") == []
    assert story.people["Grace Nkemelu"]
