"""The answers of one response, as they are changed."""

from collections.abc import Iterable, Mapping

from surveys.engine.changes import Comparison, Place
from surveys.engine.documents import (
    ROW_ID,
    Address,
    UnknownPath,
    address,
    is_repeat,
    is_table,
    path_of,
    repeat_rows,
    with_answer,
    with_member,
)
from surveys.engine.drafts import row_defaults, settle
from surveys.engine.evaluation import Evaluation
from surveys.engine.reading import Reading
from surveys.engine.results import (
    Cell,
    Consequences,
    Document,
    JSONValue,
)


class RowExists(ValueError):
    """A row id that is taken already."""


class FormState(Reading):
    """Answers under a form, and the edits that change them.

    ``set`` and the row edits replace ``answers``, ``remarks`` and ``typed`` by changed copies and say
    what changed.
    """

    def set(self, path: str, cell: Cell) -> Consequences:
        """Store a cell and say what changed.

        In a repeat counted by ``repeat_count`` the rows up to the edited one come to be.
        """
        where = self._question(path)
        return self._move(self._with_cell(where, path, cell), where)

    def put(self, path: str, cell: Cell) -> list[Place]:
        """Store a cell as ``set`` does; only what was written is told, not what that brings."""
        where = self._question(path)
        self._now, written = settle(self._with_cell(where, path, cell), where)
        return [(each.part.name, each.row) for each in written]

    def batch(self) -> "Batch":
        """Edits that belong together, from here on."""
        return Batch(self)

    def explain(
        self, path: str, *, explanation: str = "", reason: str = "", expected: str = ""
    ) -> Consequences:
        """Store the explanation of a soft finding, or the reason for a missing code and the day
        (an ISO date) on which the figure is expected.
        """
        where = address(self.form, path)
        remark = dict(self._now.remarks.get(path) or {})
        remark = with_member(remark, "explanation", explanation)
        remark = with_member(remark, "reason", reason)
        remark = with_member(remark, "expected", expected)
        remarks = with_member(self._now.remarks, path, remark)
        after = self._now.succeed(frozenset(), self._now.answers, remarks, self._now.typed)
        return self._move(after, where)

    def set_evidence(self, path: str, count: int) -> Consequences:
        """Tell how many documents there are behind an answer; evidence is managed from then on."""
        where = self._question(path)
        after = self._now.succeed(
            frozenset(), self._now.answers, self._now.remarks, self._now.typed
        )
        after.evidence = {**(self._now.evidence or {}), path: count}
        return self._move(after, where)

    def add_row(
        self, repeat: str, row_id: str, *, values: Mapping[str, JSONValue] | None = None
    ) -> Consequences:
        """Append a row with its defaults. Raises RowExists for an id that is taken."""
        started = {**row_defaults(self._now, repeat), **(values or {})}
        return self.restore_row(repeat, row_id, len(self._rows(repeat)), started)

    def delete_row(self, repeat: str, row_id: str) -> Consequences:
        """Take a row out; its remarks stay for ``restore_row``. Raises UnknownPath."""
        rows = self._rows(repeat)
        kept = [row for row in rows if row[ROW_ID] != row_id]
        if len(kept) == len(rows):
            raise UnknownPath(f"{repeat}/{row_id}")
        return self._with_new_rows(repeat, kept)

    def restore_row(
        self, repeat: str, row_id: str, index: int, values: Mapping[str, JSONValue]
    ) -> Consequences:
        """Put a row in at a place, e.g. a deleted one. Raises RowExists."""
        rows = self._rows(repeat)
        if any(row[ROW_ID] == row_id for row in rows):
            raise RowExists(f"{repeat}/{row_id}")
        known = self.form.columns.get(repeat, ())
        row: Document = {ROW_ID: row_id}
        row |= {k: v for k, v in values.items() if k in known and v is not None}
        return self._with_new_rows(repeat, [*rows[:index], row, *rows[index:]])

    def move_row(self, repeat: str, row_id: str, index: int) -> Consequences:
        """Move a row to another place. Raises UnknownPath."""
        rows = self._rows(repeat)
        moved = [row for row in rows if row[ROW_ID] == row_id]
        if not moved:
            raise UnknownPath(f"{repeat}/{row_id}")
        rest = [row for row in rows if row[ROW_ID] != row_id]
        return self._with_new_rows(repeat, [*rest[:index], *moved, *rest[index:]])

    def _rows(self, repeat: str) -> list[Document]:
        if not is_repeat(self._owner(repeat)):
            raise UnknownPath(repeat)
        return repeat_rows(self._now.answers, repeat)

    def _with_cell(self, where: Address, path: str, cell: Cell) -> Evaluation:
        """The evaluation with one cell stored."""
        answers = with_answer(self._with_rows(where), where, cell.value)
        remarks = self._with_remark(path, cell)
        typed = self._now.typed
        if cell.typed or path in typed:
            typed = with_member(typed, path, cell.typed)
        names = self.form.downstream(where.part.name) | {where.part.owner}
        return self._now.succeed(names, answers, remarks, typed)

    def _with_remark(self, path: str, cell: Cell) -> Document:
        former = self._now.remarks.get(path) or {}
        remark = with_member(former, "missing", cell.missing)
        remark = with_member(remark, "origin", cell.origin)
        return (
            self._now.remarks if remark == former else with_member(self._now.remarks, path, remark)
        )

    def _with_rows(self, where: Address) -> Document:
        """The answers with the row of a counted repeat in them; raises UnknownPath."""
        owner, row = where.part.owner, where.row
        if not owner:
            return self._now.answers
        if is_table(self.form.parts[owner]):
            if row not in self.form.row_codes(owner):
                raise UnknownPath(path_of(where.part, row))
            return self._now.answers
        if row in self._now.stored_rows(owner):
            return self._now.answers
        active = self._now.row_ids(owner)
        if row not in active:
            raise UnknownPath(path_of(where.part, row))
        rows = repeat_rows(self._now.answers, owner)
        defaults = row_defaults(self._now, owner)
        new = active[len(rows) : active.index(row) + 1]
        rows.extend({ROW_ID: each, **defaults} for each in new)
        return {**self._now.answers, owner: rows}

    def _with_new_rows(self, repeat: str, rows: list[Document]) -> Consequences:
        answers = with_member(self._now.answers, repeat, rows)
        names = self.form.downstream(repeat)
        for member in self.form.columns.get(repeat, ()):
            names |= self.form.downstream(member)
        after = self._now.succeed(names, answers, self._now.remarks, self._now.typed)
        return self._move(after, Address(self.form.parts[repeat], None), redrawn=[repeat])

    def _move(
        self, after: Evaluation, edited: Address, *, redrawn: Iterable[str] = ()
    ) -> Consequences:
        before = self._now
        self._now, written = settle(after, edited)
        places = [(where.part.name, where.row) for where in written]
        return Comparison(self.form, before, self._now).follow(places, redrawn=redrawn)


class Batch:
    """Cells that are stored one after another; what they bring together is looked for once.

    Each cell is judged by what those before it have left, as with ``FormState.set``. What an edit
    changed and a later one changed back is not told of, the edited cells always are.
    """

    def __init__(self, state: FormState) -> None:
        self._state = state
        self._before = state._now  # noqa: SLF001  (the state hands itself out)
        self._written: dict[Place, None] = {}

    def set(self, path: str, cell: Cell) -> None:
        """Store a cell."""
        self._written.update(dict.fromkeys(self._state.put(path, cell)))

    def consequences(self) -> Consequences:
        """What all of them changed."""
        after = self._state._now  # noqa: SLF001
        return Comparison(self._state.form, self._before, after).follow(self._written)
