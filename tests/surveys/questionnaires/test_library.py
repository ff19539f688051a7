"""The questionnaires that come with the product."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

import pytest
from django.utils.translation import override
from pyxform.xls2xform import convert

from surveys.engine import Definition, Texts
from surveys.organisations.enums import AgencyType
from surveys.questionnaires.ready import FOLDER, READY, Ready, ready_questionnaire
from surveys.xlsform import ReadResult, pack, read_workbook, sheets_of
from surveys.xlsform.xform import xform_of

LIBRARY = pytest.mark.parametrize("ready", READY, ids=[ready.code for ready in READY])

ADVISED = {"phanhoi_1690": ["Use the max-pixels parameter"]}
"""What pyxform advises: the size of photographs, which our own forms bound by themselves."""

OURS = {"rule_not_in_odk", "prefill_not_in_odk", "function_not_in_odk"}
"""What no ODK Collect knows: soft checks, what is known of an agency, ``previous``."""


def texts_of(record: Any) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every text of a part of the model that is written in languages, with its attribute."""
    for attribute in fields(record):
        if attribute.type is Texts and (texts := getattr(record, attribute.name)):
            yield attribute.name, texts


@LIBRARY
def test_the_questionnaires_of_the_library_are_read_without_a_remark(ready: Ready):
    assert read(ready).problems == ()


@LIBRARY
def test_the_questionnaires_of_the_library_are_in_both_languages(ready: Ready):
    definition = definition_of(ready)
    choices = [choice for found in definition.lists.values() for choice in found.choices]

    records = [*definition.elements(), *choices, *definition.indicators]
    assert [
        (getattr(record, "name", ""), attribute)
        for record in records
        for attribute, texts in texts_of(record)
        if set(texts) != {"vi", "en"}
    ] == []


@LIBRARY
def test_the_questionnaires_of_the_library_are_written_and_read_back_equal(ready: Ready):
    definition = definition_of(ready)

    again = read_workbook(pack(sheets_of(definition)), ready.filename, code=ready.code)

    assert (again.definition, again.problems) == (definition, ())


@LIBRARY
def test_pyxform_converts_the_questionnaires_of_the_library(ready: Ready):
    warnings = convert(xlsform=pack(sheets_of(definition_of(ready))), file_type=".xlsx").warnings

    advised = ADVISED.get(ready.code, [])
    assert len(warnings) == len(advised)
    assert all(words in warning for words, warning in zip(advised, warnings, strict=True))


@LIBRARY
def test_the_questionnaires_of_the_library_become_xforms_but_for_functions_of_ours(ready: Ready):
    form = xform_of(definition_of(ready), version="1")

    assert form.xml is not None
    assert {problem.code for problem in form.problems} <= OURS


@LIBRARY
def test_a_ready_questionnaire_is_offered_under_its_own_title(ready: Ready):
    titles = {}
    for language in ("vi", "en"):
        with override(language):
            titles[language] = str(ready.title)

    assert dict(definition_of(ready).title) == titles


def test_every_workbook_of_the_library_is_offered():
    assert {path.name for path in FOLDER.glob("*.xlsx")} == {each.filename for each in READY}


def test_a_ready_questionnaire_is_found_by_its_code():
    assert [ready_questionnaire(code) for code in ("tochuc_1690", "khac")] == [READY[0], None]


def definition_of(ready: Ready) -> Definition:
    """The questionnaire of a workbook of the library."""
    definition = read(ready).definition
    assert definition is not None
    return definition


def read(ready: Ready) -> ReadResult:
    """What a workbook of the library becomes."""
    return read_workbook(
        ready.read(), ready.filename, code=ready.code, agency_types=AgencyType.values
    )
