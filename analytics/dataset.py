"""Responses as a table: one row per agency, one variable per question, cell or row count.

Plain Python until ``frame`` is asked for: pandas is loaded by background tasks only.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from surveys.engine import Form, walk
from surveys.engine.model import Choice, Element, Group, Kind, Question, Repeat, Table, Texts

if TYPE_CHECKING:
    import pandas as pd

Value = Decimal | str | None
NUMERIC = {Kind.INTEGER, Kind.DECIMAL, Kind.RANGE, Kind.CALCULATE}
UNSEEN = {Kind.NOTE}


class Measure(StrEnum):
    """How a variable may be read."""

    NUMBER = "number"
    DATE = "date"
    CATEGORY = "category"
    CATEGORIES = "categories"
    TEXT = "text"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Variable:
    """One column: ``name`` is its path with dots, ``label`` reads from the outside in."""

    name: str
    path: str
    label: tuple[Texts, ...]
    number: str
    measure: Measure
    unit: Texts = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    missing: tuple[str, ...] = ()
    indicator: str = ""
    is_weight: bool = False


@dataclass(frozen=True, slots=True)
class Dataset:
    """Rows of values by variable name; ``units`` names the agency of each row, in the same order."""

    variables: tuple[Variable, ...]
    units: tuple[Mapping[str, Any], ...]
    rows: tuple[Mapping[str, Value], ...] = field(default=())

    def frame(self) -> "pd.DataFrame":
        """One row per unit (index ``agency_id``), one column per variable; numbers as float64."""
        import pandas as pd  # noqa: PLC0415  (heavy: only in background tasks)

        columns = {
            variable.name: [_plain(row.get(variable.name)) for row in self.rows]
            for variable in self.variables
        }
        index = pd.Index([unit["agency_id"] for unit in self.units], name="agency_id")
        return pd.DataFrame(columns, index=index)


def _plain(value: Value) -> float | str | None:
    return float(value) if isinstance(value, Decimal) else value


def variables_of(form: Form) -> tuple[Variable, ...]:
    """The variables of a questionnaire in its order. Personal data, notes and files have none."""
    return tuple(
        variable
        for element in form.definition.children
        for variable in _of_element(element, form, ())
    )


def _of_element(element: Element, form: Form, above: tuple[Texts, ...]) -> Iterator[Variable]:
    match element:
        case Group():
            for child in element.children:
                yield from _of_element(child, form, above)
        case Table():
            yield from _of_table(element, form)
        case Repeat():
            yield Variable(
                name=f"{element.name}.rows",
                path=element.name,
                label=(element.label,),
                number=element.number,
                measure=Measure.ROWS,
            )
        case Question() if element.kind not in UNSEEN and not element.personal_data:
            yield _variable(
                element, form, path=element.name, label=(*above, *_labels(element, form))
            )
        case Question():
            pass


def _of_table(table: Table, form: Form) -> Iterator[Variable]:
    for row in form.definition.lists[table.row_list].choices:
        for column in table.columns:
            if column.kind in UNSEEN or column.personal_data:
                continue
            yield _variable(
                column,
                form,
                path=f"{table.name}/{row.name}/{column.name}",
                label=(table.label, row.label, *_labels(column, form)),
                number=table.number,
            )


def _variable(
    question: Question,
    form: Form,
    *,
    path: str,
    label: tuple[Texts, ...],
    number: str = "",
) -> Variable:
    return Variable(
        name=path.replace("/", "."),
        path=path,
        label=label,
        number=question.number or number,
        measure=_measure(question),
        unit=question.unit,
        choices=form.choices_of(question),
        missing=tuple(question.missing),
        indicator=question.indicator,
    )


def _measure(question: Question) -> Measure:
    if question.kind in NUMERIC:
        return Measure.NUMBER
    match question.kind:
        case Kind.DATE:
            return Measure.DATE
        case Kind.SELECT_ONE:
            return Measure.CATEGORY
        case Kind.SELECT_MULTIPLE | Kind.RANK:
            return Measure.CATEGORIES
        case _:
            return Measure.TEXT


def _labels(question: Question, form: Form) -> tuple[Texts, ...]:
    """The label; the text behind "other" stands under the label of its question."""
    if question.name not in form.others:
        return (question.label,)
    return (form.question(form.others[question.name]).label, question.label)


def variables_of_rows(repeat: Repeat, form: Form) -> tuple[Variable, ...]:
    """The variables of a row of a repeat. Personal data and notes have none."""
    return tuple(
        _row_variable(child, form)
        for child in walk(repeat.children)
        if isinstance(child, Question) and child.kind is not Kind.NOTE and not child.personal_data
    )


def _row_variable(question: Question, form: Form) -> Variable:
    """The variable of a question inside a repeat: its path is its name within the row."""
    return _variable(question, form, path=question.name, label=_labels(question, form))


def values_of(
    variables: Sequence[Variable], answers: Mapping[str, Any], remarks: Mapping[str, Any]
) -> dict[str, Value]:
    """One response as values by variable name.

    A missing code stands in place of the value as its text ("KAD"); what was not answered is None.
    """
    return {
        variable.name: _value(variable, _at(answers, variable.path), remarks)
        for variable in variables
    }


def _at(answers: Mapping[str, Any], path: str) -> Any:
    found: Any = answers
    for part in path.split("/"):
        if not isinstance(found, Mapping):
            return None
        found = found.get(part)
    return found


def _value(variable: Variable, stored: Any, remarks: Mapping[str, Any]) -> Value:
    if variable.measure is Measure.ROWS:
        return Decimal(len(stored or ()))
    if missing := remarks.get(variable.path, {}).get("missing"):
        return str(missing)
    if stored is None:
        return None
    if isinstance(stored, list):
        return " ".join(stored)
    if variable.measure is Measure.NUMBER:
        return _number(stored)
    return str(stored)


def _number(stored: Any) -> Value:
    try:
        return Decimal(str(stored))
    except InvalidOperation:
        return str(stored)
