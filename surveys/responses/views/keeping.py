"""What the last round proposes is confirmed, and what was taken over from it is opened."""

from surveys.common.permissions import Permission
from surveys.responses import services
from surveys.responses.models import Response
from surveys.responses.services import SaveOutcome
from surveys.responses.views.rows import RowAct


class ProposalKeep(RowAct):
    """Confirms what is proposed at a place: a cell, a table or repeat, or a whole section."""

    permission_required = Permission.RESPONSE_EDIT

    @property
    def place(self) -> str:
        return self.request.POST.get("keep", "")

    def act(self, response: Response, edit_id: str) -> SaveOutcome:
        return services.keep(
            response,
            where=self.place,
            basis=self.request.POST.get("basis", ""),
            edit_id=edit_id,
            actor=self.user,
            at=self.at,
        )


class CarriedUnlock(RowAct):
    """Opens one answer that was taken over from the last round."""

    permission_required = Permission.RESPONSE_EDIT

    @property
    def place(self) -> str:
        return self.request.POST.get("unlock", "")

    def act(self, response: Response, edit_id: str) -> SaveOutcome:
        return services.unlock(
            response, path=self.place, edit_id=edit_id, actor=self.user, at=self.at
        )
