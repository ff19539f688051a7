"""What was agreed with the agencies of a round, and what one agency may ask."""

from dataclasses import dataclass

from surveys.campaigns.enums import Disposition, ExtensionStatus, RoundStatus
from surveys.campaigns.models import Assignment, Extension, Refusal, Round
from surveys.campaigns.queries.counts import DONE


@dataclass(frozen=True)
class Agreements:
    """Wishes that wait for an answer, all other extensions, and refusals; the latest first."""

    asked: list[Extension]
    decided: list[Extension]
    refusals: list[Refusal]


def agreements(round_: Round) -> Agreements:
    """Of the round; two queries."""
    extensions = list(
        Extension.objects.filter(assignment__round=round_).select_related(
            "assignment__agency", "asked_by", "decided_by"
        )
    )
    refusals = Refusal.objects.filter(assignment__round=round_).select_related(
        "assignment__agency", "recorded_by", "withdrawn_by"
    )
    return Agreements(
        asked=[each for each in extensions if each.status == ExtensionStatus.ASKED],
        decided=[each for each in extensions if each.status != ExtensionStatus.ASKED],
        refusals=list(refusals),
    )


def waiting_wishes(round_: Round) -> int:
    """How many wishes for more time wait for an answer."""
    return Extension.objects.filter(assignment__round=round_, status=ExtensionStatus.ASKED).count()


def may_be_extended(assignment: Assignment) -> bool:
    """Whether more time could be given: open round, still asked, not submitted in time."""
    in_time = assignment.status in DONE and not assignment.late_days
    return (
        assignment.round.status == RoundStatus.OPEN
        and assignment.disposition == Disposition.ASKED
        and not in_time
    )


def may_be_refused(assignment: Assignment) -> bool:
    """Whether a refusal could be noted."""
    return (
        assignment.round.status == RoundStatus.OPEN
        and assignment.disposition == Disposition.ASKED
        and assignment.status not in DONE
    )
