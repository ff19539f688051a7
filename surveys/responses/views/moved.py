"""What an agency reads after its draft moved to a newer version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from surveys.engine import Form, Question
from surveys.questionnaires.queries import form_of
from surveys.rendering import missing_code_label, value_text
from surveys.responses.models import AnswerChange, Response
from surveys.responses.moves import last_move
from surveys.responses.views.moving import places_in_words
from surveys.responses.workflow import EDITABLE

SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class FormerAnswer:
    """An answer as it stood before."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class MoveNotice:
    """The move as the agency is told of it; ``more`` answers are not listed."""

    number: int
    at: datetime
    carried: int
    review: tuple[FormerAnswer, ...]
    dropped: tuple[FormerAnswer, ...]
    more: int


def move_notice(response: Response | None, language: str) -> MoveNotice | None:
    """What the newest move did to a draft; ``None`` for what never moved or may no longer change."""
    if response is None or response.assignment.status not in EDITABLE:
        return None
    move = last_move(response)
    if move is None:
        return None
    change = AnswerChange.objects.filter(response=response, number=move.number).first()
    before: dict[str, Mapping[str, Any]] = (
        {path: old for path, old, _new in change.changes} if change else {}
    )
    form = form_of(move.from_version)
    review = _former(form, move.review[:SHOWN], before, language)
    dropped = _former(form, move.dropped[:SHOWN], before, language)
    return MoveNotice(
        number=response.version.number,
        at=move.at,
        carried=move.kept + len(move.converted),
        review=review,
        dropped=dropped,
        more=len(move.review) + len(move.dropped) - len(review) - len(dropped),
    )


def _former(
    form: Form, paths: Sequence[str], before: Mapping[str, Mapping[str, Any]], language: str
) -> tuple[FormerAnswer, ...]:
    return tuple(
        FormerAnswer(
            place=places_in_words(form, [path], language)[0],
            text=_text(form, path, before.get(path, {}), language),
        )
        for path in paths
    )


def _text(form: Form, path: str, cell: Mapping[str, Any], language: str) -> str:
    question = form.element(path.rpartition("/")[2])
    if missing := cell.get("missing"):
        return missing_code_label(missing)
    if typed := cell.get("typed"):
        return str(typed)
    if not isinstance(question, Question):
        return ""
    known = form.definition.lists.get(question.list_name)
    choices = known.by_name() if known else {}
    return value_text(question, cell.get("value"), language, choices)
