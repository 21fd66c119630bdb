"""Asks the department's rules as csc-validator-be-cin restates them, in an environment that has it (not ours).

    python ask_judge.py FILE RULE_SET

Prints one JSON object: each rule with the places that it found (child, table, row from 0, column);
a rule about the whole file has one place with nothing in it. Rules that failed inside are in "failed".
"""

import contextlib
import importlib
import io
import json
import sys
import warnings
import xml.etree.ElementTree as ET
from collections import defaultdict
from typing import Any


def verdicts(file: str, rule_set: str) -> dict[str, Any]:
    """What the library finds in a file."""
    library = importlib.import_module("cin_validator.cin_validator")
    rules = importlib.import_module(f"cin_validator.rules.{rule_set}").registry
    tables = library.process_data(library.convert_data(ET.parse(file).getroot()))  # noqa: S314 - the judge's own reader; a sample that one chose
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        judged = library.CinValidator(tables, rules)
    found: dict[str, list[tuple[str, str, int, str]]] = defaultdict(list)
    for row in judged.full_issue_df.itertuples(index=False) if len(judged.full_issue_df) else ():
        found[str(row.rule_code)].append(
            (str(row.child_id), str(row.tables_affected), int(row.row_id), str(row.columns_affected))
        )
    for code in judged.multichild_issues["rule_code"].astype(str):
        found[code].append(("", "", 0, ""))
    failed = [line for line in said.getvalue().splitlines() if line.startswith("Error with rule")]
    return {"rules": len(rules), "found": found, "failed": failed}


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    json.dump(verdicts(sys.argv[1], sys.argv[2]), sys.stdout)
