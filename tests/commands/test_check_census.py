"""`./run check cin` judges the record, and its bench measures that at two sizes."""

import argparse
import json
import subprocess
import sys
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from sightline.audit.models import Event
from sightline.commands import check, check_census
from sightline.commands.check_census import as_json, in_words
from sightline.journeys import check_census as journey
from sightline.journeys.check_census import LISTED, judge_record
from sightline.kernel.errors import Refusal
from sightline.returns.cin import Stray, open_census
from sightline.returns.facts import Exported
from sightline.workforce.queries import CENSUS
from tests.returns.census import child, episode, make_file

YEAR = 2027


def record(number: int, **changes: str | None) -> list[Exported]:
    """So many children of a record, each alike."""
    file = make_file(*(child(episode(), number=f"C{place}", **changes) for place in range(number)))
    read = [one for one in open_census(file).children() if not isinstance(one, Stray)]
    return [Exported(uuid4(), one, ()) for one in read]


def test_a_broken_rule_is_said_with_what_to_do_and_leads_to_the_record_behind_it():
    children = record(1, ethnicity="XXXX")
    said = "\n".join(in_words(judge_record(children, year=YEAR), YEAR))
    assert "4220 (1) The ethnicity is missing or is not one of the year's codes." in said
    assert "Give one of the year's codes" in said
    assert f"child C0, /people/{children[0].person}: Ethnicity “XXXX”" in said


def test_a_rule_is_listed_in_part_and_whole_when_it_is_asked_for_alone():
    children = record(LISTED + 3, ethnicity="XXXX")
    judged = judge_record(children, year=YEAR)
    assert len(judged.behind["4220"]) == LISTED
    assert "and 3 more: ./run check cin --year 2027 --rule 4220" in "\n".join(in_words(judged, YEAR))
    alone = as_json(judge_record(children, year=YEAR, only="4220"))
    (rule,) = alone["rules"]
    assert (rule["rule"], rule["count"], len(rule["listed"])) == ("4220", LISTED + 3, LISTED + 3)


def test_an_ethnicity_that_nobody_gave_is_something_to_ask_and_breaks_no_rule_as_in_the_file():
    children = record(LISTED + 1, ethnicity=None)
    judged = judge_record(children, year=YEAR)
    assert "4220" not in judged.found
    said = "\n".join(in_words(judged, YEAR))
    assert f"To ask: {LISTED + 1} ethnicities: Nobody has said it yet" in said
    assert f"child C0, /people/{children[0].person}" in said
    assert "and 1 more: ./run check cin --year 2027 --rule 4220" in said
    assert len(as_json(judge_record(children, year=YEAR, only="4220"))["to_ask"]) == LISTED + 1
    assert "To ask" not in "\n".join(in_words(judge_record(children, year=YEAR, only="8540"), YEAR))


@pytest.mark.django_db
def test_a_check_is_on_the_audit_in_figures_and_names_nobody():
    at = datetime(2027, 4, 2, 9, tzinfo=UTC)
    judged = journey.check_census(year=YEAR, at=at)
    event = Event.objects.get(what="check_census")
    assert (event.actor, event.at) == (CENSUS, at)
    assert event.facts == {
        "year": YEAR, "only": "", "children": 0, "faults": len(judged.found), "rules": len(judged.found), "to_ask": 0
    }  # fmt: skip
    assert not event.people.exists()
    with pytest.raises(Refusal, match="There is no rule 1"):
        journey.check_census(year=YEAR, at=at, only="1")


def test_check_alone_is_still_the_whole_check(monkeypatch):
    ran: list[str] = []
    monkeypatch.setattr(check, "run_lint", lambda: ran.append("lint") or 0)
    monkeypatch.setattr(check, "run_tests", lambda _: ran.append("tests") or 0)
    monkeypatch.setattr(check_census, "run_census", lambda _: ran.append("census") or 0)
    for words in ([], ["tests/kernel"], ["cin", "--year", "2027"]):
        parser = argparse.ArgumentParser()
        check.configure(parser)
        assert check.run(parser.parse_args(words)) == 0
    assert ran == ["lint", "tests", "lint", "tests", "census"]


@pytest.mark.django_db
def test_the_bench_measures_writing_and_checking_at_two_sizes(tmp_path):
    file = tmp_path / "given.xml"
    file.write_bytes(make_file(*(child(episode(), number=f"C{place}") for place in range(3))))
    words = ["bench", "census", "--file", str(file), "--children", "40", "--json"]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "sightline.commands", *words], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["children"] == [4, 40]
    assert all(one["large"]["children"] == 40 and one["large"]["mb"] > 0 for one in figures["measures"])
