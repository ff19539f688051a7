"""What each sort of element is called and which icon it has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.engine import Element, Group, Kind, Question, Repeat, Table
from surveys.questionnaires.outline import KINDS

ICONS: Final[Mapping[Kind, str]] = {
    Kind.TEXT: "fonts",
    Kind.INTEGER: "123",
    Kind.DECIMAL: "123",
    Kind.DATE: "calendar-date",
    Kind.TIME: "clock",
    Kind.DATETIME: "calendar-date",
    Kind.SELECT_ONE: "ui-radios",
    Kind.SELECT_MULTIPLE: "ui-checks",
    Kind.RANK: "list-ol",
    Kind.NOTE: "info-circle",
    Kind.CALCULATE: "calculator",
    Kind.HIDDEN: "eye-slash",
    Kind.RANGE: "sliders",
    Kind.ACKNOWLEDGE: "check2-square",
    Kind.FILE: "paperclip",
    Kind.IMAGE: "image",
}
BLOCKS: Final[Mapping[type, tuple[str, Promise]]] = {
    Group: ("folder2", _("Group")),
    Repeat: ("list-nested", _("Repeat")),
    Table: ("table", _("Table")),
}


@dataclass(frozen=True, slots=True)
class Addable:
    """Something that can be added."""

    code: str
    icon: str
    label: str | Promise


ADDABLE: Final = (
    *(Addable(kind.value, ICONS[kind], KINDS[kind]) for kind in Kind),
    Addable("group", *BLOCKS[Group]),
    Addable("repeat", *BLOCKS[Repeat]),
    Addable("table", *BLOCKS[Table]),
    Addable("section", "layout-text-window", _("Section")),
)
"""The menu of what can be added, questions first."""


def icon_of(element: Element) -> str:
    """The icon of an element's sort."""
    return ICONS[element.kind] if isinstance(element, Question) else BLOCKS[type(element)][0]


def kind_of(element: Element) -> Promise:
    """What an element's sort is called."""
    return KINDS[element.kind] if isinstance(element, Question) else BLOCKS[type(element)][1]
