"""Whom a round will ask, and how much."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, F, Q

from surveys.campaigns.deadlines import local_day
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Round
from surveys.campaigns.queries.targets import agencies_to_ask
from surveys.campaigns.targets import TargetRule
from surveys.engine import Context, FormState
from surveys.organisations.enums import AgencyType
from surveys.organisations.models import Agency
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.prefill import known_answers
from surveys.questionnaires.queries import form_of


def agencies_by_type(*, at: datetime) -> dict[str, int]:
    """How many agencies each type has on the day of ``at``; types without any count 0."""
    counted = (
        agencies_to_ask(TargetRule(types=tuple(AgencyType.values)), at=at)
        .order_by()
        .values_list("type")
        .annotate(number=Count("pk"))
    )
    return dict.fromkeys(AgencyType.values, 0) | dict(counted)


def questions_at_start(
    version: QuestionnaireVersion, agencies: Iterable[Agency], *, at: datetime
) -> dict[str, int]:
    """How many questions an agency sees that has answered none, by type of agency.

    One agency stands for its type: what is known before asking differs between types only in ways
    that show or hide questions.
    """
    form, context = form_of(version), Context(today=local_day(at), now=at)
    examples = {agency.type: agency for agency in agencies}
    return {
        kind: FormState(form, answers=known_answers(form, agency), context=context).progress().total
        for kind, agency in examples.items()
    }


def versions_by_type(round_: Round) -> dict[str, QuestionnaireVersion]:
    """The versions of the types that are asked another questionnaire than the round's own."""
    variants = round_.variants.select_related("version").defer("version__definition")
    return {kind: variant.version for variant in variants for kind in variant.types}


def rounds_to_erase(*, at: datetime) -> list[Round]:
    """The closed and cancelled rounds whose personal data have had their time, oldest first."""
    ended = Round.objects.filter(
        Q(erased_at=None) | Q(erased_at__lt=F("closed_at")),
        status__in=[RoundStatus.CLOSED, RoundStatus.CANCELLED],
        closed_at__isnull=False,
        campaign__retention_months__isnull=False,
    )
    listed = ended.select_related("campaign", "version").order_by("closed_at", "pk")
    return [round_ for round_ in listed if round_.erases_at and round_.erases_at <= at]


def versions_asked(round_: Round) -> list[QuestionnaireVersion]:
    """The versions that a round asks now: its own, then those of its variants, as they were made."""
    variants = round_.variants.select_related("version__questionnaire").order_by("pk")
    return [round_.version, *(variant.version for variant in variants)]
