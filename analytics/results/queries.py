"""What the results read: the agencies' shares in the indicators, and what is stored. No pandas here."""

from collections.abc import Sequence
from datetime import datetime

from analytics.answers import SignedAnswers
from analytics.results.models import RoundResult
from analytics.results.parts import Part, parts_of
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Campaign, Round
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import form_of


def read_parts(signed: Sequence[SignedAnswers], *, at: datetime) -> list[Part]:
    """The agencies' shares in the indicators, each read with the version that it answered."""
    versions = QuestionnaireVersion.objects.in_bulk({item.version_id for item in signed})
    forms = {pk: form_of(version) for pk, version in versions.items()}
    return [
        part
        for item in signed
        for part in parts_of(
            forms[item.version_id], item.answers, item.remarks, agency_id=item.agency_id, at=at
        )
    ]


def result_of(round_: Round) -> RoundResult | None:
    """The stored result of a round, if it was ever computed."""
    return RoundResult.objects.filter(round=round_).first()


def results_of(campaign: Campaign) -> list[tuple[Round, RoundResult]]:
    """The rounds of a campaign that have a result, the oldest first, each with it; one query."""
    found = (
        RoundResult.objects.filter(round__campaign=campaign)
        .select_related("round__campaign", "round__version")
        .order_by("round__reference_date", "round_id")
    )
    return [(result.round, result) for result in found]


def is_withheld(round_: Round) -> bool:
    """Whether nothing is computed yet: a total before and after one signature tells what was signed."""
    return round_.campaign.is_confidential and round_.status != RoundStatus.CLOSED
