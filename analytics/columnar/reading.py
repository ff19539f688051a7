"""Reading the copy of a round: ``dataset_of``. Loads pyarrow and numpy: tasks only."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import Count, Sum
from django.utils import timezone

from analytics.answers import counted_revisions
from analytics.columnar import services, units
from analytics.columnar.cells import STATES, answer_of, state_of
from analytics.columnar.columns import UNIT_COLUMNS, is_number, marks_of, schema_of
from analytics.columnar.files import CopyDamaged, is_intact
from analytics.columnar.live import LiveRound
from analytics.columnar.partitions import Partition
from analytics.columnar.queries import copy_of, data_version
from analytics.columnar.snapshots import Snapshot
from analytics.columnar.units import unit_variables
from analytics.dataset import Measure, Variable
from surveys.campaigns.models import Round

ALWAYS: Final = (units.RESPONSE, units.AGENCY)


def dataset_of(round_: Round, columns: Sequence[str] | None = None) -> "ColumnarDataset":
    """What a round's agencies have signed, as columns: all variables, or those named.

    The copy is brought up to the live tables first where it lacks something, and built anew where it
    is damaged. KeyError for a name that is no variable of the round.
    """
    live = LiveRound(round_)
    snapshot = _current(round_, live)
    known = {each.name: each for each in unit_variables()} | dict(live.layout.columns)
    wanted = known if columns is None else {name: known[name] for name in columns}
    return ColumnarDataset(
        variables=tuple(wanted.values()),
        version=data_version(round_),
        snapshot=snapshot,
        schema=_schema(live, wanted),
    )


def _current(round_: Round, live: LiveRound) -> Snapshot:
    """The copy as it stands, after what it lacks was written to it."""
    try:
        snapshot = _snapshot(round_, live)
        if snapshot is not None and _holds_all(snapshot, round_):
            return snapshot
        services.synchronise(round_, at=timezone.now())
    except CopyDamaged:
        services.rebuild(round_, at=timezone.now())
    found = _snapshot(round_, live)
    assert found is not None
    return found


def _snapshot(round_: Round, live: LiveRound) -> Snapshot | None:
    """The copy opened, None where there is none that fits. Raises CopyDamaged."""
    copy = copy_of(round_)
    if copy is None or not live.layout.fits(copy.layout):
        return None
    segments = list(copy.segments.all())
    for segment in segments:
        # A changed byte may decode to another answer; hashing costs a tenth of counting.
        if not is_intact(segment):
            raise CopyDamaged(segment.file)
    return Snapshot(copy, segments)


def _holds_all(snapshot: Snapshot, round_: Round) -> bool:
    """Whether as many responses count, with revisions of the same sum, as stand in the copy."""
    live = counted_revisions(round_).aggregate(rows=Count("pk"), total=Sum("pk"))
    revisions = snapshot.holding.revision
    return (live["rows"], live["total"] or 0) == (len(revisions), int(revisions.sum()))


def _schema(live: LiveRound, wanted: dict[str, Variable]) -> pa.Schema:
    whole = schema_of(live.layout.columns)
    names = dict.fromkeys(ALWAYS)
    for name, variable in wanted.items():
        names[name] = None
        if is_number(variable) and name not in UNIT_COLUMNS:
            names[marks_of(name)] = None
    return pa.schema([whole.field(name) for name in names])


def ordered_categories(variable: Variable, answers: Iterable[str | None]) -> tuple[str, ...]:
    """The choices in their order and whatever else was answered after them, in its own order."""
    offered = tuple(dict.fromkeys(choice.name for choice in variable.choices))
    return (*offered, *sorted({each for each in answers if each is not None} - set(offered)))


@dataclass(frozen=True)
class ColumnarDataset:
    """Answers as columns, one row for each response that counts.

    ``version`` tells the data: equal versions, equal rows. What a cell can be, and how it stands in
    ``table``, is told in ``analytics.columnar.cells``; the methods below translate it.
    """

    variables: tuple[Variable, ...]
    version: str
    snapshot: Snapshot
    schema: pa.Schema

    def __len__(self) -> int:
        return self.snapshot.rows

    def variable(self, name: str) -> Variable:
        """The variable of that name; KeyError."""
        for variable in self.variables:
            if variable.name == name:
                return variable
        raise KeyError(name)

    def batches(self) -> Iterator[pa.Table]:
        """The rows in tables of at most 65,536, in the order of the segments: bounded memory."""
        return self.snapshot.tables(self.schema)

    def partitions(self) -> list[Partition]:
        """The rows that hold in parts of at most 65,536 that can be counted anywhere."""
        return self.snapshot.partitions()

    @cached_property
    def table(self) -> pa.Table:
        """All rows in the order of the responses, whatever the copy has gone through."""
        whole = pa.concat_tables([self.schema.empty_table(), *self.batches()])
        whole = whole.unify_dictionaries().combine_chunks()
        responses = whole[units.RESPONSE].to_numpy()
        is_sorted = bool(np.all(responses[1:] > responses[:-1]))
        return whole if is_sorted else whole.take(pc.sort_indices(whole[units.RESPONSE]))

    def codes(self, name: str) -> tuple[np.ndarray, tuple[str, ...]]:
        """A category or text as int32 codes into the categories; -1 where there is no answer.

        Choices come in the order of the questionnaire, chosen or not; texts in their own order. Raises
        ValueError for numbers and for questions with several choices.
        """
        variable = self.variable(name)
        if is_number(variable) or variable.measure is Measure.CATEGORIES:
            raise ValueError(f"{name} has no single code a row")
        indices, texts = self._encoded(name)
        answers = [answer_of(text) for text in texts]
        categories = ordered_categories(variable, answers)
        return _looked_up(indices, [_place(categories, each) for each in answers]), categories

    def selected(self, name: str) -> tuple[np.ndarray, tuple[str, ...]]:
        """Several choices as a boolean matrix, rows by categories; nothing chosen is no answer.

        Raises ValueError for other questions.
        """
        variable = self.variable(name)
        if variable.measure is not Measure.CATEGORIES:
            raise ValueError(f"{name} is no question with several choices")
        indices, texts = self._encoded(name)
        answers = [frozenset((answer_of(text) or "").split()) for text in texts]
        categories = ordered_categories(
            variable, [code for each in answers for code in sorted(each)]
        )
        chosen = np.array([[code in each for code in categories] for each in answers], dtype=bool)
        chosen = chosen.reshape(len(answers), len(categories))
        none = np.zeros((1, len(categories)), dtype=bool)
        return np.concatenate([chosen, none])[indices], categories

    def numbers(self, name: str) -> np.ndarray:
        """A number as float64, NaN where there is none. Raises ValueError for other measures."""
        if not is_number(self.variable(name)):
            raise ValueError(f"{name} is no number")
        found: np.ndarray = self.table[name].to_numpy()
        return found

    def missing(self, name: str) -> tuple[np.ndarray, tuple[str, ...]]:
        """What each cell is, as int8 codes into ``STATES``: 0 is answered.

        A question that was not asked is not missing: it is out of the base.
        """
        variable = self.variable(name)
        if is_number(variable):
            return self._number_states(name), tuple(STATES)
        indices, texts = self._encoded(name)
        states = [STATES.index(state_of(text)) for text in texts]
        blank = STATES.index(state_of(None))
        found = _looked_up(indices, states, absent=blank).astype(np.int8)
        return found, tuple(STATES)

    def _number_states(self, name: str) -> np.ndarray:
        blank = STATES.index(state_of(None))
        states = np.where(np.isnan(self.numbers(name)), blank, 0).astype(np.int8)
        if name in UNIT_COLUMNS:
            return states
        indices, texts = self._encoded(marks_of(name))
        marks = _looked_up(indices, [STATES.index(state_of(text)) for text in texts])
        merged: np.ndarray = np.where(marks >= 0, marks, states).astype(np.int8)
        return merged

    def _encoded(self, column: str) -> tuple[np.ndarray, list[str]]:
        """A column as indices into its texts; -1 where it is null."""
        array: Any = self.table[column].combine_chunks()
        indices = array.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        return indices, array.dictionary.to_pylist()


def _place(categories: Sequence[str], answer: str | None) -> int:
    return -1 if answer is None else categories.index(answer)


def _looked_up(indices: np.ndarray, places: Sequence[int], absent: int = -1) -> np.ndarray:
    """The place of each row's text; the last entry of the table stands for null, which is -1."""
    found: np.ndarray = np.array([*places, absent], dtype=np.int32)[indices]
    return found
