"""Undo, redo, and leaving an undo that cannot be."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar, Final
from uuid import UUID

from django.views.generic import View

from surveys.definitions.editing import (
    Add,
    Change,
    Delete,
    Move,
    Operation,
    Place,
    kept_operations,
)
from surveys.organisations.requests import person_of
from surveys.questionnaires import services
from surveys.questionnaires.views.drafts import DraftChangeMixin
from surveys.questionnaires.views.fragments import (
    Reader,
)

NUMBER_LENGTH: Final = 9


class DraftUndoView(DraftChangeMixin, View):
    """Take back the person's own last edit."""

    service: ClassVar[Callable[..., services.Edited]] = staticmethod(services.undo)

    def change(self, _body: dict[str, Any], edit_id: UUID) -> str:
        """Undo; what was changed is selected."""
        edited = self.service(
            self.draft, edit_id=edit_id, actor=person_of(self.request), at=self.at
        )
        self.take(edited.version)
        return _first_shown(edited, self.reader) if edited.edit else ""


class DraftRedoView(DraftUndoView):
    """Do again what the person undid last."""

    service = staticmethod(services.redo)


class DraftGiveUpUndoView(DraftUndoView):
    """Leave the last edit as it is, so that the one before can be undone."""

    service = staticmethod(services.give_up_undo)


def _first_shown(edited: services.Edited, reader: Reader) -> str:
    """The first element that the edit changed, brought back or moved; what stood before a deleted one."""
    assert edited.edit is not None
    shown = {each.uid for each in reader.form.definition.elements()}
    for operation in kept_operations(edited.edit.operations):
        for uid in _concerned(operation):
            if uid in shown:
                return uid
    return ""


def _concerned(operation: Operation) -> Iterator[str]:
    match operation:
        case Add(place=place, values=values):
            yield str(values[0].get("uid", ""))
            yield place.parent
        case Delete(origin=Place() as origin):
            yield origin.after
            yield origin.parent
        case Change(node=node) | Move(node=node) | Delete(node=node):
            yield node
