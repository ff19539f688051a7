"""What becomes of open tasks when agencies are merged, split or moved."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.enums import Disposition, RoundStatus
from surveys.campaigns.models import Assignment, Round
from surveys.campaigns.services.running import assign
from surveys.campaigns.services.standing import topic
from surveys.live import services as live
from surveys.organisations.enums import Decision
from surveys.organisations.models import Agency, AgencyChange, User

ENDING: Final = {Decision.DROP, Decision.INSTEAD}
FOLLOWED: Final = {Decision.ALSO, Decision.INSTEAD}


@transaction.atomic
def settle_tasks(
    change: AgencyChange,
    decisions: Mapping[int, Decision],
    successors: Mapping[int, Sequence[Agency]],
    *,
    actor: User | None,
    at: datetime,
) -> None:
    """Carry out what was decided, by task, in rounds that are open; one event for each round.

    Answers, names and history stay with the agency that was asked; a successor that is asked
    already is not asked twice.
    """
    tasks = Assignment.objects.select_for_update(of=("self",)).filter(
        pk__in=decisions, round__status=RoundStatus.OPEN
    )
    by_round: dict[int, list[Assignment]] = {}
    for task in tasks.order_by("pk"):
        by_round.setdefault(task.round_id, []).append(task)
    rounds = Round.objects.select_related("campaign", "version").in_bulk(by_round)
    for pk, touched in by_round.items():
        ending = [task for task in touched if decisions[task.pk] in ENDING]
        for task in ending:
            task.disposition = Disposition.INELIGIBLE
        Assignment.objects.bulk_update(ending, ["disposition"])
        following = [task.agency_id for task in touched if decisions[task.pk] in FOLLOWED]
        added = _ask(
            rounds[pk], [a for before in following for a in successors.get(before, ())], at
        )
        data = {
            "change": change.pk,
            "decisions": {str(task.pk): decisions[task.pk].value for task in touched},
            "added": [task.pk for task in added],
        }
        audit.record(Event.ROUND_AGENCIES_SUCCEEDED, rounds[pk], actor=actor, at=at, data=data)
        live.publish(topic(pk), ["status"], at=at)


def _ask(round_: Round, agencies: Sequence[Agency], at: datetime) -> list[Assignment]:
    wanted = {agency.pk: agency for agency in agencies}
    asked = round_.assignments.filter(agency__in=wanted).values_list("agency", flat=True)
    new = [agency for pk, agency in wanted.items() if pk not in set(asked)]
    return assign(round_, new, at=at) if new else []
