"""The questionnaires of a round: its own, and those that some types of agency are asked instead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from surveys.campaigns.models import Round
from surveys.campaigns.queries import versions_asked
from surveys.engine import Form, Indicator
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import form_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A questionnaire as the round asks it now."""

    version: QuestionnaireVersion
    form: Form

    @property
    def questionnaire_id(self) -> int:
        """The key of the questionnaire, which its older versions share."""
        return self.version.questionnaire_id

    def measured(self, code: str) -> Indicator | None:
        """The indicator of that code, if this questionnaire has an expression for it."""
        found = (each for each in self.form.definition.indicators if each.code == code)
        return next((each for each in found if each.numerator), None)


def questionnaires_asked(round_: Round) -> tuple[Asked, ...]:
    """The round's own questionnaire first, then those of its variants."""
    return tuple(Asked(version, form_of(version)) for version in versions_asked(round_))


def indicators_of(asked: Iterable[Asked]) -> tuple[Indicator, ...]:
    """Every indicator once, by code: as the first questionnaire describes it that measures it.

    One that none measures stands as the first describes it. The order is that of the questionnaires.
    """
    found: dict[str, Indicator] = {}
    for indicator in (each for one in asked for each in one.form.definition.indicators):
        known = found.get(indicator.code)
        if known is None or (indicator.numerator and not known.numerator):
            found[indicator.code] = indicator
    return tuple(found.values())


def scopes_of(code: str, asked: Sequence[Asked]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Which questionnaires measure an indicator, each with the types of agency it applies to there.

    Empty where the round has one questionnaire only: it asks everybody.
    """
    if len(asked) == 1:
        return ()
    return tuple(
        (one.questionnaire_id, tuple(indicator.applies_to))
        for one in asked
        if (indicator := one.measured(code)) is not None
    )
