"""Taking figures from below over into the agency's own answers."""

from collections.abc import Collection
from datetime import datetime

from django.utils import translation

from surveys.campaigns.models import Assignment
from surveys.engine import Cell
from surveys.organisations.models import User
from surveys.responses.below.queries import figures_from_below
from surveys.responses.enums import Channel
from surveys.responses.models import Response
from surveys.responses.services.cells import CellEdit, SaveOutcome
from surveys.responses.services.saving import save_cells


def take_from_below(
    response: Response,
    *,
    paths: Collection[str],
    seen: dict[str, Cell],
    edit_id: str,
    actor: User,
    at: datetime,
) -> SaveOutcome:
    """Write the figures from below at the paths, as one save through the channel "prefilled".

    Each meets the cell that was ``seen``, as any other save does: a colleague's newer figure comes
    back as a conflict. What has no figure below is left alone. Raises what ``save_cells`` raises.
    """
    assignment = Assignment.objects.select_related("version").get(pk=response.assignment_id)
    edits = [
        CellEdit(figure.path, value=_typed(figure.value), seen=seen.get(figure.path, Cell()))
        for figure in figures_from_below(assignment)
        if figure.path in paths and figure.value
    ]
    # Numbers are typed as one does on a Vietnamese page, where a comma is always decimal.
    with translation.override("vi"):
        return save_cells(
            response, edit_id=edit_id, edits=edits, actor=actor, at=at, channel=Channel.PREFILL
        )


def _typed(value: str) -> str:
    return value.replace(".", ",")
