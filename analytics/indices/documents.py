"""Definitions as the contexts of Django hold them: read from strangers' text, written, hashed."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from analytics.definitions import (
    DefinitionUnreadable,
    IndexDefinition,
    Problem,
    definition_hash,
    read,
    write,
)
from analytics.definitions.reading import without_twins

LARGEST: Final = 2_000_000
"""Bytes of a file that is imported."""

UNSTORABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def read_document(document: Any) -> IndexDefinition:
    """The definition of a parsed document. Raises DefinitionUnreadable with every problem."""
    if not isinstance(document, dict):
        raise DefinitionUnreadable([Problem("not_an_object", "$", "An object is expected.")])
    if place := next(_unstorable(document, "$"), None):
        raise DefinitionUnreadable([Problem("invisible_characters", place, "Remove them.")])
    return read(document)


def read_file(data: bytes) -> IndexDefinition:
    """The definition of a JSON file in UTF-8. Raises DefinitionUnreadable with every problem."""
    if len(data) > LARGEST:
        raise DefinitionUnreadable([Problem("too_large", "$", f"At most {LARGEST} bytes.")])
    try:
        document = json.loads(data.decode("utf-8-sig"), object_pairs_hook=without_twins)
    except (ValueError, RecursionError) as error:
        # Also of numbers with thousands of digits, and of bytes that are no text.
        place = getattr(error, "lineno", None)
        advice = f"line {place}" if place else type(error).__name__
        raise DefinitionUnreadable([Problem("not_json", "$", advice)]) from error
    return read_document(document)


def as_stored(definition: IndexDefinition) -> tuple[dict[str, Any], str]:
    """The document that is kept, and its hash."""
    return write(definition), definition_hash(definition)


def _unstorable(value: Any, place: str) -> Iterator[str]:
    """Where a text holds what PostgreSQL does not store; the document is not nested deeper than
    ``json`` reads."""
    waiting: list[tuple[Any, str]] = [(value, place)]
    while waiting:
        each, where = waiting.pop()
        match each:
            case str() if UNSTORABLE.search(each):
                yield where
            case dict():
                for key, inner in each.items():
                    if UNSTORABLE.search(str(key)):
                        yield where
                    waiting.append((inner, f"{where}.{key}"))
            case list():
                waiting.extend((inner, f"{where}[{n}]") for n, inner in enumerate(each))
