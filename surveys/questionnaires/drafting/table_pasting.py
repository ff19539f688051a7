"""A pasted block becomes columns and rows of a table: one edit, seen before it is made."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from surveys.definitions.editing import Add, Change, Operation, Sort, Tree, apply, renaming
from surveys.engine import Kind
from surveys.questionnaires.drafting.arguments import Arguments, CommandMalformed, Plan
from surveys.questionnaires.drafting.headings import (
    Heading,
    Headings,
    Part,
    Remark,
    RowHeading,
    code_words,
    headings_of,
)
from surveys.questionnaires.drafting.holders import ROW_STEM, Holder
from surveys.questionnaires.drafting.names import Names, first_free
from surveys.questionnaires.drafting.pasting import cells_of, slug
from surveys.questionnaires.drafting.recoding import recoding
from surveys.questionnaires.edit_words import EditRefusal
from surveys.questionnaires.uids import new_uid

Data = dict[str, Any]

PASTED_KINDS: Final = (Kind.INTEGER, Kind.DECIMAL, Kind.TEXT, Kind.DATE)
"""What pasted columns ask for; a kind that needs a list is chosen afterwards."""
COLUMN_STEM: Final = "cot"
MAX_TEXT: Final = 1_000_000
MAX_CHANGES: Final = 1_800
"""Of one paste: an edit that is undone has at most 2,000 operations."""

_SPOKEN: Final = re.compile(r"""\$\{\s*([^{}]*?)\s*\}|'([^']*)'|"([^"]*)\"""")


@dataclass(frozen=True, slots=True)
class PastedColumn:
    """A column as it will be. ``uid`` is that of the column that is written over, "" for a new one."""

    uid: str
    name: str
    label: str
    unit: str
    kind: Kind
    keeps_kind: bool


@dataclass(frozen=True, slots=True)
class PastedRow:
    """A row as it will be."""

    uid: str
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a paste makes of a table."""

    columns: tuple[PastedColumn, ...]
    rows: tuple[PastedRow, ...]
    remarks: tuple[Remark, ...]


def table_paste(tree: Tree, arguments: Arguments) -> Plan:
    """``{"table", "part", "at", "text", "over", "language"?, "kinds"?}``: a block from the clipboard.

    ``part`` says where it was pasted: "columns", "rows" or "block" (their corner); ``at`` is the
    column or row from which it writes over with ``over``, behind which it adds without. A column or row
    without a label takes name, code and kind from what is pasted, another one its label and unit only.
    """
    pasted = pasted_into(tree, arguments)
    holder = Holder(tree, arguments.text("table"))
    if not pasted.columns and not pasted.rows:
        raise EditRefusal(_("There is no heading in what was pasted."), node=holder.uid)
    operations = list(_Writer(tree, holder, arguments).write(pasted))
    if len(operations) > MAX_CHANGES:
        told = _("Too much at once: paste at most %(most)s headings over others.")
        raise EditRefusal(told % {"most": MAX_CHANGES}, node=holder.uid)
    return Plan(tuple(operations), holder.uid)


def pasted_into(tree: Tree, arguments: Arguments) -> Pasted:
    """What the command would make, for the eye. Raises CommandMalformed and EditRefusal."""
    holder = Holder(tree, arguments.text("table"))
    try:
        part = Part(arguments.text("part"))
    except ValueError as failure:
        raise CommandMalformed("'part' is columns, rows or block.") from failure
    if not holder.is_table and part is not Part.COLUMNS:
        raise EditRefusal(_("A repeat has no fixed rows."), node=holder.uid)
    text = arguments.text("text")
    if len(text) > MAX_TEXT:
        raise EditRefusal(_("What was pasted is too long."), node=holder.uid)
    found = headings_of(cells_of(text), part)
    return _Matcher(holder, arguments, part).match(found)


class _Matcher:
    def __init__(self, holder: Holder, arguments: Arguments, part: Part) -> None:
        self.holder, self.part = holder, part
        self.over = arguments.given.get("over") is True
        self.at = arguments.text("at", "")
        kinds = arguments.given.get("kinds")
        self.kinds = kinds if isinstance(kinds, list) else []

    def match(self, found: Headings) -> Pasted:
        columns = tuple(self._columns(found.columns))
        return Pasted(columns, tuple(self._rows(found.rows)), found.remarks)

    def _columns(self, headings: Sequence[Heading]) -> Iterator[PastedColumn]:
        names = Names(self.holder.tree)
        under = self._under(self.holder.columns, Part.COLUMNS)
        for place, heading in enumerate(headings):
            old = under[place] if place < len(under) else None
            is_bare = old is None or is_unnamed(old)
            kind = self._kind(place, heading.kind)
            yield PastedColumn(
                uid=str(old["uid"]) if old else "",
                name=names.element(slug(heading.label, stem=COLUMN_STEM))
                if is_bare
                else str(old["name"])
                if old
                else "",
                label=heading.label,
                unit=heading.unit,
                kind=kind if old is None or is_bare else Kind(old["kind"]),
                keeps_kind=not is_bare,
            )

    def _rows(self, headings: Sequence[RowHeading]) -> Iterator[PastedRow]:
        under = self._under(self.holder.rows, Part.ROWS)
        kept = [row for row in self.holder.rows if row not in under or not is_unnamed(row)]
        taken = {str(row["name"]).casefold() for row in kept}
        for place, heading in enumerate(headings):
            old = under[place] if place < len(under) else None
            if old is not None and not is_unnamed(old):
                yield PastedRow(str(old["uid"]), str(old["name"]), heading.label)
                continue
            wanted = heading.code or slug(code_words(heading.label), stem=ROW_STEM)
            code = first_free(wanted, taken)
            taken.add(code.casefold())
            yield PastedRow(str(old["uid"]) if old else "", code, heading.label)

    def _under(self, along: list[Data], part: Part) -> list[Data]:
        """What is written over: from where it was pasted; in a block, from the first."""
        if not self.over:
            return []
        uids = [each["uid"] for each in along]
        start = uids.index(self.at) if self.part is part and self.at in uids else 0
        return along[start:]

    def _kind(self, place: int, guessed: Kind) -> Kind:
        wanted = self.kinds[place] if place < len(self.kinds) else None
        return Kind(wanted) if wanted in PASTED_KINDS else guessed


class _Writer:
    """Operations; what is renamed is told everywhere, so they are planned one on the other."""

    def __init__(self, tree: Tree, holder: Holder, arguments: Arguments) -> None:
        self.tree, self.holder = tree, holder
        self.at = arguments.text("at", "")
        self.spoken = frozenset(_spoken_in(tree.document))
        languages = tree.document.get("languages", [holder.language])
        wanted = arguments.text("language", holder.language)
        self.language = wanted if wanted in languages else holder.language

    def write(self, pasted: Pasted) -> Iterator[Operation]:
        for column in pasted.columns:
            if column.uid:
                yield from self._over_column(column)
        added = [self._column(each) for each in pasted.columns if not each.uid]
        if added:
            after = self._after(self.holder.columns, [each.uid for each in pasted.columns])
            yield Add(self.holder.place_of_columns(after), tuple(added))
        for row in pasted.rows:
            if row.uid:
                yield from self._over_row(row)
        rows = [self._row(each) for each in pasted.rows if not each.uid]
        if rows:
            after = self._after(self.holder.rows, [each.uid for each in pasted.rows])
            yield self.holder.adding_rows(rows, after)

    def _after(self, along: list[Data], written: list[str]) -> int:
        """Behind the last that is written over, else behind where it was pasted, else at the end."""
        uids = [str(each["uid"]) for each in along]
        known = [uids.index(uid) for uid in written if uid]
        if known:
            return max(known)
        return uids.index(self.at) if self.at in uids else len(uids) - 1

    def _over_column(self, column: PastedColumn) -> Iterator[Change]:
        if not column.keeps_kind:
            yield from self._renamed(column.uid, column.name)
            yield from self._changed(column.uid, "kind", column.kind.value)
        yield from self._changed(column.uid, f"label.{self.language}", column.label)
        if column.unit:
            yield from self._changed(column.uid, f"unit.{self.language}", column.unit)

    def _over_row(self, row: PastedRow) -> Iterator[Change]:
        yield from self._renamed(row.uid, row.code)
        yield from self._changed(row.uid, f"label.{self.language}", row.label)

    def _changed(self, uid: str, field: str, new: Any) -> Iterator[Change]:
        old = self.tree.value(uid, field)
        if old != new:
            yield Change(uid, field, old, new)

    def _renamed(self, uid: str, new: str) -> Iterator[Change]:
        old = str(self.tree.node(uid)["name"])
        if old == new:
            return
        if old not in self.spoken:
            yield Change(uid, "name", old, new)
            return
        is_row = self.tree.sort(uid) is Sort.CHOICE
        changes = (
            recoding(self.tree, uid, new) if is_row else renaming(self.tree.document, uid, new)
        )
        # The next one may be told to the same expressions.
        self.tree = Tree(apply(self.tree.document, changes, new_uid=new_uid)[0])
        yield from changes

    def _column(self, column: PastedColumn) -> Data:
        unit = {"unit": {self.language: column.unit}} if column.unit else {}
        return {
            "element": "question",
            "uid": new_uid(),
            "name": column.name,
            "kind": column.kind.value,
            "label": {self.language: column.label},
        } | unit

    def _row(self, row: PastedRow) -> Data:
        return {"name": row.code, "label": {self.language: row.label}, "uid": new_uid()}


def is_unnamed(node: Mapping[str, Any]) -> bool:
    """Whether nobody has called it anything yet: it has no label in any language."""
    return not any(node.get("label", {}).values())


def _spoken_in(value: Any) -> Iterator[str]:
    """Whatever texts name as ``${name}`` or in quotation marks."""
    if isinstance(value, str):
        yield from (each for found in _SPOKEN.findall(value) for each in found if each)
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _spoken_in(each)
