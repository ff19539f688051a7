"""Everything that XLSForm knows is either read or named as left out: sheets, columns, types, words.

The words are those of the standard, written out here so that none is forgotten.
"""

from typing import Final

import pytest

from surveys.engine.model import Definition, Kind, Question
from surveys.xlsform import ReadResult, read_sheets
from surveys.xlsform.workbook import Sheet

HEAD: Final = ["type", "name", "label"]
CHOICES: Final = Sheet("choices", [["list_name", "name", "label"], ["yn", "y", "Có"], ["yn", "n", "Không"]])  # fmt: skip
SETTINGS: Final = Sheet("settings", [["form_title"], ["Phiếu"]])
ANSWERED: Final = ["text", "a", "A"]


def read(survey: list[list[str]], *others: Sheet) -> ReadResult:
    sheets = {sheet.name: sheet for sheet in (CHOICES, SETTINGS, *others)}
    return read_sheets((Sheet("survey", survey), *sheets.values()), code="phieu")


def definition(result: ReadResult) -> Definition:
    assert result.definition is not None, result.problems
    return result.definition


def question(result: ReadResult) -> Question:
    found = definition(result).children[0]
    assert isinstance(found, Question)
    return found


def said(result: ReadResult) -> list[tuple[str, str, str]]:
    """What is remarked, but for the list that no question of the form uses."""
    return [(p.code, p.at, p.severity) for p in result.problems if p.code != "list_unused"]


# Sheets


@pytest.mark.parametrize("name", ["external_choices", "entities", "osm", "_notes", "_survey"])
def test_a_sheet_that_is_not_ours_is_named(name: str):
    result = read([HEAD, ANSWERED], Sheet(name, [["list_name", "name"], ["x", "y"]]))

    assert said(result) == [("sheet_unknown", f"{name}!A1", "ignored")]


@pytest.mark.parametrize(
    ("name", "meant"),
    [("choies", "choices"), ("Choice", "choices"), ("setings", "settings"), ("indicator", "indicators")],
)  # fmt: skip
def test_a_misspelt_sheet_gets_the_name_that_was_meant(name: str, meant: str):
    problems = read([HEAD, ANSWERED], Sheet(name, [["x"]])).problems

    assert [(p.at, p.severity, p.advice) for p in problems if p.code == "sheet_unknown"] == [
        (f"{name}!A1", "warning", f"Did you mean {meant}?")
    ]


# Columns of the sheet survey


@pytest.mark.parametrize(
    ("header", "text", "attribute", "expected"),
    [
        ("caption", "B", "label", {"vi": "B"}),
        ("hint", "H", "hint", {"vi": "H"}),
        ("hint::English (en)", "H", "hint", {"en": "H"}),
        ("guidance_hint", "G", "guidance", {"vi": "G"}),
        ("media::guidance_hint", "G", "guidance", {"vi": "G"}),
        ("required", "yes", "required", "true()"),
        ("bind::required", "TRUE", "required", "true()"),
        ("required_message", "M", "required_message", {"vi": "M"}),
        ("requiredMsg", "M", "required_message", {"vi": "M"}),
        ("bind::jr:requiredMsg", "M", "required_message", {"vi": "M"}),
        ("bind::jr:requiredMsg::English (en)", "M", "required_message", {"en": "M"}),
        ("relevant", "1 = 1", "relevant", "1 = 1"),
        ("relevance", "1 = 1", "relevant", "1 = 1"),
        ("bind::relevant", "1 = 1", "relevant", "1 = 1"),
        ("bind:relevant", "1 = 1", "relevant", "1 = 1"),
        ("constraint", ". != 'x'", "constraint", ". != 'x'"),
        ("bind::constraint", ". != 'x'", "constraint", ". != 'x'"),
        ("constraint_message", "M", "constraint_message", {"vi": "M"}),
        ("constraint message::Français (fr)", "M", "constraint_message", {"fr": "M"}),
        ("constraining_message", "M", "constraint_message", {"vi": "M"}),
        ("bind::jr:constraintMsg", "M", "constraint_message", {"vi": "M"}),
        ("calculation", "'x'", "calculation", "'x'"),
        ("calculate", "'x'", "calculation", "'x'"),
        ("bind::calculate", "'x'", "calculation", "'x'"),
        ("default", "x", "default", "x"),
        ("readonly", "yes", "read_only", "true()"),
        ("read_only", "yes", "read_only", "true()"),
        ("Read Only", "yes", "read_only", "true()"),
        ("bind::readonly", "yes", "read_only", "true()"),
        ("appearance", "multiline", "appearance", "multiline"),
        ("control::appearance", "multiline", "appearance", "multiline"),
        ("body::appearance", "multiline", "appearance", "multiline"),
        ("unit", "người", "unit", {"vi": "người"}),
    ],
)
def test_a_column_is_read_under_each_of_its_names(
    header: str, text: str, attribute: str, expected: object
):
    head = ["type", "name", header] if attribute == "label" else [*HEAD, header]
    row = ["text", "a", text] if attribute == "label" else [*ANSWERED, text]

    result = read([head, row])

    assert (said(result), getattr(question(result), attribute)) == ([], expected)


@pytest.mark.parametrize("header", ["type", "command", "Type"])
@pytest.mark.parametrize("name", ["name", "tag", "value", "NAME"])
def test_type_and_name_are_read_under_each_of_their_names(header: str, name: str):
    result = read([[header, name, "label"], ANSWERED])

    assert (said(result), question(result).name) == ([], "a")


@pytest.mark.parametrize("header", ["repeat_count", "count", "jr:count", "control::jr:count"])
def test_the_count_of_a_repeat_is_read_under_each_of_its_names(header: str):
    result = read([[*HEAD, header], ["begin repeat", "r", "R", "3"], ANSWERED, ["end repeat"]])

    assert said(result) == []
    assert definition(result).children[0].repeat_count == "3"  # type: ignore[union-attr]


def test_filters_parameters_and_triggers_are_read():
    survey = [
        [*HEAD, "choice_filter", "parameters", "trigger", "calculation"],
        ["select_one yn", "s", "S", "name != 'n'", "", "", ""],
        ["range", "r", "R", "", "start=1, end=5;step=2", "", ""],
        ["text", "t", "T", "", "", "${s},${r}", "'x'"],
    ]

    first, second, third = definition(read(survey)).elements()

    assert (first.choice_filter, second.parameters, third.trigger) == (  # type: ignore[union-attr]
        "name != 'n'",
        {"start": "1", "end": "5", "step": "2"},
        "${s},${r}",
    )


@pytest.mark.parametrize(
    "header",
    [
        *("image", "big-image", "audio", "video", "autoplay", "rows", "note", "save_to"),
        *("image::English (en)", "audio::Tiếng Việt (vi)", "big-image::fr", "media::video::en"),
        *("bind::type", "bind::jr:preload", "bind::odk:length", "body::accuracyThreshold"),
        *("instance::hxl", "control::rows", "noAppErrorString", "bind::jr:noAppErrorString"),
        *("no_app_error_string", "compact_tag", "query", "intent"),
        *("sms_field", "sms_option", "sms_separator", "sms_allow_media", "sms_date_format"),
        *("sms_datetime_format", "sms_response"),
    ],
)
def test_a_column_without_effect_is_named(header: str):
    result = read([[*HEAD, header], [*ANSWERED, "x"]])

    assert said(result) == [("column_unsupported", "survey!D1", "ignored")]


def test_a_disabled_row_is_left_out_and_named():
    result = read([[*HEAD, "disabled"], ANSWERED, ["text", "b", "B", "yes"], ["text", "c", "C", "no"]])  # fmt: skip

    assert [element.name for element in definition(result).elements()] == ["a", "c"]
    assert said(result) == [("row_disabled", "survey!D3", "ignored")]


# Columns of the sheet choices


@pytest.mark.parametrize("header", ["list_name", "list name", "List_Name", "listname"])
@pytest.mark.parametrize("name", ["name", "value"])
@pytest.mark.parametrize("label", ["label", "caption", "label::Tiếng Việt (vi)"])
def test_choices_are_read_under_each_of_their_columns_names(header: str, name: str, label: str):
    choices = Sheet("choices", [[header, name, label], ["yn", "y", "Có"]])

    result = read([HEAD, ["select_one yn", "a", "A"]], choices)

    assert said(result) == []
    assert definition(result).lists["yn"].choices[0].label == {"vi": "Có"}


def test_further_columns_of_choices_are_kept_and_media_named():
    choices = Sheet("choices", [
        ["list_name", "name", "label", "region", "geometry", "image", "media::audio::en"],
        ["yn", "y", "Có", "bac", "21.0 105.8", "y.png", "y.mp3"],
    ])  # fmt: skip

    result = read([HEAD, ["select_one yn", "a", "A"]], choices)

    assert said(result) == [
        ("column_unsupported", "choices!F1", "ignored"),
        ("column_unsupported", "choices!G1", "ignored"),
    ]
    assert definition(result).lists["yn"].choices[0].extra == {
        "region": "bac",
        "geometry": "21.0 105.8",
    }


def test_a_further_column_that_can_have_no_name_is_named():
    choices = Sheet("choices", [["list_name", "name", "label", "2 số"], ["yn", "y", "Có", "x"]])

    result = read([HEAD, ["select_one yn", "a", "A"]], choices)

    assert said(result) == [("column_name_invalid", "choices!D1", "ignored")]


# Settings


@pytest.mark.parametrize(
    ("header", "setting"),
    [
        ("form_id", "form_id"),
        ("id_string", "form_id"),
        ("set form id", "form_id"),
        ("version", "version"),
        ("style", "style"),
        ("name", "name"),
    ],
)
def test_a_setting_is_kept_under_each_of_its_names(header: str, setting: str):
    settings = Sheet("settings", [["form_title", header], ["Phiếu", "pages"]])

    result = read([HEAD, ANSWERED], settings)

    assert (said(result), definition(result).settings) == ([], {setting: "pages"})


@pytest.mark.parametrize("header", ["form_title", "title", "set_form_title"])
def test_the_title_is_read_under_each_of_its_names(header: str):
    result = read([HEAD, ANSWERED], Sheet("settings", [[header], ["Phiếu"]]))

    assert (said(result), definition(result).title) == ([], {"vi": "Phiếu"})


@pytest.mark.parametrize(
    "header",
    [
        *("instance_name", "public_key", "submission_url", "auto_send", "auto_delete"),
        *("client_editable", "allow_choice_duplicates", "namespaces", "attribute::xyz"),
        *("omit_instanceID", "instance_id", "instance_xmlns", "prefix", "delimiter", "flat"),
        *("add_none_option", "sms_keyword", "sms_separator", "sms_allow_media"),
        *("sms_date_format", "sms_datetime_format", "sms_response"),
    ],
)
def test_a_setting_without_effect_is_named(header: str):
    settings = Sheet("settings", [["form_title", header], ["Phiếu", "yes"]])

    assert said(read([HEAD, ANSWERED], settings)) == [
        ("column_unsupported", "settings!B1", "ignored")
    ]


def test_a_repeat_may_be_called_data_where_the_root_is_called_otherwise():
    survey = [HEAD, ["begin_repeat", "data", "D"], ANSWERED, ["end_repeat"]]

    result = read(survey, Sheet("settings", [["form_title", "name"], ["Phiếu", "goc"]]))

    assert said(result) == []


# Types


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        *((each, Kind.TEXT) for each in ("text", "string", "q string", "add text prompt")),
        *((each, Kind.INTEGER) for each in ("integer", "int", "q int", "add integer prompt")),
        *((each, Kind.DECIMAL) for each in ("decimal", "q decimal", "add decimal prompt")),
        *((each, Kind.DATE) for each in ("date", "q date", "add date prompt")),
        ("time", Kind.TIME),
        *((each, Kind.DATETIME) for each in ("dateTime", "datetime", "date time", "q dateTime")),
        *((each, Kind.DATETIME) for each in ("q date time", "add date time prompt")),
        *((each, Kind.NOTE) for each in ("note", "q note", "add note prompt")),
        *((each, Kind.SELECT_ONE) for each in ("select_one yn", "select one yn", "select1 yn")),
        *((each, Kind.SELECT_ONE) for each in ("select one from yn", "select one using yn")),
        ("add select one prompt using yn", Kind.SELECT_ONE),
        *((each, Kind.SELECT_MULTIPLE) for each in ("select_multiple yn", "select multiple yn")),
        ("select all that apply yn", Kind.SELECT_MULTIPLE),
        ("select all that apply from yn", Kind.SELECT_MULTIPLE),
        ("select multiple from yn", Kind.SELECT_MULTIPLE),
        ("select multiple using yn", Kind.SELECT_MULTIPLE),
        ("add select multiple prompt using yn", Kind.SELECT_MULTIPLE),
        ("rank yn", Kind.RANK),
        ("range", Kind.RANGE),
        *((each, Kind.ACKNOWLEDGE) for each in ("acknowledge", "trigger", "q acknowledge")),
        ("add acknowledge prompt", Kind.ACKNOWLEDGE),
        *((each, Kind.CALCULATE) for each in ("calculate", "q calculate", "add calculate prompt")),
        ("hidden", Kind.HIDDEN),
        *((each, Kind.IMAGE) for each in ("image", "photo", "q image", "q picture")),
        ("add image prompt", Kind.IMAGE),
        *((each, Kind.FILE) for each in ("file", "add file prompt")),
        ("percentage", Kind.INTEGER),
        ("phone number", Kind.TEXT),
        ("number of days in last month", Kind.INTEGER),
        ("number of days in last six months", Kind.INTEGER),
        ("number of days in last year", Kind.INTEGER),
    ],
)
def test_a_type_is_read_under_each_of_its_names(type_: str, kind: Kind):
    calculation = "1" if kind is Kind.CALCULATE else ""

    result = read([[*HEAD, "calculation"], [type_, "a", "A", calculation]])

    assert (said(result), question(result).kind) == ([], kind)


@pytest.mark.parametrize(
    "type_",
    [
        *("audio", "video", "barcode", "geopoint", "gps", "location", "geotrace", "geoshape"),
        *("start-geopoint", "background-geopoint", "background-audio", "audit", "osm", "osm tags"),
        *("xml-external", "csv-external", "start", "end", "today", "deviceid", "phonenumber"),
        *("username", "email", "simserial", "subscriberid", "imei", "uri:deviceid", "uri:email"),
        *("uri:phonenumber", "uri:simserial", "uri:subscriberid", "uri:username"),
        *("start time", "end time", "get start time", "get end time", "get today", "device id"),
        *("get device id", "get phone number", "get sim id", "sim id", "subscriber id"),
        *("get subscriber id", "q audio", "q video", "q barcode", "q geopoint", "q geotrace"),
        *("q geoshape", "q location", "add audio prompt", "add video prompt"),
        *("add barcode prompt", "add location prompt"),
        *("select_one_from_file a.csv", "select_multiple_from_file a.xml", "select_one ${r}"),
        *("select one from file a.geojson", "select_one_external yn", "select one external yn"),
        *("cascading_select yn", "form_title", "form_id"),
    ],
)
def test_a_type_that_is_not_ours_is_named_and_left_out(type_: str):
    result = read([HEAD, ANSWERED, [type_, "b", "B"]])

    assert [element.name for element in definition(result).elements()] == ["a"]
    assert said(result) == [("type_unsupported", "survey!A3", "ignored")]


@pytest.mark.parametrize("begin", ["begin_loop over yn", "begin loop yn", "begin_loop"])
def test_a_loop_is_left_out_with_each_of_its_rows_named(begin: str):
    survey = [HEAD, [begin, "l", "L"], ["text", "b", "B"], ["end_loop"], ANSWERED]

    result = read(survey)

    assert [element.name for element in definition(result).elements()] == ["a"]
    assert said(result) == [("type_unsupported", f"survey!A{row}", "ignored") for row in (2, 3, 4)]


@pytest.mark.parametrize("word", ["group", "repeat", "lgroup", "looped group"])
@pytest.mark.parametrize("between", [" ", "_"])
def test_blocks_are_read_under_each_of_their_names(word: str, between: str):
    result = read([HEAD, [f"begin{between}{word}", "b", "B"], ANSWERED, [f"end{between}{word}"]])

    assert said(result) == []
    assert [element.name for element in definition(result).elements()] == ["b", "a"]


@pytest.mark.parametrize("suffix", ["or_other", "or other", "or specify other"])
def test_other_is_offered_under_each_of_its_names(suffix: str):
    assert question(read([HEAD, [f"select_one yn {suffix}", "a", "A"]])).or_other


# Parameters and appearances


@pytest.mark.parametrize(
    ("type_", "parameter"),
    [
        ("range", "tick_interval=2"),
        ("range", "placeholder=5"),
        ("range", "tick_labelset=yn"),
        ("select_one yn", "randomize=true"),
        ("select_multiple yn", "seed=7"),
        ("rank yn", "randomize=true"),
        ("text", "rows=3"),
        ("image", "max-pixels=640"),
        ("image", "app=org.example"),
        ("file", "quality=low"),
    ],
)
def test_a_parameter_without_effect_is_named(type_: str, parameter: str):
    result = read([[*HEAD, "parameters"], [type_, "a", "A", parameter]])

    assert said(result) == [("parameter_unsupported", "survey!D2", "ignored")]


@pytest.mark.parametrize(
    ("type_", "parameter", "advice"),
    [
        ("select_one yn", "step=10", "Use: below, prefill, randomize, seed, unique."),
        ("range", "stop=10", "Did you mean step?"),
        ("text", "row=3", "Did you mean rows?"),
        ("image", "width=3", "Use: app, below, max-pixels, prefill, unique."),
    ],
)
def test_a_parameter_that_its_type_does_not_know_is_refused(
    type_: str, parameter: str, advice: str
):
    result = read([[*HEAD, "parameters"], [type_, "a", "A", parameter]])

    assert said(result) == [("parameter_unknown", "survey!D2", "error")]
    assert result.problems[0].advice == advice


@pytest.mark.parametrize("word", ["minimal", "multiline", "likert"])
def test_an_appearance_that_is_followed_is_not_remarked(word: str):
    assert said(read([[*HEAD, "appearance"], [*ANSWERED, word]])) == []


@pytest.mark.parametrize(
    "word",
    [
        *("search", "autocomplete", "columns-2", "label", "list-nolabel", "table-list"),
        *("numbers", "thousands-sep", "month-year", "year", "rating", "w1", "w12"),
    ],
)
def test_an_appearance_without_effect_is_named_and_kept(word: str):
    result = read([[*HEAD, "appearance"], [*ANSWERED, word]])

    assert said(result) == [("appearance_unsupported", "survey!D2", "ignored")]
    assert question(result).appearance == word


@pytest.mark.parametrize("word", ["field-list", "table-list"])
def test_an_appearance_of_a_group_is_named_too(word: str):
    survey = [[*HEAD, "appearance"], ["begin_group", "g", "G", word], ANSWERED, ["end_group"]]

    assert said(read(survey)) == [("appearance_unsupported", "survey!D2", "ignored")]


# How far a sheet is read, and how


@pytest.mark.parametrize(("gap", "names"), [(60, ["a", "b"]), (61, ["a"])])
def test_a_gap_of_more_than_sixty_rows_ends_the_sheet(gap: int, names: list[str]):
    result = read([HEAD, ANSWERED, *([[]] * gap), ["text", "b", "B"]])

    assert [element.name for element in definition(result).elements()] == names
    assert said(result) == [("content_beyond", "survey!A64", "warning")] * (2 - len(names))


@pytest.mark.parametrize(("gap", "hint"), [(20, {"vi": "H"}), (21, {})])
def test_a_gap_of_more_than_twenty_columns_ends_the_sheet(gap: int, hint: dict[str, str]):
    empty = [""] * gap

    result = read([[*HEAD, *empty, "hint"], [*ANSWERED, *empty, "H"]])

    assert question(result).hint == hint
    assert [code for code, _, _ in said(result)] == ["content_beyond"] * (not hint)


@pytest.mark.parametrize(("said_so", "label"), [("yes", "a b"), ("no", "a  b"), ("", "a b")])
def test_blanks_within_texts_are_one_unless_the_settings_say_otherwise(said_so: str, label: str):
    settings = Sheet("settings", [["form_title", "clean_text_values"], ["Phiếu", said_so]])

    assert question(read([HEAD, ["text", "a", "a  b"]], settings)).label == {"vi": label}


def test_hint_beside_a_hint_in_another_language_is_in_the_main_one():
    result = read([["type", "name", "hint", "hint::French (fr)"], ["text", "a", "H", "F"]])

    assert question(result).hint == {"vi": "H", "fr": "F"}


def test_a_row_without_type_name_and_label_is_a_remark():
    result = read([[*HEAD, "hint"], ["", "", "", "Phần này mới"], ANSWERED])

    assert said(result) == [("row_remark", "survey!A2", "ignored")]


def test_a_note_without_a_name_gets_one():
    result = read([HEAD, ANSWERED, ["note", "", "Xin chào"]])

    assert [element.name for element in definition(result).elements()][1] == "generated_note_name_3"
    assert said(result) == [("name_missing", "survey!B3", "warning")]


# What is refused as pyxform refuses it


@pytest.mark.parametrize(
    ("type_", "cells", "severity"),
    [
        ("text", {}, "error"),
        ("note", {}, "error"),
        ("range", {}, "error"),
        ("select_one yn", {}, "error"),
        ("acknowledge", {}, "error"),
        ("text", {"guidance_hint": "G"}, "error"),
        ("text", {"hint": "H"}, "warning"),
        ("text", {"calculation": "'x'"}, "warning"),
        ("text", {"calculation": "'x'", "trigger": "${z}"}, "warning"),
        ("calculate", {"calculation": "1"}, None),
        ("hidden", {}, None),
        ("begin_group", {}, None),
    ],
)
def test_a_question_that_nobody_could_read_is_refused(
    type_: str, cells: dict[str, str], severity: str | None
):
    row = [type_, "a", "", *cells.values()]
    inside = [["text", "b", "B"], ["end_group"]] if type_ == "begin_group" else []

    result = read([[*HEAD, *cells], ["text", "z", "Z"], row, *inside])

    assert said(result) == ([("label_missing", "survey!C3", severity)] if severity else [])


def test_a_column_of_a_table_wants_a_label_too():
    rows = [["begin_repeat", "t", "T", "yn"], ["integer", "n", ""], ["end_repeat"]]

    assert said(read([[*HEAD, "row_list"], *rows])) == [("label_missing", "survey!C3", "error")]


@pytest.mark.parametrize(
    ("trigger", "expected"),
    [
        ("${z}", []),
        ("${z}, ${y}", []),
        ("${z},", []),
        ("${z}${y}", [("trigger_malformed", "survey!D4", "error")]),
        ("${z} ${y}", [("trigger_malformed", "survey!D4", "error")]),
        ("z", [("trigger_malformed", "survey!D4", "error")]),
        ("${nobody}", [("reference_unknown", "survey!D4", "error")]),
    ],
)
def test_triggers_are_questions_with_commas_between_them(
    trigger: str, expected: list[tuple[str, str, str]]
):
    survey = [
        [*HEAD, "trigger", "calculation"],
        ["text", "z", "Z"],
        ["text", "y", "Y"],
        ["text", "a", "A", trigger, "'x'"],
    ]

    assert said(read(survey)) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["calculate", "z", "", "", "1"], ["trigger_unseen"]),
        (["calculate", "z", "Z", "", "1"], ["trigger_unseen"]),
        (["hidden", "z", "", "", ""], ["trigger_unseen"]),
        (["text", "z", "", "", "'x'"], ["label_missing", "trigger_unseen"]),
        (["text", "z", "Z", "", "'x'"], []),
    ],
)
def test_what_nobody_sees_is_no_trigger(row: list[str], expected: list[str]):
    survey = [[*HEAD, "trigger", "calculation"], row, ["text", "a", "A", "${z}", "'x'"]]

    assert sorted(code for code, _, _ in said(read(survey))) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [("3", [("name_reserved", "survey!B2", "error")]), ("${r_count}", [])],
)
def test_the_name_of_a_repeats_count_is_taken(count: str, expected: list[tuple[str, str, str]]):
    survey = [
        [*HEAD, "repeat_count"],
        ["integer", "r_count", "Số dòng"],
        ["begin_repeat", "r", "R", count],
        ANSWERED,
        ["end_repeat"],
    ]

    assert said(read(survey)) == expected
