"""What a round's workbook holds, gathered once: agencies, variables, parts and indicators."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from analytics.compute import parts_frame, rule_of, units_frame
from analytics.dataset import Dataset, Value, values_of, variables_of
from analytics.methods.targets import TargetValue, target_values
from analytics.parts import Part, parts_of
from analytics.queries import SignedAnswers, signed_answers, units_asked
from surveys.campaigns.models import Round
from surveys.engine import Form, Indicator, Repeat, walk
from surveys.questionnaires.queries import form_of


@dataclass(frozen=True, slots=True)
class RoundContents:
    """Everything that goes into the workbook of a round."""

    round: Round
    form: Form
    dataset: Dataset
    submitted: Mapping[int, SignedAnswers]
    parts: Mapping[tuple[int, str], Part]
    targets: Mapping[str, TargetValue]
    at: datetime

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The catalogue of the version."""
        return tuple(self.form.definition.indicators)


def round_contents(round_: Round, *, at: datetime) -> RoundContents:
    """Read the round's newest signed revisions; agencies that have not signed stand in empty rows."""
    form = form_of(round_.version)
    variables = variables_of(form)
    units = tuple(units_asked(round_))
    submitted = {item.agency_id: item for item in signed_answers(round_)}
    rows = tuple(_row(variables, submitted.get(unit["agency_id"])) for unit in units)
    parts = [
        part
        for item in submitted.values()
        for part in parts_of(form, item.answers, item.remarks, agency_id=item.agency_id, at=at)
    ]
    rules = [rule_of(indicator) for indicator in form.definition.indicators if indicator.numerator]
    values = target_values(units_frame(units), parts_frame(parts), rules)
    return RoundContents(
        round=round_,
        form=form,
        dataset=Dataset(variables=variables, units=units, rows=rows),
        submitted=submitted,
        parts={(part.agency_id, part.code): part for part in parts},
        targets={value.code: value for value in values},
        at=at,
    )


def _row(variables: Any, item: SignedAnswers | None) -> dict[str, Value]:
    return values_of(variables, item.answers, item.remarks) if item else {}


def repeats_of(form: Form) -> tuple[Repeat, ...]:
    """The repeats of the questionnaire, in its order."""
    return tuple(item for item in walk(form.definition.children) if isinstance(item, Repeat))
