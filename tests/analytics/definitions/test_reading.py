"""Definitions are read with every problem at once, and written so that they read the same."""

import json
import subprocess
import sys

import pytest

from analytics.definitions import (
    DefinitionUnreadable,
    definition_hash,
    json_schema,
    read,
    write,
    write_text,
    write_whole,
)
from tests.analytics.definitions.example import plain


def problems(document):
    with pytest.raises(DefinitionUnreadable) as refusal:
        read(document)
    return [(problem.path, problem.code) for problem in refusal.value.problems]


def test_every_problem_is_named_at_its_place():
    document = plain(scale=[0], colour="red")
    document["indicators"][1]["direction"] = "sideways"
    del document["version"]
    document["tree"]["children"][0]["children"][1]["weight"] = "3"

    assert sorted(problems(document)) == [
        ("$.colour", "key_unknown"),
        ("$.indicators[1].direction", "value_unknown"),
        ("$.scale[1]", "key_missing"),
        ("$.tree.children[0].children[1].weight", "wrong_type"),
        ("$.version", "key_missing"),
    ]


def test_an_indicator_without_a_direction_is_refused():
    document = plain()
    del document["indicators"][0]["direction"]

    assert problems(document) == [("$.indicators[0].direction", "key_missing")]


def test_text_that_is_no_json_is_refused_with_line_and_column():
    with pytest.raises(DefinitionUnreadable) as refusal:
        read('{"schema": 1,\n "code": }')

    (problem,) = refusal.value.problems
    assert problem.code == "not_json"
    assert problem.advice.startswith("line 2, column 10")


def test_a_byte_order_mark_is_passed_over():
    text = "\ufeff" + json.dumps(plain())

    assert read(text) == read(text.encode()) == read(plain())


def test_bytes_that_are_no_text_are_refused_with_their_line():
    with pytest.raises(DefinitionUnreadable) as refusal:
        read(b'{"schema": 1,\n "code": "\xff"}')

    assert refusal.value.problems[0].advice == "line 2: this is not UTF-8"


def test_a_key_that_stands_twice_is_refused():
    text = json.dumps(plain()).replace('"schema": 1', '"schema": 1, "schema": 1')

    assert problems(text) == [("$", "key_twice")]


def test_nesting_without_end_is_refused():
    assert problems("[" * 100 + "]" * 100) == [("$", "too_deep")]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999"])
def test_a_number_that_is_none_is_refused(number):
    text = json.dumps(plain()).replace('"target": 8', f'"target": {number}')

    with pytest.raises(DefinitionUnreadable):
        read(text)


@pytest.mark.parametrize("writer", [write, write_whole, write_text])
def test_what_was_written_reads_the_same(writer):
    definition = read(
        plain(
            levels=[{"nodes": ["index"], "bands": [{"level": 0}, {"level": 1, "from": 5}]}],
            boundaries=[{"into": "X", "from": ["A", "B"]}],
        )
    )

    assert read(writer(definition)) == definition


def test_the_short_form_leaves_defaults_out():
    assert write(read(plain(scale=[0, 100]))) == write(read(plain()))
    assert "scale" not in write(read(plain()))


def test_the_hash_counts_what_is_computed_not_how_it_was_typed():
    reordered = dict(reversed(plain().items()))

    assert definition_hash(read(reordered)) == definition_hash(read(plain(scale=[0.0, 100.0])))
    assert definition_hash(read(plain(scale=[1, 100]))) != definition_hash(read(plain()))


def test_the_schema_names_its_dialect_and_refuses_unknown_keys():
    schema = json_schema()

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["additionalProperties"] is False
    assert schema["$defs"]["Band"]["properties"].keys() == {"level", "name", "from", "gates"}


def test_reading_loads_no_numpy():
    code = (
        "import sys, analytics.definitions; print({'numpy', 'pandas', 'django'} & set(sys.modules))"
    )

    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "set()\n"


def test_a_hundred_thousand_keys_that_stand_twice_are_refused_at_once():
    """Each key counted anew in all of them would take minutes."""
    text = "{" + ",".join(f'"{number // 2}":1' for number in range(100_000)) + "}"

    with pytest.raises(DefinitionUnreadable) as refusal:
        read(text)

    (problem,) = refusal.value.problems
    assert (problem.code, len(problem.advice.split(", "))) == ("key_twice", 10)


def test_of_a_thousand_unknown_keys_as_many_are_named_as_somebody_mends():
    """The schema that says which are known is made once, not for each of them."""
    found = problems(plain(**{f"colour_{number}": 1 for number in range(1000)}))

    assert (len(found), found[0][1]) == (200, "key_unknown")
