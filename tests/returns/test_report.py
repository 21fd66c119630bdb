"""The report counts everything, names every fault, and reads the same each time."""

import json
import random

from sightline.returns.cin import judge, open_census
from tests.returns.census import (
    assessment,
    child,
    cin_plan,
    enquiry,
    episode,
    judged,
    make_file,
    protection,
)

BUSY = episode(assessment(), enquiry(), cin_plan(end="2026-06-01"), protection())


def test_the_report_counts_what_is_loaded_and_what_is_staged():
    report = judged(child(BUSY, BUSY), child(number="C2"))
    assert (report.children, report.episodes) == (2, 3)
    assert report.staged() == {
        "assessments": 2,
        "section 47 enquiries": 2,
        "child in need plans": 2,
        "child protection plans": 2,
        "protection plan reviews": 2,
    }


def test_the_text_says_each_rule_once_with_its_lines():
    text = judged(child(Sex="X"), child(number="C2", Sex="Y")).as_text()
    assert text.startswith("Children in Need census 2027, authority 845, judged from 1 April 2026")
    assert text.count("4180 (2)") == 1
    assert "child C1, Sex “X”" in text
    assert "child C2, Sex “Y”" in text


def test_a_clean_file_says_so():
    codes = ("MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS")
    assert judged(child(disabilities=codes)).as_text().endswith("No queries.\n")


def test_the_json_holds_every_fault_with_rule_and_remedy():
    report = judged(child(Sex="X"))
    found = json.loads(json.dumps(report.as_json()))
    assert found["queries"] == report.queries == sum(len(r["faults"]) for r in found["rules"])
    (sex,) = (rule for rule in found["rules"] if rule["rule"] == "4180")
    assert sex["remedy"]
    assert sex["faults"] == [{"child": "C1", "line": sex["faults"][0]["line"], "element": "Sex", "found": "X"}]


def test_reading_twice_gives_the_same_report():
    children = [child(number=f"C{n}", Sex="X") for n in range(30)]
    random.Random(2).shuffle(children)  # noqa: S311  (chance for a test, not for a secret)
    file = make_file(*children)
    assert judge(open_census(file)).as_text() == judge(open_census(file)).as_text()


def test_faults_come_in_the_order_of_their_lines():
    faults = judged(child(Sex="X", number="C-1"), child(number="C 2", Sex=None)).faults
    assert list(faults) == sorted(faults, key=lambda fault: fault.line)


def test_what_cannot_all_be_listed_is_counted():
    file = make_file(*(child(number=f"C{n}", Sex="X") for n in range(20)))
    report = judge(open_census(file), most_listed=5)
    assert report.found["4180"] == 20
    assert report.unlisted == report.queries - 5
    assert "and 15 more" in report.as_text()


def test_a_terminal_is_not_written_to_by_the_file():
    text = judged(child(Sex="\N{RIGHT-TO-LEFT OVERRIDE}\x85X")).as_text()
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in text
    assert "\x85" not in text
