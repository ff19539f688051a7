"""Every text of a questionnaire, with its place."""

import pytest

from surveys.questionnaires.translating.texts import stored_texts, texts_of
from tests.surveys.questionnaires.translating.factories import (
    LISTS,
    form,
    question,
    whole,
    whole_form,
)

KEYS = [
    "root.title",
    "a.label",
    "q1.label",
    "q1.unit",
    "q2.label",
    "q2.required_message",
    "c1.label",
    "c2.label",
    "i.label",
    "i.unit",
]


def test_every_text_of_the_definition_is_found_in_its_order():
    assert [text.key for text in texts_of(whole_form())] == KEYS


def test_the_stored_texts_are_the_same_ones():
    assert {f"{uid}.{field}" for uid, field, _ in stored_texts(whole())} == set(KEYS)


def test_a_text_that_says_nothing_in_any_language_is_none():
    assert [t.key for t in texts_of(form(question("q", label={"vi": " "})))] == ["root.title"]


@pytest.mark.parametrize(
    ("key", "kind", "at", "sections"),
    [
        ("root.title", "root", "root", ()),
        ("a.label", "section", "a", ("phan_a",)),
        ("q1.unit", "question", "q1", ("phan_a",)),
        ("c2.label", "choice", "q2", ("phan_a",)),
        ("i.label", "indicator", "", ()),
    ],
)
def test_a_text_knows_what_it_is_and_where_it_is_seen(key, kind, at, sections):
    text = next(each for each in texts_of(whole_form()) if each.key == key)

    assert (text.kind, text.at, text.sections) == (kind, at, sections)


def test_the_columns_of_a_table_are_called_so():
    table = {
        "element": "table",
        "uid": "t",
        "name": "t",
        "row_list": "co_khong",
        "columns": [question("x", label={"vi": "Cột"})],
    }

    found = texts_of(form({**table, "label": {"vi": "Bảng"}}, lists=LISTS))

    assert [(text.key, text.kind) for text in found[:3]] == [
        ("root.title", "root"),
        ("t.label", "table"),
        ("x.label", "column"),
    ]


def test_what_the_engine_adds_for_other_is_no_text_of_the_draft():
    asked = question("q", kind="select_one", list_name="co_khong", or_other=True, label={"vi": "?"})

    assert {t.uid for t in texts_of(form(asked, lists=LISTS))} == {"root", "q", "c1", "c2"}
