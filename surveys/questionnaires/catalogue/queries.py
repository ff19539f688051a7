"""Reads of the catalogue."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from surveys.audit.models import AuditEvent
from surveys.definitions import load
from surveys.engine import Definition, Indicator, Question
from surveys.organisations.models import Agency
from surveys.organisations.rules import Person
from surveys.organisations.search import search_key
from surveys.questionnaires.catalogue.models import CatalogueIndicator
from surveys.questionnaires.enums import VersionStatus
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion

FACTS: Final = ("label", "unit", "direction", "target", "legal_basis", "scoring", "valid_from")
"""What the catalogue says of an indicator; formulas belong to a questionnaire."""


class Standing(StrEnum):
    """How an indicator of a questionnaire stands to the catalogue of its owner."""

    NEW = "new"
    CHANGED = "changed"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that the catalogue says otherwise; both as text or texts by language."""

    fact: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Candidate:
    """An indicator of a questionnaire beside the one in the catalogue.

    ``adopted`` is what the catalogue would say after taking it over.
    """

    adopted: Indicator
    standing: Standing
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """The questions of a version that refer to an indicator, and whether its sheet has it too."""

    version: QuestionnaireVersion
    questions: tuple[Question, ...]
    is_in_sheet: bool


def indicators_of(owner: Agency | int, on: date) -> tuple[Indicator, ...]:
    """The owner's indicators that count on that day, by code: what a question may refer to."""
    found = CatalogueIndicator.objects.filter(owner=owner).valid_on(on)
    return tuple(each.as_engine() for each in found)


def find_indicators(
    text: str, *, user: Person, on: date, with_retired: bool
) -> list[CatalogueIndicator]:
    """The indicators that the person may see whose code, name or legal basis holds every word."""
    found = CatalogueIndicator.objects.visible_to(user).select_related("owner")
    words = search_key(text).split()
    return [
        each
        for each in found
        if (with_retired or each.valid_to is None or each.valid_to >= on) and _fits(each, words)
    ]


def uses_of(indicator: CatalogueIndicator) -> list[Use]:
    """The versions of the owner's questionnaires that ask for the indicator, the newest first."""
    versions = QuestionnaireVersion.objects.filter(questionnaire__owner=indicator.owner_id)
    found = []
    for version in versions.select_related("questionnaire").order_by("questionnaire", "-number"):
        if indicator.code not in codes_in(version.definition):
            continue
        definition = load(version.definition)
        questions = tuple(
            each
            for each in definition.elements()
            if isinstance(each, Question) and indicator.code in each.indicators
        )
        sheet = {each.code for each in definition.indicators}
        found.append(Use(version, questions, indicator.code in sheet))
    return found


def codes_in(document: Any) -> frozenset[str]:
    """The codes of all indicators in a stored definition, asked or listed, without loading it."""
    return frozenset(_codes(document))


def unasked_elsewhere(version: QuestionnaireVersion, on: date) -> tuple[Indicator, ...]:
    """The owner's indicators that count on that day and that no other questionnaire asks for.

    Of another questionnaire the newest version that is not retired counts. An indicator that this
    version refers to is always among them.
    """
    questionnaire = version.questionnaire
    own = codes_in(version.definition)
    elsewhere: set[str] = set()
    others = Questionnaire.objects.filter(owner=questionnaire.owner_id).exclude(pk=questionnaire.pk)
    for other in others:
        newest = other.versions.exclude(status=VersionStatus.RETIRED).order_by("-number").first()
        elsewhere |= codes_in(newest.definition) if newest else set()
    found = indicators_of(questionnaire.owner_id, on)
    return tuple(each for each in found if each.code in own or each.code not in elsewhere)


def candidates(version: QuestionnaireVersion) -> list[Candidate]:
    """The indicators of a version, each beside the one its owner's catalogue has."""
    rows = CatalogueIndicator.objects.filter(owner=version.questionnaire.owner_id)
    known = {row.code: row.as_engine() for row in rows}
    return [_candidate(each, known) for each in load(version.definition).indicators]


def with_catalogue(definition: Definition, owner: int, on: date) -> Definition:
    """The definition with the indicators that its questions refer to and only the catalogue has."""
    own = {indicator.code for indicator in definition.indicators}
    wanted = {
        code
        for element in definition.elements()
        if isinstance(element, Question)
        for code in element.indicators
        if code not in own
    }
    if not wanted:
        return definition
    more = (each for each in indicators_of(owner, on) if each.code in wanted)
    return replace(definition, indicators=(*definition.indicators, *more))


def history_of(indicator: CatalogueIndicator) -> list[AuditEvent]:
    """What was done to the indicator, the latest first."""
    events = AuditEvent.objects.filter(
        subject_type=indicator._meta.label_lower, subject_id=str(indicator.pk)
    )
    return list(events.select_related("actor").order_by("-pk"))


def differences(old: Indicator, new: Indicator) -> tuple[Difference, ...]:
    """The facts in which two indicators differ."""
    return tuple(
        Difference(fact, getattr(old, fact), getattr(new, fact))
        for fact in FACTS
        if getattr(old, fact) != getattr(new, fact)
    )


def _candidate(found: Indicator, known: Mapping[str, Indicator]) -> Candidate:
    listed = known.get(found.code)
    if listed is None:
        return Candidate(_facts_only(found), Standing.NEW)
    adopted = _overlaid(listed, found)
    told = differences(listed, adopted)
    return Candidate(adopted, Standing.CHANGED if told else Standing.EQUAL, told)


def _facts_only(found: Indicator) -> Indicator:
    return Indicator(code=found.code, **{fact: getattr(found, fact) for fact in FACTS})


def _overlaid(listed: Indicator, found: Indicator) -> Indicator:
    """What a sheet leaves empty says nothing against the catalogue."""
    return Indicator(
        code=listed.code,
        label={**listed.label, **found.label},
        unit={**listed.unit, **found.unit},
        direction=found.direction or listed.direction,
        target=found.target or listed.target,
        legal_basis=found.legal_basis or listed.legal_basis,
        scoring=found.scoring or listed.scoring,
        valid_from=found.valid_from or listed.valid_from,
    )


def _fits(indicator: CatalogueIndicator, words: list[str]) -> bool:
    texts: Iterable[str] = (indicator.code, indicator.legal_basis, *indicator.label.values())
    key = search_key(" ".join(texts))
    return all(word in key for word in words)


def _codes(value: Any) -> Iterator[str]:
    match value:
        case {"element": "question", "indicator": str(codes)}:
            yield from codes.replace(",", " ").replace(";", " ").split()
        case dict():
            for each in value.get("indicators", ()):
                yield each["code"]
            for name in ("children", "columns"):
                yield from _codes(value.get(name, []))
        case list():
            for each in value:
                yield from _codes(each)
