"""Asks csc-validator-be-cin about a census file, in an environment that has it (not ours).

    python their_judge.py FILE RULE_SET

Prints one JSON object: seconds from the file to the verdict, megabytes, its rules, and how often each was broken.
"""

import collections
import contextlib
import importlib
import io
import json
import sys
import time
import warnings
import xml.etree.ElementTree as ET


def main(file: str, rule_set: str) -> None:
    warnings.filterwarnings("ignore")
    library = importlib.import_module("cin_validator.cin_validator")
    rules = importlib.import_module(f"cin_validator.rules.{rule_set}").registry
    began = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        tables = library.process_data(library.convert_data(ET.parse(file).getroot()))  # noqa: S314 (its own reader; a file that we made)
        judged = library.CinValidator(tables, rules)
    took = time.perf_counter() - began
    issues = judged.full_issue_df
    found = collections.Counter(issues["rule_code"].astype(str) if len(issues) else ())
    found.update(judged.multichild_issues["rule_code"].astype(str))
    mb = importlib.import_module("peak").peak_mb()
    print(json.dumps({"seconds": round(took, 2), "mb": mb, "rules": len(rules), "found": found}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
