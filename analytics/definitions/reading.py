"""JSON -> IndexDefinition, with every problem at once."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from itertools import islice
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from analytics.definitions.keys import keys_at
from analytics.definitions.model import IndexDefinition
from analytics.definitions.problems import DefinitionUnreadable, Problem, json_path

LARGEST: Final = 5_000_000
DEEPEST: Final = 40
_MOST_NAMED: Final = 10
_MOST_PROBLEMS: Final = 200
"""Nobody mends more at once, and a page of 100,000 is none."""

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
    Raises DefinitionUnreadable with all problems (the first 200), each with a JSON path; text that is no JSON has
    the line and column in its advice.
    """
    text = json.dumps(document) if isinstance(document, Mapping) else _text(document)
    if len(text) > LARGEST:
        raise _refusal("too_large", f"At most {LARGEST} characters.")
    try:
        # json says where a text breaks; it also refuses the nesting that a parser could not bear.
        parsed = json.loads(text, object_pairs_hook=without_twins)
    except json.JSONDecodeError as error:
        raise _refusal(
            "not_json", f"line {error.lineno}, column {error.colno}: {error.msg}"
        ) from error
    except RecursionError as error:
        raise _refusal("not_json", type(error).__name__) from error
    if _depth(parsed) > DEEPEST:
        raise _refusal("too_deep", f"At most {DEEPEST} levels.")
    try:
        return adapter().validate_json(text)
    except ValidationError as error:
        found = islice(_problems(error.errors(include_url=False)), _MOST_PROBLEMS)
        raise DefinitionUnreadable(found) from error


def without_twins(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object of a JSON text, as the ``object_pairs_hook`` of ``json.loads``.

    Raises DefinitionUnreadable (``key_twice``) where a key stands twice: of two weights one would be
    lost without a word.
    """
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = Counter(key for key, _ in pairs)
        twice = sorted(key for key, times in keys.items() if times > 1)[:_MOST_NAMED]
        raise _refusal("key_twice", f"In one object: {', '.join(twice)}.")
    return found


def _refusal(code: str, advice: str) -> DefinitionUnreadable:
    return DefinitionUnreadable([Problem(code, "$", advice)])


@cache
def adapter() -> TypeAdapter[IndexDefinition]:
    """What reads, writes and describes definitions; made once."""
    return TypeAdapter(IndexDefinition)


@cache
def _described() -> dict[str, Any]:
    """The schema of definitions; to be read only."""
    return adapter().json_schema(by_alias=True)


def _problems(errors: Iterable[ErrorDetails]) -> Iterable[Problem]:
    for error in errors:
        place = _place(error["loc"])
        code = _CODES.get(error["type"], "wrong_type")
        advice = _known(place) if code == "key_unknown" else error["msg"]
        yield Problem(code, json_path(place), advice)


def _place(location: tuple[int | str, ...]) -> list[int | str]:
    """Where a problem lies, without the tags that pydantic puts behind ``children[0]``."""
    return [
        part
        for number, part in enumerate(location)
        if not (
            part in _TAGS
            and number >= 2
            and isinstance(location[number - 1], int)
            and location[number - 2] == "children"
        )
    ]


def _known(place: Sequence[int | str]) -> str:
    """The keys that could stand where an unknown one does, the nearest first if one is near."""
    keys = keys_at(_described(), place[:-1])
    near = get_close_matches(str(place[-1]), keys, n=1)
    meant = f"Did you mean {near[0]!r}? " if near else ""
    return f"{meant}Known here: {', '.join(keys)}."


def _text(document: str | bytes) -> str:
    """The text of a file, without the byte order mark that Windows puts before it."""
    if isinstance(document, str):
        return document.removeprefix("\ufeff")
    try:
        return document.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise _refusal("not_json", f"line {line}: this is not UTF-8") from error


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
