"""Computes what is asked of a round; the answers are read once, however much is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import numpy as np  # noqa: TID253  (imported by task bodies only)

from analytics.explorer.asking import Asking, Dimension
from analytics.explorer.audiences import Basis
from analytics.explorer.compute.cases import Case, Told
from analytics.explorer.compute.columns import Flags, RoundColumns
from analytics.explorer.compute.crossing import Division, Sampled, crossed
from analytics.explorer.compute.distributions import Result, distribution
from analytics.explorer.compute.naming import named, numbers_by_agency, phrases
from analytics.explorer.compute.protecting import Gate, protected
from analytics.explorer.compute.sampling import Sampling, design_of, sampling_of
from analytics.explorer.compute.tables import alpha_of, non_response, place
from analytics.explorer.enums import ItemKind
from analytics.explorer.items import WHOLE, Item
from analytics.explorer.queries import (
    QUESTION,
    items_of_round,
    question_dimensions,
    unit_dimensions,
)
from analytics.gate.compute import AskedFor, Released, protect_for
from analytics.gate.enums import Audience
from analytics.gate.queries import policy_of, sees_everything
from analytics.methods.descriptive import Answers, Mode
from analytics.methods.disclosure import Table
from surveys.campaigns.models import Round
from surveys.organisations.models import User


@dataclass(frozen=True)
class Tabulator:
    """A round's answers, ready to be asked at a moment."""

    round: Round
    at: datetime
    items: Mapping[str, Item]
    dimensions: Mapping[str, Dimension]
    columns: RoundColumns
    before: RoundColumns | None
    sampling: Sampling | None

    @classmethod
    def of(cls, round_: Round, *, at: datetime) -> "Tabulator":
        """Reads the round's signed answers."""
        items, columns = items_of_round(round_), RoundColumns.of(round_)
        dimensions = [*unit_dimensions(columns.asked), *question_dimensions(items.values())]
        return cls(
            round=round_,
            at=at,
            items={name: item for name, item in items.items() if _is_held(item, columns)},
            dimensions={each.code: each for each in dimensions},
            columns=columns,
            before=RoundColumns.of(round_.previous) if round_.previous else None,
            sampling=sampling_of(round_, columns.units, columns.asked),
        )

    def result(self, asking: Asking, basis: Basis, *, actor: User | None) -> Result:
        """The result of an asking as one audience may see it. KeyError for what the round does not ask."""
        if asking.question == WHOLE:
            return self._non_response(basis.audience)
        item, rows = self.items[asking.question], self.columns.rows_in(asking.filters)
        match item.kind:
            case ItemKind.BATTERY:
                return self._battery(item, asking, basis, actor)
            case ItemKind.GRID:
                return self._whole(item) | {"cells": self._cells(item, asking, basis, actor)}
        answers = self._answers(item, rows, weighted=asking.weighted)
        design = design_of(self.sampling, rows)
        found = self._whole(item) | {
            "units": {"signed": int(rows.sum()), "asked": self.columns.asked_in(asking.filters)},
            **distribution(item, answers, design),
        }
        if asking.by:
            found["cross"] = self._crossed(item, asking, rows)
        if sees_everything(basis.audience, self.round):
            return found | phrases(item, answers, 1) | self._named(item, rows)
        shown = protected(found, self._case(item, asking, basis), self._gate(basis.audience, actor))
        if "refusal" in shown or shown["base"].get("hidden") or asking.filters:
            # How many of some agencies used a phrase, taken from how many of all did, tells of the others.
            return shown
        return shown | phrases(item, answers, policy_of(self.round).minimum)

    def _case(self, item: Item, asking: Asking, basis: Basis) -> Case:
        """The question over the agencies that the filters by their properties let through: by what else
        they answered, the gate divides them itself."""
        by_answers = [code for code in _dimensions(asking) if code.startswith(QUESTION)]
        rows = self.columns.rows_in([f for f in asking.filters if f.dimension not in by_answers])
        others = {code: self.items[code.removeprefix(QUESTION)] for code in by_answers}
        return Case(
            item=item,
            asking=asking,
            answers=self.columns.answers(item.name, rows),
            revisions=self._revisions(rows),
            divisions=[self._division(code, rows) for code in asking.by],
            told={
                code: Told(other, self.columns.answers(other.name, rows))
                for code, other in others.items()
            },
            data=basis.version,
        )

    def _answers(self, item: Item, rows: Flags, *, weighted: bool) -> Answers:
        answers = self.columns.answers(item.name, rows)
        if self.sampling is None or not weighted:
            return answers
        return replace(answers, weights=self.sampling.weights[rows])

    def _crossed(self, item: Item, asking: Asking, rows: Flags) -> Result:
        """A weighted cross keeps every row of the sample and leaves the answers of others blank, because
        the errors of a part of a sample rest on all of it."""
        design = design_of(self.sampling, rows)
        if self.sampling is None or not asking.weighted:
            divisions = [self._division(code, rows) for code in asking.by]
            return crossed(item, self.columns.answers(item.name, rows), divisions, Sampled(design))
        every = np.ones(len(rows), dtype=np.bool_)
        answers = self._answers(item, every, weighted=True)
        inside = np.array(answers.column, dtype=object)
        inside[~rows] = None
        divisions = [self._division(code, every) for code in asking.by]
        sampled = Sampled(design, self.sampling.sample)
        return crossed(item, replace(answers, column=inside), divisions, sampled)

    def _named(self, item: Item, rows: Flags) -> Result:
        before = self.before
        known = before is not None and all(before.holds(cell.name) for cell in item.cells)
        is_number = item.kind in {ItemKind.NUMBER, ItemKind.ROWS}
        last = numbers_by_agency(item, before) if before and known and is_number else {}
        return named(item, self.columns, rows, last)

    def _whole(self, item: Item) -> Result:
        return {
            "kind": item.kind.value,
            "mode": (Mode.SAMPLE if self.sampling else Mode.CENSUS).value,
        }

    def _cells(self, table: Item, asking: Asking, basis: Basis, actor: User | None) -> list[Result]:
        """Each cell of a table by itself."""
        return [
            {"row": place(cell)[0], "column": place(cell)[1], "name": cell.name}
            | self.result(replace(asking, question=cell.name), basis, actor=actor)
            for cell in table.cells
            if cell.name in self.items
        ]

    def _battery(self, table: Item, asking: Asking, basis: Basis, actor: User | None) -> Result:
        """One distribution for each row of ratings, and how well the rows hang together."""
        rows = [each | {"code": each["row"]} for each in self._cells(table, asking, basis, actor)]
        found = self._whole(table) | {"rows": rows}
        if any(row.get("refusal") or row["scale"].get("hidden") for row in rows):
            return found
        chosen = self.columns.rows_in(asking.filters)
        names = [cell.name for cell in table.cells if cell.name in self.items]
        answers = {name: self.columns.answers(name, chosen) for name in names}
        is_protected = any(row.get("is_protected") for row in rows)
        return found | {"alpha": alpha_of(table, answers, is_protected=is_protected)}

    def _non_response(self, audience: Audience) -> Result:
        """What was left blank, by question and by agency; for those only who may read answers."""
        if not sees_everything(audience, self.round):
            return {"kind": WHOLE}
        every = self.columns.rows_in(())
        names = [
            name
            for name, item in self.items.items()
            if item.kind not in {ItemKind.BATTERY, ItemKind.GRID}
        ]
        answers = {name: self.columns.answers(name, every) for name in names}
        return {"kind": WHOLE} | non_response(answers, self.columns.units)

    def _division(self, code: str, rows: Flags) -> Division:
        values = self.columns.values(code)
        kept = [each for each, chosen in zip(values, rows, strict=True) if chosen]
        return Division(self.dimensions[code], kept)

    def _revisions(self, rows: Flags) -> list[int]:
        return [
            revision
            for revision, chosen in zip(self.columns.revisions, rows, strict=True)
            if chosen
        ]

    def _gate(self, audience: Audience, actor: User | None) -> Gate:
        return partial(self._released, audience, actor)

    def _released(
        self, audience: Audience, actor: User | None, tables: Sequence[Table], asked: AskedFor
    ) -> Released:
        return protect_for(self.round, audience, tables, replace(asked, actor=actor), at=self.at)


def _is_held(item: Item, columns: RoundColumns) -> bool:
    """Whether the copy has the item's answers: a table may have lost cells in a newer version."""
    return any(columns.holds(cell.name) for cell in item.cells)


def _dimensions(asking: Asking) -> list[str]:
    """What divides and what chooses the agencies, each once."""
    return [*dict.fromkeys([*asking.by, *(each.dimension for each in asking.filters)])]
