"""The XPath cases that need no XML document agree, or a rule of the language says why not."""

from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from tests.conformance.agreement import difference
from tests.conformance.folder import Case, cases_in
from tests.conformance.scope import reason_out

DIVERGENCES: Final[dict[str, dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "divergences.yml").read_text("utf-8")
)
RULES: Final = {*range(1, 25), "Types"}
MOST_JUSTIFIED: Final = 120


@pytest.fixture(scope="module")
def in_scope() -> list[Case]:
    return [case for case in cases_in("xpath_cases.jsonl.gz") if reason_out(case) is None]


@pytest.fixture(scope="module")
def differing(in_scope: list[Case]) -> dict[str, str]:
    """What the engine says instead, by case."""
    differences = {case["id"]: difference(case) for case in in_scope}
    return {name: found for name, found in differences.items() if found is not None}


def test_every_case_that_differs_is_justified_by_a_rule(differing: dict[str, str]) -> None:
    unjustified = {name: found for name, found in differing.items() if name not in DIVERGENCES}

    assert unjustified == {}


def test_no_justification_outlives_its_difference(differing: dict[str, str]) -> None:
    assert DIVERGENCES.keys() - differing.keys() == set()


def test_the_cases_in_scope_are_most_of_what_needs_no_document(in_scope: list[Case]) -> None:
    assert len(in_scope) >= 1_000


def test_at_most_120_cases_are_justified() -> None:
    assert len(DIVERGENCES) <= MOST_JUSTIFIED


def test_every_justification_names_a_rule_of_the_language() -> None:
    assert {line["rule"] for line in DIVERGENCES.values()} <= RULES


def test_every_justification_says_why() -> None:
    assert [name for name, line in DIVERGENCES.items() if not line["why"].strip()] == []
