"""Whom a campaign asks, as a rule over the tree and its attributes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Sample:
    """A stratified random sample: ``size`` agencies drawn by the ``seed``, in proportion to the
    strata that the fields of ``by`` make (``province``, ``type`` or the name of an attribute).
    """

    size: int
    seed: int
    by: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The sample as it is stored."""
        return {"size": self.size, "seed": self.seed, "by": list(self.by)}


@dataclass(frozen=True, slots=True)
class TargetRule:
    """Agencies of the ``types``, below one of ``under`` and having the ``attributes``, where given;
    never those of ``without``; of these a ``sample``, where given; and beside it the named ones of
    ``also``. Agencies are named by their key. An empty ``under`` or ``attributes`` does
    not narrow; a rule without types asks only those of ``also``.
    """

    types: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sample: Sample | None = None
    also: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "TargetRule":
        """The rule as it was stored."""
        sample = stored.get("sample")
        return cls(
            types=tuple(stored.get("types", ())),
            under=tuple(stored.get("under", ())),
            attributes={
                name: tuple(values) for name, values in stored.get("attributes", {}).items()
            },
            sample=Sample(sample["size"], sample["seed"], tuple(sample.get("by", ())))
            if sample
            else None,
            also=tuple(stored.get("also", ())),
            without=tuple(stored.get("without", ())),
        )

    def as_json(self) -> dict[str, Any]:
        """The rule as it is stored; only what is given."""
        plain = {
            "types": list(self.types),
            "under": list(self.under),
            "attributes": {name: list(values) for name, values in self.attributes.items()},
            "sample": self.sample.as_json() if self.sample else None,
            "also": list(self.also),
            "without": list(self.without),
        }
        return {name: value for name, value in plain.items() if value}
