"""Which properties each sort of node has, in which order and groups: one table.

A property fits some *subjects*: the kinds of questions (``integer``), and the other sorts of nodes
(``group``, ``list``, ``root``). The pane shows what fits; a change of kind drops what no longer does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from surveys.definitions.editing import Sort
from surveys.engine import Carry, EvidenceNeed, Kind, MissingCode, Totals
from surveys.questionnaires.outline import TOTALS


class Control(StrEnum):
    """How a property is shown; each has a template of the name."""

    TEXTS = "texts"
    NAME = "name"
    KIND = "kind"
    LINE = "line"
    EXPRESSION = "expression"
    WHEN = "when"
    OPTIONS = "options"
    FLAG = "flag"
    CHECKS = "checks"
    WORDS = "words"
    LIST = "list"
    INDICATOR = "indicator"
    LANGUAGES = "languages"


class Part(StrEnum):
    """A group of properties."""

    MAIN = "main"
    CHOICES = "choices"
    SHOWN = "shown"
    CHECKS = "checks"
    VALUE = "value"
    REPORT = "report"
    MORE = "more"


PARTS: Final[Mapping[Part, str | Promise]] = {
    Part.MAIN: "",
    Part.CHOICES: _("Choices"),
    Part.SHOWN: _("When it is shown"),
    Part.CHECKS: _("Checks"),
    Part.VALUE: _("Value"),
    Part.REPORT: _("Indicator and evidence"),
    Part.MORE: _("More"),
}
"""In the order of the pane. What has no title stands open at the top."""
ALWAYS_OPEN: Final = frozenset({Part.MAIN, Part.CHOICES})

ALL_KINDS: Final = frozenset(kind.value for kind in Kind)
ANSWERED: Final = ALL_KINDS - {Kind.NOTE, Kind.CALCULATE, Kind.HIDDEN}
SEEN: Final = ALL_KINDS - {Kind.CALCULATE, Kind.HIDDEN}
WITH_VALUE: Final = ALL_KINDS - {Kind.NOTE}
TYPED: Final = ANSWERED - {Kind.FILE, Kind.IMAGE, Kind.ACKNOWLEDGE}
CHOSEN: Final = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK})
COUNTED: Final = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.RANGE, Kind.CALCULATE})
GROUP, REPEAT, TABLE = frozenset({"group"}), frozenset({"repeat"}), frozenset({"table"})
BLOCKS: Final = GROUP | REPEAT | TABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A field of the model as it is shown. ``options`` are values with their words."""

    field: str
    label: str | Promise
    control: Control
    part: Part
    subjects: frozenset[str]
    hint: str | Promise = ""
    options: tuple[tuple[str, str | Promise], ...] = ()

    @property
    def key(self) -> str:
        """The attribute of the model: ``parameters`` of ``parameters.start``."""
        return self.field.partition(".")[0]


def _property(
    field: str,
    label: Promise,
    control: Control,
    part: Part,
    subjects: Iterable[str],
    **more: Any,
) -> Property:
    return Property(
        field=field,
        label=label,
        control=control,
        part=part,
        subjects=frozenset(str(each) for each in subjects),
        **more,
    )


EVIDENCE: Final = (
    (EvidenceNeed.NONE.value, _("Not asked for")),
    (EvidenceNeed.OPTIONAL.value, _("May be attached")),
    (EvidenceNeed.REQUIRED.value, _("Must be attached")),
)
CARRY: Final = (
    ("", _("Not carried over")),
    (Carry.STOCK.value, _("A level: proposed, and confirmed or typed anew")),
    (Carry.FLOW.value, _("A flow: counted anew each round")),
    (Carry.STRUCTURAL.value, _("Stays: taken over and locked until it is edited")),
)
MISSING: Final = (
    (MissingCode.NOT_APPLICABLE.value, _("Not applicable")),
    (MissingCode.NOT_YET.value, pgettext_lazy("property", "No figure yet")),
    (MissingCode.RESTRICTED.value, _("Restricted")),
)
PREFILL: Final = (
    ("", _("Nothing")),
    ("agency_name", _("The name of the agency")),
    ("agency_type", _("The type of the agency")),
    ("agency_code", _("The code of the agency")),
    ("parent_name", _("The name of the agency above")),
    ("province_name", _("The name of the province")),
    ("communes", _("The number of communes in it")),
    ("units_below", _("The number of units directly below it")),
    ("sum_below", _("The sum over the units below")),
    ("mean_below", _("The mean over the units below")),
)
APPEARANCES: Final[Mapping[str, tuple[frozenset[str], Promise]]] = {
    "minimal": (frozenset({Kind.SELECT_ONE.value}), _("As a drop-down list, however few choices")),
    "multiline": (frozenset({Kind.TEXT.value}), _("Several lines")),
    "likert": (TABLE, _("One column of choices as a scale")),
}
"""The words of ``appearance`` that have an effect here: on what, and what they mean."""

PROPERTIES: Final = (
    _property("title", pgettext_lazy("property", "Title"), Control.TEXTS, Part.MAIN, {"root"}),
    _property("languages", _("Languages"), Control.LANGUAGES, Part.MAIN, {"root"}),
    _property("label", _("Label"), Control.TEXTS, Part.MAIN, {*ALL_KINDS, *BLOCKS, "choice", "indicator"}),
    _property(
        "name", pgettext_lazy("property", "Name"), Control.NAME, Part.MAIN, {*ALL_KINDS, *BLOCKS, "list", "choice"}
    ),
    _property("number", _("Number"), Control.LINE, Part.MAIN, {*ALL_KINDS, *REPEAT, *TABLE}),
    _property("kind", pgettext_lazy("property", "Type"), Control.KIND, Part.MAIN, ALL_KINDS),
    _property("hint", pgettext_lazy("property", "Explanation"), Control.TEXTS, Part.MAIN, {*SEEN, *BLOCKS}),
    _property("unit", _("Unit"), Control.TEXTS, Part.MAIN, {*COUNTED, "indicator"}),
    _property("score", _("Score"), Control.LINE, Part.MAIN, {"choice"}),
    _property("repeat_count", _("Number of rows"), Control.EXPRESSION, Part.MAIN, REPEAT,
              hint=_("Empty: respondents add rows themselves.")),
    _property("totals", _("Totals"), Control.OPTIONS, Part.MAIN, TABLE,
              options=((Totals.NONE.value, _("None")), *((key.value, word) for key, word in TOTALS.items()))),
    _property("parameters.start", pgettext_lazy("range", "From"), Control.LINE, Part.MAIN, {Kind.RANGE}),
    _property("parameters.end", pgettext_lazy("range", "To"), Control.LINE, Part.MAIN, {Kind.RANGE}),
    _property("parameters.step", pgettext_lazy("range", "Step"), Control.LINE, Part.MAIN, {Kind.RANGE}),
    _property("list_name", _("List"), Control.LIST, Part.CHOICES, CHOSEN),
    _property("row_list", _("List of the rows"), Control.LIST, Part.CHOICES, TABLE),
    _property("or_other", _("“Other”, with a text to say what"), Control.FLAG, Part.CHOICES, CHOSEN),
    _property("choice_filter", _("Only choices for which"), Control.EXPRESSION, Part.CHOICES, CHOSEN),
    _property("relevant", _("Shown if"), Control.EXPRESSION, Part.SHOWN, {*ALL_KINDS, *BLOCKS},
              hint=_("Empty: always.")),
    _property("closed", _("Closed cells"), Control.EXPRESSION, Part.SHOWN, TABLE),
    _property("required", _("Required"), Control.WHEN, Part.CHECKS, ANSWERED),
    _property("required_message", _("What is said then"), Control.TEXTS, Part.CHECKS, ANSWERED),
    _property("constraint", _("Must hold"), Control.EXPRESSION, Part.CHECKS, {*ANSWERED, *TABLE},
              hint=_("“.” is the answer. What fails cannot be sent.")),
    _property("constraint_message", _("What is said if it fails"), Control.TEXTS, Part.CHECKS, {*ANSWERED, *TABLE}),
    _property("warning", _("Should hold"), Control.EXPRESSION, Part.CHECKS, {*ANSWERED, *TABLE},
              hint=_("What fails has to be explained.")),
    _property("warning_message", _("What is asked then"), Control.TEXTS, Part.CHECKS, {*ANSWERED, *TABLE}),
    _property("band", _("Usual change since the last round"), Control.LINE, Part.CHECKS, COUNTED,
              hint=_("For example 20%, ±5, -10%..+50% or >=0. What leaves it has to be explained.")),
    _property("parameters.unique", _("No two rows alike"), Control.FLAG, Part.CHECKS, TYPED),
    _property("calculation", _("Calculation"), Control.EXPRESSION, Part.VALUE, WITH_VALUE - {Kind.FILE, Kind.IMAGE}),
    _property("trigger", _("Only when this changes"), Control.LINE, Part.VALUE, WITH_VALUE - {Kind.FILE, Kind.IMAGE}),
    _property("default", _("Starts with"), Control.EXPRESSION, Part.VALUE, {*TYPED, Kind.HIDDEN}),
    _property("parameters.prefill", _("Filled in with"), Control.OPTIONS, Part.VALUE,
              {Kind.TEXT, Kind.SELECT_ONE, Kind.HIDDEN, Kind.INTEGER, Kind.DECIMAL}, options=PREFILL),
    _property("parameters.below", _("Name of the question below"), Control.LINE, Part.VALUE,
              {Kind.INTEGER, Kind.DECIMAL},
              hint=_("Where the units below are asked under another name.")),
    _property("read_only", _("Read only"), Control.WHEN, Part.VALUE, ANSWERED),
    _property("indicator", _("Indicator"), Control.INDICATOR, Part.REPORT, {*ANSWERED, Kind.CALCULATE}),
    _property("evidence", _("Evidence"), Control.OPTIONS, Part.REPORT, ANSWERED, options=EVIDENCE),
    _property("carry", _("Last round's answer"), Control.OPTIONS, Part.REPORT, WITH_VALUE, options=CARRY),
    _property("missing", _("May be left without a figure"), Control.CHECKS, Part.REPORT, ANSWERED, options=MISSING),
    _property("personal_data", _("Personal data"), Control.FLAG, Part.REPORT, WITH_VALUE),
    _property("guidance", pgettext_lazy("property", "Guidance"), Control.TEXTS, Part.MORE, SEEN),
    _property("appearance", _("Appearance"), Control.WORDS, Part.MORE,
              {each for subjects, _word in APPEARANCES.values() for each in subjects}),
    _property("successor_of", _("Goes on from"), Control.LINE, Part.MORE, WITH_VALUE,
              hint=_("The name that the question had in the version before.")),
)  # fmt: skip
"""Every property, in the order of the pane."""

BY_FIELD: Final = {each.field: each for each in PROPERTIES}
HAS_TEXTS: Final = frozenset(each.field for each in PROPERTIES if each.control is Control.TEXTS)


def subject_of(sort: Sort, node: Mapping[str, Any]) -> str:
    """What the table calls a node: the kind of a question, else its sort."""
    return str(node["kind"]) if sort is Sort.QUESTION else sort.value


def words_for(subject: str) -> tuple[tuple[str, Promise], ...]:
    """The words of ``appearance`` that have an effect on the subject."""
    return tuple((word, said) for word, (on, said) in APPEARANCES.items() if subject in on)


def value_of(node: Mapping[str, Any], field: str) -> Any:
    """A property's value on a node; None where it has its default or there is nothing."""
    key, _dot, entry = field.partition(".")
    value = node.get(key)
    if entry:
        value = value.get(entry) if isinstance(value, Mapping) else None
    return value if value not in ("", [], {}, False) else None
