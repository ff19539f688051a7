"""Differences of two versions are told in words, with names, codes and figures as people write them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from analytics.definitions import compare, json_schema, read
from analytics.definitions.comparing import ORDER
from analytics.definitions.things import ABOVE, Place, Sort
from analytics.indices.changes import ChangedThing, ChangeLine, changed_things
from analytics.indices.changes.labels import label_of
from tests.analytics.indices.factories import document


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def told(after: dict[str, Any], language: str = "en", **before: Any) -> list[ChangedThing]:
    old, new = read(document(**before)), read(after)
    return changed_things(compare(old, new), old, new, language)


def lines(after: dict[str, Any], **before: Any) -> tuple[ChangeLine, ...]:
    (thing,) = told(after, **before)
    return thing.lines


def test_a_node_is_called_by_its_name_with_its_code_and_what_it_stands_below():
    after = document()
    after["tree"]["children"][0]["weight"] = 0.25

    (thing,) = told(after)

    assert (thing.title, thing.code, thing.sort, thing.above, thing.what) == (
        "Tổ chức",
        "organisation",
        "Node",
        "Chỉ số (index)",
        "Changed",
    )
    assert thing.lines == (ChangeLine("Weight", "0.6", "0.25"),)


def test_figures_are_written_as_the_language_writes_them():
    after = document()
    after["tree"]["children"][0]["weight"] = 0.25
    after["indicators"][2]["target"] = 12345.5

    with translation.override("vi"):
        found = [line for thing in told(after, "vi") for line in thing.lines]

    assert [(line.before, line.after) for line in found] == [("0,6", "0,25"), ("40", "12.345,5")]


def test_a_choice_is_told_by_its_name():
    after = document()
    after["tree"]["aggregation"] = {"method": "geometric"}

    assert lines(after) == (ChangeLine("Put together by", "Arithmetic mean", "Geometric mean"),)


def test_what_is_left_to_the_rule_for_all_is_told_so():
    after = document()
    after["indicators"][0]["imputation"] = {"method": "median"}

    assert lines(after) == (ChangeLine("Missing values: Blanks", "As for all", "Median of all"),)


def test_what_was_not_stated_is_told_so():
    after = document(basis="Decision 1690")

    assert lines(after) == (ChangeLine("Legal basis", "Nothing stated", "Decision 1690"),)


def test_of_an_indicator_that_came_only_the_new_side_is_told():
    after = document()
    after["indicators"].append({"code": "new", "direction": "down", "name": {"en": "Delay"}})
    after["tree"]["children"][1]["children"].append({"indicator": "new", "weight": 2})

    (thing,) = told(after)

    assert (thing.title, thing.code, thing.above, thing.what) == (
        "Delay",
        "new",
        "An toàn (safety)",
        "Added",
    )
    assert thing.lines == (
        ChangeLine("Direction", "", "Less is better"),
        ChangeLine("Name (en)", "", "Delay"),
        ChangeLine("Weight", "", "2"),
    )


def test_of_an_indicator_that_is_gone_only_the_old_side_is_told():
    after = document()
    del after["indicators"][1]
    after["tree"]["children"][1]["children"] = [{"indicator": "posts"}]
    after["tree"]["children"][0]["children"] = [{"indicator": "T1a"}]

    gone, moved = told(after)

    assert (gone.title, gone.what) == ("ATTT", "Removed")
    assert {line.after for line in gone.lines} == {""}
    assert moved.lines == (
        ChangeLine("Stands below", "Tổ chức (organisation)", "An toàn (safety)"),
    )


def test_another_order_is_told_by_the_names():
    after = document()
    after["tree"]["children"].reverse()

    assert lines(after) == (
        ChangeLine(
            "Order of what stands below",
            "Tổ chức (organisation), An toàn (safety)",
            "An toàn (safety), Tổ chức (organisation)",
        ),
    )


def test_an_experts_points_are_told_by_the_name_of_what_they_go_to():
    def weighed(safety: int) -> dict[str, Any]:
        points = {"organisation": 100 - safety, "safety": safety}
        group = {"method": "budget", "experts": [{"name": "An", "points": points}]}
        return {"by_node": {"index": group}}

    assert lines(document(weighting=weighed(30)), weighting=weighed(50))[1] == ChangeLine(
        "Points of An for An toàn (safety)", "50", "30"
    )


def test_a_comparison_in_pairs_is_told_as_it_is_typed():
    def weighed(entry: float) -> dict[str, Any]:
        group = {"method": "ahp", "matrix": [[1, entry], [1 / entry, 1]]}
        return {"by_node": {"index": group}}

    assert lines(document(weighting=weighed(1 / 3)), weighting=weighed(3)) == (
        ChangeLine("Tổ chức (organisation) over An toàn (safety)", "3", "1/3"),
    )


def test_conditions_of_a_level_are_told_as_sentences():
    def levelled(*gates: dict[str, Any]) -> list[dict[str, Any]]:
        bands = [{"level": 1, "from": 0}, {"level": 2, "from": 50, "gates": list(gates)}]
        return [{"nodes": ["index"], "bands": bands}]

    count = {"kind": "count", "at_least": 1, "level": 1}
    score = {"kind": "score", "node": "safety", "compare": ">", "value": 12.5}
    (line,) = lines(document(levels=levelled(count, score)), levels=levelled())

    assert (line.label, line.before, line.after) == (
        "Conditions",
        "Nothing stated",
        "at least 1 of what stands directly below reach level 1; An toàn (safety) has a score > 12.5",
    )


def test_what_a_test_of_uncertainty_tries_is_told_without_its_defaults():
    tried = {"normalisation": [{"method": "z", "sd": 10}, {"method": "rank"}]}

    (line,) = lines(document(uncertainty=tried))

    assert line.after == "z-score, Standard deviation of the z-scores: 10; Rank"


def test_a_merged_unit_is_told_by_its_rule():
    (thing,) = told(document(boundaries=[{"into": "24", "from": ["24", "20"], "rule": "sum"}]))

    assert (thing.title, thing.sort) == ("24", "Merged unit")
    assert thing.lines == (
        ChangeLine("Came of the units", "", "24, 20"),
        ChangeLine("What the new unit has", "", "The sum of the old units"),
    )


def test_everything_that_a_definition_can_say_has_words():
    without = [
        ".".join(place)
        for sort, place in _every_place()
        if label_of(sort, place, str) in {"", ".".join(place)}
    ]

    assert without == []


_HOLDERS = {
    "IndexDefinition": Sort.WHOLE,
    "NodeDefinition": Sort.NODE,
    "IndicatorDefinition": Sort.INDICATOR,
    "LevelScheme": Sort.SCHEME,
    "Band": Sort.LEVEL,
    "Boundary": Sort.BOUNDARY,
}
_THINGS = {
    "indicators",
    "tree",
    "support",
    "levels",
    "boundaries",
    "children",
    "bands",
    "by_node",
    "matrix",
    "experts",
}
_KEYS = {("node", "code"), ("indicator", "code"), ("level", "level"), ("boundary", "into")}


def _every_place() -> Iterator[tuple[Sort, Place]]:
    schema = json_schema()
    for name, sort in _HOLDERS.items():
        model = schema["$defs"].get(name, schema)
        for place in _places(schema, model, ()):
            if (str(sort), place[0]) not in _KEYS and (sort, place) != (Sort.SCHEME, ("nodes",)):
                yield sort, place
    yield Sort.NODE, ABOVE
    yield Sort.NODE, ORDER


def _places(schema: dict[str, Any], model: dict[str, Any], at: Place) -> Iterator[Place]:
    for key, held in model["properties"].items():
        if key in _THINGS:
            continue
        refs = [held, *held.get("anyOf", ())]
        name = next((each["$ref"].split("/")[-1] for each in refs if "$ref" in each), "")
        inner = schema["$defs"].get(name, held)
        if "properties" in inner:
            yield from _places(schema, inner, (*at, key))
        elif inner.get("type") == "object":
            yield (*at, key, "vi")
        else:
            yield (*at, key)
