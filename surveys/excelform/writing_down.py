"""Many answers put into a form at once, without asking what each of them changes."""

from collections.abc import Iterable, Mapping
from typing import Any

from surveys.engine import Cell, Document, FormState, Table


def with_cells(
    state: FormState,
    *,
    rows: Iterable[str] = (),
    cells: Mapping[str, Cell],
    remarks: Mapping[str, Mapping[str, str]],
) -> FormState:
    """The form with these rows added, then these cells and remarks stored; ``state`` stays as it is.

    ``rows`` are places such as ``contacts/+1``. What a stored answer triggers is worked out.
    """
    started = _with_rows(state, rows)
    answers = {name: _copy(value) for name, value in started.answers.items()}
    remarks_now: Document = dict(state.remarks)
    typed = dict(state.typed)
    by_id = _rows_by_id(answers)
    later: dict[str, Cell] = {}
    for path, cell in cells.items():
        home = _home(started, answers, by_id, path)
        name = path.rpartition("/")[2]
        if home is None or name in state.form.triggered:
            later[path] = cell
            continue
        _put(home, name, cell.value)
        _remark(remarks_now, path, {"missing": cell.missing, "origin": cell.origin})
        _put(typed, path, cell.typed)
    for path, texts in remarks.items():
        _remark(remarks_now, path, texts)
    after = _with_documents(state, answers, remarks_now, typed)
    for path, cell in later.items():
        after.put(path, cell)
    return after


def _with_rows(state: FormState, rows: Iterable[str]) -> FormState:
    places = list(rows)
    if not places:
        return state
    started = _with_documents(state, state.answers, state.remarks, state.typed)
    for place in places:
        repeat, _slash, row = place.partition("/")
        started.add_row(repeat, row)
    return started


def _with_documents(
    state: FormState, answers: Document, remarks: Document, typed: Document
) -> FormState:
    return FormState(
        state.form,
        answers=answers,
        remarks=remarks,
        typed=typed,
        context=state.context,
        evidence=state.evidence,
    )


def _rows_by_id(answers: Document) -> dict[tuple[str, str], Document]:
    return {
        (name, str(row.get("_id"))): row
        for name, stored in answers.items()
        if isinstance(stored, list)
        for row in stored
        if isinstance(row, dict)
    }


def _copy(value: Any) -> Any:
    match value:
        case list():
            return [dict(each) if isinstance(each, dict) else each for each in value]
        case dict():
            return {key: dict(row) if isinstance(row, dict) else row for key, row in value.items()}
    return value


def _home(
    state: FormState, answers: Document, by_id: Mapping[tuple[str, str], Document], path: str
) -> Document | None:
    """Where an answer lies; a table's row comes to be, one of a counted repeat is not there yet."""
    owner, _slash, rest = path.partition("/")
    if not rest:
        return answers
    row = rest.rpartition("/")[0]
    if (owner, row) in by_id:
        return by_id[owner, row]
    if not isinstance(state.form.element(owner), Table):
        return None
    home: Document = answers.setdefault(owner, {}).setdefault(row, {})
    return home


def _put(document: Document, name: str, value: object) -> None:
    if value in (None, "", []):
        document.pop(name, None)
    else:
        document[name] = value


def _remark(remarks: Document, path: str, texts: Mapping[str, str]) -> None:
    if not any(texts.values()) and path not in remarks:
        return
    kept = {name: text for name, text in {**remarks.get(path, {}), **texts}.items() if text}
    if kept:
        remarks[path] = kept
    else:
        remarks.pop(path, None)
