"""Asks Splink who is meant, in an environment that has it (not ours).

    python their_search.py FILE

FILE has {"people": [{unique_id, given, family, born}], "asked": [{given, family, born}]}. Prints one JSON object: for
each question its milliseconds and the place of whoever was meant, nothing where they were not among the candidates;
what it took to get ready, and what all questions take that are asked as one. The model is Splink's own comparisons of
names and dates of birth with its own starting weights, and how often two people agree by chance is estimated from the
people: there are no known pairs to learn from.
"""

import importlib
import json
import logging
import sys
import time
import warnings
from pathlib import Path
from typing import Any

# Somebody is compared where a name is the same, as it was or swapped, or begins alike, or the date is the same.
CANDIDATES = [
    "l.family = r.family",
    "l.given = r.given",
    "l.given = r.family and l.family = r.given",
    "substr(l.family, 1, 3) = substr(r.family, 1, 3) and substr(l.given, 1, 1) = substr(r.given, 1, 1)",
    "l.born = r.born",
]
PAIRS = 1_000_000
LOWEST = -50  # Weights below it are nobody's: all candidates are ranked.


def linker_of(people: list[dict[str, Any]]) -> Any:
    splink, compared = importlib.import_module("splink"), importlib.import_module("splink.comparison_library")
    frame = importlib.import_module("pandas").DataFrame(people)
    settings = splink.SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compared.ForenameSurnameComparison("given", "family"),
            compared.DateOfBirthComparison("born", input_is_string=True),
        ],
        blocking_rules_to_generate_predictions=CANDIDATES,
    )
    linker = splink.Linker(frame, settings, db_api=splink.DuckDBAPI())
    linker.training.estimate_u_using_random_sampling(max_pairs=PAIRS, seed=7)
    return linker


def search(linker: Any, asked: dict[str, Any]) -> tuple[float, int | None]:
    sought = {"unique_id": "asked", "given": asked["given"], "family": asked["family"], "born": asked["born"]}
    began = time.perf_counter()
    found = linker.inference.find_matches_to_new_records(
        [sought], blocking_rules=CANDIDATES, match_weight_threshold=LOWEST
    ).as_pandas_dataframe()
    ranked = found.sort_values("match_weight", ascending=False)
    people = [
        left if left != "asked" else right
        for left, right in zip(ranked["unique_id_l"], ranked["unique_id_r"], strict=True)
    ]
    took = 1000 * (time.perf_counter() - began)
    return took, people.index(asked["means"]) if asked["means"] in people else None


def together(linker: Any, asked: list[dict[str, Any]]) -> float:
    """Seconds of all the questions as one."""
    parts = ("given", "family", "born")
    sought = [
        {"unique_id": f"asked {number}"} | {part: one[part] for part in parts} for number, one in enumerate(asked)
    ]
    began = time.perf_counter()
    linker.inference.find_matches_to_new_records(
        sought, blocking_rules=CANDIDATES, match_weight_threshold=LOWEST
    ).as_pandas_dataframe()
    return time.perf_counter() - began


def main(file: str) -> None:
    warnings.filterwarnings("ignore")
    logging.disable(logging.CRITICAL)
    told = json.loads(Path(file).read_text("utf-8"))
    began = time.perf_counter()
    linker = linker_of(told["people"])
    ready = time.perf_counter() - began
    search(linker, told["asked"][0])
    found = [search(linker, one) for one in told["asked"]]
    memory = importlib.import_module("peak").peak_mb()
    version = importlib.import_module("splink").__version__
    print(
        json.dumps(
            {
                "found": found,
                "ready": ready,
                "mb": memory,
                "together": together(linker, told["asked"]),
                "version": version,
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1])
