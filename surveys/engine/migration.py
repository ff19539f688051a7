"""Answers given to one version, taken over to another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from surveys.engine.answers import SEVERAL, read_typed
from surveys.engine.compatibility import FIGURES, FILES, LISTED, Fate
from surveys.engine.documents import ROW_ID, is_repeat, is_table, path_of, repeat_rows
from surveys.engine.form import Form, Part
from surveys.engine.model import Choice, Kind, Question, Repeat, Table, text_in
from surveys.engine.results import Cell, Document
from surveys.engine.succession import Succession, succession
from surveys.engine.values import format_number

EMPTY: Final = Cell()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver:
    """One stored cell and what became of it.

    ``path`` is where it stood, ``to`` where it stands now (``""`` if it was dropped). ``remark``
    holds the reason and explanation that stood beside it; they go where the cell goes.
    """

    path: str
    to: str
    fate: Fate
    old: Cell
    new: Cell
    remark: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Migration:
    """The documents under the new form, and the fate of every cell that held something."""

    answers: Document
    remarks: Document
    typed: Document
    cells: tuple[TakenOver, ...]

    def paths(self, fate: Fate) -> tuple[str, ...]:
        """Where the cells of that fate stood."""
        return tuple(cell.path for cell in self.cells if cell.fate is fate)


@dataclass(frozen=True, slots=True)
class Documents:
    """The three documents of a response."""

    answers: Document
    remarks: Document
    typed: Document


def migrate(
    old: Form, new: Form, documents: Documents, *, starting: Document, language: str = "vi"
) -> Migration:
    """Take the documents over from ``old`` to ``new``; they are not written to.

    Names decide, and ``successor_of`` where a name is gone. What does not fit a new type is kept as
    typed text for review; what has no place any more, or a choice or code that is gone, is dropped.
    ``starting`` are the answers a new draft would begin with: questions that are new get theirs.
    """
    line = succession(old.definition, new.definition)
    after = Documents(_rows_of_repeats(documents.answers, old, new), {}, {})
    cells: list[TakenOver] = []
    for path in _paths(documents, old):
        if (told := _taken(path, old, new, documents, line, language)) is None:
            continue
        if told.to:
            _write(after, new, told.to, told.new, told.remark)
        if told.fate is Fate.DROPPED or not told.old.is_empty:
            cells.append(told)
    for path in _answered(starting, new):
        if path.rpartition("/")[2] not in line.origins and _has_row(path, new, after.answers):
            _write(after, new, path, Cell(value=_stored(starting, path)), {})
    return Migration(after.answers, after.remarks, after.typed, tuple(cells))


def _rows_of_repeats(answers: Document, old: Form, new: Form) -> Document:
    """The rows of the repeats that go on, still empty."""
    return {
        name: [{ROW_ID: row[ROW_ID]} for row in repeat_rows(answers, name)]
        for name, part in old.parts.items()
        if is_repeat(part) and _is_same_holder(name, old, new) and repeat_rows(answers, name)
    }


def _is_same_holder(name: str, old: Form, new: Form) -> bool:
    part = new.parts.get(name)
    return part is not None and type(part.element) is type(old.parts[name].element)


def _paths(documents: Documents, form: Form) -> Iterator[str]:
    """Every path at which something is stored, once."""
    stored = dict.fromkeys(_answered(documents.answers, form))
    stored |= dict.fromkeys(documents.typed) | dict.fromkeys(documents.remarks)
    return iter(stored)


def _answered(answers: Document, form: Form) -> Iterator[str]:
    for name, value in answers.items():
        part = form.parts.get(name)
        if part is not None and is_repeat(part):
            for row in repeat_rows(answers, name):
                yield from (f"{name}/{row[ROW_ID]}/{each}" for each in row if each != ROW_ID)
        elif part is not None and is_table(part) and isinstance(value, dict):
            for code, cells in value.items():
                yield from (f"{name}/{code}/{column}" for column in cells)
        else:
            yield name


def _stored(answers: Document, path: str) -> Any:
    owner, _, rest = path.partition("/")
    if not rest:
        return answers.get(owner)
    row, _, name = rest.partition("/")
    held = answers.get(owner)
    if isinstance(held, list):
        return next((each.get(name) for each in held if each.get(ROW_ID) == row), None)
    return held.get(row, {}).get(name) if isinstance(held, dict) else None


def _taken(
    path: str, old: Form, new: Form, documents: Documents, line: Succession, language: str
) -> TakenOver | None:
    remark = dict(documents.remarks.get(path) or {})
    missing = remark.pop("missing", "")
    source = old.parts.get(path.rpartition("/")[2])
    if source is not None and isinstance(source.element, Repeat | Table):
        to = path if _is_same_holder(path, old, new) else ""
        fate = Fate.KEPT if to else Fate.DROPPED
        return TakenOver(path=path, to=to, fate=fate, old=EMPTY, new=EMPTY, remark=remark)
    cell = Cell(_stored(documents.answers, path), missing, documents.typed.get(path) or "")
    if cell.is_empty and not remark:
        return None
    to = _target(path, source, old, new, line)
    carried = (
        _carried(cell, source, new.parts[to.rpartition("/")[2]], old, new, language)
        if (source is not None and to)
        else EMPTY
    )
    if carried.is_empty and not cell.is_empty:
        to = ""
    return TakenOver(
        path=path, to=to, fate=_fate(path, to, cell, carried), old=cell, new=carried, remark=remark
    )


def _fate(path: str, to: str, old: Cell, new: Cell) -> Fate:
    if not to:
        return Fate.DROPPED
    if new.typed and not old.typed:
        return Fate.REVIEW
    return Fate.KEPT if (path, old) == (to, new) else Fate.CONVERTED


def _target(path: str, source: Part | None, old: Form, new: Form, line: Succession) -> str:
    """The path under the new form; ``""`` where there is none."""
    if source is None or source.name not in line.names:
        return ""
    part = new.parts.get(line.names[source.name])
    if part is None or part.owner != source.owner or not isinstance(part.element, Question):
        return ""
    if not part.owner:
        return path_of(part, None)
    row = path.split("/")[1]
    if not _is_same_holder(part.owner, old, new):
        return ""
    if is_table(new.parts[part.owner]) and row not in new.row_codes(part.owner):
        return ""
    return path_of(part, row)


def _has_row(path: str, form: Form, answers: Document) -> bool:
    owner, _, rest = path.partition("/")
    part = form.parts[path.rpartition("/")[2]]
    if not part.owner or is_table(form.parts[owner]):
        return True
    return any(row[ROW_ID] == rest.partition("/")[0] for row in repeat_rows(answers, owner))


def _write(after: Documents, form: Form, path: str, cell: Cell, remark: Mapping[str, str]) -> None:
    """Put a cell into documents that nobody shares yet."""
    beside = {**remark, "missing": cell.missing} if cell.missing else dict(remark)
    if beside:
        after.remarks[path] = beside
    if cell.typed:
        after.typed[path] = cell.typed
    if cell.value is None:
        return
    part = form.parts[path.rpartition("/")[2]]
    if not part.owner:
        after.answers[part.name] = cell.value
        return
    row = path.split("/")[1]
    if is_table(form.parts[part.owner]):
        after.answers.setdefault(part.owner, {}).setdefault(row, {})[part.name] = cell.value
        return
    for each in after.answers.get(part.owner, ()):
        if each[ROW_ID] == row:
            each[part.name] = cell.value


def _carried(cell: Cell, source: Part, target: Part, old: Form, new: Form, language: str) -> Cell:
    """The cell in the new question's type; empty where nothing of it can stay."""
    question = target.question
    if question.kind is Kind.NOTE or (target.calculation and not target.calculation.is_once):
        return EMPTY
    if cell.missing:
        return cell if cell.missing in question.missing else EMPTY
    choices = new.choices_of(question)
    if cell.typed:
        return read_typed(question, cell.typed, choices, language)
    converted = _converted(cell, source.question, question, choices)
    if converted is not None:
        return converted
    return read_typed(question, _said(cell.value, source.question, old), choices, language)


def _converted(
    cell: Cell, before: Question, after: Question, choices: Sequence[Choice]
) -> Cell | None:
    """The value where types are akin; None where it must be read as if it were typed."""
    match before.kind, after.kind:
        case (one, other) if one in LISTED and other in LISTED:
            return _choices(cell.value, after, {choice.name for choice in choices})
        case (one, other) if one is other or (one in FILES and other in FILES):
            return cell
        case (one, other) if one in FILES or other in FILES:
            return EMPTY
        case (one, other) if one in FIGURES and other in FIGURES:
            return _figure(str(cell.value), other)
        case Kind.DATETIME, Kind.DATE:
            return Cell(value=str(cell.value)[:10])
        case _:
            return None


def _choices(value: Any, question: Question, offered: set[str]) -> Cell:
    codes = [str(code) for code in (value if isinstance(value, list) else [value])]
    kept = [code for code in codes if code in offered]
    if question.kind in SEVERAL:
        return Cell(value=kept or None)
    if len(codes) > 1:
        return Cell(typed=", ".join(codes))
    return Cell(value=kept[0] if kept else None)


def _figure(value: str, kind: Kind) -> Cell:
    """A stored figure: a fraction that a whole number cannot hold is left to be looked at."""
    if kind is Kind.INTEGER and Decimal(value) != Decimal(value).to_integral_value():
        return Cell(typed=format_number(value))
    return Cell(value=value)


def _said(value: Any, question: Question, form: Form) -> str:
    """A stored answer as a person would write it."""
    items = value if isinstance(value, list) else [value]
    if question.kind not in LISTED:
        return ", ".join(str(item) for item in items)
    labels = {choice.name: choice for choice in form.choices_of(question)}
    language = form.definition.default_language
    return ", ".join(
        (text_in(labels[item].label, language) if item in labels else "") or item for item in items
    )
