"""Why an edit of a draft is refused, in the reader's language."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from surveys.definitions import DefinitionUnreadable
from surveys.definitions.editing import (
    MAX_TEXT,
    EditError,
    FieldUnknown,
    NameTaken,
    NodeUnknown,
    PlaceInvalid,
    TextUnfit,
)

WORDS: Final[Mapping[type[Exception], Promise]] = {
    NodeUnknown: _("It is no longer there: somebody has deleted it."),
    FieldUnknown: _("It has no such property."),
    PlaceInvalid: _("It cannot stand there."),
    DefinitionUnreadable: _("The value does not fit."),
}
TOO_LONG: Final = format_lazy(
    _("The text is too long: at most {length} characters."), length=MAX_TEXT
)
UNPRINTABLE: Final = _("The text holds control characters, which no file can keep.")
NAME_TAKEN: Final = _("Another list is called “%(name)s”.")


class EditRefusal(EditError):
    """An edit is refused for a reason that people are told in their language."""

    def __init__(self, words: str | Promise, *, node: str = "") -> None:
        super().__init__(str(words), node=node)
        self.words = words


def words_of(failure: EditError | DefinitionUnreadable) -> str:
    """The reason; that of a mistake of the program, not of a person, as it stands."""
    match failure:
        case EditRefusal(words=words):
            return str(words)
        case TextUnfit(too_long=too_long):
            return str(TOO_LONG if too_long else UNPRINTABLE)
        case NameTaken(name=name):
            return str(NAME_TAKEN) % {"name": name}
        case _:
            return str(WORDS.get(type(failure), failure))
