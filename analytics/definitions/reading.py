"""JSON -> IndexDefinition, with every problem at once."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from analytics.definitions.model import IndexDefinition
from analytics.definitions.problems import DefinitionUnreadable, Problem, json_path

LARGEST: Final = 5_000_000
DEEPEST: Final = 40

_TAGS: Final = frozenset({"leaf", "node"})
_CODES: Final[Mapping[str, str]] = {
    "missing": "key_missing",
    "unexpected_keyword_argument": "key_unknown",
    "enum": "value_unknown",
    "literal_error": "value_unknown",
    "finite_number": "number_not_finite",
    "greater_than": "number_out_of_bounds",
    "greater_than_equal": "number_out_of_bounds",
    "less_than": "number_out_of_bounds",
    "less_than_equal": "number_out_of_bounds",
    "string_too_short": "text_empty",
    "string_too_long": "text_too_long",
    "too_long": "length_wrong",
    "too_short": "length_wrong",
}


def read(document: str | bytes | Mapping[str, Any]) -> IndexDefinition:
    """The definition that a JSON text (or what was parsed from one) states.

    Only its shape is judged here: ``checking.check`` says what of a readable one cannot work.
    Raises DefinitionUnreadable with all problems, each with a JSON path; text that is no JSON has
    the line and column in its advice.
    """
    text = json.dumps(document) if isinstance(document, Mapping) else document
    if len(text) > LARGEST:
        raise _refusal("too_large", f"At most {LARGEST} characters.")
    try:
        # json says where a text breaks; it also refuses the nesting that a parser could not bear.
        parsed = json.loads(text)
    except json.JSONDecodeError as error:
        raise _refusal(
            "not_json", f"line {error.lineno}, column {error.colno}: {error.msg}"
        ) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise _refusal("not_json", type(error).__name__) from error
    if _depth(parsed) > DEEPEST:
        raise _refusal("too_deep", f"At most {DEEPEST} levels.")
    try:
        return adapter().validate_json(text)
    except ValidationError as error:
        raise DefinitionUnreadable(_problems(error.errors(include_url=False))) from error


@cache
def adapter() -> TypeAdapter[IndexDefinition]:
    """What reads, writes and describes definitions; made once."""
    return TypeAdapter(IndexDefinition)


def _problems(errors: Iterable[ErrorDetails]) -> Iterable[Problem]:
    for error in errors:
        place = [part for part in error["loc"] if part not in _TAGS]
        code = _CODES.get(error["type"], "wrong_type")
        yield Problem(code, json_path(place), error["msg"])


def _refusal(code: str, advice: str) -> DefinitionUnreadable:
    return DefinitionUnreadable([Problem(code, "$", advice)])


def _depth(value: Any) -> int:
    deepest, level = 0, [value]
    while level:
        deepest += 1
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
    return deepest
