"""The page on definitions says what the code does."""

import json
import re

import pytest

from analytics.definitions import Reason, json_schema, read
from analytics.definitions.vocabulary import (
    AggregationMethod,
    ImputationMethod,
    NormalisationMethod,
    TreatmentMethod,
    WeightingMethod,
)
from tests.docs.test_analytics import DOCS

PAGE = (DOCS / "index-definition.md").read_text(encoding="utf-8")
BLOCKS = [json.loads(block) for block in re.findall(r"```json\n(.*?)\n```", PAGE, re.DOTALL)]


def test_the_schema_stands_on_the_page():
    """Write it anew with ``python -m analytics.methods index --schema``."""
    assert BLOCKS[-1] == json_schema()


def test_the_example_is_sound():
    assert read(BLOCKS[0]).code == "digital-capacity"


@pytest.mark.parametrize(
    "methods",
    [AggregationMethod, ImputationMethod, NormalisationMethod, TreatmentMethod, WeightingMethod],
)
def test_every_method_is_described(methods):
    assert [each for each in methods if f"`{each}`" not in PAGE] == []


def test_every_reason_that_the_page_names_is_one():
    named = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)`", PAGE))

    assert named - set(Reason) == set()
    assert "NO_DATA" in named
