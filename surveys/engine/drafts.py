"""What is written without anybody typing it: defaults, triggered and once-only calculations."""

from collections.abc import Iterator

from surveys.engine.answers import coerced, stored_of
from surveys.engine.documents import Address, is_repeat, with_answer
from surveys.engine.evaluation import Evaluation
from surveys.engine.expressions import Value
from surveys.engine.form import Form, Part
from surveys.engine.model import Question
from surveys.engine.results import Context, Document


def initial_answers(form: Form, context: Context) -> Document:
    """The answers a new draft starts with: every default, evaluated once.

    Defaults inside a repeat belong to its rows, see ``FormState.add_row``.
    """
    answers: Document = {}
    state = Evaluation(form, answers, {}, {}, context)
    for part in form.parts.values():
        if "default" not in part.rules or _stands_in_repeat(form, part):
            continue
        for row in form.row_codes(part.owner) if part.owner else (None,):
            stored = stored_of(default_of(state, part, row))
            answers = with_answer(answers, Address(part, row), stored)
            state = state.succeed(form.downstream(part.name), answers, {}, {})
    return answers


def row_defaults(state: Evaluation, repeat: str) -> Document:
    """What a new row of a repeat starts with."""
    members = (state.form.parts[name] for name in state.form.columns.get(repeat, ()))
    found = {
        part.name: stored_of(default_of(state, part, None))
        for part in members
        if "default" in part.rules
    }
    return {name: value for name, value in found.items() if value is not None}


def default_of(state: Evaluation, part: Part, row: str | None) -> Value:
    """The default in the type of its question."""
    return coerced(part.question.kind, state.run(part, "default", row))


def settle(state: Evaluation, edited: Address) -> tuple[Evaluation, list[Address]]:
    """Run what the edit triggers and keep the first values of ``once``.

    Returns the evaluation to go on with and every place that was written, ``edited`` first.
    """
    written = [edited]
    for source in written:
        for place in _triggered(state, source):
            if place not in written:
                value = None
                if "calculation" in place.part.rules:
                    value = state.run(place.part, "calculation", place.row)
                    value = coerced(place.part.question.kind, value)
                state = _written(state, place, value)
                written.append(place)
    for name in state.form.once:
        part = state.form.parts[name]
        for row in state.row_ids(part.owner) if part.owner else (None,):
            value = state.read(name, row)
            if (
                value is not None
                and state.stored(part, row) is None
                and _is_stored(state, part, row)
            ):
                state = _written(state, Address(part, row), value)
    return state, written


def _triggered(state: Evaluation, source: Address) -> Iterator[Address]:
    for name in state.form.triggered.get(source.part.name, ()):
        part = state.form.parts[name]
        if not isinstance(part.element, Question):
            continue
        if not part.owner:
            yield Address(part, None)
        elif part.owner == source.part.owner:
            yield Address(part, source.row)
        else:
            rows = (row for row in state.row_ids(part.owner) if _is_stored(state, part, row))
            yield from (Address(part, row) for row in rows)


def _written(state: Evaluation, place: Address, value: Value) -> Evaluation:
    answers = with_answer(state.answers, place, stored_of(value))
    names = state.form.downstream(place.part.name) | {place.part.owner}
    return state.succeed(names, answers, state.remarks, state.typed)


def _is_stored(state: Evaluation, part: Part, row: str | None) -> bool:
    """Whether the row is in the document; the rows of a counted repeat may not be yet."""
    if not _stands_in_repeat(state.form, part):
        return True
    return row in state.stored_rows(part.owner)


def _stands_in_repeat(form: Form, part: Part) -> bool:
    return bool(part.owner) and is_repeat(form.parts[part.owner])
