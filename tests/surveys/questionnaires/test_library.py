"""The questionnaires that come with the product."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from surveys.engine import Texts, errors
from surveys.organisations.enums import AgencyType
from surveys.xlsform import ReadResult, read_workbook

LIBRARY = pytest.mark.parametrize("name", ["tochuc_1690.xlsx"])


def texts_of(record: Any) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every text of a part of the model that is written in languages, with its attribute."""
    for attribute in fields(record):
        if attribute.type is Texts and (texts := getattr(record, attribute.name)):
            yield attribute.name, texts


@LIBRARY
def test_the_questionnaires_of_the_library_have_no_errors(repository, name: str):
    result = read(repository, name)

    assert errors(result.problems) == []
    assert result.definition is not None


@LIBRARY
def test_the_questionnaires_of_the_library_are_in_both_languages(repository, name: str):
    definition = read(repository, name).definition
    assert definition is not None
    choices = [choice for found in definition.lists.values() for choice in found.choices]

    records = [*definition.elements(), *choices, *definition.indicators]
    assert [
        (getattr(record, "name", ""), attribute)
        for record in records
        for attribute, texts in texts_of(record)
        if set(texts) != {"vi", "en"}
    ] == []


def read(repository: Path, name: str) -> ReadResult:
    """What a workbook of the library becomes."""
    data = (repository / "surveys" / "questionnaires" / "library" / name).read_bytes()
    return read_workbook(data, name, code="thu-vien", agency_types=AgencyType.values)
