"""Bad workbooks: what is wrong, and in which cell."""

import pytest

from tests.surveys.xlsform.workbooks import SURVEY, Rows, found, read

HEAD = ["type", "name", "label"]
YES_NO: Rows = [["list_name", "name", "label"], ["yn", "y", "Có"], ["yn", "n", "Không"]]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["intger", "a", "A"]], ("type_unknown", "survey!A2", "intger")),
        ([["", "a", "A"]], ("type_missing", "survey!A2", "a")),
        ([["text", "", "A"]], ("name_missing", "survey!B2", "text")),
        ([["text", "2a", "A"]], ("name_invalid", "survey!B2", "2a")),
        ([["text", "so nguoi", "A"]], ("name_invalid", "survey!B2", "so nguoi")),
        ([["text", "meta", "A"]], ("name_reserved", "survey!B2", "meta")),
        ([["text", "a", "A"], ["text", "a", "B"]], ("name_twice", "survey!B3", "a")),
        ([["begin_group", "g", "G"], ["text", "a", "A"]], ("begin_unmatched", "survey!A2", "g")),
        ([["text", "a", "A"], ["end_group", "", ""]], ("end_unmatched", "survey!A3", "group")),
        ([["select_one yn", "a", "A"]], ("list_unknown", "survey!A2", "yn")),
        ([["select_one", "a", "A"]], ("list_missing", "survey!A2", "a")),
        ([["calculate", "a", ""]], ("calculation_missing", "survey!A2", "a")),
        ([["begin_lop", "a", ""]], ("type_unknown", "survey!A2", "begin_lop")),
        ([["text", "a", ""]], ("label_missing", "survey!C2", "a")),
        (
            [["begin_repeat", "data", "D"], ["text", "a", "A"], ["end_repeat"]],
            ("name_reserved", "survey!B2", "data"),
        ),
    ],
)
def test_a_bad_row_is_named_with_its_cell(rows: Rows, expected: tuple[str, str, str]):
    assert found(read(survey=[HEAD, *rows])) == [expected]


def test_an_unknown_type_gets_the_nearest_known_one_as_advice():
    problem = read(survey=[HEAD, ["intger", "a", "A"]]).problems[0]

    assert problem.advice == "Did you mean integer?"


def test_an_end_of_another_kind_names_the_block_that_is_open():
    rows = [["begin_group", "g", "G"], ["text", "a", "A"], ["end_repeat", "", ""]]

    problems = read(survey=[HEAD, *rows, ["end_group", "", ""]]).problems

    assert (problems[0].code, problems[0].at, problems[0].advice) == (
        "end_mismatched",
        "survey!A4",
        "g began at survey!A2 as a group.",
    )


@pytest.mark.parametrize(
    "inner", [["begin_repeat", "inner", "I"], ["begin_repeat", "inner", "I", "yn"]]
)
def test_a_repeat_or_table_inside_a_repeat_is_refused(inner: list[object]):
    rows: Rows = [
        ["begin_repeat", "outer", "O"],
        inner,
        ["text", "a", "A"],
        ["end_repeat"],
        ["end_repeat"],
    ]

    result = read(survey=[[*HEAD, "row_list"], *rows], choices=YES_NO)

    assert found(result) == [("repeat_nested", "survey!A3", "inner")]


def test_groups_that_are_nested_a_thousand_times_are_refused_where_it_gets_too_deep():
    begins = [["begin_group", f"g{number}", "G"] for number in range(1_000)]
    rows: Rows = [*begins, ["text", "a", "A"], *([["end_group"]] * 1_000)]

    result = read(survey=[HEAD, *rows])

    assert found(result) == [("nested_too_deep", "survey!A22", "g20")]


def test_a_table_holds_questions_only():
    rows = [
        ["begin_repeat", "t", "T", "yn"],
        ["integer", "a", "A"],
        ["begin_group", "g", "G"],
        ["integer", "b", "B"],
        ["end_group"],
        ["end_repeat"],
    ]

    result = read(survey=[[*HEAD, "row_list"], *rows], choices=YES_NO)

    assert found(result) == [("table_holds_block", "survey!A4", "g")]


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("evidence", "sometimes"),
        ("carry", "stok"),
        ("missing", "KAD NA"),
        ("personal_data", "perhaps"),
    ],
)
def test_a_word_that_its_column_does_not_take_is_refused(column: str, text: str):
    result = read(survey=[[*HEAD, column], ["text", "a", "A", text]])

    assert found(result) == [("value_not_allowed", "survey!D2", text.rpartition(" ")[2])]


def test_totals_take_their_own_words_only():
    rows = [["begin_repeat", "t", "T", "yn", "all"], ["integer", "a", "A"], ["end_repeat"]]

    result = read(survey=[[*HEAD, "row_list", "totals"], *rows], choices=YES_NO)

    assert found(result) == [("value_not_allowed", "survey!E2", "all")]


def test_malformed_parameters_are_refused():
    result = read(survey=[[*HEAD, "parameters"], ["range", "a", "A", "start=0 end 10"]])

    assert found(result) == [("parameters_malformed", "survey!D2", "start=0 end 10")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["", "y", "Có"]], ("list_name_missing", "choices!A4", "y")),
        ([["yn", "", "Có"]], ("choice_name_missing", "choices!B4", "yn")),
        ([["yn", "y", "Có"]], ("choice_twice", "choices!B4", "y")),
        ([["yn", "z", "Z", "hai"]], ("score_not_a_number", "choices!D4", "hai")),
    ],
)
def test_a_bad_choice_is_named_with_its_cell(rows: Rows, expected: tuple[str, str, str]):
    survey: Rows = [HEAD, ["select_one yn", "a", "A"]]
    choices: Rows = [[*YES_NO[0], "score"], *YES_NO[1:], *rows]

    assert found(read(survey=survey, choices=choices)) == [expected]


def test_a_choice_of_a_multiple_list_must_not_contain_blanks():
    choices: Rows = [["list_name", "name", "label"], ["l", "a b", "A"]]

    result = read(survey=[HEAD, ["select_multiple l", "a", "A"]], choices=choices)

    assert found(result) == [("choice_name_blank", "choices!B2", "a b")]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["", "A"], ("name_missing", "indicators!A3", "")),
        (["T1", "A"], ("indicator_twice", "indicators!A3", "T1")),
        (["T2", "A", "sideways"], ("value_not_allowed", "indicators!C3", "sideways")),
        (["T2", "A", "", "", "31/31/2026"], ("date_impossible", "indicators!E3", "31/31/2026")),
        (["T2", "A", "", "", "", "linear(1)"], ("rule_unreadable", "indicators!F3", "T2")),
        (["T2", "A", "up", "all"], ("value_not_allowed", "indicators!D3", "all")),
    ],
)
def test_a_bad_indicator_is_named_with_its_cell(row: list[object], expected: tuple[str, str, str]):
    indicators: Rows = [
        ["code", "label", "direction", "over", "valid_from", "scoring"],
        ["T1", "Mục tiêu 1"],
        row,
    ]

    assert found(read(survey=SURVEY, indicators=indicators)) == [expected]


def test_a_question_that_feeds_an_unknown_indicator_is_refused():
    survey: Rows = [[*HEAD, "indicator"], ["integer", "a", "A", "T1x"]]

    result = read(survey=survey, indicators=[["code", "label"], ["T1", "Mục tiêu 1"]])

    assert found(result) == [("indicator_unknown", "survey!D2", "T1x")]


def test_two_headers_of_one_column_are_refused():
    result = read(survey=[[*HEAD, "relevant", "relevance"], ["text", "a", "A"]])

    assert found(result) == [("column_twice", "survey!E1", "relevance")]


def test_a_bare_label_is_read_where_the_default_languages_own_is_empty():
    result = read(
        survey=[[*HEAD, "label::Tiếng Việt (vi)"], ["text", "a", "A", "B"], ["text", "b", "B", ""]],
        settings=[["form_title"], ["Phiếu"]],
    )

    assert result.definition is not None
    assert [e.label for e in result.definition.elements()] == [{"vi": "B"}, {"vi": "B"}]
    assert [(p.code, p.at, p.severity) for p in result.problems] == [
        ("column_beside", "survey!C1", "ignored")
    ]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (["id_string", "form_id"], "new"),
        (["form_id", "id_string"], "old"),
    ],
)
def test_the_proper_name_of_a_setting_goes_before_its_old_one(head: list[object], expected: str):
    result = read(survey=SURVEY, settings=[[*head, "form_title"], ["old", "new", "Phiếu"]])

    assert result.definition is not None
    assert result.definition.settings == {"form_id": expected}


@pytest.mark.parametrize("missing", ["type", "name"])
def test_a_survey_without_a_needed_column_is_refused(missing: str):
    head = [title for title in HEAD if title != missing]

    assert found(read(survey=[head, ["a", "A"]])) == [("column_missing", "survey!A1", missing)]


def test_an_empty_survey_is_refused():
    assert found(read(survey=[HEAD])) == [("survey_empty", "survey!A1", "survey")]


def test_all_problems_come_at_once_errors_first_and_in_the_order_of_the_sheet():
    result = read(
        survey=[
            [*HEAD, "audio", "hint"],
            ["text", "a", "", "", "Ghi rõ"],
            ["txt", "b", "B"],
            ["select_one l", "c", "C"],
        ]
    )

    assert [(problem.at, problem.severity) for problem in result.problems] == [
        ("survey!A3", "error"),
        ("survey!A4", "error"),
        ("survey!A1", "warning"),
        ("survey!C2", "warning"),
        ("survey!D1", "ignored"),
    ]


@pytest.mark.parametrize(
    ("head", "row", "expected"),
    [
        ("audio", "a.mp3", ("column_unsupported", "survey!D1", "ignored")),
        ("media::image::English (en)", "a.png", ("column_unsupported", "survey!D1", "ignored")),
        ("bind::odk:length", "3", ("column_unsupported", "survey!D1", "ignored")),
        ("relevnt", "1 = 1", ("header_unknown", "survey!D1", "warning")),
        ("Người soạn", "Lan", ("header_unknown", "survey!D1", "ignored")),
        ("", "lạc", ("column_without_header", "survey!D2", "ignored")),
        ("repeat_count", "3", ("cell_not_used", "survey!D2", "ignored")),
        ("label::Klingon", "x", ("language_without_code", "survey!D1", "warning")),
    ],
)
def test_what_has_no_effect_is_reported(head: str, row: str, expected: tuple[str, str, str]):
    result = read(
        survey=[[*HEAD, head], ["text", "a", "A", row]],
        settings=[["form_title"], ["Phiếu"]],
    )

    assert result.definition is not None
    assert [(p.code, p.at, p.severity) for p in result.problems] == [expected]


@pytest.mark.parametrize("type_", ["start", "deviceid", "geopoint", "select_one_from_file a.csv"])
def test_a_type_that_is_not_supported_is_reported_and_left_out(type_: str):
    result = read(survey=[HEAD, ["text", "a", "A"], [type_, "b", "B"]])

    assert result.definition is not None
    assert [element.name for element in result.definition.elements()] == ["a"]
    assert ("type_unsupported", "survey!A3", "ignored") in [
        (p.code, p.at, p.severity) for p in result.problems
    ]


def test_settings_without_effect_are_reported():
    result = read(
        survey=SURVEY,
        settings=[["form_title", "submission_url"], ["Phiếu", "https://example.org"], ["Hai"]],
    )

    assert [(p.code, p.at, p.severity) for p in result.problems] == [
        ("column_unsupported", "settings!B1", "ignored"),
        ("settings_row_surplus", "settings!A3", "ignored"),
    ]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ("start=one", ("parameter_unreadable", "survey!D2", "one")),
        ("start=0 end=10 step=0", ("range_impossible", "survey!D2", "a")),
        ("start=5 end=6 step=2", ("range_impossible", "survey!D2", "a")),
        ("end=NaN", ("parameter_unreadable", "survey!D2", "NaN")),
    ],
)
def test_a_range_that_cannot_be_is_refused(parameters: str, expected: tuple[str, str, str]):
    result = read(survey=[[*HEAD, "parameters"], ["range", "a", "A", parameters]])

    assert found(result) == [expected]


def test_a_parameter_without_effect_is_reported():
    result = read(survey=[[*HEAD, "parameters"], ["image", "a", "A", "max-pixels=640"]])

    assert result.definition is not None
    assert ("parameter_unsupported", "survey!D2", "max-pixels", "ignored") in [
        (p.code, p.at, p.name, p.severity) for p in result.problems
    ]


def test_a_reference_in_a_text_must_exist():
    survey: Rows = [
        [*HEAD, "label::English (en)", "hint"],
        ["integer", "staff", "Số người"],
        ["note", "n", "Có ${staff} người", "There are ${staf} people", "Gồm ${nobody}"],
    ]

    assert found(read(survey=survey)) == [
        ("reference_unknown", "survey!D3", "staf"),
        ("reference_unknown", "survey!E3", "nobody"),
    ]
