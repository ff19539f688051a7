"""What the round before is worth in this one: proposed, taken over and locked, or only shown.

* *Stock* is proposed: the last answer stands beside a blank cell and is no answer until a person
  confirms it or types. A proposal is worked out each time and stored nowhere.
* *Flow* is never carried.
* *Structural* is taken over when a draft starts, and locked until a person unlocks it.

Values are carried, missing codes never. Personal data, files and acknowledgements are not carried,
and neither is what cannot stand in this round as it is: a choice that is gone, a figure of another
type. Cells of tables are found by row code, those of repeats by the identity of their row.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from surveys.engine.answers import stored_of
from surveys.engine.documents import (
    ROW_ID,
    Address,
    is_repeat,
    path_of,
    repeat_rows,
    with_answer,
)
from surveys.engine.evaluation import Evaluation
from surveys.engine.expressions import Value
from surveys.engine.form import Form, Part
from surveys.engine.model import Carry, Element, Group, Kind, Question, Repeat, Table
from surveys.engine.others import OTHER, takes_other
from surveys.engine.results import Context, Document, JSONValue, Origin
from surveys.engine.succession import succession

NEVER: Final = {
    Kind.NOTE,
    Kind.CALCULATE,
    Kind.HIDDEN,
    Kind.FILE,
    Kind.IMAGE,
    Kind.ACKNOWLEDGE,
}
"""Kinds of which nothing is carried: they are computed, belong to one response, or are an act."""

LISTED: Final = {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK}


@dataclass(frozen=True, slots=True)
class Start:
    """The documents that a draft starts with."""

    answers: Document = field(default_factory=dict)
    remarks: Document = field(default_factory=dict)


def proposal_at(state: Evaluation, part: Part, row: str | None) -> JSONValue:
    """What the last round proposes for a cell of a stock question in which nothing stands yet."""
    if not is_carried(part, Carry.STOCK) or not _is_untouched(state, part, row):
        return None
    if not state.is_shown(part, row) or state.is_closed(part, row):
        return None
    if state.is_true(part, "read_only", row):
        return None
    return carried_value(state, part, row)


def proposals_in(state: Evaluation, name: str) -> Iterator[tuple[str, JSONValue]]:
    """Every proposal of a question, or of the columns of a table or repeat, by path."""
    part = state.form.parts[name]
    if isinstance(part.element, Question):
        if (value := proposal_at(state, part, None)) is not None:
            yield part.name, value
        return
    columns = [state.form.parts[column] for column in state.form.columns.get(name, ())]
    wanted = [column for column in columns if is_carried(column, Carry.STOCK)]
    for row in state.row_ids(name) if wanted else ():
        for column in wanted:
            if (value := proposal_at(state, column, row)) is not None:
                yield path_of(column, row), value


def walk_outside(elements: Iterable[Element]) -> Iterator[Element]:
    """The questions, tables and repeats of the elements; what stands in groups, not the groups."""
    for element in elements:
        if isinstance(element, Group):
            yield from walk_outside(element.children)
        else:
            yield element


def carried_value(state: Evaluation, part: Part, row: str | None) -> JSONValue:
    """The last round's answer if it can stand in this round as it is; None otherwise."""
    value = state.previous(part.name, row)
    if value is None:
        return None
    if part.question.kind in LISTED and not _are_offered(state, part, row, value):
        return None
    if part.question.kind is Kind.INTEGER and isinstance(value, Decimal) and value % 1:
        return None
    return stored_of(value)


def is_carried(part: Part, carry: Carry) -> bool:
    """Whether answers of the question are carried in that way."""
    question = part.element
    return (
        isinstance(question, Question)
        and question.carry is carry
        and question.kind not in NEVER
        and not question.personal_data
        and "calculation" not in part.rules
    )


def carried_start(form: Form, answers: Document, context: Context) -> Start:
    """The answers with what is structural in the last round's, locked, and with its rows.

    A repeat in which anything is carried starts with the rows of the last round, under their
    identities; of a row only what is structural is filled in. ``answers`` win where both have one.
    """
    if not context.previous:
        return Start(answers)
    answers = _with_rows(form, answers, context.previous)
    remarks: Document = {}
    state = Evaluation(form, answers, remarks, {}, context)
    for part in form.parts.values():
        if not is_carried(part, Carry.STRUCTURAL):
            continue
        for row in state.row_ids(part.owner) if part.owner else (None,):
            if state.stored(part, row) is not None:
                continue
            if (value := carried_value(state, part, row)) is None:
                continue
            answers = with_answer(answers, Address(part, row), value)
            remarks = {**remarks, path_of(part, row): {"origin": Origin.CARRIED.value}}
            state = state.succeed(form.downstream(part.name), answers, remarks, {})
    return Start(answers, remarks)


def under_new_names(answers: Mapping[str, Any], former: Form, form: Form) -> Document:
    """Answers of an earlier version as this one calls them; what has no place in it is left out.

    A question goes on under its name or through ``successor_of``, in the same table or repeat, and
    as a figure, a choice or another answer as before.
    """
    names = _names(former, form)
    found: Document = {}
    for name, value in answers.items():
        part = former.parts.get(name)
        if part is None:
            continue
        if isinstance(part.element, Question):
            if name in names:
                found[names[name]] = value
        elif name in form.parts and type(form.parts[name].element) is type(part.element):
            found[name] = _renamed_rows(value, names)
    return found


def value_before(previous: Mapping[str, Any] | None, path: str) -> Any:
    """The last round's stored answer at ``path``; rows of repeats are found by their identity."""
    here: Any = previous or {}
    for step in path.split("/"):
        if isinstance(here, list):
            here = next((r for r in here if isinstance(r, dict) and r.get(ROW_ID) == step), None)
        else:
            here = here.get(step) if isinstance(here, Mapping) else None
    return here


def _is_untouched(state: Evaluation, part: Part, row: str | None) -> bool:
    if state.stored(part, row) is not None:
        return False
    return not state.silent or path_of(part, row) not in state.silent


def _are_offered(state: Evaluation, part: Part, row: str | None, value: Value) -> bool:
    offered = {choice.name for choice in state.choices(part, row)}
    if takes_other(part.question):
        offered.add(OTHER)
    chosen = value if isinstance(value, tuple) else (str(value),)
    return offered.issuperset(str(each) for each in chosen)


def _with_rows(form: Form, answers: Document, previous: Mapping[str, Any]) -> Document:
    for name, members in form.columns.items():
        part = form.parts[name]
        if not is_repeat(part) or answers.get(name) or "repeat_count" in part.rules:
            continue
        if any(
            is_carried(form.parts[each], carry)
            for each in members
            for carry in (Carry.STOCK, Carry.STRUCTURAL)
        ):
            rows = [{ROW_ID: row[ROW_ID]} for row in repeat_rows(previous, name) if ROW_ID in row]
            answers = {**answers, name: rows} if rows else answers
    return answers


@lru_cache(maxsize=64)
def _names(former: Form, form: Form) -> Mapping[str, str]:
    """The new name of each question whose answers can be taken for answers of the new one."""
    line = succession(former.definition, form.definition)
    return {
        old: new
        for old, new in line.names.items()
        if line.before[old].owner == line.after[new].owner
        and _family(line.before[old].element) == _family(line.after[new].element)
    }


def _family(element: object) -> str:
    if not isinstance(element, Question):
        return "rows" if isinstance(element, Repeat | Table) else ""
    if element.kind in {Kind.INTEGER, Kind.DECIMAL, Kind.RANGE, Kind.CALCULATE}:
        return "figure"
    return "several" if element.kind in LISTED - {Kind.SELECT_ONE} else element.kind.value


def _renamed_rows(rows: Any, names: Mapping[str, str]) -> Any:
    if isinstance(rows, list):
        return [_renamed(row, names) for row in rows if isinstance(row, dict)]
    if isinstance(rows, dict):
        return {code: _renamed(row, names) for code, row in rows.items() if isinstance(row, dict)}
    return None


def _renamed(row: Mapping[str, Any], names: Mapping[str, str]) -> Document:
    kept = {names[name]: value for name, value in row.items() if name in names}
    return {ROW_ID: row[ROW_ID], **kept} if ROW_ID in row else kept
