"""Translations go out as a workbook and come back."""

import io
import shutil
from dataclasses import replace
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.questionnaires.translating import workbook
from surveys.questionnaires.translating.grid import Pair
from surveys.questionnaires.translating.returning import (
    Preview,
    Verdict,
    operations,
    preview,
)
from surveys.questionnaires.translating.texts import Text, texts_of
from surveys.questionnaires.translating.workbook import Headings, digest, read, write
from tests.exporters.recalculation import converted
from tests.surveys.questionnaires.translating.factories import PAIR, form, question, whole_form
from tests.surveys.xlsform.workbooks import workbook as made

HEADINGS = Headings("Vị trí", "Loại", "Tiếng Việt (vi)", "Tiếng Anh (en)")
SOURCES = {"vi": "en", "en": "vi"}
TEXTS = texts_of(whole_form())
SLOW = [HealthCheck.too_slow]


def book(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def typed(data: bytes, **cells: str | None) -> bytes:
    """The workbook with something typed into cells of its sheet."""
    opened = book(data)
    for place, value in cells.items():
        opened[workbook.SHEET][place] = value
    stream = io.BytesIO()
    opened.save(stream)
    return stream.getvalue()


def returned(data: bytes, texts: tuple[Text, ...] = TEXTS) -> Preview:
    found = read(data, "dich.xlsx", ["vi", "en"])
    assert found.problems == ()
    return preview(texts, found.lines, SOURCES)


def verdicts(found: Preview) -> dict[str, str]:
    return {each.key: each.verdict.value for each in found.findings}


def row_of(data: bytes, key: str) -> int:
    rows = book(data)[workbook.SHEET].iter_rows(values_only=True)
    return next(number for number, row in enumerate(rows, 1) if row[0] == key)


EXPORTED = write(TEXTS, PAIR, HEADINGS)


def test_the_sheet_is_protected_but_for_the_translations():
    sheet = book(EXPORTED)[workbook.SHEET]

    assert sheet.protection.sheet
    assert [cell.protection.locked for cell in sheet[2]] == [True] * 6 + [False]
    assert [cell.protection.locked for cell in sheet[1]] == [True] * 7


def test_key_and_digests_are_hidden_the_head_stays_in_view_and_is_filtered():
    sheet = book(EXPORTED)[workbook.SHEET]

    hidden = [column for column in "ABCDEFG" if sheet.column_dimensions[column].hidden]
    assert (hidden, sheet.freeze_panes, sheet.auto_filter.ref) == (["A", "B", "C"], "A2", "A1:G11")


def test_a_text_that_looks_like_a_formula_is_a_text():
    found = texts_of(form(question("q", label={"vi": "=1+1", "en": '=HYPERLINK("x")'})))

    sheet = book(write(found, PAIR, HEADINGS))[workbook.SHEET]

    assert [(cell.value, cell.data_type, cell.number_format) for cell in sheet[3][5:]] == [
        ("=1+1", "s", "@"),
        ('=HYPERLINK("x")', "s", "@"),
    ]


def test_what_comes_back_as_it_went_changes_nothing():
    found = returned(EXPORTED)

    assert set(verdicts(found).values()) == {"unchanged", "empty"}
    assert operations(found) == ()


@pytest.mark.parametrize(
    "text", ["_x0041_", "_x005F_x0041_", "&amp;", "<b>", " 'x ", "1e5", "TRUE"]
)
def test_a_text_that_workbooks_write_otherwise_comes_back_as_it_went(text):
    texts = texts_of(form(question("q", label={"vi": text, "en": text})))

    lines = read(write(texts, PAIR, HEADINGS), "dich.xlsx", ["vi", "en"]).lines

    assert lines[1].target == text


def test_what_was_typed_is_new_or_changed():
    new, changed = row_of(EXPORTED, "q1.label.en"), row_of(EXPORTED, "a.label.en")

    found = returned(typed(EXPORTED, **{f"G{new}": "Staff", f"G{changed}": "Section A"}))

    assert [(each.key, each.verdict) for each in found.of(Verdict.NEW, Verdict.CHANGED)] == [
        ("a.label.en", Verdict.CHANGED),
        ("q1.label.en", Verdict.NEW),
    ]
    assert [(each.node, each.field, each.old, each.new) for each in operations(found)] == [
        ("a", "label.en", "Part A", "Section A"),
        ("q1", "label.en", "", "Staff"),
    ]


def test_an_emptied_cell_clears_nothing():
    place = row_of(EXPORTED, "a.label.en")

    found = returned(typed(EXPORTED, **{f"G{place}": None}))

    assert (verdicts(found)["a.label.en"], operations(found)) == ("empty", ())


def altered(key: str, **texts: str) -> tuple[Text, ...]:
    """The texts of the draft after somebody changed one of them."""
    return tuple(replace(t, texts={**t.texts, **texts}) if t.key == key else t for t in TEXTS)


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        ({"vi": "Phần 1"}, "Section A", "source_changed"),
        ({"en": "Chapter A"}, "Section A", "target_changed"),
        ({"en": "Chapter A"}, "Part A", "unchanged"),
        ({"vi": "Phần 1"}, "Part A", "unchanged"),
        ({"en": "Section A"}, "Section A", "unchanged"),
        ({"vi": "Phần 1", "en": "Chapter A"}, "Section A", "target_changed"),
    ],
)
def test_a_change_here_and_one_there_are_compared(here, there, expected):
    place = row_of(EXPORTED, "a.label.en")

    found = returned(typed(EXPORTED, **{f"G{place}": there}), altered("a.label", **here))

    assert verdicts(found)["a.label.en"] == expected


def test_a_conflict_changes_nothing_unless_it_is_taken():
    place = row_of(EXPORTED, "a.label.en")
    found = returned(
        typed(EXPORTED, **{f"G{place}": "Section A"}), altered("a.label", en="Chapter A")
    )

    assert operations(found) == ()
    assert [(each.old, each.new) for each in operations(found, {"a.label.en"})] == [
        ("Chapter A", "Section A")
    ]


@pytest.mark.parametrize(
    "key",
    [
        "gone.label.en",
        "q1.relevant.en",
        "q1.name.en",
        "q1.label.km",
        "nonsense",
        "",
        "../x.y.en",
    ],
)
def test_a_key_of_no_text_is_a_problem_at_its_cell(key):
    place = row_of(EXPORTED, "q1.label.en")

    found = returned(typed(EXPORTED, **{f"A{place}": key or " ", f"G{place}": "Staff"}))

    problem = found.problems[0]
    assert (problem.code, problem.at) == ("key_unknown", f"translations!A{place}")
    assert operations(found) == ()


def test_the_second_row_of_a_text_is_left_out():
    first, second = row_of(EXPORTED, "q1.label.en"), row_of(EXPORTED, "c2.label.en")
    cells = {f"A{second}": "q1.label.en", f"G{first}": "Staff", f"G{second}": "People"}

    found = returned(typed(EXPORTED, **cells))

    assert [problem.code for problem in found.problems] == ["key_twice"]
    assert [each.new for each in operations(found)] == ["Staff"]


def test_columns_may_stand_in_another_order():
    rows = [["Tiếng Anh (en)", "target_was", "key", "source_was"]]
    rows += [["Staff", digest(""), "q1.label.en", digest("Số người")]]

    found = returned(made(translations=rows))

    assert verdicts(found) == {"q1.label.en": "new"}


def test_a_preview_is_another_one_when_the_draft_has_gone_on():
    before, after = returned(EXPORTED), returned(EXPORTED, altered("a.label", en="Chapter A"))

    assert before.digest != after.digest


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "workbook_unreadable"),
        (b"PK\x03\x04 nothing", "workbook_unreadable"),
        (b"<html>", "workbook_unreadable"),
        (made(survey=[["type", "name"]]), "sheet_missing"),
        (made(translations=[["Tiếng Anh (en)"], ["x"]]), "column_missing"),
        (made(translations=[["key", "key", "source_was", "target_was"]]), "column_twice"),
        (
            made(translations=[["key", "source_was", "target_was"], ["=1+1", "", ""]]),
            "formula_without_value",
        ),
        (b"x" * (10 * 1024 * 1024 + 1), "workbook_too_large"),
    ],
    ids=["empty", "broken", "html", "other", "headless", "twice", "formula", "large"],
)
def test_a_file_that_is_no_such_workbook_gives_problems(data, code):
    found = read(data, "dich.xlsx", ["vi", "en"])

    assert (found.lines, found.problems[0].code) == ((), code)


LETTERS = st.characters(blacklist_categories=["Cs"], blacklist_characters="\ufffe\uffff\r")
SAID = st.text(LETTERS.filter(lambda c: c >= " " or c in "\n\t"), max_size=40)


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(st.lists(st.tuples(SAID, SAID), min_size=1, max_size=6))
def test_whatever_the_texts_are_the_workbook_comes_back_unchanged(pairs):
    asked = [question(f"q{n}", label={"vi": s, "en": t}) for n, (s, t) in enumerate(pairs)]
    texts = texts_of(form(*asked))

    found = returned(write(texts, PAIR, HEADINGS), texts)

    assert found.problems == ()
    assert len(found.findings) == len(texts)
    assert operations(found) == ()


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(SAID.filter(str.strip), SAID, SAID.filter(str.strip))
def test_what_is_typed_into_a_workbook_is_what_comes_back(source, before, after):
    text = next(t for t in texts_of(form(question("q", label={"vi": source}))) if t.uid == "q")
    went = replace(text, texts={"vi": source, "en": before})
    filled = replace(text, texts={"vi": source, "en": after})
    lines = read(write([filled], PAIR, HEADINGS), "a.xlsx", ["vi", "en"]).lines
    (line,) = (replace(each, target_was=digest(before)) for each in lines)

    found = operations(preview([went], [line], SOURCES))

    assert [(each.old, each.new) for each in found] == ([(before, after)] * (before != after))


def test_a_workbook_into_the_default_language_speaks_of_that():
    lines = read(write(TEXTS, Pair("en", "vi"), HEADINGS), "a.xlsx", ["vi", "en"]).lines

    assert {line.language for line in lines} == {"vi"}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_workbook_that_libreoffice_saved_shows_exactly_what_was_typed(tmp_path):
    odd = {"vi": " Số _x0041_\n=1+1 ", "en": " =A1\nkept "}
    texts = texts_of(form(question("q", label=odd), question("r", label={"vi": "001"})))
    went = write(texts, PAIR, HEADINGS)
    place = row_of(went, "r.label.en")

    saved = converted(typed(went, **{f"G{place}": "007"}), tmp_path)

    found = returned(saved, texts)
    assert [(each.node, each.field, each.new) for each in operations(found)] == [
        ("r", "label.en", "007")
    ]


def test_the_package_names_no_part_that_a_formula_could_hide_in():
    with ZipFile(io.BytesIO(EXPORTED)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")

    assert b"<f>" not in sheet
