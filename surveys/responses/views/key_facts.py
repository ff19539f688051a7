"""The figures of a response that whoever decides looks at first."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from surveys.engine import FormState, Kind, Question, Table, text_in, value_before
from surveys.rendering import (
    Drawing,
    FindingWriter,
    name_of,
    show_change,
    show_date,
    show_figure,
)
from surveys.responses.attached import is_shown

KEY_FIGURES: Final = 5
FIGURES: Final = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.CALCULATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of this round beside that of the last one."""

    path: str
    label: str
    value: str
    unit: str
    previous: str
    change: str
    weight: Decimal
    explanation: str


def all_figures(drawing: Drawing) -> list[Figure]:
    """Every number of the response, in the questionnaire's order."""
    state, writer = drawing.state, FindingWriter(drawing)
    found: list[Figure] = []
    for element in state.form.definition.elements():
        if isinstance(element, Table):
            found.extend(
                figure
                for code in _rows(state, element)
                for column in element.columns
                if column.kind in FIGURES
                and (figure := _figure(writer, column, f"{element.name}/{code}/{column.name}"))
            )
        elif (
            isinstance(element, Question)
            and element.kind in FIGURES
            and element.label
            and state.form.owner(element.name) is None
            and (figure := _figure(writer, element, element.name))
        ):
            found.append(figure)
    return found


def key_figures(drawing: Drawing, figures: list[Figure]) -> list[Figure]:
    """The first figures that feed an indicator; without any, the first figures."""
    form = drawing.state.form
    single = [figure for figure in figures if "/" not in figure.path]
    feeding = [figure for figure in single if form.question(figure.path).indicator]
    rest = [figure for figure in single if figure not in feeding]
    return [*feeding, *rest][:KEY_FIGURES]


def explanations(drawing: Drawing) -> list[dict[str, str]]:
    """What was explained, in the questionnaire's words."""
    writer = FindingWriter(drawing)
    return [
        {"path": path, "place": writer.place(path), "text": remark["explanation"]}
        for path, remark in drawing.state.remarks.items()
        if remark.get("explanation")
    ]


def evidence_pieces(drawing: Drawing) -> list[dict[str, Any]]:
    """What was put behind the answers, by the place of the answer."""
    writer = FindingWriter(drawing)
    return [
        {"path": path, "place": writer.place(path), "pieces": pieces}
        for path, pieces in drawing.evidence.items()
        if pieces and is_shown(drawing.state, path)
    ]


def _rows(state: FormState, table: Table) -> tuple[str, ...]:
    return state.rows(table.name) if state.is_relevant(table.name) else ()


def _figure(writer: FindingWriter, question: Question, path: str) -> Figure | None:
    """The number at the path; None where none stands there."""
    state, language = writer.state, writer.language
    now = state.value(path)
    if not isinstance(now, str) or _number(now) is None:
        return None
    before = value_before(state.context.previous, path)
    weight = _weight(before, now)
    return Figure(
        path=path,
        label=writer.place(path)
        if "/" in path
        else state.words(path, name_of(state.form, question, language)),
        value=show_figure(now, language),
        unit=text_in(question.unit, language),
        previous=show_figure(show_date(before), language) if isinstance(before, str) else "",
        change=show_change(before, now, language)
        if weight is not None and isinstance(before, str)
        else "",
        weight=weight or Decimal(0),
        explanation=str(state.remarks.get(path, {}).get("explanation", "")),
    )


def _weight(before: object, now: object) -> Decimal | None:
    """How big a difference is beside what it differs from."""
    old, new = _number(before), _number(now)
    if old is None or new is None:
        return None
    return abs(new - old) / max(abs(old), Decimal(1))


def _number(value: object) -> Decimal | None:
    if not isinstance(value, str):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
