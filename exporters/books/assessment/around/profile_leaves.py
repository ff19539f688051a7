"""The indicators of the chosen unit: all of them, its strengths and its weaknesses."""

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from exporters.book import Cell, Formula, Look, Tone
from exporters.books.assessment.around.profile_places import ProfilePlaces
from exporters.books.assessment.around.scene import (
    EMPTY,
    best_in,
    figure_of,
    heads,
    mean_of,
    number,
)
from exporters.books.assessment.results import Value


class Leaves:
    """The lines of indicators."""

    def __init__(self, places: ProfilePlaces) -> None:
        self.places = places

    def extremes(self, before: int) -> Iterator[tuple[Cell, ...]]:
        """Strengths, then weaknesses, behind so many rows."""
        places, rows = self.places, before
        diffs = self._differences()
        for title, reverse in (("strengths", True), ("weaknesses", False)):
            yield (Cell(places.words[title], Look.SUBTITLE),)
            yield heads(*(places.words[key] for key in _BEST_HEADS))
            rows += 2
            order = sorted(diffs, key=lambda place: diffs[place], reverse=reverse)
            function = "LARGE" if reverse else "SMALL"
            for place in range(places.shown):
                held = order[place] if place < len(order) else None
                yield self._extreme(function, place + 1, rows + 1, held)
                rows += 1
            yield ()
            rows += 1

    def all(self) -> Iterator[tuple[Cell, ...]]:
        """Every indicator, with its headings."""
        yield (Cell(self.places.words["indicators"], Look.SUBTITLE),)
        yield heads(*(self.places.words[key] for key in _LEAF_HEADS))
        yield from (self._leaf(place) for place in range(len(self.places.codes)))

    @cached_property
    def _shares(self) -> dict[int, tuple[float, float, float]]:
        """Of indicators on which the unit has a figure: its own, the mean and the best."""
        found = {}
        for place, code in enumerate(self.places.codes):
            column = [figure_of(value) for value in self.places.scene.contents.normalised[code]]
            mean, own = mean_of(column), column[0]
            if own is not None and mean is not None:
                found[place] = own, mean, max(value for value in column if value is not None)
        return found

    def _differences(self) -> dict[int, float]:
        """How far the unit is above the mean, as the sheet sorts it."""
        found = {}
        for place, (own, mean, _best) in self._shares.items():
            low, high = self.places.scene.span(self.places.codes[place])
            found[place] = (own - mean) / (high - low) * 100 - (self.places.top + place) * 1e-9
        return found

    def _extreme(self, function: str, place: int, row: int, held: int | None) -> tuple[Cell, ...]:
        """The line of the ``place``-th strongest or weakest indicator; the last cell says which it is."""
        sorting = f"$I${self.places.top}:$I${self.places.end}"
        found = f'IFERROR(MATCH({function}({sorting},{place}),{sorting},0),"")'

        def taken(letter: str) -> str:
            return f'IF($I{row}="","",INDEX(${letter}${self.places.top}:${letter}${self.places.end},$I{row}))'

        leaf = self._leaf(held) if held is not None else (EMPTY,) * len(_LEAF_HEADS)
        values = [_value(cell) for cell in leaf]
        which = number(found, held + 1 if held is not None else None, Look.INTEGER)
        return (
            number(taken("A"), values[0], Look.TEXT),
            number(taken("B"), values[1], Look.TEXT),
            *(
                number(taken(letter), values[index], leaf[index].look, leaf[index].decimals)
                for letter, index in (("E", 4), ("F", 5), ("G", 6), ("H", 7))
            ),
            EMPTY,
            EMPTY,
            Cell(which.value, Look.INTEGER, tone=Tone.MUTED),
        )

    def _leaf(self, place: int) -> tuple[Cell, ...]:
        scene, code, row = self.places.scene, self.places.codes[place], self.places.top + place
        contents, places = scene.contents, scene.places
        indicator = contents.definition.by_code()[code]
        low, high = scene.span(code)
        decimals = scene.decimals(code)
        mean, best, own, diff = None, None, contents.normalised[code][0], None
        if (shares := self._shares.get(place)) is not None:
            mean, best = shares[1:]
            diff = (shares[0] - shares[1]) / (high - low) * 100
        everyone, told = places.normalised.all(code), self.places.glossary.in_words
        unit = indicator.unit.get(scene.language) or indicator.unit.get("vi") or ""
        sorting = None if diff is None else diff - row * 1e-9
        difference = f'IF(ISNUMBER(E{row}),(E{row}-F{row})/{high - low!r}*100,"")'
        sort = number(f'IF(ISNUMBER(H{row}),H{row}-ROW()*0.000000001,"")', sorting)
        return (
            Cell(scene.name_of(code)),
            Cell(code),
            told(self.places.at(places.data.all(code)), contents.raw[code][0], Look.DECIMAL, 2),
            Cell(unit),
            told(self.places.at(everyone), own, Look.DECIMAL, decimals),
            number(
                f'IFERROR(AVERAGE({everyone}),"")',
                mean if mean is not None else self._mean(code),
                Look.DECIMAL,
                decimals,
            ),
            number(
                best_in(everyone),
                best if best is not None else self._best(code),
                Look.DECIMAL,
                decimals,
            ),
            number(difference, diff, Look.CHANGE, 1),
            Cell(sort.value, Look.DECIMAL, 1, Tone.MUTED),
        )

    def _mean(self, code: str) -> float | None:
        return mean_of([figure_of(value) for value in self.places.scene.contents.normalised[code]])

    def _best(self, code: str) -> float | None:
        column = [figure_of(value) for value in self.places.scene.contents.normalised[code]]
        return max((value for value in column if value is not None), default=None)


_BEST_HEADS: Final = ("indicator", "code", "normalised", "mean", "best", "difference")
_LEAF_HEADS: Final = (
    "indicator",
    "code",
    "value",
    "unit_of",
    "normalised",
    "mean",
    "best",
    "difference",
    "sorting",
)


def _value(cell: Cell) -> Value:
    """What a cell shows, as the cached value of one that takes it over."""
    held = cell.value.value if isinstance(cell.value, Formula) else cell.value
    return held if isinstance(held, float | int | str) else None
