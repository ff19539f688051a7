"""What each text is called, and each fault of a translation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.questionnaires.translating.remarks import Fault, Remark
from surveys.questionnaires.translating.texts import Text

LABELS: Final[Mapping[str, Promise]] = {
    "root": _("Title of the questionnaire"),
    "section": _("Title of a section"),
    "group": _("Title of a group"),
    "repeat": _("Title of a repeat"),
    "table": _("Title of a table"),
    "question": _("Question"),
    "column": _("Column of a table"),
    "choice": _("Choice"),
    "indicator": _("Name of an indicator"),
}
FIELDS: Final[Mapping[str, Promise]] = {
    "hint": _("Hint"),
    "guidance": _("Guidance"),
    "unit": _("Unit"),
    "required_message": _("Message where no answer is given"),
    "constraint_message": _("Message of a check"),
    "warning_message": _("Message of a warning"),
}
FAULTS: Final[Mapping[Fault, Promise]] = {
    Fault.REFERENCE_MISSING: _("${%(name)s} is missing: the answer that is quoted is not shown."),
    Fault.REFERENCE_UNKNOWN: _("There is no question ${%(name)s}."),
    Fault.REFERENCE_ADDED: _("${%(name)s} does not stand in the source."),
    Fault.REFERENCE_BROKEN: _("Something begins with ${ and is no name of a question."),
    Fault.MARKUP: _("Its markup differs from that of the source."),
    Fault.LINES: _("It has another number of lines than the source."),
    Fault.BLANKS: _("It begins or ends with a blank, or the source does."),
    Fault.LONG: _("It is much longer than the source."),
}


@dataclass(frozen=True, slots=True)
class WordedRemark:
    """A remark for people."""

    words: str
    is_grave: bool


def what_of(text: Text) -> Promise:
    """What a text is."""
    return FIELDS.get(text.field) or LABELS[text.kind]


def worded(remark: Remark) -> WordedRemark:
    """The remark in the reader's language."""
    return WordedRemark(str(FAULTS[remark.fault]) % {"name": remark.name}, remark.is_grave)
