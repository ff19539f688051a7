"""What a round's workbook holds, gathered once: agencies, variables, parts and indicators."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from analytics.answers import SignedAnswers, signed_answers, units_asked
from analytics.dataset import Dataset, Value, values_of, variables_of
from analytics.methods.targets import TargetValue, target_values
from analytics.results.asked import Asked, indicators_of, questionnaires_asked
from analytics.results.compute import parts_frame, rules_of, units_frame
from analytics.results.parts import Part
from analytics.results.queries import read_parts
from surveys.campaigns.models import Round
from surveys.engine import Form, Indicator, Repeat, walk

SHEET_NAME: Final = 31
"""What a workbook allows the name of a sheet."""


@dataclass(frozen=True, slots=True)
class FormContents:
    """One questionnaire of the round with the agencies that are asked it.

    ``number`` counts the questionnaires from 1; the round's own is the first.
    """

    number: int
    asked: Asked
    dataset: Dataset

    @property
    def form(self) -> Form:
        """The questionnaire as the round asks it now."""
        return self.asked.form

    def named(self, name: str) -> str:
        """The name of a sheet of this questionnaire; all but the first have their number in it."""
        number = "" if self.number == 1 else f" ({self.number})"
        return f"{name[: SHEET_NAME - len(number)]}{number}"


@dataclass(frozen=True, slots=True)
class RoundContents:
    """Everything that goes into the workbook of a round."""

    round: Round
    forms: tuple[FormContents, ...]
    units: tuple[Mapping[str, Any], ...]
    submitted: Mapping[int, SignedAnswers]
    parts: Mapping[tuple[int, str], Part]
    targets: Mapping[str, TargetValue]
    at: datetime

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The catalogue of all questionnaires, each indicator once."""
        return indicators_of(form.asked for form in self.forms)


def round_contents(round_: Round, *, at: datetime) -> RoundContents:
    """Read the round's newest signed revisions; agencies that have not signed stand in empty rows."""
    units = tuple(units_asked(round_))
    submitted = {item.agency_id: item for item in signed_answers(round_)}
    asked = questionnaires_asked(round_)
    parts = read_parts(list(submitted.values()), at=at)
    values = target_values(units_frame(units), parts_frame(parts), rules_of(asked))
    return RoundContents(
        round=round_,
        forms=tuple(
            FormContents(number, one, _dataset(one, units, submitted))
            for number, one in enumerate(asked, start=1)
        ),
        units=units,
        submitted=submitted,
        parts={(part.agency_id, part.code): part for part in parts},
        targets={value.code: value for value in values},
        at=at,
    )


def _dataset(
    asked: Asked, units: tuple[Mapping[str, Any], ...], submitted: Mapping[int, SignedAnswers]
) -> Dataset:
    variables = variables_of(asked.form)
    mine = tuple(unit for unit in units if unit["form"] == asked.questionnaire_id)
    rows = tuple(_row(variables, submitted.get(unit["agency_id"])) for unit in mine)
    return Dataset(variables=variables, units=mine, rows=rows)


def _row(variables: Any, item: SignedAnswers | None) -> dict[str, Value]:
    return values_of(variables, item.answers, item.remarks) if item else {}


def repeats_of(form: Form) -> tuple[Repeat, ...]:
    """The repeats of the questionnaire, in its order."""
    return tuple(item for item in walk(form.definition.children) if isinstance(item, Repeat))
