"""The figures of a stored result, each by where it stands: nothing is computed here but shares of what is
shown, so that a table tells no more than the gate let through."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from analytics.explorer.asking import Asking
from analytics.explorer.queries import QUESTION

Stored = Mapping[str, Any]
Place = tuple[str | None, str | None, str | None]
"""The answer to the question, the value of the first and of the second dimension; None is all of them."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, or that it is hidden; ``value`` None without that stands for nothing to compute."""

    value: float | None
    is_hidden: bool = False

    def of(self, base: "Figure") -> "Figure":
        """Its share in another figure, in percent; hidden where one of them is."""
        if self.is_hidden or base.is_hidden:
            return HIDDEN
        if self.value is None or not base.value:
            return NOTHING
        return Figure(100 * self.value / base.value)


HIDDEN: Final = Figure(None, is_hidden=True)
NOTHING: Final = Figure(None)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of an asking: how many agencies, and means and sums of a number.

    Asked for by codes of dimensions; a dimension that is not given takes all of its values.
    """

    asking: Asking
    counts: Mapping[Place, Figure]
    means: Mapping[Place, Figure]
    sums: Mapping[Place, Figure]

    def count(self, at: Mapping[str, str]) -> Figure:
        """How many agencies stand there; hidden where the result does not say."""
        return self.counts.get(self._place(at), HIDDEN)

    def mean(self, at: Mapping[str, str]) -> Figure:
        """The mean of the number there."""
        return self.means.get(self._place(at), HIDDEN)

    def sum(self, at: Mapping[str, str]) -> Figure:
        """The sum of the number there."""
        return self.sums.get(self._place(at), HIDDEN)

    def _place(self, at: Mapping[str, str]) -> Place:
        by = (*self.asking.by, "", "")
        return at.get(f"{QUESTION}{self.asking.question}"), at.get(by[0]), at.get(by[1])


def figures_of(asking: Asking, stored: Stored) -> Figures:
    """The figures of a result that was not refused."""
    cross = stored.get("cross", {})
    if "groups" in cross:
        groups = {(None, each["code"], each["layer"]): each for each in cross["groups"]}
        return Figures(
            asking,
            {place: _group(each, "n", "n") for place, each in groups.items()},
            {place: _group(each, "mean", "mean") for place, each in groups.items()},
            {place: _group(each, "sum", "sum") for place, each in groups.items()},
        )
    if "numbers" in stored:
        return _numbers(asking, stored["numbers"])
    counts = _crossed(cross) if cross else _plain(stored)
    return Figures(asking, counts, {}, {})


def _group(group: Stored, name: str, measure: str) -> Figure:
    if group.get("hidden") or measure in group.get("hidden_measures", ()):
        return HIDDEN
    return Figure(group[name])


def _numbers(asking: Asking, numbers: Stored) -> Figures:
    hidden, all_ = set(numbers.get("hidden", ())), (None, None, None)
    return Figures(
        asking,
        {all_: HIDDEN if numbers["n"] is None else Figure(numbers["n"])},
        {all_: HIDDEN if "mean" in hidden else Figure(numbers["mean"]["value"])},
        {all_: HIDDEN if "sum" in hidden else Figure(numbers["sum"])},
    )


def _plain(stored: Stored) -> dict[Place, Figure]:
    base = stored["base"]
    found: dict[Place, Figure] = {
        (each["code"], None, None): _told(each) for each in stored.get("options", ())
    }
    found[None, None, None] = HIDDEN if base.get("hidden") else Figure(base["answered"])
    return found


def _crossed(cross: Stored) -> dict[Place, Figure]:
    found: dict[Place, Figure] = {}
    for sheet in cross["sheets"]:
        layer = sheet["layer"]
        found[None, None, layer] = _told(sheet)
        for each in sheet["total"]:
            found[each["code"], None, layer] = _told(each)
        for row in sheet["rows"]:
            found[None, row["code"], layer] = _told(row)
            for cell in row["cells"]:
                found[cell["code"], row["code"], layer] = _told(cell)
    return found


def _told(told: Stored) -> Figure:
    return HIDDEN if told.get("hidden") else Figure(told["n"])
