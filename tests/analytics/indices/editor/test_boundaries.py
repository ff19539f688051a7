"""Merges of units are typed in a pane of their own."""

from typing import Any

from django.utils.datastructures import MultiValueDict

from analytics.indices.editor.boundaries import units_named, with_units_told
from analytics.indices.editor.drafts import following, judged, shown
from analytics.indices.editor.parts import BOUNDARIES
from tests.analytics.indices.factories import document

MERGE = {"into": "24", "from": ["24", "20"], "rule": "sum"}


def merged(*boundaries: dict[str, Any]) -> dict[str, Any]:
    return document(boundaries=list(boundaries))


def after(stated: dict[str, Any], rows: int, *lines: str) -> list[dict[str, Any]]:
    """The merges once the pane was sent, in lines of ``name=value``."""
    data = MultiValueDict[str, str]()
    data["rows $.boundaries"] = str(rows)
    for line in lines:
        name, _equals, value = line.partition("=")
        data[f"$.boundaries{name}" if name.startswith("[") else name] = value
    found: list[dict[str, Any]] = following(stated, BOUNDARIES, data).get("boundaries", [])
    return found


def test_a_merge_is_read_as_it_is_typed():
    found = after(
        merged(MERGE),
        1,
        "[0].from=24, 20; 18",
        "[0].into=24",
        "[0].rule=weighted",
        "[0].weight=dan_so",
    )

    assert found == [
        {
            "into": "24",
            "from": ["24", "20", "18"],
            "rule": "weighted",
            "weight": "dan_so",
            "keep": False,
        }
    ]


def test_a_merge_is_added_with_a_code_of_its_own():
    found = after(document(), 0, "act=boundary")

    assert found == [{"into": "u1", "from": []}]


def test_a_merge_can_be_stored_before_it_is_filled_in():
    assert judged(merged({"into": "u1", "from": []})).problems == ()


def test_a_merge_goes():
    second = MERGE | {"into": "01"}

    found = after(
        merged(MERGE, second),
        2,
        "[0].from=24, 20",
        "[0].into=24",
        "[0].rule=sum",
        "[1].from=30",
        "[1].into=01",
        "[1].rule=sum",
        "act=remove $.boundaries[0]",
    )

    assert found == [{"into": "01", "from": ["30"], "rule": "sum", "keep": False}]


def test_a_row_that_could_not_be_stored_yet_is_not_lost():
    found = after(
        merged(MERGE), 2, "[0].from=", "[0].into=24", "[0].rule=sum", "[1].from=30", "[1].into=01"
    )

    assert [each["into"] for each in found] == ["24", "01"]


def test_a_row_that_is_gone_from_the_form_takes_no_other_rows_place():
    found = after(
        merged(MERGE | {"into": "01"}, MERGE), 1, "[0].from=24, 20", "[0].into=24", "[0].rule=sum"
    )

    assert found == [MERGE | {"keep": False}]


def test_what_is_wrong_is_told_at_its_field():
    stated = merged({"into": "24", "from": ["24", "20"], "rule": "weighted"})

    (group,) = shown(BOUNDARIES, judged(stated)).groups

    told = {field.place[-1]: field.problem for field in group.rows[0].fields if field.problem}
    assert told == {"weight": "Hãy ghi cột trọng số"}


def test_codes_of_units_are_told_by_their_names():
    (group,) = shown(BOUNDARIES, judged(merged(MERGE))).groups

    (told,) = with_units_told([group], {"24": "Bắc Ninh"})

    hints = {field.place[-1]: field.hint for field in told.rows[0].fields}
    assert hints["from"] == "24: Bắc Ninh; 20: không có cơ quan nào mang mã này"
    assert units_named(merged(MERGE)) == {"24", "20"}


def test_merges_follow_a_node_that_is_called_otherwise():
    stated = merged(MERGE | {"rule": "mean_of_nodes", "nodes": ["safety"]})

    found = following(stated, "tree", MultiValueDict({"$.tree.children[1].code": ["an-toan"]}))

    assert found["boundaries"][0]["nodes"] == ["an-toan"]
