"""What of a question fits another kind."""

from collections.abc import Mapping
from typing import Any

from surveys.engine import Kind
from surveys.questionnaires.builder.properties.table import (
    APPEARANCES,
    PROPERTIES,
    value_of,
)


def dropped_by(node: Mapping[str, Any], kind: Kind) -> list[str]:
    """The fields that the question has and that one of that kind has not, ``appearance`` apart."""
    return [
        each.field
        for each in PROPERTIES
        if each.field != "appearance"
        and kind.value not in each.subjects
        and value_of(node, each.field) is not None
    ]


def kept_words(appearance: str, kind: Kind) -> str:
    """``appearance`` without the words that have an effect elsewhere only."""
    words = appearance.split()
    kept = [word for word in words if word not in APPEARANCES or kind in APPEARANCES[word][0]]
    return appearance if kept == words else " ".join(kept)
