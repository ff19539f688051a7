"""The path taken through a preview: what was shown and hidden, in order, and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from surveys.engine import Element, FormState, Group, Kind, Question, Repeat, Table, text_in
from surveys.questionnaires.logic import Spot, plain, sentence
from surveys.rendering import Drawing, label_of, missing_code_label, number_of, value_text

MOST_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class Reading:
    """A question that a condition reads, and its answer in words; "" where it has none."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A condition on the way to an element: its own, or that of ``holder`` which it stands in.

    ``words`` say the expression as a sentence; "" where no sentence says it.
    """

    expression: str
    words: str
    holds: bool
    holder: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One element on the way."""

    uid: str
    name: str
    number: str
    label: str
    is_block: bool
    is_shown: bool
    answer: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A section of the path."""

    title: str
    is_shown: bool
    steps: tuple[Step, ...]


def path_taken(drawing: Drawing) -> tuple[Stretch, ...]:
    """The whole path; the questions in rows only where they have conditions of their own."""
    return tuple(_Walker(drawing).stretches())


class _Walker:
    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.state: FormState = drawing.state
        self.form = drawing.state.form
        self.language = drawing.language

    def stretches(self) -> Iterator[Stretch]:
        for section in self.form.sections:
            label = text_in(section.label, self.language) or section.name
            title = f"{section.number}. {label}" if section.number else label
            is_shown = self.state.is_relevant(section.name)
            yield Stretch(title, is_shown, tuple(self.steps(section.elements)))

    def steps(self, elements: Iterable[Element]) -> Iterator[Step]:
        for element in elements:
            match element:
                case Question(kind=Kind.HIDDEN):
                    continue
                case Question():
                    yield self.step(element, element.name)
                case Group(children=children):
                    if element.relevant:
                        yield self.step(element, element.name)
                    yield from self.steps(children)
                case Repeat(children=inside) | Table(columns=inside):
                    yield self.step(element, element.name)
                    yield from self.in_rows(element, inside)

    def in_rows(self, owner: Repeat | Table, inside: Iterable[Element]) -> Iterator[Step]:
        conditional = [each for each in inside if isinstance(each, Question) and each.relevant]
        for row in self.state.rows(owner.name) if conditional else ():
            for question in conditional:
                yield self.step(question, f"{owner.name}/{row}/{question.name}")

    def step(self, element: Element, path: str) -> Step:
        return Step(
            uid=element.uid,
            name=element.name,
            number=number_of(self.form, element) if isinstance(element, Question) else "",
            label=self.label(element),
            is_block=not isinstance(element, Question),
            is_shown=self.state.is_relevant(path),
            answer=self.answer(element, path) if isinstance(element, Question) else "",
            reasons=tuple(self.reasons(element, path)),
        )

    def reasons(self, element: Element, path: str) -> Iterator[Reason]:
        row = path.rpartition("/")[0]
        for guard in self.form.parts[element.name].guards:
            holder = self.form.element(guard.name)
            where = f"{row}/{guard.name}" if guard.is_in_row and row else guard.name
            readings = tuple(self.reading(name, row) for name in sorted(guard.condition.references))
            text = guard.condition.text.strip()
            spot = Spot(self.form, holder, "relevant", self.language)
            yield Reason(
                expression=text,
                words=plain(sentence(spot, text)),
                holds=self.state.is_relevant(where),
                holder="" if holder is element else self.label(holder),
                readings=readings,
            )

    def reading(self, name: str, row: str) -> Reading:
        element = self.form.element(name)
        owner = self.form.parts[name].owner
        if owner and owner != row.partition("/")[0]:
            return Reading(self.label(element), "…")
        path = f"{row}/{name}" if owner else name
        value = self.answer(element, path) if isinstance(element, Question) else ""
        return Reading(self.label(element), value)

    def answer(self, question: Question, path: str) -> str:
        if question.kind is Kind.NOTE:
            return ""
        cell = self.state.cell(path) if question.is_answerable else None
        if cell and cell.missing:
            return str(missing_code_label(cell.missing))
        if cell and cell.typed:
            return _cut(cell.typed)
        choices = {choice.name: choice for choice in self.form.choices_of(question)}
        return _cut(value_text(question, self.state.value(path), self.language, choices))

    def label(self, element: Element) -> str:
        label = (
            label_of(self.form, element, self.language)
            if isinstance(element, Question)
            else text_in(element.label, self.language)
        )
        if "${" in label and not self.form.parts[element.name].owner:
            label = self.state.words(element.name, label)
        return _cut(label) or element.name


def _cut(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…"
