"""From rows of a copy to the columns of a plan. Loads pyarrow: tasks only.

Rows come as the copy has them (``analytics.columnar.cells``): numbers with their marks beside them,
everything else as dictionaries of texts. A text is looked at once for each entry of its dictionary.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa

from analytics.columnar.cells import NUMERIC, answer_of
from analytics.columnar.columns import TEXTS, UNIT_COLUMNS, absent, marks_of
from analytics.columnar.columns import schema_of as schema_of_copy
from analytics.columnar.layout import Layout
from analytics.dataset import Measure
from exporters.raw.columns import Planned, Reading, choice_labels
from exporters.raw.plans import ColumnPlan, Values
from exporters.tables import ColumnKind, schema_of
from exporters.tables import marks_of as missing_of

BETWEEN_LABELS: Final = "; "
CODED: Final = (Measure.CATEGORY, Measure.CATEGORIES)


def schema_in_copy(layout: Layout) -> pa.Schema:
    """How the columns of a layout stand in a copy, without those about units."""
    whole = schema_of_copy(layout.columns)
    return pa.schema(field for field in whole if field.name not in UNIT_COLUMNS)


class Filling:
    """The columns of a plan, filled batch by batch."""

    def __init__(self, planned: Sequence[Planned], plan: ColumnPlan) -> None:
        self._planned = planned
        self._plan = plan
        self.schema = schema_of(tuple(each.column for each in planned))

    def batch(self, rows: pa.Table, given: Mapping[Any, Any]) -> pa.RecordBatch:
        """The rows in the plan's columns. ``given`` has the facts by their names and the scores by
        (indicator, part), as lists or arrays; columns of the copy that ``rows`` lacks were not asked.
        """
        arrays = []
        # The first column is always a fact; a table without columns forgets how many rows it has.
        cells = _Cells(rows, len(given[self._planned[0].source]))
        for each in self._planned:
            arrays += self._arrays(each, cells, given)
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema)

    def _arrays(self, planned: Planned, cells: "_Cells", given: Mapping[Any, Any]) -> list[Any]:
        """The column's values, and where it has missing codes its marks."""
        name = planned.column.name
        kind = self.schema.field(name).type
        match planned.reading:
            case Reading.GIVEN:
                return [_array(given[planned.source], kind)]
            case Reading.SCORE:
                return [_array(given[planned.source, planned.part], kind)]
            case Reading.CODE:
                return [_marks(cells.of(planned), planned.column.labels)]
        column = cells.of(planned)
        found = [self._values(planned, column, kind)]
        if planned.column.missing:
            assert self.schema.get_field_index(missing_of(name)) >= 0
            found.append(_marks(column, planned.column.missing))
        return found

    def _values(self, planned: Planned, column: "_Column", kind: pa.DataType) -> Any:
        if column.numbers is not None:
            return _numbers(column.numbers, kind)
        match planned.reading:
            case Reading.CHOSEN:
                return column.looked_up(lambda answer: int(planned.part in answer.split()), kind)
            case Reading.RANK:
                return column.looked_up(lambda answer: _place(answer.split(), planned.part), kind)
        if planned.column.kind is ColumnKind.DATE:
            return column.looked_up(_day, kind)
        return column.texts(self._worded(planned))

    def _worded(self, planned: Planned) -> Callable[[str], str]:
        """How a text is told: as it is, or by the labels of its choices."""
        variable = planned.variable
        assert variable is not None
        if self._plan.values is Values.CODES or variable.measure not in CODED:
            return str
        labels = choice_labels(variable, self._plan.languages)
        if variable.measure is Measure.CATEGORY:
            return lambda answer: labels.get(answer, answer)
        return lambda answer: BETWEEN_LABELS.join(labels.get(each, each) for each in answer.split())


class _Column:
    """A column of a copy taken apart: ``indices`` into ``entries``, -1 where it is null; of numbers
    the same for their marks."""

    def __init__(self, numbers: Any, texts: Any) -> None:
        self.numbers = numbers
        self.indices = texts.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        self.entries: list[str | None] = texts.dictionary.to_pylist()

    @property
    def answers(self) -> list[str | None]:
        """The answer that each entry is; None where it is a mark."""
        return [None if each is None else answer_of(each) for each in self.entries]

    def codes(self) -> list[str | None]:
        """The code that each entry is; None where it is an answer."""
        return [
            each[1:] if each is not None and answer_of(each) is None else None
            for each in self.entries
        ]

    def texts(self, worded: Callable[[str], str]) -> Any:
        """The answers as a dictionary of what they are told as."""
        return self.dictionary([None if each is None else worded(each) for each in self.answers])

    def dictionary(self, told: Sequence[str | None]) -> Any:
        """A column of texts, given what each entry is told as; null where that is None."""
        distinct = list(dict.fromkeys(each for each in told if each is not None))
        places = {text: place for place, text in enumerate(distinct)}
        lookup = np.array([-1 if each is None else places[each] for each in told] + [-1], np.int32)
        indices = lookup[self.indices]
        array = pa.array(indices, pa.int32(), mask=indices < 0)
        return pa.DictionaryArray.from_arrays(array, pa.array(distinct, pa.string()))

    def looked_up(self, reading: Callable[[str], Any], kind: pa.DataType) -> Any:
        """A column of what is read from each answer; null where there is none."""
        values = [None if each is None else reading(each) for each in self.answers]
        places = pa.array(self.indices, pa.int32(), mask=self.indices < 0)
        return pa.array(values, kind).take(places)


class _Cells:
    """The columns of a table as they are asked for: several columns of a plan read the same one."""

    def __init__(self, rows: pa.Table, number: int) -> None:
        self._rows = rows
        self._number = number
        self._known: dict[str, _Column] = {}

    def of(self, planned: Planned) -> _Column:
        """The column that a planned one is read from."""
        name = planned.source
        if name not in self._known:
            assert planned.variable is not None
            is_number = planned.variable.measure in NUMERIC
            numbers = self._array(name, pa.float64()) if is_number else None
            marks = self._array(marks_of(name) if is_number else name, TEXTS)
            if is_number and name not in self._rows.column_names:
                marks = absent(pa.field(name, TEXTS), self._number)
            self._known[name] = _Column(numbers, marks)
        return self._known[name]

    def _array(self, name: str, kind: pa.DataType) -> Any:
        if name not in self._rows.column_names:
            return absent(pa.field(name, kind), self._number)
        column = self._rows[name].unify_dictionaries() if kind == TEXTS else self._rows[name]
        return column.combine_chunks()


def _marks(column: _Column, codes: Mapping[str, str]) -> Any:
    """Why there is no answer, of the codes that the column has."""
    return column.dictionary([each if each in codes else None for each in column.codes()])


def _numbers(numbers: Any, kind: pa.DataType) -> Any:
    """Numbers as they stand; whole ones rounded, beyond 2**53 only as far as the copy holds them."""
    if kind == pa.float64():
        return numbers
    return numbers.cast(kind, safe=False)


def _place(ranked: Sequence[str], code: str) -> int | None:
    return ranked.index(code) + 1 if code in ranked else None


def _day(answer: str) -> date | None:
    try:
        return date.fromisoformat(answer)
    except ValueError:
        return None


def _array(given: Any, kind: pa.DataType) -> Any:
    if isinstance(given, pa.Array | pa.ChunkedArray):
        return given
    if kind == TEXTS:
        return pa.array(given, pa.string()).dictionary_encode()
    return pa.array(given, kind)
