"""Whom a campaign asks, as a rule over the tree and its attributes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class TargetRule:
    """Agencies of the ``types``, below one of ``under`` and having the ``attributes``, where given;
    ``also`` the named ones, and never those of ``without``. Agencies are named by their key. An empty
    ``under`` or ``attributes`` does not narrow; a rule without types asks only those of ``also``.
    """

    types: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "TargetRule":
        """The rule as it was stored."""
        return cls(
            types=tuple(stored.get("types", ())),
            under=tuple(stored.get("under", ())),
            attributes={
                name: tuple(values) for name, values in stored.get("attributes", {}).items()
            },
            also=tuple(stored.get("also", ())),
            without=tuple(stored.get("without", ())),
        )

    def as_json(self) -> dict[str, Any]:
        """The rule as it is stored; only what is given."""
        plain = {
            "types": list(self.types),
            "under": list(self.under),
            "attributes": {name: list(values) for name, values in self.attributes.items()},
            "also": list(self.also),
            "without": list(self.without),
        }
        return {name: value for name, value in plain.items() if value}
