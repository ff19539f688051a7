"""What a run has to say beside its figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from analytics.definitions.reasons import Reason


@dataclass(frozen=True, slots=True)
class IndexWarning:
    """A reason with its place: ``unit`` and ``element`` (an indicator, node or column) are empty
    where it concerns all of them; ``data`` holds what a sentence needs, plain values only."""

    reason: Reason
    unit: str = ""
    element: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


class IndexRefused(Exception):
    """An index that cannot be computed at all: ``warnings`` say why, one for each cause."""

    code = "index_refused"

    def __init__(self, *warnings: IndexWarning) -> None:
        self.warnings = warnings
        super().__init__(
            "; ".join(f"{one.reason} {one.unit} {one.element}".strip() for one in warnings)
        )
