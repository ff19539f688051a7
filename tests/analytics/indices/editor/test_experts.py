"""Points of experts are typed in a table of their own, checked against what each spends."""

from typing import Any

from django.utils.datastructures import MultiValueDict

from analytics.indices.editor.drafts import Read, following, judged, shown
from analytics.indices.editor.experts import prepared
from analytics.indices.editor.parts import STEPS, TREE, Row, fields_of
from tests.analytics.indices.factories import document

AT = "$.weighting.by_node.index"


def weighed(*experts: dict[str, Any], method: str = "budget") -> dict[str, Any]:
    return document(weighting={"by_node": {"index": {"method": method, "experts": list(experts)}}})


def expert(safety: Any = 40, organisation: Any = 60, name: str = "An") -> dict[str, Any]:
    return {"name": name, "points": {"organisation": organisation, "safety": safety}}


def rows(read: Read) -> list[Row]:
    """The rows of points below the root."""
    groups = shown(STEPS, read).groups
    return next(row.rows for group in groups for row in group.rows if row.name == AT)


def sent(stated: dict[str, Any], **changes: str) -> MultiValueDict[str, str]:
    """What the pane sends of a document, with changes by the end of a field's name."""
    data = MultiValueDict[str, str]()
    for field in fields_of(shown(STEPS, judged(prepared(stated))).groups):
        if field.kind == "check":
            continue
        names = dict(field.ends) if field.kind == "pair" else {field.name: field.shown}
        data.update(names)
    data[f"rows {AT}.experts"] = str(len(stated["weighting"]["by_node"]["index"]["experts"]))
    for name, value in changes.items():
        data[name if name in ("act", "show") else f"{AT}.{name}"] = value
    return data


def after(stated: dict[str, Any], **changes: str) -> dict[str, Any]:
    """How the root is weighted once the pane was sent."""
    found: dict[str, Any] = following(stated, STEPS, sent(stated, **changes))
    group: dict[str, Any] = found["weighting"]["by_node"]["index"]
    return group


def test_a_node_weighted_by_points_has_a_row_for_each_expert_in_the_order_of_its_children():
    found = rows(judged(weighed(expert(), expert(name="Bình"))))

    assert [[field.label for field in row.fields] for row in found] == [
        ["Chuyên gia 1", "Tổ chức", "An toàn"],
        ["Chuyên gia 2", "Tổ chức", "An toàn"],
    ]
    assert [field.shown for field in found[1].fields] == ["Bình", "60", "40"]


def test_an_indicator_below_is_called_by_its_name():
    stated = document(weighting={"by_node": {"organisation": {"method": "budget"}}})

    groups = shown(STEPS, judged(prepared(stated))).groups

    labels = [
        field.label
        for group in groups
        for row in group.rows
        for each in row.rows
        for field in each.fields
    ]
    assert labels == ["Chuyên gia 1", "T1a", "Biên chế"]


def test_points_that_add_up_to_the_budget_are_kept():
    (row,) = rows(judged(weighed(expert(safety=39.5, organisation=60.5))))

    assert row.total is not None
    assert (row.total.shown, row.total.is_kept, row.total.problem) == ("100", True, "")


def test_points_that_do_not_add_up_are_told_beside_their_sum():
    (row,) = rows(judged(weighed(expert(safety=30))))

    assert row.total is not None
    assert (row.total.shown, row.total.is_kept, row.total.problem) == (
        "90",
        False,
        "Mỗi chuyên gia phân đủ 100 điểm",
    )


def test_points_that_are_no_figures_add_up_to_nothing_and_are_told_at_their_field():
    (row,) = rows(judged(weighed(expert(safety="nhiều"))))

    assert row.total is not None
    assert row.total.shown == ""
    assert [bool(field.problem) for field in row.fields] == [False, False, True]


def test_points_for_what_is_no_longer_below_keep_their_field():
    stated = expert() | {"points": {"organisation": 60, "safety": 30, "gone": 10}}

    (row,) = rows(judged(weighed(stated)))

    assert [(field.label, field.shown) for field in row.fields[1:]] == [
        ("Tổ chức", "60"),
        ("An toàn", "30"),
        ("gone (không thuộc nhóm)", "10"),
    ]


def test_points_are_read_as_they_are_typed():
    group = after(weighed(expert()), **{"experts[0].points.safety": "39,5"})

    assert group["experts"] == [expert(safety=39.5)]


def test_choosing_points_gives_a_row_to_begin_with():
    stated = document()

    found = following(stated, STEPS, MultiValueDict({f"{AT}.method": ["budget"]}))

    assert found["weighting"]["by_node"]["index"]["experts"] == [{"points": {}}]


def test_another_expert_is_added_behind_the_others():
    group = after(weighed(expert()), act=f"expert {AT}")

    assert group["experts"] == [expert(), {"points": {}}]


def test_an_expert_goes_with_the_points():
    group = after(weighed(expert(), expert(name="Bình")), act=f"remove {AT}.experts[0]")

    assert group["experts"] == [expert(name="Bình")]


def test_a_row_that_could_not_be_stored_yet_is_not_lost():
    stated = weighed(expert())
    typed = sent(weighed(expert(), expert(name="Bình", safety="x")))

    found = following(stated, STEPS, typed)

    experts = found["weighting"]["by_node"]["index"]["experts"]
    assert experts == [expert(), expert(name="Bình", safety="x")]


def test_points_follow_what_is_called_otherwise():
    stated = weighed(expert())
    typed = MultiValueDict[str, str]()
    for field in fields_of_tree(stated):
        typed[field.name] = field.shown
    typed["$.tree.children[1].code"] = "an-toan"

    found = following(stated, TREE, typed)

    points = found["weighting"]["by_node"]["index"]["experts"][0]["points"]
    assert points == {"organisation": 60, "an-toan": 40}


def test_leaving_a_node_to_the_rule_for_all_takes_what_experts_said_with_it():
    stated = weighed(expert())

    found = following(stated, STEPS, sent(stated, method=""))

    assert found["weighting"]["by_node"] == {}


def test_comparisons_in_pairs_begin_anew_where_points_were_spent():
    group = after(weighed(expert()), method="ahp")

    assert group == {"method": "ahp", "matrix": [[1, 1], [1, 1]]}


def test_another_method_keeps_the_points():
    group = after(weighed(expert()), method="equal")

    assert group == {"method": "equal", "experts": [expert()]}


def fields_of_tree(stated: dict[str, Any]) -> list[Any]:
    tree = shown(TREE, judged(stated)).tree
    assert tree is not None
    return tree.fields
