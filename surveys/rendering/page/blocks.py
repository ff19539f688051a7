"""What a section consists of: questions, notes, groups, repeats and tables."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import ClassVar

from surveys.rendering.page.attached import EvidencePanel
from surveys.rendering.page.control import SHORT, Control, Facts, FindingLine, html_id, worst
from surveys.rendering.page.table import TableBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionBlock:
    """One question with its control, its findings and its context.

    ``unsaved`` says why what stands in the control is not stored, ``answered_by`` who answers it
    where this person only reads it.
    ``is_field`` makes it one field among several under a common heading.
    """

    path: str
    number: str
    label: str
    hint: str
    control: Control
    findings: tuple[FindingLine, ...] = ()
    facts: Facts = field(default_factory=Facts)
    evidence: EvidencePanel | None = None
    unsaved: str = ""
    answered_by: str = ""
    hidden: bool = False
    is_field: bool = False

    @property
    def template(self) -> str:
        """The template that draws it."""
        return "rendering/field.html" if self.is_field else "rendering/question.html"

    @property
    def is_short(self) -> bool:
        """Whether it can share a line with others."""
        return self.is_field and self.control.kind in SHORT and self.evidence is None

    @property
    def id(self) -> str:
        """The block's id; its parts hang on it."""
        return f"q-{html_id(self.path)}"

    @property
    def grade(self) -> str:
        """The worst grade of its findings, "" without any."""
        return worst(self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteBlock:
    """A text to read."""

    template: ClassVar[str] = "rendering/note.html"
    path: str
    label: str
    hint: str = ""
    hidden: bool = False

    @property
    def id(self) -> str:
        """The block's id."""
        return f"q-{html_id(self.path)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatRow:
    """A row that the respondent added."""

    row_id: str
    position: int
    blocks: tuple["Block", ...]
    title: str = ""
    is_first: bool = False
    is_last: bool = False

    @property
    def runs(self) -> tuple["Run", ...]:
        """The blocks by lines."""
        return runs_of(self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatBlock:
    """Rows that can be added, moved, deleted and restored; counted rows only filled in."""

    template: ClassVar[str] = "rendering/repeat.html"
    path: str
    number: str
    label: str
    hint: str
    rows: tuple[RepeatRow, ...] = ()
    is_counted: bool = False
    read_only: bool = False
    answered_by: str = ""
    findings: tuple[FindingLine, ...] = ()
    hidden: bool = False

    @property
    def id(self) -> str:
        """The block's id."""
        return f"q-{html_id(self.path)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupBlock:
    """Questions under one heading; as one question with several fields where nothing else is in it."""

    path: str
    label: str
    hint: str
    blocks: tuple["Block", ...] = ()
    hidden: bool = False

    @property
    def template(self) -> str:
        """The template that draws it."""
        return "rendering/fields.html" if self.is_fields else "rendering/group.html"

    @property
    def is_fields(self) -> bool:
        """Whether it is one question with several fields."""
        return any(isinstance(block, QuestionBlock) and block.is_field for block in self.blocks)

    @property
    def grade(self) -> str:
        """The worst grade in it."""
        return worst(tuple(line for question in self.questions() for line in question.findings))

    @property
    def runs(self) -> tuple["Run", ...]:
        """The blocks by lines."""
        return runs_of(self.blocks)

    @property
    def number(self) -> str:
        """The number of its first field where no other one has a number: it counts for all."""
        first, *rest = [question.number for question in self.questions()] or [""]
        return first if self.label and not any(rest) else ""

    @property
    def unit(self) -> str:
        """The unit that all its fields share."""
        units = {question.control.unit for question in self.questions()}
        return units.pop() if self.label and len(units) == 1 else ""

    def questions(self) -> Iterator[QuestionBlock]:
        """The questions that are shown."""
        return (
            block for block in self.blocks if isinstance(block, QuestionBlock) and not block.hidden
        )

    @property
    def has_facts(self) -> bool:
        """Whether something stands beside it."""
        return any(question.facts for question in self.questions())

    @property
    def has_previous(self) -> bool:
        """Whether one of its questions was answered in the last round."""
        return any(question.facts.previous for question in self.questions())

    @property
    def bases(self) -> tuple[tuple[str, str], ...]:
        """The legal bases and indicators of its questions, each once."""
        found = {
            (question.facts.legal_basis, question.facts.indicator): None
            for question in self.questions()
            if question.facts.legal_basis or question.facts.indicator
        }
        return tuple(found)

    @property
    def id(self) -> str:
        """The block's id."""
        return f"q-{html_id(self.path)}"


@dataclass(frozen=True, slots=True)
class Run:
    """Blocks that follow one another: short fields on a line, or one block by itself."""

    is_row: bool
    blocks: tuple["Block", ...]


Block = QuestionBlock | NoteBlock | TableBlock | RepeatBlock | GroupBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPage:
    """One section, ready for its template. ``problems`` are the findings of the whole section.

    ``proposals`` counts the places in it for which the last round proposes an answer.
    """

    name: str
    number: str
    title: str
    hint: str
    blocks: tuple[Block, ...]
    problems: tuple[FindingLine, ...]
    proposals: int = 0

    def controls(self) -> Iterator[Control]:
        """Every control that can bring an answer back, in document order."""
        for block in self.blocks:
            yield from controls_of(block)

    @property
    def has_table(self) -> bool:
        """Whether a grid stands in the section."""
        return any(isinstance(block, TableBlock) for block in walk_blocks(self.blocks))


def runs_of(blocks: tuple[Block, ...]) -> tuple[Run, ...]:
    """The blocks by lines, in their order."""
    grouped = groupby(blocks, lambda block: isinstance(block, QuestionBlock) and block.is_short)
    return tuple(Run(is_row, tuple(run)) for is_row, run in grouped)


def walk_blocks(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block, depth first; those inside a repeat's rows included."""
    for block in blocks:
        yield block
        if isinstance(block, GroupBlock):
            yield from walk_blocks(block.blocks)
        elif isinstance(block, RepeatBlock):
            for row in block.rows:
                yield from walk_blocks(row.blocks)


def controls_of(block: Block) -> Iterator[Control]:
    """The controls that stand in a block."""
    for inner in walk_blocks((block,)):
        if isinstance(inner, QuestionBlock) and inner.control.is_input and not inner.hidden:
            yield inner.control
        elif isinstance(inner, TableBlock):
            for row in inner.rows:
                yield from (
                    cell.control for cell in row.cells if cell.control and cell.control.is_input
                )
