"""One section as respondents see it, each of its elements to be selected."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.utils.functional import Promise

from surveys.engine import (
    Context,
    Definition,
    Element,
    Form,
    FormState,
    Group,
    Problem,
    Question,
    Repeat,
    Section,
    Table,
    compile_definition,
    text_in,
    walk,
)
from surveys.questionnaires.builder.kinds import icon_of, kind_of
from surveys.questionnaires.problem_words import WordedProblem, worded
from surveys.questionnaires.touched import problems_by_uid
from surveys.rendering import Block, Drawing, GroupBlock, section_page, walk_blocks

ROW: Final = "row1"
"""The one row in which the questions of a repeat are shown."""
ALWAYS: Final = "true()"


@dataclass(frozen=True, slots=True, kw_only=True)
class CanvasItem:
    """One element. ``block`` is what respondents see of it, None of what they never see."""

    uid: str
    name: str
    number: str
    label: str
    icon: str
    kind: str | Promise
    block: Block | None
    children: tuple["CanvasItem", ...]
    is_group: bool
    condition: str
    calculation: str
    problems: tuple[WordedProblem, ...]


@dataclass(frozen=True, slots=True)
class Canvas:
    """A section. ``uid`` is that of its group; of its first element where loose questions make it."""

    uid: str
    title: str
    hint: str
    number: str
    condition: str
    items: tuple[CanvasItem, ...]
    questions: int
    problems: tuple[WordedProblem, ...]

    @property
    def last_uid(self) -> str:
        """The node behind which something is added at the end of the section."""
        return self.items[-1].uid if self.items else self.uid


def section_uid(form: Form, uid: str) -> str:
    """The section that shows a node: the uid of its group or of its first loose element.

    That of the first section where the node is none of the elements; "" for an empty draft.
    """
    first = ""
    for section in form.sections:
        own = _uid_of(form, section)
        first = first or own
        if own == uid or any(each.uid == uid for each in walk(section.elements)):
            return own
    return first


def canvas_of(form: Form, uid: str, *, language: str, at: datetime) -> Canvas | None:
    """The section of that uid, drawn by the respondents' own means; None if there is none."""
    section = next((each for each in form.sections if _uid_of(form, each) == uid), None)
    if section is None:
        return None
    return _Painter(form, section, language, at).canvas(uid)


def _uid_of(form: Form, section: Section) -> str:
    element = form.parts[section.name].element if section.name in form.parts else None
    if isinstance(element, Group) or not section.elements:
        return element.uid if element is not None else ""
    return section.elements[0].uid


class _Painter:
    def __init__(self, form: Form, section: Section, language: str, at: datetime) -> None:
        self.form, self.section, self.language = form, section, language
        self.fallback = form.definition.default_language
        self.found = problems_by_uid(form, form.problems)
        self.blocks = _blocks(form.definition, section, language, at)

    def canvas(self, uid: str) -> Canvas:
        section = self.section
        items = tuple(self.item(each) for each in section.elements)
        return Canvas(
            uid=uid,
            title=self.text(section.label) or section.name,
            hint=self.text(section.hint),
            number=section.number,
            condition=section.relevant,
            items=items,
            questions=sum(isinstance(each, Question) for each in walk(section.elements)),
            problems=self.problems(uid)
            if section.elements and section.elements[0].uid != uid
            else (),
        )

    def item(self, element: Element) -> CanvasItem:
        is_group = isinstance(element, Group)
        return CanvasItem(
            uid=element.uid,
            name=element.name,
            number="" if isinstance(element, Group) else element.number,
            label=self.text(element.label) or element.name,
            icon=icon_of(element),
            kind=kind_of(element),
            block=None if is_group else self.blocks.get(element.name),
            children=tuple(self.item(each) for each in element.children)
            if isinstance(element, Group)
            else (),
            is_group=is_group,
            condition=element.relevant,
            calculation=element.calculation if isinstance(element, Question) else "",
            problems=self.problems(element.uid),
        )

    def text(self, texts: dict[str, str] | object) -> str:
        assert isinstance(texts, dict)
        return text_in(texts, self.language, self.fallback)

    def problems(self, uid: str) -> tuple[WordedProblem, ...]:
        return tuple(worded(each) for each in self._below(uid))

    def _below(self, uid: str) -> Iterator[Problem]:
        yield from self.found.get(uid, ())
        element = next((each for each in walk(self.section.elements) if each.uid == uid), None)
        # What stands in a table or a repeat has no frame of its own here.
        if isinstance(element, Table | Repeat):
            inside = element.columns if isinstance(element, Table) else element.children
            for each in walk(inside):
                yield from self.found.get(each.uid, ())


def _blocks(
    definition: Definition, section: Section, language: str, at: datetime
) -> dict[str, Block]:
    """The blocks of a section by the name of their element."""
    shown = replace(
        definition,
        children=(Group(name=section.name, children=tuple(_bare(section.elements))),),
        indicators=(),
    )
    form = compile_definition(shown)
    repeats = [each for each in walk(section.elements) if isinstance(each, Repeat)]
    state = FormState(
        form,
        answers={each.name: [{"_id": ROW}] for each in repeats},
        context=Context(today=at.date(), now=at, language=language),
    )
    if not form.sections:
        return {}
    page = section_page(Drawing(state, language), form.sections[0].name)
    return {
        block.path: block for block in walk_blocks(page.blocks) if not isinstance(block, GroupBlock)
    }


def _bare(elements: Iterable[Element]) -> Iterator[Element]:
    """The elements without the rules that would hide, close or fill anything."""
    for element in elements:
        match element:
            case Question():
                yield _bare_question(element)
            case Group(children=children):
                yield replace(element, relevant="", children=tuple(_bare(children)))
            case Repeat(children=children):
                inside = tuple(_bare(children))
                yield replace(element, relevant="", repeat_count="", children=inside)
            case Table(columns=columns):
                bare = tuple(_bare_question(column) for column in columns)
                yield replace(
                    element, relevant="", closed="", constraint="", warning="", columns=bare
                )


def _bare_question(question: Question) -> Question:
    return replace(
        question,
        relevant="",
        required=question.required and ALWAYS,
        read_only=question.read_only and ALWAYS,
        constraint="",
        warning="",
        calculation=question.calculation and "''",
        trigger="",
        default="",
        choice_filter="",
        indicator="",
    )
