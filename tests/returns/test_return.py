"""A return is written whole or not at all, says what is in it and what is not, and leads to the children."""

import argparse
import json
import stat
from contextlib import nullcontext
from datetime import UTC, datetime

import pytest

from sightline.audit.models import Event
from sightline.commands import return_
from sightline.doorway.acts import acting
from sightline.journeys import return_census as journey
from sightline.journeys.return_census import return_census
from sightline.kernel.errors import NotPermitted, Refusal
from sightline.people.models import Identifier
from sightline.returns.cin import open_census, writer
from sightline.returns.permissions import refuse_unless_may_return
from sightline.returns.return_report import is_list, list_lines
from tests.returns import census
from tests.returns.conftest import LATER, quiet

FAULTY = census.child(census.episode(census.assessment(factors=())), number="C2", ethnicity="ZZZZ")


@pytest.fixture
def write(tmp_path):
    def written(**changes):
        given = {"year": 2027, "out": tmp_path / "census.xml", "authority": "845", "serial": "001", "at": LATER}
        return return_census(**(given | changes), saying=quiet)

    return written


def figure(returned, key):
    return next(one for one in returned.figures() if one.key == key)


def test_open_faults_do_not_stop_a_return_and_each_leads_to_its_children(bring_in, write, manager, tmp_path):
    bring_in(census.make_file(census.child(census.episode()), FAULTY))
    returned = write()
    assert [child.id for child in open_census(tmp_path / "census.xml").children()] == ["C1", "C2"]
    fault = figure(returned, "rule-4220")
    assert (fault.number, fault.behind[0].child) == (1, "C2")
    [address] = fault.behind[0].addresses
    with acting(manager.id):
        person = Identifier.objects.get(scheme="child_id", value="C2").person_id
    assert address == f"/people/{person}"
    assert any(f"C2\t{address}\t" in line for line in list_lines(fault))
    assert figure(returned, "assessments").behind[0].child == "C2"


def test_a_child_that_no_file_can_carry_never_stops_the_others(bring_in, write, tmp_path, monkeypatch):
    bring_in(census.make_file(census.child(census.episode()), census.child(census.episode(), number="C2")))
    as_it_is = writer.child_text

    def carries(child, *, year):
        if child.id == "C1":
            raise writer.Unwritable("LAchildID holds a character that no XML file can carry.")
        return as_it_is(child, year=year)

    monkeypatch.setattr(writer, "child_text", carries)
    returned = write()
    assert [child.id for child in open_census(tmp_path / "census.xml").children()] == ["C2"]
    assert returned.written == 1
    [one] = returned.unwritten()
    assert one.words.startswith("1 child: LAchildID")
    assert one.behind[0].people
    for key in ("children", "episodes"):
        counted = figure(returned, key)
        assert (counted.number, [each.child for each in counted.behind]) == (1, ["C2"])


def test_what_is_left_out_is_said_with_why_and_leads_to_its_child(bring_in, write):
    before = census.episode(CINreferralDate="2025-09-09", CINclosureDate="2025-12-01", ReasonForClosure="RC1")
    bring_in(census.make_file(census.child(before, census.episode())))
    returned = write()
    left = figure(returned, "left-out-episode-before-year")
    assert left.words == "1 episode: It was over before the census year began, so it belongs to an earlier census."
    assert (left.behind[0].child, left.behind[0].what) == ("C1", "9 September 2025")
    assert left.words in "\n".join(returned.lines())


def test_a_year_that_is_not_over_is_said(bring_in, write):
    bring_in(census.make_file(census.child(census.episode())))
    said = "The census year is not over"
    assert said in "\n".join(write().lines())
    assert said not in "\n".join(write(at=datetime(2027, 4, 1, 12, tzinfo=UTC)).lines())


def test_a_return_without_the_authoritys_number_is_written_and_says_so(bring_in, write):
    bring_in(census.make_file(census.child(census.episode())))
    returned = write(authority="")
    assert "--authority" in "\n".join(returned.lines())
    assert "SL06" in returned.report.found


def test_a_return_is_on_the_audit_in_figures_and_names_nobody(bring_in, write):
    bring_in(census.make_file(census.child(census.episode())))
    returned = write()
    event = Event.objects.get(what="return_census")
    assert (event.facts["year"], event.facts["children"], event.facts["sha256"]) == (2027, 1, returned.sha256)
    assert not event.people.exists()


def test_a_file_stands_whole_or_as_it_was(bring_in, write, tmp_path, monkeypatch):
    bring_in(census.make_file(census.child(census.episode())))
    out = tmp_path / "census.xml"
    out.write_text("what was sent in May")

    def fails(_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(journey, "judge", fails)
        with pytest.raises(Refusal, match="No space left"):
            write()
    assert out.read_text() == "what was sent in May"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["census.xml"]
    write()
    assert open_census(out).authority == "845"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_place_where_no_file_can_be_is_refused_before_anything_is_read(write, tmp_path):
    with pytest.raises(Refusal, match="is a folder"):
        write(out=tmp_path)
    with pytest.raises(Refusal, match="There is no folder"):
        write(out=tmp_path / "nowhere" / "census.xml")
    with pytest.raises(Refusal, match="from 2022 to 2027"):
        write(year=1999)


def test_nobody_who_has_signed_in_writes_a_return(manager):
    with pytest.raises(NotPermitted, match=r"\./run return"):
        refuse_unless_may_return(manager)


@pytest.fixture
def command(tmp_path, monkeypatch, capsys):
    """Runs the command in the test's own database, with an authority's number in the settings."""
    monkeypatch.setattr(return_, "database", nullcontext)

    def run(*words):
        parser = argparse.ArgumentParser()
        return_.configure(parser)
        out = tmp_path / "census.xml"
        assert return_.run(parser.parse_args(["cin", "--year", "2027", "--out", str(out), *words])) == 0
        return capsys.readouterr().out

    return run


def test_the_command_keeps_a_list_for_each_figure_and_names_it_beside_it(bring_in, command, tmp_path):
    bring_in(census.make_file(census.child(census.episode()), FAULTY))
    folder = tmp_path / "census.xml.report"
    folder.mkdir()
    (folder / "rule-8500.txt").write_text("of an earlier report")
    (folder / "ours.txt").write_text("something else")
    told = command("--authority", "845")
    assert f"children 2  [{folder}/children.txt]" in told
    assert (folder / "children.txt").read_text().count("/people/") == 2
    assert (folder / "report.txt").read_text() == told
    assert not (folder / "rule-8500.txt").exists()
    assert (folder / "ours.txt").exists()
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in folder.glob("rule-*"))


def test_a_report_that_stands_already_is_made_anew_for_whoever_runs_the_command(bring_in, command, tmp_path):
    bring_in(census.make_file(census.child(census.episode())))
    folder = tmp_path / "census.xml.report"
    folder.mkdir(mode=0o755)
    for name in ("report.txt", "children.txt"):
        (folder / name).write_text("of an earlier report")
        (folder / name).chmod(0o644)
    command("--authority", "845")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


@pytest.mark.parametrize("linked", ["", "report.txt"])
def test_lists_are_not_written_through_a_link(bring_in, command, tmp_path, linked):
    bring_in(census.make_file(census.child(census.episode())))
    folder, elsewhere = tmp_path / "census.xml.report", tmp_path / "elsewhere"
    elsewhere.mkdir()
    if linked:
        folder.mkdir()
        (elsewhere / linked).write_text("somebody else's")
        (folder / linked).symlink_to(elsewhere / linked)
    else:
        folder.symlink_to(elsewhere)
    with pytest.raises(Refusal, match="is a link to another place"):
        command("--authority", "845")
    assert [path.read_text() for path in elsewhere.iterdir()] == (["somebody else's"] if linked else [])


def test_the_same_as_json_has_the_children_in_it_and_takes_the_number_from_the_settings(bring_in, command, settings):
    settings.AUTHORITY_NUMBER = "845"
    bring_in(census.make_file(census.child(census.episode()), FAULTY))
    told = json.loads(command("--json"))
    assert (told["children"], told["authority"], told["counts"]["assessments"]) == (2, "845", 1)
    assert "C2" in [child["child"] for fault in told["faults"] for child in fault["children"]]


def test_lists_of_an_earlier_report_are_known_by_their_names():
    assert is_list("rule-4220.txt")
    assert is_list("section-47-enquiries.txt")
    assert not is_list("letter to the department.txt")
