"""Drafts on their way to a newer version: which ones they are, and what becomes of their answers."""

from copy import copy
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import translation

from surveys.campaigns.models import Assignment, Round
from surveys.engine import Documents, Fate, Form, FormState, Migration, migrate
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import form_of
from surveys.responses.models import DraftMove, Response
from surveys.responses.queries import start_of, state_of
from surveys.responses.workflow import EDITABLE


@dataclass(frozen=True, slots=True)
class CellFates:
    """What becomes of a draft's cells, by the paths at which they stand before, in the order of the
    questionnaire. The words are those of ``DraftMove``.
    """

    kept: tuple[str, ...]
    converted: tuple[str, ...]
    review: tuple[str, ...]
    dropped: tuple[str, ...]


def drafts_to_move(round_: Round, version: QuestionnaireVersion) -> QuerySet[Response]:
    """The drafts of a round that stand under an older version, in official order."""
    return (
        Response.objects.filter(
            assignment__round=round_,
            assignment__status__in=EDITABLE,
            version__questionnaire=version.questionnaire_id,
            version__number__lt=version.number,
        )
        .select_related("assignment__agency", "assignment__round", "version")
        .defer("version__definition")
        .order_by("assignment__agency__official_order", "pk")
    )


def moves_of(round_: Round, version: QuestionnaireVersion) -> QuerySet[DraftMove]:
    """What became of the drafts of a round that moved to the version, in official order."""
    return (
        DraftMove.objects.filter(response__assignment__round=round_, to_version=version)
        .select_related("response__assignment__agency", "from_version")
        .defer("from_version__definition")
        .order_by("response__assignment__agency__official_order", "pk")
    )


def last_move(response: Response) -> DraftMove | None:
    """How the draft came to the version under which it stands; ``None`` if it began with it."""
    moves = response.moves.filter(to_version=response.version_id)
    return moves.select_related("from_version").defer("from_version__definition").first()


def foretell(response: Response, version: QuestionnaireVersion, *, at: datetime) -> CellFates:
    """What would become of a draft's cells under a newer version; nothing is written."""
    state = state_of(response, at=at, language=translation.get_language() or "vi")
    assignment = copy(response.assignment)
    assignment.version = version
    told = taken_over(state, assignment, at=at)
    return fates_in(told, state.form, form_of(version))


def taken_over(state: FormState, assignment: Assignment, *, at: datetime) -> Migration:
    """The draft's documents under the version that the assignment points to."""
    return migrate(
        state.form,
        form_of(assignment.version),
        Documents(state.answers, state.remarks, state.typed),
        starting=start_of(assignment, at=at).answers,
        language=translation.get_language() or "vi",
    )


def fates_in(told: Migration, before: Form, after: Form) -> CellFates:
    """The cells by what became of them: PostgreSQL keeps no order of its documents."""
    elements = (*before.definition.elements(), *after.definition.elements())
    order = {name: place for place, name in enumerate(dict.fromkeys(e.name for e in elements))}
    return CellFates(
        *(
            tuple(
                sorted(told.paths(fate), key=lambda path: order.get(path.split("/")[0], len(order)))
            )
            for fate in (Fate.KEPT, Fate.CONVERTED, Fate.REVIEW, Fate.DROPPED)
        )
    )
