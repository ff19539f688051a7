"""Forms that pyxform takes are read, and those it refuses are refused at the same row."""

from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from tests.conformance.folder import cases_in
from tests.conformance.forms import difference, named, reason_out

HERE: Final = Path(__file__).parent
DIVERGENCES: Final[dict[str, dict[str, Any]]] = yaml.safe_load(
    (HERE / "pyxform_divergences.yml").read_text("utf-8")
)
RULES: Final = {*range(1, 25), "Syntax", "Types", "Definition model", "Answers"}


@pytest.fixture(scope="module")
def differences() -> dict[str, str | None]:
    """What the reader says instead of pyxform, by case in scope; None where they agree."""
    cases = named(cases_in("pyxform_cases.jsonl.gz"))
    return {name: difference(case) for name, case in cases if reason_out(case) is None}


def test_every_form_read_otherwise_is_accounted_for(differences: dict[str, str | None]) -> None:
    differing = {name: found for name, found in differences.items() if found is not None}

    assert {name: found for name, found in differing.items() if name not in DIVERGENCES} == {}


def test_no_justification_outlives_its_difference(differences: dict[str, str | None]) -> None:
    assert {name for name in DIVERGENCES if differences.get(name) is None} == set()


def test_the_forms_in_scope_are_many(differences: dict[str, str | None]) -> None:
    assert len(differences) >= 350


def test_every_justification_names_a_rule_or_section_of_the_language() -> None:
    assert {line["rule"] for line in DIVERGENCES.values()} <= RULES
