"""A definition for ODK Collect."""

import re
import shutil
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import HealthCheck, given, settings
from pyxform.validators.odk_validate import check_xform

from surveys.engine.model import Definition
from surveys.xlsform import read_workbook
from surveys.xlsform.xform import XForm, xform_of
from surveys.xlsform.xform.expressions import Spot, Tables, translate
from tests.surveys.xlsform.meaningful import meaningful
from tests.surveys.xlsform.workbooks import Rows, read

XFORMS: Final = "http://www.w3.org/2002/xforms"
JAVAROSA: Final = "http://openrosa.org/javarosa"
HEAD = ["type", "name", "label", "row_list", "closed", "calculation", "default", "warning"]
CHOICES: Rows = [["list_name", "name", "label"], ["units", "u1", "Một"], ["units", "u2", "Hai"]]
TABLES = Tables({"staff": "t"}, {("t", "u1"): 1, ("t", "u2"): 2})


def converted(*rows: list[str]) -> XForm:
    definition = read(survey=[HEAD, *rows], choices=CHOICES).definition
    assert definition is not None
    return xform_of(definition, version="3")


def table(closed: str = "") -> list[list[str]]:
    return [
        ["begin_repeat", "t", "Bảng", "units", closed],
        ["integer", "staff", "Số người"],
        ["integer", "women", "Số nữ"],
        ["end_repeat"],
    ]


def bind(form: XForm, name: str) -> str:
    assert form.xml is not None, form.problems
    found = re.search(rf'<bind nodeset="[^"]*/{name}"[^>]*>', form.xml)
    assert found is not None
    return " ".join(found.group().split())


def problems(form: XForm) -> list[tuple[str, str, str]]:
    return [(each.code, each.at, each.severity) for each in form.problems]


@pytest.fixture
def library(repository: Path) -> Definition:
    file = repository / "surveys/questionnaires/library/tochuc_1690.xlsx"
    found = read_workbook(file.read_bytes(), file.name, code="tochuc").definition
    assert found is not None
    return found


def test_a_table_is_a_repeat_with_as_many_rows_as_choices():
    assert 'calculate="2"' in bind(converted(*table()), "t_count")


def test_a_row_of_a_table_has_its_label_to_read():
    row = bind(converted(*table()), "t_row")

    assert 'readonly="true()"' in row
    assert "calculate=\"selected-at('u1 u2', position(..) - 1)\"" in row


def test_a_closed_cell_is_not_relevant():
    form = converted(*table("row() = 'u1' and . = 'women'"))

    assert "relevant=\"not( ../t_row = 'u1' and 'women' = 'women')\"" in bind(form, "women")
    assert "relevant" not in bind(form, "staff")


def test_a_cell_closed_by_its_own_answer_is_a_problem():
    form = converted(*table("${staff} = 1"))

    assert problems(form) == [("closed_by_itself_in_odk", "survey!E2", "error")]
    assert form.xml is None


def test_a_default_that_collect_cannot_work_out_is_left_out():
    form = converted(["integer", "a", "A", "", "", "", "previous(${a})"])

    assert problems(form) == [("function_not_in_odk", "survey!D2", "warning")]
    assert form.xml is not None
    assert "previous" not in form.xml


def test_a_soft_check_is_named_as_not_made():
    form = converted(["integer", "a", "A", "", "", "", "", ". > 1"])

    assert problems(form) == [("rule_not_in_odk", "survey!D2", "ignored")]


@pytest.mark.parametrize(
    ("text", "spot", "expected", "unknown"),
    [
        ("cell(${staff}, 'u2') + 1", Spot(), "indexed-repeat(${staff}, ${t}, 2) + 1", ()),
        ("cell(${staff}, ${x})", Spot(), "cell(${staff}, ${x})", ("cell",)),
        ("'row()' = row()", Spot(row="r"), "'row()' = ${r}", ()),
        ("row() = 'a'", Spot(), "row() = 'a'", ("row",)),
        (". = 'a' or 1.5 > 1", Spot(dot="q"), "'q' = 'a' or 1.5 > 1", ()),
        (". > 0", Spot(), ". > 0", ()),
        ("add-months(today(), floor(1.5))", Spot(), None, ("add-months", "floor")),
        ("if(selected(${a}, 'x'), sum(${b}), 0)", Spot(), None, ()),
        ("not an expression", Spot(), None, ()),
    ],
)
def test_expressions_are_said_in_collects_words(
    text: str, spot: Spot, expected: str | None, unknown: tuple[str, ...]
):
    found = translate(text, TABLES, spot)

    assert (found.text, set(found.unknown)) == (expected or text, set(unknown))


def test_the_library_becomes_an_xform_in_both_languages(library: Definition):
    form = xform_of(library, version="3")

    assert form.xml is not None
    assert 'id="tochuc_1690" version="3"' in form.xml
    assert form.xml.count("<translation ") == 2


@pytest.mark.skipif(shutil.which("java") is None, reason="ODK Validate needs Java")
def test_odk_validate_accepts_the_library(library: Definition, tmp_path: Path):
    file = tmp_path / "form.xml"
    file.write_text(xform_of(library, version="3").xml or "", "utf-8")

    assert check_xform(str(file)) == []


def test_the_text_behind_other_can_be_referred_to():
    form = converted(
        ["select_one units or_other", "unit", "Đơn vị"],
        ["note", "told", "Đơn vị: ${unit_other}"],
    )

    assert bind(form, "unit_other") == (
        '<bind nodeset="/data/unit_other" type="string" required="true()" '
        "relevant=\"selected( /data/unit , 'other')\"/>"
    )


def test_other_is_among_the_choices_of_its_question_only():
    form = converted(
        ["select_one units or_other", "unit", "Đơn vị"], ["select_one units", "next", "Sau"]
    )

    assert form.xml is not None
    assert re.findall(r"nodeset=\"instance\('([^']*)'\)", form.xml) == ["units_other", "units"]


def test_labels_begin_with_their_number_as_on_our_pages():
    head = [*HEAD, "number"]
    rows: Rows = [
        ["integer", "a", "Số người", "", "", "", "", "", "A4"],
        ["begin_repeat", "t", "Bảng", "units", "", "", "", "", "A5"],
        ["integer", "staff", "Biên chế", "", "", "", "", "", "A5.1"],
        ["end_repeat"],
    ]
    definition = read(survey=[head, *rows], choices=CHOICES).definition
    assert definition is not None

    xml = xform_of(definition, version="1").xml

    assert xml is not None
    assert set(re.findall(r"A\d[.\d]* [^<]+", xml)) == {
        "A4 Số người",
        "A5 Bảng",
        "A5.1 Biên chế",
    }


def test_a_table_is_counted_under_another_name_where_its_own_is_taken():
    form = converted(["integer", "t_count", "Số bảng"], *table())

    assert 'calculate="2"' in bind(form, "t_count_")
    assert "calculate" not in bind(form, "t_count")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(meaningful())
def test_every_place_that_an_xform_names_is_in_it(definition: Definition):
    form = xform_of(definition, version="1")
    assert form.xml is not None or "error" in {problem.severity for problem in form.problems}

    root = fromstring(form.xml or "<none/>")  # noqa: S314  (written by ourselves)

    assert places_named(root) - places_in(root) == set()


def places_named(root: Element) -> set[str]:
    """Where binds, controls, repeats and choices of the form point."""
    named = {
        node.get(attribute, "")
        for node in root.iter()
        for attribute in ("nodeset", "ref", f"{{{JAVAROSA}}}count")
        if node.tag.rpartition("}")[2] not in {"label", "value", "copy"}
    }
    plain = {re.sub(r"\[.*\]", "", place.strip()) for place in named}
    return {place for place in plain if place and not place.startswith("jr:itext")}


def places_in(root: Element) -> set[str]:
    """The places that the instances of the form have."""
    found = set()
    for instance in root.iter(f"{{{XFORMS}}}instance"):
        if name := instance.get("id", ""):
            found.add(f"instance('{name}')/root/item")
            continue
        waiting = [("", child) for child in instance]
        while waiting:
            above, node = waiting.pop()
            place = f"{above}/{node.tag.rpartition('}')[2]}"
            found.add(place)
            waiting += [(place, child) for child in node]
    return found
