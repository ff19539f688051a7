"""From definition and form state to the page of one section."""

from collections.abc import Iterable, Iterator

from surveys.engine import (
    Element,
    Group,
    Kind,
    Question,
    Repeat,
    Table,
)
from surveys.rendering.controls import Drawing, attached_panel, control_for
from surveys.rendering.findings import summary
from surveys.rendering.page import (
    Block,
    Facts,
    GroupBlock,
    NoteBlock,
    QuestionBlock,
    RepeatBlock,
    RepeatRow,
    SectionPage,
)
from surveys.rendering.places import Places
from surveys.rendering.tables import TableDrawer


def section_page(drawing: Drawing, name: str, *, say_missing: bool = False) -> SectionPage:
    """The page of the section ``name``.

    Missing answers are findings only when ``say_missing`` is set, that is after an attempt to send:
    nobody is scolded for what they have not come to yet.
    """
    return _Builder(drawing, name, say_missing=say_missing).page()


def changed_page(drawing: Drawing, name: str, changed: frozenset[str]) -> SectionPage:
    """The page of the section with those blocks only that show a place of ``changed``.

    A table of which single cells changed has those cells only, its totals and its findings.
    """
    return _Builder(drawing, name, say_missing=False).page(changed)


class _Builder:
    def __init__(self, drawing: Drawing, name: str, *, say_missing: bool) -> None:
        self.drawing = drawing
        self.state = drawing.state
        self.say = drawing.say
        self.section = next(
            section for section in drawing.state.form.sections if section.name == name
        )
        self.found = [
            finding
            for finding in self.state.findings(name)
            if say_missing or finding.code != "required_missing"
        ]
        self.places = Places(drawing, self.found)
        self.tables = TableDrawer(self.places)

    def page(self, changed: frozenset[str] | None = None) -> SectionPage:
        section = self.section
        return SectionPage(
            name=section.name,
            number=section.number,
            title=self.say(section.name, section.label) or section.name,
            hint=self.say(section.name, section.hint),
            blocks=self.blocks(section.elements)
            if changed is None
            else tuple(self.changed(section.elements, changed)),
            problems=summary(self.places.writer, self.found),
            proposals=sum(
                not self.drawing.is_read_only(path) for path in self.state.proposals(section.name)
            ),
        )

    def blocks(
        self, elements: Iterable[Element], prefix: str = "", *, as_fields: bool = False
    ) -> tuple[Block, ...]:
        return tuple(
            self.block(element, prefix, as_field=as_fields)
            for element in elements
            if not (isinstance(element, Question) and self._is_unseen(element))
        )

    def changed(
        self,
        elements: Iterable[Element],
        changed: frozenset[str],
        prefix: str = "",
        *,
        as_fields: bool = False,
    ) -> Iterator[Block]:
        """The smallest blocks that show all of ``changed``."""
        for element in elements:
            path = f"{prefix}{element.name}"
            if isinstance(element, Question) and self._is_unseen(element):
                continue
            if path in changed:
                yield self.block(element, prefix, as_field=as_fields)
            elif not isinstance(element, Question) and self.state.is_relevant(path):
                yield from self._changed_within(element, changed, prefix)

    def _changed_within(
        self, element: Group | Repeat | Table, changed: frozenset[str], prefix: str
    ) -> Iterator[Block]:
        match element:
            case Group():
                as_fields = _are_fields(element)
                inner = list(self.changed(element.children, changed, prefix, as_fields=as_fields))
                # Fields share the group's mark and facts, so the group goes as a whole.
                if inner and as_fields:
                    yield self.block(element, prefix, as_field=False)
                else:
                    yield from inner
            case Repeat():
                for row_id in self.state.rows(element.name):
                    row = f"{element.name}/{row_id}/"
                    if any(path.startswith(row) for path in changed):
                        yield from self.changed(element.children, changed, row, as_fields=True)
            case Table():
                if any(path.startswith(f"{element.name}/") for path in changed):
                    yield self.tables.draw(element, hidden=False, only=changed)

    def block(self, element: Element, prefix: str, *, as_field: bool) -> Block:
        path = f"{prefix}{element.name}"
        hidden = not self.state.is_relevant(path)
        match element:
            case Group():
                return self.group(element, path, prefix, hidden=hidden)
            case Repeat():
                return self.repeat(element, hidden=hidden)
            case Table():
                return self.tables.draw(element, hidden=hidden)
            case Question():
                return self.question(element, path, hidden=hidden, as_field=as_field)

    def group(self, group: Group, path: str, prefix: str, *, hidden: bool) -> GroupBlock:
        as_fields = _are_fields(group)
        return GroupBlock(
            path=path,
            label=self.say(path, group.label),
            hint=self.say(path, group.hint),
            blocks=() if hidden else self.blocks(group.children, prefix, as_fields=as_fields),
            hidden=hidden,
        )

    def question(
        self, question: Question, path: str, *, hidden: bool, as_field: bool
    ) -> QuestionBlock | NoteBlock:
        label = self.say(path, question.label) or question.name
        hint = self.say(path, question.hint)
        if question.kind is Kind.NOTE:
            return NoteBlock(path=path, label=label, hint=hint, hidden=hidden)
        return QuestionBlock(
            path=path,
            number=question.number,
            label=label,
            hint=hint,
            control=control_for(self.drawing, question, path, label=label, compact=False),
            findings=() if hidden else self.places.lines([path]),
            facts=Facts() if hidden else self.places.facts(question, path),
            evidence=None if hidden else attached_panel(self.drawing, question, path),
            unsaved=self.drawing.unsaved.get(path, ""),
            answered_by=self.drawing.answered_by(path),
            hidden=hidden,
            is_field=as_field,
        )

    def repeat(self, repeat: Repeat, *, hidden: bool) -> RepeatBlock:
        row_ids = () if hidden else self.state.rows(repeat.name)
        return RepeatBlock(
            path=repeat.name,
            number=repeat.number,
            label=self.say(repeat.name, repeat.label) or repeat.name,
            hint=self.say(repeat.name, repeat.hint),
            rows=tuple(
                self.repeat_row(repeat, row_id, position, len(row_ids))
                for position, row_id in enumerate(row_ids, start=1)
            ),
            is_counted=bool(repeat.repeat_count),
            read_only=self.drawing.is_read_only(repeat.name),
            answered_by=self.drawing.answered_by(repeat.name),
            findings=() if hidden else self.places.lines([repeat.name]),
            hidden=hidden,
        )

    def repeat_row(self, repeat: Repeat, row_id: str, position: int, count: int) -> RepeatRow:
        return RepeatRow(
            row_id=row_id,
            position=position,
            blocks=self.blocks(repeat.children, f"{repeat.name}/{row_id}/", as_fields=True),
            is_first=position == 1,
            is_last=position == count,
        )

    @staticmethod
    def _is_unseen(question: Question) -> bool:
        return question.kind is Kind.HIDDEN or (
            question.kind is Kind.CALCULATE and not question.label
        )


def _are_fields(group: Group) -> bool:
    return all(isinstance(child, Question) for child in group.children)
