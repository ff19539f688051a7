"""Taking personal data out of the documents of a response. Plain data in, plain data out.

What is personal is a question asked of a path (see ``surveys.engine.model``), as ``IsPersonal``. A code
for a missing figure says nothing about a person and stays.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

Document: TypeAlias = dict[str, Any]
IsPersonal: TypeAlias = Callable[[str], bool]


def without_answers(answers: Mapping[str, Any], is_personal: IsPersonal) -> Document:
    """The answers without what is personal; rows of lists and of tables stay, with the rest."""
    return {
        name: _without_cells(name, value, is_personal)
        for name, value in answers.items()
        if not is_personal(name)
    }


def without_remarks(remarks: Mapping[str, Any], is_personal: IsPersonal) -> Document:
    """The remarks by path; of personal ones, the missing code alone."""
    kept = {
        path: _code_of(remark) if is_personal(path) else remark for path, remark in remarks.items()
    }
    return {path: remark for path, remark in kept.items() if remark}


def without_typed(typed: Mapping[str, Any], is_personal: IsPersonal) -> Document:
    """What could not be read, by path, without what is personal."""
    return {path: text for path, text in typed.items() if not is_personal(path)}


def without_changes(changes: Sequence[Sequence[Any]], is_personal: IsPersonal) -> list[list[Any]]:
    """The entries of a save; of a personal answer it stays known that it changed."""
    return [_without_change(*change, is_personal=is_personal) for change in changes]


def without_outcome(outcome: Mapping[str, Any], is_personal: IsPersonal) -> Document:
    """What a repeated edit gets again, without texts of personal answers or of whole rows."""
    left = {
        path: cell
        for path, cell in outcome.get("left", {}).items()
        if not _tells(path, is_personal)
    }
    return {
        **outcome,
        **({"left": left} if "left" in outcome else {}),
        **{
            part: [item for item in outcome[part] if not _tells(item["path"], is_personal)]
            for part in ("conflicts", "refused")
            if part in outcome
        },
    } | _left(outcome, is_personal)


def _left(outcome: Mapping[str, Any], is_personal: IsPersonal) -> Document:
    """What the edits left in their cells, where the outcome tells that."""
    if "left" not in outcome:
        return {}
    cells = outcome["left"].items()
    return {"left": {path: cell for path, cell in cells if not _tells(path, is_personal)}}


def _without_cells(owner: str, value: Any, is_personal: IsPersonal) -> Any:
    match value:
        case list():
            return [
                _without(item, f"{owner}/{item.get('_id', '')}", is_personal)
                if isinstance(item, dict)
                else item
                for item in value
            ]
        case dict():
            return {
                row: _without(cells, f"{owner}/{row}", is_personal)
                if isinstance(cells, dict)
                else cells
                for row, cells in value.items()
            }
        case _:
            return value


def _without(cells: Mapping[str, Any], row: str, is_personal: IsPersonal) -> Document:
    return {name: value for name, value in cells.items() if not is_personal(f"{row}/{name}")}


def _without_change(path: str, old: Any, new: Any, *, is_personal: IsPersonal) -> list[Any]:
    if is_personal(path):
        return [path, _erased(old), _erased(new)]
    return [path, *(_without_row(path, state, is_personal) for state in (old, new))]


def _erased(cell: Any) -> Any:
    """A cell of the history without its value, its text and its remarks."""
    if cell is None:
        return None
    return {"value": None, "missing": cell.get("missing") or ""}


def _without_row(row: str, state: Any, is_personal: IsPersonal) -> Any:
    """A whole row that came or went, in the history."""
    if not isinstance(state, dict) or "values" not in state:
        return state
    parts = {"values": _without(state["values"], row, is_personal)}
    for name in ("remarks", "typed"):
        if name in state:
            parts[name] = _without(state[name], row, is_personal)
    return {**state, **parts}


def _code_of(remark: Mapping[str, Any]) -> Document:
    return {"missing": remark["missing"]} if remark.get("missing") else {}


def _tells(path: str, is_personal: IsPersonal) -> bool:
    """Whether the text of a conflict or a refusal at the path may hold personal data."""
    return is_personal(path) or path.count("/") == 1
