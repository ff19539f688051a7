"""The columns of a round as the methods take them: values, codes for missing, blanks, and who was asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np  # noqa: TID253  (imported by task bodies only)
import numpy.typing as npt  # noqa: TID253  (as above)

from analytics.answers import counted_revisions
from analytics.columnar.cells import NUMERIC, State, answer_of
from analytics.columnar.reading import ColumnarDataset, dataset_of
from analytics.columnar.units import AGENCY
from analytics.explorer.asking import Filter
from analytics.explorer.queries import QUESTION, AskedUnit, asked_units, values_in
from analytics.methods.descriptive import Answers
from surveys.campaigns.models import Round

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class RoundColumns:
    """The signed answers of a round, one row for each agency whose response counts.

    ``units`` are the agencies of the rows, ``revisions`` the keys of what they signed, ``asked`` all
    agencies that the round asks.
    """

    dataset: ColumnarDataset
    units: tuple[AskedUnit, ...]
    revisions: tuple[int, ...]
    asked: tuple[AskedUnit, ...]

    @classmethod
    def of(cls, round_: Round) -> "RoundColumns":
        """Everything that was signed in the round."""
        dataset = dataset_of(round_)
        asked = {unit.agency_id: unit for unit in asked_units(round_)}
        signed = dict(
            counted_revisions(round_).values_list("response__assignment__agency_id", "pk")
        )
        agencies = dataset.table[AGENCY].to_numpy().tolist()
        return cls(
            dataset=dataset,
            units=tuple(asked[agency] for agency in agencies),
            revisions=tuple(signed[agency] for agency in agencies),
            asked=tuple(asked.values()),
        )

    @cached_property
    def _names(self) -> dict[str, bool]:
        return {each.name: each.measure in NUMERIC for each in self.dataset.variables}

    def holds(self, name: str) -> bool:
        """Whether the copy has the variable."""
        return name in self._names

    def answers(self, name: str, rows: Flags) -> Answers:
        """The column of a variable over the chosen rows."""
        states, names = self.dataset.missing(name)
        codes = np.array([self._code(State(each)) for each in names], dtype=object)[states]
        values: npt.NDArray[Any]
        if self._names[name]:
            numbers = self.dataset.numbers(name)
            values = numbers.astype(object)
            values[np.isnan(numbers)] = None
        else:
            texts = self.dataset.table[name].to_pylist()
            values = np.array([answer_of(text) if text else None for text in texts], dtype=object)
        column = np.where(states == 0, values, codes)
        asked = states != names.index(State.NOT_ASKED)
        return Answers(column[rows], asked=asked[rows])

    @staticmethod
    def _code(state: State) -> str | None:
        return None if state in {State.ANSWERED, State.BLANK, State.NOT_ASKED} else state.value

    def rows_in(self, filters: Sequence[Filter]) -> Flags:
        """The rows that every filter lets through."""
        rows = np.ones(len(self.units), dtype=np.bool_)
        for each in filters:
            wanted = set(each.values)
            found = self.values(each.dimension)
            rows &= np.array([not wanted.isdisjoint(values) for values in found], dtype=np.bool_)
        return rows

    def asked_in(self, filters: Sequence[Filter]) -> int | None:
        """How many agencies are asked that the filters let through; None where answers decide that."""
        if any(each.dimension.startswith((QUESTION, "status")) for each in filters):
            return None
        return sum(
            all(
                not set(each.values).isdisjoint(values_in(each.dimension, unit)) for each in filters
            )
            for unit in self.asked
        )

    def values(self, dimension: str) -> list[tuple[str, ...]]:
        """The values of a dimension by row; several where several choices may be made."""
        if not dimension.startswith(QUESTION):
            return [values_in(dimension, unit) for unit in self.units]
        every = np.ones(len(self.units), dtype=np.bool_)
        answers = self.answers(dimension.removeprefix(QUESTION), every)
        asked = answers.asked if answers.asked is not None else every
        return [
            tuple(value.split()) if put and isinstance(value, str) else ()
            for value, put in zip(answers.column, asked, strict=True)
        ]
