"""Pass 4: rows become a tree of sections, groups, repeats, tables and questions."""

from dataclasses import dataclass, field
from typing import Final

from surveys.engine.model import Element, Group, Question, Repeat, Table, Totals
from surveys.engine.problems import Problem
from surveys.xlsform.items import Begin, End, Item, Leaf, read_word
from surveys.xlsform.rows import Row

MAX_DEPTH: Final = 20


@dataclass(frozen=True, slots=True)
class Tree:
    """The elements, and the row that each name was first given in.

    ``named`` has every (name, row) in document order, so that a name given twice is seen.
    """

    children: tuple[Element, ...]
    named: tuple[tuple[str, Row], ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Open:
    """A block that was begun and not ended yet."""

    begin: Begin
    children: list[tuple[Row, Element]] = field(default_factory=list)

    @property
    def is_table(self) -> bool:
        return self.begin.block == "repeat" and bool(self.begin.row.text("row_list"))

    @property
    def has_rows(self) -> bool:
        return self.begin.block == "repeat"


class _Builder:
    """Puts items in their place; unmatched begins and ends are named with their own place."""

    def __init__(self) -> None:
        self.children: list[tuple[Row, Element]] = []
        self.stack: list[_Open] = []
        self.named: list[tuple[str, Row]] = []
        self.problems: list[Problem] = []

    def add(self, item: Item) -> None:
        match item:
            case Leaf(row, question):
                self._name(question.name, row)
                self._siblings().append((row, question))
            case Begin(row, _, name):
                self._name(name, row)
                self._refuse_nesting(item)
                self._refuse_depth(item)
                self.stack.append(_Open(item))
            case End():
                self._end(item)

    def finish(self) -> None:
        while self.stack:
            begin = self.stack[-1].begin
            advice = f"Add a row end_{begin.block} where it ends."
            self.problems.append(
                begin.row.problem("begin_unmatched", "type", begin.name or begin.block, advice)
            )
            self._close()

    def _name(self, name: str, row: Row) -> None:
        if name:
            self.named.append((name, row))

    def _siblings(self) -> list[tuple[Row, Element]]:
        return self.stack[-1].children if self.stack else self.children

    def _refuse_nesting(self, begin: Begin) -> None:
        if begin.block == "repeat" and any(block.has_rows for block in self.stack):
            outer = next(block for block in self.stack if block.has_rows).begin
            advice = f"It stands inside {outer.name}; end that first."
            self.problems.append(begin.row.problem("repeat_nested", "type", begin.name, advice))

    def _refuse_depth(self, begin: Begin) -> None:
        if len(self.stack) == MAX_DEPTH:
            advice = f"It stands inside {MAX_DEPTH} other blocks; end some of them first."
            self.problems.append(begin.row.problem("nested_too_deep", "type", begin.name, advice))

    def _end(self, end: End) -> None:
        if not self.stack:
            advice = f"Nothing is open here; remove the row or add begin_{end.block} above."
            self.problems.append(end.row.problem("end_unmatched", "type", end.block, advice))
            return
        begin = self.stack[-1].begin
        if begin.block != end.block:
            advice = f"{begin.name} began at {begin.row.at('type')} as a {begin.block}."
            self.problems.append(end.row.problem("end_mismatched", "type", end.block, advice))
            if not any(block.begin.block == end.block for block in self.stack):
                return
        self._close()

    def _close(self) -> None:
        block = self.stack.pop()
        row = block.begin.row
        if len(self.stack) < MAX_DEPTH:
            self._siblings().append((row, self._element(block)))
        else:
            # It was refused; deeper trees would exhaust the stack of whoever walks them.
            self._siblings().extend(block.children)
        self.problems.extend(row.unread())

    def _element(self, block: _Open) -> Element:
        row, name = block.begin.row, block.begin.name
        children = tuple(element for _, element in block.children)
        if block.is_table:
            return self._table(block)
        if block.has_rows:
            return Repeat(
                name=name,
                label=row.texts("label"),
                hint=row.texts("hint"),
                number=row.text("number"),
                relevant=row.text("relevant"),
                repeat_count=row.text("repeat_count"),
                appearance=row.text("appearance"),
                library_item=row.text("library_item"),
                children=children,
            )
        return Group(
            name=name,
            label=row.texts("label"),
            hint=row.texts("hint"),
            relevant=row.text("relevant"),
            appearance=row.text("appearance"),
            library_item=row.text("library_item"),
            children=children,
        )

    def _table(self, block: _Open) -> Table:
        row = block.begin.row
        for inner, element in block.children:
            if not isinstance(element, Question):
                advice = "A table's columns are questions; take groups out of it."
                self.problems.append(
                    inner.problem("table_holds_block", "type", element.name, advice)
                )
        return Table(
            name=block.begin.name,
            label=row.texts("label"),
            hint=row.texts("hint"),
            number=row.text("number"),
            relevant=row.text("relevant"),
            row_list=row.text("row_list"),
            totals=read_word(row, "totals", Totals.NONE, self.problems),
            closed=row.text("closed"),
            constraint=row.text("constraint"),
            constraint_message=row.texts("constraint_message"),
            warning=row.text("warning"),
            warning_message=row.texts("warning_message"),
            appearance=row.text("appearance"),
            library_item=row.text("library_item"),
            columns=tuple(e for _, e in block.children if isinstance(e, Question)),
        )


def build_tree(items: tuple[Item, ...]) -> Tree:
    """The elements in document order; blocks that were not ended end with the sheet."""
    builder = _Builder()
    for item in items:
        builder.add(item)
    builder.finish()
    return Tree(
        tuple(element for _, element in builder.children),
        tuple(builder.named),
        tuple(builder.problems),
    )
