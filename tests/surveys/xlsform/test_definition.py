"""Good workbooks: what they mean."""

from datetime import date
from typing import Any

import pytest

from surveys.engine.model import (
    Carry,
    Choice,
    ChoiceList,
    Definition,
    EvidenceNeed,
    Group,
    Indicator,
    Kind,
    MissingCode,
    Question,
    Repeat,
    Table,
    Totals,
)
from tests.surveys.xlsform.workbooks import SURVEY, Rows, read

HEAD = ["type", "name", "label"]
YES_NO: Rows = [["list_name", "name", "label"], ["yn", "y", "Có"], ["yn", "n", "Không"]]


def definition(**sheets: Rows) -> Definition:
    result = read(**sheets)
    assert result.definition is not None, result.problems
    return result.definition


def question(type_: str, **cells: Any) -> Question:
    """The question that a row of that type with these cells becomes."""
    sheet: Rows = [[*HEAD, *cells], [type_, "a", "A", *cells.values()]]
    element = definition(survey=sheet, choices=YES_NO).children[0]
    assert isinstance(element, Question)
    return element


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        *((kind.value, kind) for kind in Kind if "_" not in kind.value and kind is not Kind.RANK),
        ("string", Kind.TEXT),
        ("Int", Kind.INTEGER),
        ("datetime", Kind.DATETIME),
        ("photo", Kind.IMAGE),
        ("trigger", Kind.ACKNOWLEDGE),
        ("select_one yn", Kind.SELECT_ONE),
        ("select one from yn", Kind.SELECT_ONE),
        ("select_multiple yn", Kind.SELECT_MULTIPLE),
        ("select all that apply from yn", Kind.SELECT_MULTIPLE),
        ("rank yn", Kind.RANK),
    ],
)
def test_types_are_known_under_their_names(type_: str, kind: Kind):
    assert question(type_, calculation="1").kind is kind


@pytest.mark.parametrize(
    "type_", ["select_one yn or_other", "select_one yn or other", "select one yn or specify other"]
)
def test_a_select_may_offer_other(type_: str):
    asked = question(type_)

    assert (asked.list_name, asked.or_other) == ("yn", True)


def test_a_percentage_brings_its_constraint():
    assert question("percentage").constraint == ". >= 0 and . <= 100"
    assert question("percentage", constraint=". > 5").constraint == (
        "(. >= 0 and . <= 100) and (. > 5)"
    )


def test_every_column_of_a_question_is_read():
    cells = {
        "label::English (en)": "Staff",
        "hint": "Người",
        "guidance_hint": "Theo quyết định",
        "number": "A4",
        "required": "yes",
        "required_message": "Cần có",
        "relevant": "1 = 1",
        "readonly": "no",
        "constraint": ". >= 0",
        "constraint_message": "Không âm",
        "warning": ". < 100",
        "warning_message::Tiếng Việt (vi)": "Lớn bất thường",
        "default": "3",
        "appearance": "w1",
        "parameters": "start=0; end=10",
        "unit": "người",
        "unit::English (en)": "people",
        "evidence": "required",
        "carry": "stock",
        "band": "-10%..+50%",
        "missing": "KAD, CCSL",
        "personal_data": "yes",
        "successor_of": "old_staff",
        "library_item": "k3f9d2@2",
    }

    assert question("integer", **cells) == Question(
        name="a",
        kind=Kind.INTEGER,
        label={"vi": "A", "en": "Staff"},
        hint={"vi": "Người"},
        guidance={"vi": "Theo quyết định"},
        number="A4",
        required="true()",
        required_message={"vi": "Cần có"},
        relevant="1 = 1",
        constraint=". >= 0",
        constraint_message={"vi": "Không âm"},
        warning=". < 100",
        warning_message={"vi": "Lớn bất thường"},
        default="3",
        appearance="w1",
        parameters={"start": "0", "end": "10"},
        unit={"vi": "người", "en": "people"},
        evidence=EvidenceNeed.REQUIRED,
        carry=Carry.STOCK,
        band="-10%..+50%",
        missing=(MissingCode.NOT_APPLICABLE, MissingCode.NOT_YET),
        personal_data=True,
        successor_of="old_staff",
        library_item="k3f9d2@2",
    )


@pytest.mark.parametrize("text", ["5", "today()", "'x'", "Hà Nội", "2026-12-25"])
def test_a_default_is_kept_as_it_is_written(text: str):
    assert question("text", default=text).default == text


def test_round_quotes_are_straightened_in_expressions_only():
    asked = question("text", hint="Ghi “không” nếu không có", constraint=". != “x”")

    assert (asked.hint["vi"], asked.constraint) == ("Ghi “không” nếu không có", '. != "x"')


def test_texts_are_normalised_and_their_blanks_collapsed():
    asked = question("text", hint="  Tie\u0302\u0301ng  Vie\u0323\u0302t\u00a0 ")

    assert asked.hint == {"vi": "Tiếng Việt"}


def test_blanks_stay_where_the_settings_say_so():
    sheets: dict[str, Rows] = {
        "survey": [HEAD, ["note", "n", "a  b"]],
        "settings": [["form_title", "clean_text_values"], ["Phiếu", "no"]],
    }

    assert definition(**sheets).children[0].label == {"vi": "a  b"}


def test_groups_repeats_and_tables_are_nested_as_their_rows_are():
    survey: Rows = [
        [*HEAD, "row_list", "totals", "closed", "repeat_count", "number", "constraint"],
        ["begin_group", "part_a", "Phần A"],
        ["begin_group", "inner", "Nhóm"],
        ["text", "q1", "Câu 1"],
        ["end_group"],
        ["begin_repeat", "people", "Danh sách", "", "", "", "3", "A9"],
        ["text", "full_name", "Họ tên"],
        ["end_repeat"],
        ["end group"],
        ["begin_repeat", "grid", "Bảng", "yn", "both", "row() = 'n'", "", "A6", "1 = 1"],
        ["integer", "count", "Số"],
        ["end repeat"],
    ]

    assert definition(survey=survey, choices=YES_NO).children == (
        Group(
            name="part_a",
            label={"vi": "Phần A"},
            children=(
                Group(
                    name="inner",
                    label={"vi": "Nhóm"},
                    children=(Question(name="q1", kind=Kind.TEXT, label={"vi": "Câu 1"}),),
                ),
                Repeat(
                    name="people",
                    label={"vi": "Danh sách"},
                    number="A9",
                    repeat_count="3",
                    children=(Question(name="full_name", kind=Kind.TEXT, label={"vi": "Họ tên"}),),
                ),
            ),
        ),
        Table(
            name="grid",
            label={"vi": "Bảng"},
            number="A6",
            row_list="yn",
            totals=Totals.BOTH,
            closed="row() = 'n'",
            constraint="1 = 1",
            columns=(Question(name="count", kind=Kind.INTEGER, label={"vi": "Số"}),),
        ),
    )


def test_choices_keep_their_scores_and_further_columns():
    choices: Rows = [
        ["list name", "name", "label::Tiếng Việt (vi)", "label::English (en)", "score", "region"],
        ["l", "1", "Một", "One", 2.5, "north"],
        ["l", "2", "Hai", "Two", "", ""],
    ]

    lists = definition(survey=[HEAD, ["select_one l", "a", "A"]], choices=choices).lists

    assert lists == {
        "l": ChoiceList(
            "l",
            (
                Choice("1", {"vi": "Một", "en": "One"}, "2.5", {"region": "north"}),
                Choice("2", {"vi": "Hai", "en": "Two"}),
            ),
        )
    }


def test_indicators_are_read_from_their_own_sheet():
    indicators: Rows = [
        ["code", "label", "label::English (en)", "unit", "unit::English (en)", "direction", "target", "legal_basis",
         "numerator", "denominator", "over", "applies_to", "scoring", "valid_from"],
        ["T1a", "Điểm", "Score", "điểm", "points", "", 100, "Điều 1", "${staff} > 0", "", "Answered",
         "ministry, province", "steps(10=1)", date(2026, 1, 1)],
    ]  # fmt: skip

    assert definition(survey=SURVEY, indicators=indicators).indicators == (
        Indicator(
            code="T1a",
            label={"vi": "Điểm", "en": "Score"},
            unit={"vi": "điểm", "en": "points"},
            direction="up",
            target="100",
            legal_basis="Điều 1",
            numerator="${staff} > 0",
            over="answered",
            applies_to=("ministry", "province"),
            scoring="steps(10=1)",
            valid_from=date(2026, 1, 1),
        ),
    )


def test_settings_name_the_questionnaire_and_its_languages():
    found = definition(
        survey=[["type", "name", "label", "label::Tiếng Việt (vi)"], ["text", "a", "A", "Ă"]],
        settings=[
            ["form_title", "form_title::Tiếng Việt (vi)", "default_language", "version"],
            ["Form", "Phiếu", "English (en)", "2026"],
        ],
    )

    assert (found.default_language, found.languages) == ("en", ("en", "vi"))
    assert found.title == {"en": "Form", "vi": "Phiếu"}
    assert found.settings == {"version": "2026"}
    assert found.children[0].label == {"en": "A", "vi": "Ă"}


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("label", "vi"),
        ("label::English", "en"),
        ("label::en", "en"),
        ("Label::Français (fr)", "fr"),
        ("label:English", "en"),
    ],
)
def test_without_a_setting_the_default_language_follows_the_headers(header: str, language: str):
    found = definition(survey=[["type", "name", header], ["text", "a", "A"]])

    assert (found.default_language, found.children[0].label) == (language, {language: "A"})


def test_a_bare_unit_does_not_make_english_labels_vietnamese():
    found = definition(
        survey=[["type", "name", "label::English (en)", "unit"], ["integer", "a", "A", "people"]]
    )

    assert found.default_language == "en"
    assert found.children == (
        Question(name="a", kind=Kind.INTEGER, label={"en": "A"}, unit={"en": "people"}),
    )


def test_headers_are_matched_whatever_their_case_and_blanks():
    found = definition(survey=[[" Type", "NAME ", "Label", "Read Only"], ["text", "a", "A", "yes"]])

    assert found.children == (
        Question(name="a", kind=Kind.TEXT, label={"vi": "A"}, read_only="true()"),
    )


def test_rows_above_the_headers_and_between_the_questions_may_be_empty():
    found = definition(survey=[[], HEAD, ["text", "a", "A"], [], ["text", "b", "B"]])

    assert [element.name for element in found.children] == ["a", "b"]
