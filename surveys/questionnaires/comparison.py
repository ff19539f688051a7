"""The changes between two versions, in words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from surveys.engine import Change, ChangeClass, Definition, Fate, What, text_in
from surveys.questionnaires.outline import KINDS

CLASSES: Final[dict[ChangeClass, tuple[Promise, str]]] = {
    ChangeClass.BREAKING: (_("Breaking"), "bad"),
    ChangeClass.COMPATIBLE: (_("Compatible"), "active"),
    ChangeClass.COSMETIC: (_("Wording only"), "idle"),
}
FATES: Final[dict[Fate, Promise]] = {
    Fate.KEPT: _("Kept"),
    Fate.CONVERTED: _("Converted"),
    Fate.REVIEW: _("Kept, to be looked at"),
    Fate.DROPPED: _("Dropped from the draft"),
}
HAPPENINGS: Final[dict[What, Promise]] = {
    What.ADDED: _("Added"),
    What.REMOVED: _("Removed"),
    What.MOVED: _("Moved"),
    What.RENAMED: _("Renamed"),
    What.CHANGED: _("Altered"),
}
ASPECTS: Final[dict[str, Promise]] = {
    "title": _("Title"),
    "settings": _("Settings"),
    "languages": _("Languages"),
    "label": _("Label"),
    "hint": _("Hint"),
    "guidance": _("Guidance"),
    "number": _("No."),
    "appearance": _("Appearance"),
    "required": _("Required"),
    "required_message": _("Message when required"),
    "constraint": _("Must hold"),
    "constraint_message": _("Message of the check"),
    "warning": _("Warns unless"),
    "warning_message": _("Message of the warning"),
    "band": _("Usual change since the last round"),
    "relevant": _("Shown if"),
    "closed": _("Greyed if"),
    "calculation": _("Calculation"),
    "choice_filter": _("Choices if"),
    "default": _("Starts with"),
    "read_only": _("Read-only"),
    "repeat_count": _("Number of rows"),
    "kind": _("Type of answer"),
    "type": _("Kind"),
    "list_name": _("List of choices"),
    "row_list": _("List of rows"),
    "unit": _("Unit"),
    "missing": _("Reasons for a missing figure"),
    "evidence": _("Evidence"),
    "personal_data": _("Personal data"),
    "indicator": _("Indicator"),
    "or_other": _("Other answers"),
    "parameters": _("Parameters"),
    "score": _("Score"),
    "order": _("Order"),
    "owner": _("Repeat or table"),
    "parent": _("Group"),
    "choice": _("Choice"),
    "row": _("Row"),
    "list": _("List of choices"),
    "lookup": _("Lookup table"),
    "successor_of": _("Successor of"),
    "library_item": _("Library item"),
    "target": _("Target"),
    "scoring": _("Scoring rule"),
    "valid_from": _("Valid from"),
}
_SORTS: Final[dict[str, Promise]] = {
    "group": _("Group"),
    "repeat": _("Repeat"),
    "table": _("Table"),
    **{kind.value: word for kind, word in KINDS.items()},
}
_SPOKEN: Final = {"kind", "type", "element"}
"""Aspects whose contents are types and have words."""


@dataclass(frozen=True, slots=True)
class WordedChange:
    """A change as a line of a page. ``aspect`` is ``""`` where the whole came, went or moved."""

    class_word: Promise
    look: str
    label: str
    place: str
    happening: Promise
    aspect: str | Promise
    detail: str
    old: str | Promise
    new: str | Promise
    fate: Promise
    touches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClassCount:
    """How many changes are of a class."""

    change_class: str
    word: Promise
    look: str
    number: int


def counted(changes: Sequence[Change]) -> list[ClassCount]:
    """The classes, the gravest first, with their numbers; those without changes included."""
    numbers = Counter(change.change_class for change in changes)
    return [
        ClassCount(each.value, word, look, numbers[each]) for each, (word, look) in CLASSES.items()
    ]


def gravest_first(changes: Sequence[Change]) -> list[Change]:
    """By class, within a class as they came."""
    ranks = {each: rank for rank, each in enumerate(CLASSES)}
    return sorted(changes, key=lambda change: ranks[change.change_class])


def worded(changes: Sequence[Change], old: Definition, new: Definition) -> list[WordedChange]:
    """The changes in words; places are called as in the newer definition, else as in the older."""
    labels = _labels(old) | _labels(new)
    return [_worded(change, labels) for change in changes]


def _worded(change: Change, labels: dict[str, str]) -> WordedChange:
    word, look = CLASSES[change.change_class]
    is_whole = change.aspect == "element"
    is_type = change.aspect in _SPOKEN and change.what is not What.RENAMED
    return WordedChange(
        class_word=word,
        look=look,
        label=labels.get(change.place, ""),
        place=change.place,
        happening=HAPPENINGS[change.what],
        aspect="" if is_whole else ASPECTS.get(change.aspect, change.aspect),
        detail=change.detail,
        old=_SORTS.get(change.old, change.old) if is_type else change.old,
        new=_SORTS.get(change.new, change.new) if is_type else change.new,
        fate=FATES[change.fate],
        touches=change.touches,
    )


def _labels(definition: Definition) -> dict[str, str]:
    """What each place is called, in the reader's language."""
    language = get_language() or "vi"
    labels = {"": text_in(definition.title, language)}
    for element in definition.elements():
        number = getattr(element, "number", "")
        label = text_in(element.label, language)
        labels[element.name] = f"{number}. {label}" if number and label else label or number
        rows = definition.lists.get(getattr(element, "row_list", ""))
        for choice in rows.choices if rows else ():
            labels[f"{element.name}/{choice.name}"] = text_in(choice.label, language)
    for found in definition.lists.values():
        labels |= {
            f"lists.{found.name}/{each.name}": text_in(each.label, language)
            for each in found.choices
        }
    for indicator in definition.indicators:
        labels[f"indicators.{indicator.code}"] = text_in(indicator.label, language)
    return labels
