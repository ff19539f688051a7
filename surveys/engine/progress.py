"""How far a respondent is, counted as people count."""

from collections.abc import Iterable, Iterator

from surveys.engine.checks import is_answered, is_plain, is_required
from surveys.engine.evaluation import Evaluation
from surveys.engine.form import Part
from surveys.engine.model import Element, Group, Question, Repeat, Table
from surveys.engine.results import Progress


def progress_of(state: Evaluation, elements: Iterable[Element]) -> Progress:
    """Each question, table and repeat that is shown counts one."""
    counts = list(_answered(state, elements))
    return Progress(sum(counts), len(counts))


def _answered(state: Evaluation, elements: Iterable[Element]) -> Iterator[bool]:
    for element in elements:
        part = state.form.parts[element.name]
        if part.guards and not state.is_shown(part, None):
            continue
        match element:
            case Question() if part.is_asked:
                yield is_answered(state, part, None)
            case Group():
                yield from _answered(state, element.children)
            case Repeat() | Table():
                if (done := _is_filled(state, part)) is not None:
                    yield done
            case _:
                pass


def _is_filled(state: Evaluation, part: Part) -> bool | None:
    """Whether something is answered and nothing required is missing; None if nothing is asked."""
    asked = [
        member
        for name in state.form.columns.get(part.name, ())
        if (member := state.form.parts[name]).is_asked
    ]
    rows = state.row_ids(part.name)
    if not asked or (not rows and "repeat_count" in part.rules):
        return None
    is_begun = False
    stored = state.stored_rows(part.name)
    for member in asked:
        never_required = not member.always_required and "required" not in member.rules
        is_surely_figure = member.is_open_figure and not state.silent
        for row in rows:
            if never_required and is_begun:
                break
            cells = stored.get(row) if is_surely_figure else None
            if (cells and is_plain(cells.get(member.name))) or is_answered(state, member, row):
                is_begun = True
            elif _is_wanted(state, member, row):
                return False
    return is_begun


def _is_wanted(state: Evaluation, part: Part, row: str) -> bool:
    if part.guards and not state.is_shown(part, row):
        return False
    return is_required(state, part, row) and not state.is_closed(part, row)
