"""The scales: how each indicator is normalised, and against what it is measured."""

from collections.abc import Iterator
from math import fsum, sqrt
from typing import Final

from analytics.definitions.model import IndicatorDefinition
from analytics.definitions.vocabulary import ConstantPolicy, NotApplicable
from exporters.book import Cell, Formula, Look, Sheet, Tone
from exporters.books.assessment.addresses import FIRST, OnSheet
from exporters.books.assessment.contents import AssessmentContents
from exporters.books.assessment.excel import significant
from exporters.books.assessment.normalising import Measured, ends_of, instead, not_applying, status
from exporters.books.assessment.places import Places
from exporters.books.assessment.results import Value
from exporters.books.assessment.unit_rows import (
    EMPTY,
    NOTE_HEIGHT,
    NOTE_LINE,
    note_area,
    room_for,
    title_of,
    told,
)
from exporters.books.assessment.ways import Method, Way, way_of
from exporters.books.assessment.words import WORDS, word_of

(
    CODE,
    NAME,
    METHOD,
    DIRECTION,
    LOW,
    HIGH,
    FIRST_END,
    SECOND_END,
    GOAL,
    REFERENCE,
    COUNT,
    MINIMUM,
    MAXIMUM,
    MEAN,
    SD,
    STATUS,
    INSTEAD,
    APART,
) = range(1, 19)
HEADS: Final = (
    "code",
    "indicator",
    "method",
    "direction",
    "low",
    "high",
    "first_end",
    "second_end",
    "goal",
    "reference",
    "count",
    "minimum",
    "maximum",
    "mean",
    "sd",
    "status",
    "instead",
    "apart",
)
WIDTHS: Final = (14, 36, 24, 20, 10, 10, 12, 12, 12, 12, 10, 12, 12, 12, 12, 16, 16, 18)
DECIMALS: Final = 4


def scales_sheet(contents: AssessmentContents, places: Places) -> Sheet:
    """One row an indicator: what its formulas on the normalised sheet read."""
    words = WORDS[places.language]
    name = places.sheets["scales"]
    rows: list[tuple[Cell, ...]] = [
        (Cell(title_of(contents, places, name), Look.TITLE),),
        (Cell(told(contents, words["note_scales"]), Look.NOTE),),
        *(() for _ in range(3)),
        (),
        tuple(Cell(words[f"scale_{head}"], Look.HEAD) for head in HEADS),
    ]
    rows += (
        tuple(_row(contents, places, indicator)) for indicator in contents.definition.indicators
    )
    return Sheet(
        name=name,
        rows=tuple(rows),
        widths=(room_for(contents.indicators), *WIDTHS[1:]),
        frozen=(7, 2),
        head_rows=7,
        landscape=True,
        merged=note_area(name),
        heights={NOTE_LINE: NOTE_HEIGHT},
    )


def cells_of(contents: AssessmentContents, places: Places, code: str, *, at: str) -> Measured:
    """The cells of one indicator, as formulas of the sheet ``at`` write them."""
    sheet, row = OnSheet(places.sheets["scales"]), places.scales[code]
    way = way_of(contents.definition, contents.definition.by_code()[code])

    def cell(column: int) -> str:
        return sheet.cell(column, row, at=at, fixed=True)

    return Measured(
        low=cell(LOW),
        high=cell(HIGH),
        first=cell(FIRST_END),
        second=cell(SECOND_END),
        target=cell(GOAL),
        reference=cell(REFERENCE),
        count=cell(COUNT),
        minimum=cell(MINIMUM),
        maximum=cell(MAXIMUM),
        mean=cell(MEAN),
        sd=cell(SD),
        figures=places.digits.all(code, at=at) if way.ranks else "",
    )


def status_of(places: Places, code: str, *, at: str) -> tuple[str, str]:
    """The cells that say what stands instead of a figure, and what counts where none applies."""
    sheet, row = OnSheet(places.sheets["scales"]), places.scales[code]
    return (
        sheet.cell(INSTEAD, row, at=at, fixed=True),
        sheet.cell(APART, row, at=at, fixed=True),
    )


def _row(
    contents: AssessmentContents, places: Places, indicator: IndicatorDefinition
) -> Iterator[Cell]:
    code, language = indicator.code, places.language
    way, sheet = way_of(contents.definition, indicator), places.sheets["scales"]
    cells = cells_of(contents, places, code, at=sheet)
    own = OnSheet(sheet)
    column = places.step(code).all(code, at=sheet)
    stored = _Stored(contents, code, way)
    ends = way.ends or (None, None)
    yield Cell(code, Look.LABEL)
    yield Cell(contents.name_of(code, language))
    yield Cell(word_of("method", way.spec.method, language))
    yield Cell(word_of("direction", indicator.direction, language))
    for figure in (*way.range, *ends, way.goal):
        yield Cell(figure, tone=Tone.PLAIN if figure is None else Tone.INPUT)
    yield _reference(contents, places, code, way)
    if contents.lacks_units:
        yield from (EMPTY for _ in range(8))
        return
    yield Cell(Formula(f"COUNT({column})", stored.count), Look.INTEGER)
    for name, value in (("MIN", stored.minimum), ("MAX", stored.maximum), ("AVERAGE", stored.mean)):
        told = Formula(f'IF(COUNT({column})=0,"",{name}({column}))', value)
        yield Cell(told, Look.DECIMAL, DECIMALS)
    sd = Formula(f'IF(COUNT({column})<2,"",STDEV({column}))', stored.sd)
    yield Cell(sd, Look.DECIMAL, DECIMALS)
    yield Cell(Formula(status(way, cells), stored.status))
    status_cell = own.cell(STATUS, places.scales[code])
    yield Cell(Formula(instead(way, status_cell), stored.instead))
    apart = not_applying(way, status_cell, cells)
    if apart is None:
        yield Cell("NOT_APPLICABLE")
    else:
        yield Cell(Formula(apart, stored.apart))


def _reference(contents: AssessmentContents, places: Places, code: str, way: Way) -> Cell:
    """The figure of the reference unit, where there is one among the units."""
    if way.spec.method is not Method.DISTANCE_TO_REFERENCE:
        return EMPTY
    keys = [unit.key for unit in contents.units]
    if way.reference not in keys:
        return EMPTY
    place = keys.index(way.reference)
    cell = places.step(code).of(code, FIRST + place, at=places.sheets["scales"])
    return Cell(Formula(cell, contents.treated[code][place]))


class _Stored:
    """What the tables of the run say of a column: the values that stand in the file before anybody
    computes anew."""

    def __init__(self, contents: AssessmentContents, code: str, way: Way) -> None:
        self._seen = [each for each in contents.treated[code] if isinstance(each, float)]
        self._pairs = list(zip(contents.treated[code], contents.normalised[code], strict=True))
        self._way = way

    @property
    def count(self) -> int:
        return len(self._seen)

    @property
    def minimum(self) -> float | None:
        return min(self._seen, default=None)

    @property
    def maximum(self) -> float | None:
        return max(self._seen, default=None)

    @property
    def mean(self) -> float | None:
        return fsum(self._seen) / len(self._seen) if self._seen else None

    @property
    def sd(self) -> float | None:
        if len(self._seen) < 2:
            return None
        mean = fsum(self._seen) / len(self._seen)
        return sqrt(fsum((each - mean) ** 2 for each in self._seen) / (len(self._seen) - 1))

    @property
    def status(self) -> str:
        """Why nobody could be placed: what became of those that had a figure."""
        if not self._seen:
            return "NO_DATA"
        found = next(after for before, after in self._pairs if isinstance(before, float))
        if isinstance(found, str):
            return found
        fixed = self._way.spec.constant is ConstantPolicy.FIXED
        equal = significant(min(self._seen)) == significant(max(self._seen))
        return "CONSTANT" if fixed and self._judges and equal else ""

    @property
    def _judges(self) -> bool:
        return self._way.spec.method in {
            Method.MIN_MAX,
            Method.Z,
            Method.DISTANCE_TO_BEST,
            Method.PERCENTILE,
            Method.DISTANCE_TO_REFERENCE,
        }

    @property
    def instead(self) -> Value:
        if self.status == "CONSTANT" and self._way.spec.constant is ConstantPolicy.FIXED:
            return self._way.spec.constant_value
        return self.status

    @property
    def apart(self) -> Value:
        """What a cell counts that does not apply."""
        way, gone = self._way, "NOT_APPLICABLE"
        if way.not_applicable is NotApplicable.EXCLUDE:
            return gone
        if self.status == "CONSTANT" and way.spec.constant is not ConstantPolicy.FIXED:
            return gone
        placed = [
            after
            for before, after in self._pairs
            if isinstance(before, float) and isinstance(after, float)
        ]
        ends = ends_of(way, placed)
        if ends is None:
            return gone
        return ends[1] if way.not_applicable is NotApplicable.FULL else ends[0]
