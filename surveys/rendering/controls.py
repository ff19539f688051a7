"""From a question and its state to the control that takes the answer."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from surveys.engine import (
    Carry,
    Cell,
    Choice,
    EvidenceNeed,
    FormState,
    Kind,
    MissingCode,
    Origin,
    Question,
    Texts,
    text_in,
)
from surveys.files.policy import Purpose, extensions_of
from surveys.rendering.figures import show_date, show_datetime, show_figure, show_number
from surveys.rendering.messages import missing_code_label
from surveys.rendering.page import AttachedLine, Control, ControlKind, EvidencePanel, Option
from surveys.rendering.searching import choice_words, is_searched
from surveys.rendering.seen import seen_at, sign

RADIO_LIMIT: Final = 7

_PLAIN_KINDS: Final[Mapping[Kind, ControlKind]] = {
    Kind.INTEGER: ControlKind.NUMBER,
    Kind.DECIMAL: ControlKind.NUMBER,
    Kind.DATE: ControlKind.DATE,
    Kind.DATETIME: ControlKind.DATE,
    Kind.TIME: ControlKind.TIME,
    Kind.SELECT_MULTIPLE: ControlKind.CHECKBOXES,
    Kind.RANK: ControlKind.RANK,
    Kind.RANGE: ControlKind.RANGE,
    Kind.ACKNOWLEDGE: ControlKind.ACKNOWLEDGE,
    Kind.CALCULATE: ControlKind.OUTPUT,
    Kind.FILE: ControlKind.UPLOAD,
    Kind.IMAGE: ControlKind.UPLOAD,
}
_INPUT_MODES: Final[Mapping[Kind, str]] = {
    Kind.INTEGER: "numeric",
    Kind.DECIMAL: "decimal",
    Kind.RANGE: "decimal",
    Kind.DATE: "numeric",
}
_PURPOSES: Final[Mapping[Kind, Purpose]] = {
    Kind.FILE: Purpose.DOCUMENT,
    Kind.IMAGE: Purpose.PICTURE,
}
_NUMERIC: Final = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.RANGE})
_LISTS: Final = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK})


@dataclass(frozen=True, slots=True)
class Drawing:
    """How controls are drawn: in whose language, and whether they are only to be read.

    ``kept`` stands in the fields instead of what is stored: what a person typed and could not save;
    ``unsaved`` says why, by path. ``files`` are those that answers name, by id; ``evidence`` stands
    behind answers, by path. ``others`` names the questions, tables and repeats that are only to be
    read because somebody else answers them, with the words that say who ("": said elsewhere).
    """

    state: FormState
    language: str
    is_locked: bool = False
    kept: Mapping[str, Cell] = field(default_factory=dict)
    unsaved: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, AttachedLine] = field(default_factory=dict)
    evidence: Mapping[str, tuple[AttachedLine, ...]] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)

    def is_read_only(self, path: str) -> bool:
        """Whether this person only reads what stands at the path."""
        return self.is_locked or path.partition("/")[0] in self.others

    def answered_by(self, path: str) -> str:
        """Who answers it instead, in words; nothing inside a repeat, which says it for its rows."""
        return self.others.get(path, "")

    def file_at(self, value: object) -> AttachedLine | None:
        """The file that an answer names."""
        return self.files.get(value) if isinstance(value, str) else None

    def say(self, path: str, texts: Texts) -> str:
        """A text of the element at ``path`` with the answers it speaks of, "" where there is none."""
        text = text_in(texts, self.language, self.state.form.definition.default_language)
        return self.state.words(path, text) if "${" in text else text


def control_for(
    drawing: Drawing, question: Question, path: str, *, label: str, compact: bool
) -> Control:
    """The control of ``question`` at ``path``; ``compact`` for a cell of a grid."""
    state, language = drawing.state, drawing.language
    stored = state.cell(path)
    cell = drawing.kept.get(path, stored)
    offered = len(state.choices(path))
    kind = control_kind(question, offered, compact=compact)
    options = _options(drawing, question, path, cell)
    if is_searched(state.form, question):
        kind = ControlKind.FIND if question.kind is Kind.SELECT_ONE else ControlKind.FIND_MANY
    remark = state.remarks.get(path, {})
    locked = drawing.is_read_only(path)
    return Control(
        path=path,
        kind=kind,
        label=label,
        text=field_text(state, question, path, cell, language),
        options=options,
        words=_words(state, question, cell, language) if kind is ControlKind.FIND else cell.typed,
        offered=offered,
        ranks=_ranks(options, cell) if kind is ControlKind.RANK else (),
        seen=("" if kind is ControlKind.OUTPUT else sign(path, seen_at(state, path, stored))),
        unit=text_in(question.unit, language),
        inputmode=_INPUT_MODES.get(question.kind, ""),
        read_only=locked or state.is_read_only(path),
        proposal="" if locked or not stored.is_empty else _proposal(drawing, question, path),
        origin=stored.origin,
        can_unlock=not locked and stored.origin == Origin.CARRIED and stored.value is not None,
        required=state.is_required(path),
        invalid=bool(cell.typed),
        numeric=is_numeric(question, state, path),
        missing=cell.missing,
        missing_label=missing_code_label(cell.missing) if cell.missing else "",
        reason=str(remark.get("reason", "")),
        expected=show_date(str(remark.get("expected", ""))),
        asks_expected=MissingCode.NOT_YET in question.missing,
        missing_options=tuple(
            Option(code.value, missing_code_label(code.value), code.value == cell.missing)
            for code in question.missing
        ),
        low=show_number(question.parameters.get("start", ""), language),
        high=show_number(question.parameters.get("end", ""), language),
        step=show_number(question.parameters.get("step", ""), language),
        file=drawing.file_at(cell.value) if kind is ControlKind.UPLOAD else None,
        accept=accepted(_PURPOSES[question.kind]) if kind is ControlKind.UPLOAD else "",
        limit=most_bytes() if kind is ControlKind.UPLOAD else "",
    )


def _proposal(drawing: Drawing, question: Question, path: str) -> str:
    """What the last round proposes, in words."""
    if question.carry is not Carry.STOCK:
        return ""
    state = drawing.state
    choices = {choice.name: choice for choice in state.form.choices_of(question)}
    return value_text(question, state.proposal(path), drawing.language, choices)


def attached_panel(drawing: Drawing, question: Question, path: str) -> EvidencePanel | None:
    """The evidence behind the answer at ``path``; None where the question takes none."""
    if question.evidence is EvidenceNeed.NONE:
        return None
    return EvidencePanel(
        lines=drawing.evidence.get(path, ()),
        is_required=question.evidence is EvidenceNeed.REQUIRED,
        read_only=drawing.is_read_only(path),
        accept=accepted(Purpose.DOCUMENT),
        limit=most_bytes(),
    )


def accepted(purpose: Purpose) -> str:
    """What a browser's file dialog offers for a purpose."""
    return ",".join(f".{extension}" for extension in extensions_of(purpose))


def control_kind(question: Question, choices: int, *, compact: bool = False) -> ControlKind:
    """Which control suits a question with so many choices."""
    if question.kind is Kind.SELECT_ONE:
        few = choices <= RADIO_LIMIT and not compact and "minimal" not in question.appearance
        return ControlKind.RADIO if few else ControlKind.SELECT
    if question.kind is Kind.TEXT:
        long = "multiline" in question.appearance and not compact
        return ControlKind.AREA if long else ControlKind.LINE
    return _PLAIN_KINDS.get(question.kind, ControlKind.LINE)


def is_numeric(question: Question, state: FormState, path: str) -> bool:
    """Whether the question's figure stands at the right."""
    if question.kind is not Kind.CALCULATE:
        return question.kind in _NUMERIC
    value = state.value(path)
    return isinstance(value, str) and _looks_numeric(value)


def field_text(state: FormState, question: Question, path: str, cell: Cell, language: str) -> str:
    """What stands in the field: the typed text while it is unreadable, else the value."""
    if cell.typed:
        return cell.typed
    if question.kind is Kind.CALCULATE:
        return value_text(question, state.value(path), language)
    return cell_text(question, cell, language)


def cell_text(question: Question, cell: Cell, language: str) -> str:
    """What a field shows for a cell: text that ``FormState.read_input`` reads back as the same."""
    if cell.typed:
        return cell.typed
    value = cell.value
    if isinstance(value, bool):
        return "OK" if value else ""
    if not isinstance(value, str):
        return ""
    if question.kind in {Kind.INTEGER, Kind.DECIMAL, Kind.RANGE}:
        return show_number(value, language)
    return _TIMES.get(question.kind, str)(value)


def value_text(
    question: Question,
    value: object,
    language: str,
    choices: Mapping[str, Choice] | None = None,
) -> str:
    """A value for reading: labels of choices, figures with a true minus sign."""
    if value is None or value in ("", []):
        return ""
    if isinstance(value, list):
        return ", ".join(value_text(question, item, language, choices) for item in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = str(value)
    if choices and text in choices:
        return text_in(choices[text].label, language)
    is_computed = question.kind is Kind.CALCULATE
    if question.kind in _NUMERIC or (is_computed and _looks_numeric(text)):
        return show_figure(text, language)
    return _TIMES.get(question.kind, show_date if is_computed else str)(text)


def _show_time(text: str) -> str:
    return text[:5]


_TIMES: Final[Mapping[Kind, Callable[[str], str]]] = {
    Kind.DATE: show_date,
    Kind.DATETIME: show_datetime,
    Kind.TIME: _show_time,
}


def _looks_numeric(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdecimal()


def _options(drawing: Drawing, question: Question, path: str, cell: Cell) -> tuple[Option, ...]:
    if question.kind not in _LISTS:
        return ()
    state, language = drawing.state, drawing.language
    chosen = [str(each) for each in _chosen(cell)]
    offered = () if is_searched(state.form, question) else state.choices(path)
    options = tuple(
        Option(choice.name, drawing.say(path, choice.label), choice.name in chosen)
        for choice in offered
    )
    # What is chosen stays to be seen when it is no longer on offer: a finding asks for another.
    names = {option.value for option in options}
    gone = [] if question.kind is Kind.RANK else [code for code in chosen if code not in names]
    lost = (
        Option(code, choice_words(state.form, question, code, language), chosen=True)
        for code in gone
    )
    return (*options, *lost)


def _chosen(cell: Cell) -> list[object]:
    if cell.typed or cell.value in (None, ""):
        return []
    return list(cell.value) if isinstance(cell.value, list) else [cell.value]


def most_bytes() -> str:
    """How large a file may be, such as ``20 MB``: whole megabytes have no decimals."""
    return re.sub(r"[.,]0(?=\s)", "", filesizeformat(settings.UPLOAD_MOST_BYTES))


def _words(state: FormState, question: Question, cell: Cell, language: str) -> str:
    """What stands in the search field: the label of what is chosen, or what was typed."""
    if cell.typed:
        return cell.typed
    return ", ".join(choice_words(state.form, question, str(c), language) for c in _chosen(cell))


def _ranks(options: tuple[Option, ...], cell: Cell) -> tuple[tuple[Option, ...], ...]:
    order = cell.value if isinstance(cell.value, list) else []
    return tuple(
        tuple(
            Option(option.value, option.label, order[place : place + 1] == [option.value])
            for option in options
        )
        for place in range(len(options))
    )
