"""One section as respondents see it, each of its elements to be selected."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.utils.functional import Promise

from surveys.engine import (
    ChoiceList,
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
from surveys.questionnaires.logic import Spot, Token, sentence
from surveys.questionnaires.problem_words import WordedProblem, worded
from surveys.questionnaires.touched import problems_by_uid
from surveys.rendering import Block, Drawing, GroupBlock, section_page, walk_blocks

ROW: Final = "row1"
"""The one row in which the questions of a repeat are shown."""
ALWAYS: Final = "true()"
DRAWN: Final = " "
"""The name of the drawn section: no element has it, while a table at the top has its section's."""
MOST_CELLS: Final = 80
"""Of a bigger table only the first rows are drawn; its editor shows them all."""
FEWEST_ROWS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class CanvasItem:
    """One element. ``block`` is what respondents see of it, None of what they never see.

    ``other`` is the text behind its "other", which is no element of the draft.
    """

    uid: str
    name: str
    number: str
    label: str
    icon: str
    kind: str | Promise
    block: Block | None
    other: Block | None
    children: tuple["CanvasItem", ...]
    is_group: bool
    condition: str
    sentence: tuple[Token, ...]
    calculation: str
    problems: tuple[WordedProblem, ...]
    rows_left_out: int = 0


@dataclass(frozen=True, slots=True)
class Canvas:
    """A section. ``uid`` is that of its group; of its first element where loose questions make it.

    ``items`` are all of its elements, or those that were asked for.
    """

    uid: str
    title: str
    hint: str
    number: str
    condition: str
    sentence: tuple[Token, ...]
    items: tuple[CanvasItem, ...]
    questions: int
    problems: tuple[WordedProblem, ...]


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


def canvas_of(
    form: Form,
    uid: str,
    *,
    language: str,
    at: datetime,
    only: Container[str] | None = None,
) -> Canvas | None:
    """The section of that uid, drawn by the respondents' own means; None if there is none.

    With ``only`` no more than the frames that show one of these nodes are drawn.
    """
    section = next((each for each in form.sections if _uid_of(form, each) == uid), None)
    if section is None:
        return None
    elements = section.elements
    if only is not None:
        texts = {text for text, asked in form.others.items() if form.element(asked).uid in only}
        elements = tuple(_frames(section.elements, only, texts))
    return _Painter(form, section, elements, language, at).canvas(uid)


def _frames(
    elements: Iterable[Element], wanted: Container[str], texts: Container[str]
) -> Iterator[Element]:
    """The outermost elements with a frame of their own that show something wanted, and its texts."""
    for element in elements:
        if isinstance(element, Group):
            if element.uid in wanted:
                yield element
            else:
                yield from _frames(element.children, wanted, texts)
        elif element.name in texts or any(each.uid in wanted for each in walk((element,))):
            yield element


def _uid_of(form: Form, section: Section) -> str:
    element = form.parts[section.name].element if section.name in form.parts else None
    if isinstance(element, Group) or not section.elements:
        return element.uid if element is not None else ""
    return section.elements[0].uid


class _Painter:
    def __init__(
        self,
        form: Form,
        section: Section,
        elements: tuple[Element, ...],
        language: str,
        at: datetime,
    ) -> None:
        self.form, self.section, self.language = form, section, language
        self.elements = elements
        self.texts = {asked: text for text, asked in form.others.items()}
        self.fallback = form.definition.default_language
        self.found = problems_by_uid(form, form.problems)
        self.blocks = _blocks(form.definition, DRAWN, elements, language, at)

    def canvas(self, uid: str) -> Canvas:
        section = self.section
        return Canvas(
            uid=uid,
            title=self.text(section.label) or section.name,
            hint=self.text(section.hint),
            number=section.number,
            condition=section.relevant,
            sentence=self.sentence(section.name, section.relevant),
            items=self.items(self.elements),
            questions=sum(
                isinstance(each, Question) and each.name not in self.form.others
                for each in walk(section.elements)
            ),
            problems=self.problems(uid)
            if section.elements and section.elements[0].uid != uid
            else (),
        )

    def items(self, elements: Iterable[Element]) -> tuple[CanvasItem, ...]:
        return tuple(self.item(each) for each in elements if each.name not in self.form.others)

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
            other=self.blocks.get(self.texts.get(element.name, "")),
            children=self.items(element.children) if isinstance(element, Group) else (),
            is_group=is_group,
            condition=element.relevant,
            sentence=self.sentence(element.name, element.relevant),
            calculation=element.calculation if isinstance(element, Question) else "",
            problems=self.problems(element.uid),
            rows_left_out=_rows_left_out(element, self.form.definition),
        )

    def sentence(self, name: str, condition: str) -> tuple[Token, ...]:
        if not condition or name not in self.form.parts:
            return ()
        element = self.form.element(name)
        return sentence(
            Spot(self.form, element, "relevant", self.language, is_brief=True), condition
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


def _rows_left_out(element: Element, definition: Definition) -> int:
    if not isinstance(element, Table) or element.row_list not in definition.lists:
        return 0
    shown = max(FEWEST_ROWS, MOST_CELLS // max(1, len(element.columns)))
    return max(0, len(definition.lists[element.row_list].choices) - shown)


def _shortened(table: Table, lists: Mapping[str, ChoiceList]) -> Iterator[ChoiceList]:
    """The table's own list of the rows that are drawn; its name is no list's of the draft."""
    whole = lists.get(table.row_list)
    if whole is not None:
        shown = max(FEWEST_ROWS, MOST_CELLS // max(1, len(table.columns)))
        yield replace(whole, name=f"rows of {table.name}", choices=whole.choices[:shown])


def _blocks(
    definition: Definition, name: str, elements: tuple[Element, ...], language: str, at: datetime
) -> dict[str, Block]:
    """The blocks of a section by the name of their element."""
    if not elements:
        return {}
    tables = [each for each in walk(elements) if isinstance(each, Table)]
    shortened = {
        each.name: each for table in tables for each in _shortened(table, definition.lists)
    }
    shown = replace(
        definition,
        # A section of loose elements has the name of its first one, and names are unique.
        children=(Group(name=f"section of {name}", children=tuple(_bare(elements))),),
        lists={**definition.lists, **shortened},
        indicators=(),
    )
    form = compile_definition(shown)
    repeats = [each for each in walk(elements) if isinstance(each, Repeat)]
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
                    element,
                    relevant="",
                    closed="",
                    constraint="",
                    warning="",
                    columns=bare,
                    row_list=element.row_list and f"rows of {element.name}",
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
