"""Raw data as tables: what was signed, in the columns of a plan."""

from datetime import date

import pytest

from tests.exporters.raw.answered import FULL, Answered
from tests.exporters.raw.read import columns_of, schema_holds, tables_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return Answered()


@pytest.fixture
def round_(world):
    found = world.round("ky-1")
    world.answer(found, FULL, key="tinh-a")
    return found


def test_a_response_is_a_row_that_says_whose_it_is(round_):
    [row] = tables_of(round_)["responses"]

    assert {
        name: row[name] for name in ("round", "version", "unit_key", "unit_name", "late_days")
    } == {
        "round": "ky-1",
        "version": 1,
        "unit_key": "tinh-a",
        "unit_name": "Tỉnh lúc ấy",
        "late_days": 2,
    }
    assert list(row)[:2] == ["round", "version"]


def test_answers_stand_under_the_names_of_their_questions(round_):
    [row] = tables_of(round_)["responses"]

    answers = {
        "kind": "a",
        "staff": 12,
        "tools": "web chat",
        "tools.web": 1,
        "tools.app": 0,
        "order.app": 1,
        "order.web": 2,
        "order.chat": None,
        "since": date(2024, 5, 31),
        "note": "!=1+1",
        "budget.now.plan": 1.5,
        "budget.now.source": "b",
        "budget.next.source": None,
        "works.rows": 2,
    }
    assert {name: row[name] for name in answers} == answers


def test_the_revision_is_named_with_its_hash(round_, world):
    [row] = tables_of(round_)["responses"]

    [revision] = world.versions[0].responses.get().revisions.all()
    assert (row["revision"], row["revision_sha256"]) == (1, revision.sha256)


def test_personal_data_have_no_column(round_):
    found = tables_of(round_)

    names = {name for rows in found.values() for row in rows for name in row}
    assert names.isdisjoint({"officer", "leader", "officer.missing"})


def test_a_table_in_long_form_has_a_row_for_each_of_its_rows(round_):
    rows = tables_of(round_)["budget"]

    assert [(row["unit_key"], row["row"], row["plan"], row["source"]) for row in rows] == [
        ("tinh-a", "now", 1.5, "b"),
        ("tinh-a", "next", 2.0, None),
    ]


def test_the_rows_of_a_repeat_have_their_ids(round_):
    rows = tables_of(round_)["works"]

    assert [(row["row_id"], row["row_number"], row["work"], row["days"]) for row in rows] == [
        ("r1", 1, "Đề án", 3),
        ("r2", 2, "Nền tảng", None),
    ]


def test_every_row_names_its_response(round_):
    found = tables_of(round_)

    [response] = {row["response"] for row in found["responses"]}
    assert {row["response"] for name in ("budget", "works") for row in found[name]} == {response}


def test_batches_have_the_schema_that_formats_expect(round_):
    assert schema_holds(round_)


@pytest.fixture
def coded(world):
    found = world.round("ky-2")
    world.answer(
        found,
        {"kind": "a", "works": [{"_id": "r1"}]},
        remarks={
            "staff": {"missing": "CCSL", "expected": "2026-12-31"},
            "budget/now/plan": {"missing": "HC", "reason": "Mật"},
            "works/r1/days": {"missing": "KAD"},
            "note": {"explanation": "Đã giải trình"},
            "officer": {"missing": "HC", "reason": {"sha256": "sha256:02"}},
        },
    )
    world.answer(found, {"kind": "b"})
    return found


def test_a_missing_code_stands_beside_the_cell_for_formats(coded):
    first, second = tables_of(coded)["responses"]

    assert (first["staff"], first["staff:missing"]) == (None, "CCSL")
    assert (second["staff"], second["staff:missing"]) == (None, None)


def test_missing_codes_can_have_columns_of_their_own(coded):
    first, second = tables_of(coded, missing="column")["responses"]

    assert (first["staff.missing"], second["staff.missing"]) == ("CCSL", None)
    assert "staff:missing" not in first


def test_what_was_never_asked_can_be_told_from_a_blank(coded):
    first, second = tables_of(coded, not_asked=True)["responses"]

    assert (first["note:missing"], second["staff:missing"]) == (None, "-")


def test_codes_stand_in_tables_and_repeats_too(coded):
    found = tables_of(coded)

    assert found["budget"][0]["plan:missing"] == "HC"
    assert found["works"][0]["days:missing"] == "KAD"


def test_what_was_said_is_a_table_without_what_is_personal(coded):
    rows = tables_of(coded)["remarks"]

    told = ("table", "row_id", "column", "code", "reason", "expected", "explanation")
    assert [tuple(row[name] for name in told) for row in rows] == [
        ("budget", "now", "plan", "HC", "Mật", None, None),
        (None, None, "note", None, None, None, "Đã giải trình"),
        (None, None, "staff", "CCSL", None, date(2026, 12, 31), None),
        ("works", "r1", "days", "KAD", None, None, None),
    ]


PLANS = [
    ({}, "kind", "a"),
    ({"values": "labels"}, "kind", "Loại A"),
    ({"values": "labels", "languages": "en"}, "kind", "Loại A (en)"),
    ({"values": "labels", "languages": "both"}, "kind", "Loại A / Loại A (en)"),
    ({"values": "labels"}, "tools", "Trang web; Trợ lý"),
    ({"several": "joined"}, "tools", "web chat"),
]


@pytest.mark.parametrize(("plan", "column", "stands"), PLANS)
def test_a_plan_says_what_stands_for_a_choice(round_, plan, column, stands):
    [row] = tables_of(round_, **plan)["responses"]

    assert row[column] == stands


WHICH = [
    ({}, {"tools", "tools.web", "budget.now.plan", "works.rows"}, set()),
    ({"several": "joined"}, {"tools"}, {"tools.web"}),
    ({"grids": "long"}, {"tools"}, {"budget.now.plan"}),
    ({"questions": ("kind", "budget")}, {"kind", "budget.now.plan"}, {"staff", "works.rows"}),
]


@pytest.mark.parametrize(("plan", "there", "absent"), WHICH)
def test_a_plan_says_which_columns_there_are(round_, plan, there, absent):
    columns = columns_of("responses", round_, **plan)

    assert there <= set(columns)
    assert absent.isdisjoint(columns)


TABLES = [
    ({}, {"responses", "budget", "works", "changes"}),
    ({"grids": "wide"}, {"responses", "works", "changes"}),
    ({"questions": ("kind",)}, {"responses", "changes"}),
    ({"questions": ("works",)}, {"responses", "works", "changes"}),
]


@pytest.mark.parametrize(("plan", "names"), TABLES)
def test_a_plan_says_which_tables_there_are(round_, plan, names):
    assert set(tables_of(round_, **plan)) == names


LABELS = [("vi", "Câu staff"), ("en", "Item staff"), ("both", "Câu staff / Item staff")]


@pytest.mark.parametrize(("languages", "label"), LABELS)
def test_labels_are_in_the_languages_of_the_plan(round_, languages, label):
    assert columns_of("responses", round_, languages=languages)["staff"].label == label


def test_columns_say_what_formats_need_to_know(round_):
    columns = columns_of("responses", round_)

    assert columns["kind"].labels == {"a": "Loại A", "b": "Loại B"}
    assert columns["staff"].unit == "người"
    assert list(columns["staff"].missing) == ["KAD", "CCSL", "HC"]
