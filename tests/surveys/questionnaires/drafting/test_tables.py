"""Commands of the table editor."""

from typing import Any

import pytest

from surveys.definitions import load
from surveys.definitions.editing import EditError, Tree, apply, inverse
from surveys.engine import compile_definition, errors
from surveys.questionnaires.drafting import plan
from surveys.questionnaires.drafting.table_checks import read_range
from surveys.questionnaires.edit_words import EditRefusal
from tests.surveys.definitions.editing.factories import draft, question, uids

Data = dict[str, Any]


def document(**table: Any) -> Data:
    """A table t of rows r1, r2, r3 and columns x, y, z, as the draft's only element beside a question."""
    made = draft()
    made["languages"] = ["vi", "en"]
    held = made["children"][1]
    held |= {"columns": [labelled(name) for name in "xyz"]} | table
    made["lists"]["rows"]["choices"] = [
        {"name": f"r{n}", "label": {"vi": f"Hàng {n}"}, "uid": f"u_r{n}"} for n in (1, 2, 3)
    ]
    return made


def labelled(name: str, **fields: Any) -> Data:
    return question(name, "integer", label={"vi": f"Cột {name}"}, **fields)


def fresh() -> Data:
    """A table as it is added: one column and two rows that nobody has named."""
    made = document(columns=[question("cau_1", "integer")])
    made["lists"]["rows"]["choices"] = [
        {"name": str(n), "label": {}, "uid": f"u_r{n}"} for n in (1, 2)
    ]
    return made


def done(name: str, before: Data | None = None, /, **arguments: Any) -> Tree:
    """The draft after a command, which can be taken back whole."""
    given = before or document()
    planned = plan(Tree(given), name, {"table": "u_t"} | arguments)
    after, took_place = apply(given, planned.operations, new_uid=uids("z"))
    load(after)
    back, _undone = apply(after, inverse(took_place), new_uid=uids("y"))
    assert load(back) == load(given)
    return Tree(after)


def table(tree: Tree) -> Data:
    return tree.node("u_t")


def columns(tree: Tree) -> list[str]:
    return [each["name"] for each in table(tree)["columns"]]


def rows(tree: Tree) -> list[str]:
    return [each["name"] for each in tree.document["lists"][table(tree)["row_list"]]["choices"]]


def test_as_many_columns_are_inserted_as_are_chosen():
    tree = done("table_insert", axis="columns", nodes=["u_x", "u_y"], before=True)

    assert columns(tree) == ["cau_1", "cau_2", "x", "y", "z"]


def test_rows_are_inserted_behind_the_chosen_ones_with_codes_of_their_own():
    tree = done("table_insert", axis="rows", nodes=["u_r1"])

    assert rows(tree) == ["r1", "4", "r2", "r3"]


def test_without_a_choice_one_comes_at_the_end():
    assert rows(done("table_insert", axis="rows")) == ["r1", "r2", "r3", "4"]


def test_a_table_without_its_list_gets_it_with_the_first_row():
    before = document(row_list="lost")

    assert rows(done("table_insert", before, axis="rows")) == ["1"]


def test_deleted_rows_and_columns_are_no_longer_greyed():
    before = document(closed="row() = 'r1' and . = 'x' or row() = 'r2' and . = 'y'")

    assert table(done("table_delete", before, axis="rows", nodes=["u_r1"]))["closed"] == (
        "row() = 'r2' and . = 'y'"
    )
    assert table(done("table_delete", before, axis="columns", nodes=["u_y"]))["closed"] == (
        "row() = 'r1' and . = 'x'"
    )


def test_a_row_that_goes_is_no_longer_greyed_in_a_table_that_shares_it():
    before = document()
    other: Data = {"element": "table", "name": "t2", "uid": "u_t2", "row_list": "rows"}
    other |= {"columns": [labelled("q")], "closed": "row() = 'r1' and . = 'q'"}
    before["children"].append(other)

    tree = done("table_delete", before, axis="rows", nodes=["u_r1"])

    assert "closed" not in tree.node("u_t2")


def test_copies_stand_behind_the_last_of_those_chosen():
    assert columns(done("table_duplicate", axis="columns", nodes=["u_x", "u_y"])) == [
        *["x", "y", "x_2", "y_2", "z"]
    ]
    assert rows(done("table_duplicate", axis="rows", nodes=["u_r1"])) == ["r1", "r1_2", "r2", "r3"]


def test_a_copied_table_greys_its_own_columns():
    before = document(closed=". = 'x'")
    planned = plan(Tree(before), "duplicate", {"nodes": ["u_t"]})
    after, _done = apply(before, planned.operations, new_uid=uids())

    assert after["children"][2]["closed"] == ". = 'x_2'"


def test_a_renamed_column_stays_greyed():
    before = document(closed=". = 'x' and ${x} = 1 or . = 'y'")

    tree = done("rename", before, node="u_x", name="xa")

    assert table(tree)["closed"] == ". = 'xa' and ${xa} = 1 or . = 'y'"


def test_rows_of_ones_own_are_a_copy_of_the_shared_list():
    tree = done("table_own_rows")

    assert (table(tree)["row_list"], rows(tree)) == ("t_hang", ["r1", "r2", "r3"])


def test_cells_are_closed_and_opened():
    tree = done("table_close", cells=[["u_r1", "u_x"], ["u_r2", "u_x"]], on=True)
    assert table(tree)["closed"] == "(row() = 'r1' or row() = 'r2') and . = 'x'"

    opened = done("table_close", tree.document, cells=[["u_r1", "u_x"], ["u_r2", "u_x"]], on=False)
    assert "closed" not in table(opened)


def test_an_expression_that_says_more_is_not_written_over():
    with pytest.raises(EditRefusal):
        done("table_close", document(closed="${x} = 0"), cells=[["u_r1", "u_x"]], on=True)


@pytest.mark.parametrize(
    "cells", [None, [["u_r1"]], [["u_r1", "nobody"]], [[["u_r1"], "u_x"]], "ab"]
)
def test_cells_that_are_none_are_refused(cells: Any):
    with pytest.raises(EditError):
        done("table_close", cells=cells, on=True)


@pytest.mark.parametrize("name", ["table_insert", "table_delete", "table_duplicate"])
@pytest.mark.parametrize("given", [{"axis": "sideways"}, {"axis": "rows", "nodes": ["u_x"]}])
def test_what_stands_in_no_row_or_column_is_refused(name: str, given: dict[str, Any]):
    with pytest.raises(EditError):
        done(name, **({"nodes": ["u_r1"]} | given))


def test_headings_pasted_into_a_new_table_name_its_columns():
    tree = done(
        "table_paste", fresh(), part="columns", at="u_cau_1", over=True,
        text="Tổng số (người)\tNữ\tNgày báo cáo\tGhi chú",
    )  # fmt: skip

    assert [
        (each["name"], each["kind"], each["label"]["vi"], each.get("unit", {}).get("vi"))
        for each in table(tree)["columns"]
    ] == [
        ("tong_so", "integer", "Tổng số", "người"),
        ("nu", "integer", "Nữ", None),
        ("ngay_bao_cao", "date", "Ngày báo cáo", None),
        ("ghi_chu", "text", "Ghi chú", None),
    ]


def test_a_block_names_columns_and_rows():
    tree = done(
        "table_paste", fresh(), part="block", over=True,
        text="Chỉ tiêu\tSố lượng\n1. Cấp tỉnh\t\nCấp xã\t\nCấp xã\t",
    )  # fmt: skip

    assert (columns(tree), rows(tree)) == (["so_luong"], ["cap_tinh", "cap_xa", "cap_xa_2"])
    assert errors(compile_definition(load(tree.document)).problems) == []


def test_what_has_a_label_keeps_its_name_and_kind():
    tree = done("table_paste", part="columns", at="u_y", over=True, text="Ghi chú\tTên\tMới")

    assert [
        (each["name"], each["kind"], each["label"]["vi"]) for each in table(tree)["columns"]
    ] == [
        ("x", "integer", "Cột x"),
        ("y", "integer", "Ghi chú"),
        ("z", "integer", "Tên"),
        ("moi", "integer", "Mới"),
    ]


def test_without_writing_over_what_is_pasted_comes_behind():
    assert columns(done("table_paste", part="columns", at="u_x", text="A\tB")) == [
        *["x", "a_2", "b_2", "y", "z"]
    ]
    assert rows(done("table_paste", part="rows", at="u_r1", text="m1\tMột\nm2\tHai")) == [
        *["r1", "m1", "m2", "r2", "r3"]
    ]


def test_the_kinds_of_the_preview_are_taken():
    tree = done(
        "table_paste", fresh(), part="columns", over=True, text="A\tB", kinds=["text", "riddle"]
    )

    assert [each["kind"] for each in table(tree)["columns"]] == ["text", "integer"]


def test_texts_are_pasted_in_the_language_that_is_shown():
    tree = done(
        "table_paste", part="columns", at="u_x", over=True, language="en", text="Total\tWomen"
    )

    assert table(tree)["columns"][1]["label"] == {"vi": "Cột y", "en": "Women"}


def test_new_codes_are_told_to_what_greys_cells():
    before = fresh()
    before["children"][1]["closed"] = "row() = '1' and . = 'cau_1' or row() = '2' and . = 'cau_1'"

    tree = done("table_paste", before, part="block", over=True, text="\tA\nCấp tỉnh\t\nCấp xã\t")

    assert table(tree)["closed"] == (
        "row() = 'cap_tinh' and . = 'a_2' or row() = 'cap_xa' and . = 'a_2'"
    )


def test_nothing_to_paste_is_refused():
    with pytest.raises(EditError):
        done("table_paste", part="columns", text=" \t\n")


def test_questions_of_a_repeat_are_pasted_as_columns():
    before = document()
    before["children"].append(
        {"element": "repeat", "name": "p", "uid": "u_p", "children": [question("ten")]}
    )

    tree = done(
        "table_paste", before, table="u_p", part="columns", over=True, text="Họ tên\tNgày sinh"
    )

    assert [(each["name"], each["kind"]) for each in tree.node("u_p")["children"]] == [
        ("ho_ten", "text"),
        ("ngay_sinh", "date"),
    ]


def test_a_repeat_has_no_rows():
    before = document()
    before["children"].append({"element": "repeat", "name": "p", "uid": "u_p"})

    with pytest.raises(EditError):
        done("table_paste", before, table="u_p", part="rows", text="A")


@pytest.mark.parametrize(
    ("least", "most", "constraint"),
    [
        ("0", "100", ". >= 0 and . <= 100"),
        ("0", "", ". >= 0"),
        ("", "9,5", ". <= 9.5"),
        ("", "", None),
    ],
)
def test_a_range_of_numbers_is_a_rule(least: str, most: str, constraint: str | None):
    tree = done("table_range", node="u_x", least=least, most=most)

    assert tree.value("u_x", "constraint") == constraint
    assert read_range(constraint or "") == (least, most.replace(",", "."))


@pytest.mark.parametrize(
    ("before", "least"), [("", "nhiều"), (". = ${y}", "0"), (". > 0 and . < 5", "0")]
)
def test_a_rule_of_another_shape_is_left_alone(before: str, least: str):
    given = document(columns=[labelled("x", constraint=before), labelled("y")])

    with pytest.raises(EditError):
        done("table_range", given, node="u_x", least=least, most="")


def test_a_column_is_checked_to_be_the_sum_of_others():
    tree = done("table_check", check="sum", rule="constraint", of="u_z", parts=["u_x", "u_y"])

    assert tree.node("u_z")["constraint"] == ". = coalesce(${x}, 0) + coalesce(${y}, 0)"
    assert tree.node("u_z")["constraint_message"]["en"] == (
        "“Cột z” must be the sum of “Cột x”, “Cột y”."
    )
    assert errors(compile_definition(load(tree.document)).problems) == []


def test_each_part_is_checked_to_be_no_more_than_the_whole():
    tree = done("table_check", check="part", rule="warning", of="u_x", parts=["u_y", "u_z"])

    assert [tree.value(f"u_{name}", "warning") for name in "xyz"] == [
        None,
        "${x} = '' or . <= ${x}",
        "${x} = '' or . <= ${x}",
    ]


def test_a_row_is_checked_to_be_the_sum_of_rows_in_every_column_of_numbers():
    given = document(columns=[labelled("x"), question("n", label={"vi": "Ghi chú"})])

    tree = done("table_check", given, check="rows", rule="constraint", of="u_r1", parts=["u_r2"])

    assert [each.get("constraint") for each in table(tree)["columns"]] == [
        "row() != 'r1' or . = coalesce(cell(${x}, 'r2'), 0)",
        None,
    ]
    assert errors(compile_definition(load(tree.document)).problems) == []


def test_a_rule_that_is_there_holds_as_well():
    given = document(columns=[labelled("x", constraint=". > 0", constraint_message={"vi": "Số dương"}), labelled("y")])  # fmt: skip

    tree = done("table_check", given, check="part", rule="constraint", of="u_y", parts=["u_x"])

    assert tree.node("u_x")["constraint"] == "(. > 0) and (${y} = '' or . <= ${y})"
    assert tree.node("u_x")["constraint_message"] == {"vi": "Số dương"}


def test_a_check_of_nothing_is_refused():
    with pytest.raises(EditError):
        done("table_check", check="sum", rule="constraint", of="u_x", parts=["u_x"])
