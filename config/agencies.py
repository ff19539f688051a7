"""What higher contexts know about agencies that change."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from surveys.campaigns.queries import open_tasks_of
from surveys.campaigns.services import settle_tasks
from surveys.common.permissions import Permission
from surveys.organisations.enums import Decision
from surveys.organisations.models import Agency, AgencyChange, User
from surveys.organisations.rounds import KnowsRounds, OpenTask


class CampaignRounds:
    """The rounds of campaigns, as organisations ask about them."""

    def open_tasks(self, agencies: Sequence[int], *, user: User) -> list[OpenTask]:
        """The tasks of the agencies in rounds that are open; who may close a round decides."""
        return [
            OpenTask(
                pk=task.pk,
                agency_id=task.agency_id,
                agency=task.agency_name or task.agency.name,
                round=str(task.round),
                status=task.get_status_display(),
                due_at=task.due_at,
                may_decide=user.has_perm(Permission.ROUND_CLOSE, task.round),
            )
            for task in open_tasks_of(agencies)
        ]

    def settle(
        self,
        change: AgencyChange,
        decisions: Mapping[int, Decision],
        successors: Mapping[int, Sequence[Agency]],
        *,
        actor: User | None,
        at: datetime,
    ) -> None:
        """Carry out what was decided, by task."""
        settle_tasks(change, decisions, successors, actor=actor, at=at)


ROUNDS: Final[KnowsRounds] = CampaignRounds()
