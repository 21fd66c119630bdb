"""The Children in Need census: read safely, judged by its year's rules, and reported.

    census = open_census(path)      # refuses (Unreadable) what cannot be read at all
    report = judge(census)          # every other fault, as a query with its line
    for child in census.children(): ...

Pure: no database, no clock. Nothing here writes.
"""

from sightline.returns.cin.judge import Examination, census_of, faults_of, judge
from sightline.returns.cin.parts import (
    Assessment,
    Child,
    CinPlan,
    Episode,
    Field,
    PreProceedings,
    ProtectionPlan,
    Review,
    Section47,
    Stray,
)
from sightline.returns.cin.reader import Census, open_census
from sightline.returns.cin.report import Report
from sightline.returns.cin.rules import RULES, Fault, Rule
from sightline.returns.cin.stream import Unreadable
from sightline.returns.cin.years import Year, known_years

__all__ = [
    "RULES",
    "Assessment",
    "Census",
    "Child",
    "CinPlan",
    "Episode",
    "Examination",
    "Fault",
    "Field",
    "PreProceedings",
    "ProtectionPlan",
    "Report",
    "Review",
    "Rule",
    "Section47",
    "Stray",
    "Unreadable",
    "Year",
    "census_of",
    "faults_of",
    "judge",
    "known_years",
    "open_census",
]
