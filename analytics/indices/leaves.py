"""The values that an index takes of every unit of a round, from what was signed. No numpy here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from analytics.answers import SignedAnswers, signed_answers, units_asked
from analytics.dataset import Value, Variable, values_of, variables_of
from analytics.definitions import IndexDefinition, IndicatorDefinition
from analytics.definitions.formulas import names_in, parse_formula
from analytics.definitions.vocabulary import SourceKind
from analytics.indices.cells import (
    BLANK,
    NOT_APPLICABLE,
    NOT_SIGNED,
    Cell,
    State,
    answered,
    cell_of_answer,
    cell_of_text,
    missing,
)
from analytics.indices.columns import columns_beside
from analytics.indices.enums import Scores
from analytics.indices.models import CompositeIndex
from analytics.results.parts import Part, parts_of
from surveys.campaigns.models import Round
from surveys.engine import Context, Form, FormState, Indicator
from surveys.questionnaires.catalogue.queries import indicators_of
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import form_of
from surveys.verification.claims import Claim, Scored, claim, scored_indicators
from surveys.verification.models import VerificationItem

IN_TABLES: Final = frozenset({SourceKind.COLUMN, SourceKind.IMPORT})


@dataclass(frozen=True, slots=True)
class RoundUnit:
    """A unit that the round asks, as of the asking.

    ``values`` holds a figure or a text for each indicator that is no formula, by its code, and for each
    other column that the definition names; what is absent has no value. ``states`` says of each
    indicator why.
    """

    agency_id: int
    key: str
    name: str
    name_en: str
    type: str
    is_signed: bool
    values: Mapping[str, float | str]
    states: Mapping[str, State]


@dataclass(frozen=True, slots=True)
class RoundValues:
    """The units, and the columns that there are for them: a column that is named and stands nowhere is
    not among them.
    """

    units: list[RoundUnit]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """Everything beside the answers that cells are read with, asked of the database once."""

    indicators: Sequence[IndicatorDefinition]
    others: Sequence[str]
    beside: Mapping[str, Mapping[int, str]]
    verified: Mapping[tuple[int, str], Cell]
    forms: Mapping[int, Form]
    scored: Mapping[int, Mapping[str, Scored]]
    at: datetime
    types: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Signed:
    """The signed answers of one agency, worked out as far as somebody asks."""

    agency_type: str
    answers: SignedAnswers
    form: Form
    scored: Mapping[str, Scored]
    at: datetime

    @cached_property
    def variables(self) -> Mapping[str, Variable]:
        """The variables of the questionnaire by name."""
        return {each.name: each for each in variables_of(self.form)}

    @cached_property
    def state(self) -> FormState:
        """The form as it was filled in."""
        return FormState(
            self.form,
            answers=dict(self.answers.answers),
            remarks=dict(self.answers.remarks),
            context=Context(today=self.at.date(), now=self.at),
        )

    @cached_property
    def parts(self) -> Mapping[str, Part]:
        """The agency's share in each indicator of the questionnaire."""
        found = parts_of(
            self.form,
            self.answers.answers,
            self.answers.remarks,
            agency_id=self.answers.agency_id,
            at=self.at,
        )
        return {part.code: part for part in found}

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """The indicators of the questionnaire by code."""
        return {each.code: each for each in self.form.definition.indicators}


def other_columns(definition: IndexDefinition) -> tuple[str, ...]:
    """The columns that the definition names beside its indicators, each once, in order."""
    codes = definition.by_code()
    names: list[str] = []
    for indicator in definition.indicators:
        if indicator.source.kind is SourceKind.FORMULA:
            names += names_in(parse_formula(indicator.source.expression))
        if indicator.denominator:
            names.append(indicator.denominator.column)
        if indicator.imputation:
            names.append(indicator.imputation.group)
    names += [definition.missing.imputation.group, definition.ranking.blocks]
    names += [boundary.weight for boundary in definition.boundaries]
    own = {"", definition.columns.unit, definition.columns.type, *codes}
    return tuple(name for name in dict.fromkeys(names) if name not in own)


def read_values(
    definition: IndexDefinition, round_: Round, *, index: CompositeIndex, scores: Scores
) -> RoundValues:
    """Every unit asked in the round that the index assesses, in official order.

    The answers are those signed last, each read with the version that was answered. A unit that has
    signed nothing has what stands in tables and in the catalogue of agencies. The number of queries
    does not grow with the units.
    """
    units = units_asked(round_)
    signed = {each.agency_id: each for each in signed_answers(round_)}
    asked = _asked(definition, round_, signed.values(), index=index, scores=scores)
    read = [
        _unit(unit, signed.get(unit["agency_id"]), asked)
        for unit in units
        if not asked.types or unit["type"] in asked.types
    ]
    return RoundValues(read, _columns(asked))


def _columns(asked: Asked) -> tuple[str, ...]:
    """The indicators and other columns that stand somewhere."""
    variables = {each.name for form in asked.forms.values() for each in variables_of(form)}
    found = [
        each.code
        for each in asked.indicators
        if each.source.kind not in IN_TABLES or each.column in asked.beside
    ]
    return (*found, *(n for n in asked.others if n in asked.beside or n in variables))


def _asked(
    definition: IndexDefinition,
    round_: Round,
    signed: Iterable[SignedAnswers],
    *,
    index: CompositeIndex,
    scores: Scores,
) -> Asked:
    indicators = [
        each for each in definition.indicators if each.source.kind is not SourceKind.FORMULA
    ]
    others = other_columns(definition)
    wanted = {each.column for each in indicators if each.source.kind in IN_TABLES} | set(others)
    versions = QuestionnaireVersion.objects.in_bulk({each.version_id for each in signed})
    forms = {pk: form_of(version) for pk, version in versions.items()}
    has_scores = any(each.source.kind is SourceKind.SCORE for each in indicators)
    return Asked(
        indicators=indicators,
        others=others,
        beside=columns_beside(index, wanted, on=round_.reference_date),
        verified=_verified(round_) if has_scores and scores == Scores.VERIFIED else {},
        forms=forms,
        scored=_scored(forms, round_) if has_scores else {},
        # Nothing that a run reads depends on when it runs.
        at=round_.closes_at,
        types=frozenset(definition.unit_types),
    )


def _scored(forms: Mapping[int, Form], round_: Round) -> dict[int, dict[str, Scored]]:
    listed = indicators_of(round_.campaign.owner_id, round_.reference_date)
    catalogue = {each.code: each for each in listed}
    return {
        pk: {each.code: each for each in scored_indicators(form, catalogue)}
        for pk, form in forms.items()
    }


def _verified(round_: Round) -> dict[tuple[int, str], Cell]:
    """What verification found, by agency and indicator, as far as a verdict holds."""
    items = VerificationItem.objects.filter(case__plan__round=round_).exclude(verdict="")
    found = items.values_list("case__assignment__agency", "code", "verified")
    return {
        (agency, code): NOT_APPLICABLE if points is None else answered(points)
        for agency, code, points in found
    }


def _unit(unit: Mapping[str, Any], answers: SignedAnswers | None, asked: Asked) -> RoundUnit:
    signed = None
    if answers is not None:
        form, scored = asked.forms[answers.version_id], asked.scored.get(answers.version_id, {})
        signed = Signed(unit["type"], answers, form, scored, asked.at)
    values: dict[str, float | str] = {}
    states: dict[str, State] = {}
    for indicator in asked.indicators:
        cell = _cell(indicator, unit, signed, asked)
        states[indicator.code] = cell.state
        if cell.shown is not None:
            values[indicator.code] = cell.shown
    for name in asked.others:
        if (value := _other(name, unit["agency_id"], signed, asked)) is not None:
            values[name] = value
    return RoundUnit(
        agency_id=unit["agency_id"],
        key=unit["key"],
        name=unit["name"],
        name_en=unit["name_en"],
        type=unit["type"],
        is_signed=signed is not None,
        values=values,
        states=states,
    )


def _cell(
    indicator: IndicatorDefinition,
    unit: Mapping[str, Any],
    signed: Signed | None,
    asked: Asked,
) -> Cell:
    kind, name = indicator.source.kind, indicator.column
    if indicator.applies_to and unit["type"] not in indicator.applies_to:
        return NOT_APPLICABLE
    if kind in IN_TABLES:
        text = asked.beside.get(name, {}).get(unit["agency_id"])
        return _of_table(text, is_scored=bool(indicator.source.scoring))
    if signed is None:
        return NOT_SIGNED
    if kind is SourceKind.SCORE:
        verified = asked.verified.get((unit["agency_id"], name))
        return verified or _of_score(name, signed)
    if kind is SourceKind.INDICATOR:
        return _of_indicator(name, signed)
    return _of_question(name, signed, is_scored=bool(indicator.source.scoring))


def _other(name: str, agency_id: int, signed: Signed | None, asked: Asked) -> float | str | None:
    """The value of a column beside the indicators: of a table, the catalogue, or a question."""
    if name in asked.beside:
        text = asked.beside[name].get(agency_id, "").strip()
        cell = cell_of_text(text)
        return cell.value if cell.value is not None else text or None
    if signed is None:
        return None
    return _of_question(name, signed, is_scored=False).shown


def _of_table(text: str | None, *, is_scored: bool) -> Cell:
    cell = cell_of_text(text)
    if is_scored and cell.state is State.UNREADABLE:
        return Cell(State.ANSWERED, text=(text or "").strip())
    return cell


def _of_question(name: str, signed: Signed, *, is_scored: bool) -> Cell:
    variable = signed.variables.get(name)
    if variable is None:
        return NOT_APPLICABLE
    given = signed.answers
    found: Value = values_of([variable], given.answers, given.remarks)[name]
    if found is None and not signed.state.is_relevant(variable.path.partition("/")[0]):
        return NOT_APPLICABLE
    cell = cell_of_answer(variable, found)
    if is_scored and isinstance(found, str) and cell.state in {State.ANSWERED, State.UNREADABLE}:
        # The definition's own rule turns the code of the choice into points.
        return Cell(State.ANSWERED, text=found)
    return cell


def _of_indicator(code: str, signed: Signed) -> Cell:
    """The unit's own value: its numerator, over its denominator where the indicator is a ratio."""
    part, indicator = signed.parts.get(code), signed.indicators.get(code)
    if part is None or indicator is None:
        return NOT_APPLICABLE
    if indicator.applies_to and signed.agency_type not in indicator.applies_to:
        return NOT_APPLICABLE
    if part.numerator is None:
        return missing(part.missing)
    value = part.numerator
    if indicator.over == "sum":
        if not part.denominator:
            # Nothing to be a share of: none of nought units, systems or meetings.
            return BLANK if part.denominator is None else NOT_APPLICABLE
        value /= part.denominator
    return answered(value * 100 if indicator.is_percent else value)


def _of_score(code: str, signed: Signed) -> Cell:
    scored = signed.scored.get(code)
    if scored is None:
        return NOT_APPLICABLE
    given = signed.answers
    content = {"answers": given.answers, "remarks": given.remarks, "evidence": given.evidence}
    return _of_claim(claim(scored, content))


def _of_claim(found: Claim) -> Cell:
    return missing(found.missing) if found.score is None else answered(found.score)
