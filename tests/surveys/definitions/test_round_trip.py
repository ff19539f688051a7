import json

import pytest
from hypothesis import HealthCheck, given, settings

from surveys.definitions import DefinitionUnreadable, dump, load
from surveys.engine.model import Definition, Kind, Question
from tests.surveys.definitions.strategies import definitions


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(definitions)
def test_a_definition_comes_back_equal_from_json(definition: Definition):
    assert load(json.loads(json.dumps(dump(definition)))) == definition


def test_defaults_are_not_written():
    definition = Definition(
        code="a", title={"vi": "A"}, children=(Question(name="q", kind=Kind.TEXT),)
    )

    assert dump(definition) == {
        "schema": 1,
        "code": "a",
        "title": {"vi": "A"},
        "children": [{"element": "question", "name": "q", "kind": "text"}],
    }


def test_every_error_is_named_with_its_path():
    data = {
        "schema": 1,
        "code": "a",
        "title": {"vi": 3},
        "children": [
            {"element": "question", "name": "q", "kind": "txt"},
            {"element": "group", "name": "g", "children": [{"element": "table", "name": "t"}]},
        ],
    }

    with pytest.raises(DefinitionUnreadable) as refusal:
        load(data)

    assert [problem.at for problem in refusal.value.problems] == [
        "title/vi",
        "children/0/kind",
        "children/1/children/0/row_list",
    ]


@pytest.mark.parametrize("data", [None, [], "x", {}, {"schema": 2, "code": "a", "title": {}}])
def test_what_is_no_definition_is_refused(data: object):
    with pytest.raises(DefinitionUnreadable):
        load(data)


def test_an_unknown_key_is_refused():
    with pytest.raises(DefinitionUnreadable) as refusal:
        load({"schema": 1, "code": "a", "title": {}, "skin": "dark"})

    assert [(p.at, p.name) for p in refusal.value.problems] == [("skin", "extra_forbidden")]


def test_hidden_ids_come_back_from_json():
    question = Question(name="q", kind=Kind.TEXT, uid="k3v9")
    definition = Definition(code="a", title={"vi": "A"}, children=(question,))

    assert load(dump(definition)).children[0].uid == "k3v9"
