"""How long a questionnaire takes: what there is to read, and what there is to answer.

Reading. English: 238 words a minute, silent reading of non-fiction by adults (Brysbaert 2019, "How
many words do we read per minute?", Journal of Memory and Language 109, 104047). Vietnamese: an
assumption, 300 syllables a minute. Vietnamese writes a blank after every syllable, so its "words"
are syllables; English at 238 words is about 345 syllables a minute, and languages carry about the
same information in the same time (Coupé et al. 2019, Science Advances 5, eaaw2594), Vietnamese with
somewhat more in each syllable. Other languages are read as English is.

Answering. The seconds by type are assumptions for an official who has the documents at hand, to be
held against measured times: choosing takes less than looking up a figure, and a document more than
either. A cell of a table costs less than a question of its own, because its label was read before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Final

from surveys.engine.expressions.values import decimal_of
from surveys.engine.form import Form
from surveys.engine.model import (
    Definition,
    Element,
    EvidenceNeed,
    Group,
    Kind,
    Question,
    Repeat,
    Table,
    Texts,
    text_in,
)

WORDS_A_MINUTE: Final = {"vi": 300, "en": 238}
OTHERWISE: Final = 238
SECONDS: Final = {
    Kind.TEXT: 15,
    Kind.INTEGER: 20,
    Kind.DECIMAL: 20,
    Kind.DATE: 12,
    Kind.TIME: 8,
    Kind.DATETIME: 15,
    Kind.SELECT_ONE: 5,
    Kind.SELECT_MULTIPLE: 10,
    Kind.RANK: 25,
    Kind.RANGE: 6,
    Kind.ACKNOWLEDGE: 3,
    Kind.FILE: 45,
    Kind.IMAGE: 45,
}
"""To find and give the answer, without the reading; what is not listed is not answered."""

MULTILINE: Final = 60
EVIDENCE: Final = 45
CELL: Final = Decimal("0.5")
"""What part of a question's time a table cell takes."""

ROWS: Final = 2
"""How many rows a list without a count is taken to have."""

READ_CHOICES: Final = 12
"""Longer lists are searched, not read."""


@dataclass(frozen=True, slots=True)
class Part:
    """One section: how many words it has, and how long it takes with everything in it shown."""

    name: str
    words: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Burden:
    """What one response costs at most in one language: nothing is hidden, every cell is open."""

    language: str
    words: int
    longest: str
    longest_words: int
    reading_seconds: int
    answering_seconds: int
    sections: tuple[Part, ...] = ()

    @property
    def minutes(self) -> int:
        """Reading and answering, in whole minutes begun."""
        return ceil((self.reading_seconds + self.answering_seconds) / 60)

    @property
    def reading_minutes(self) -> int:
        """Reading alone, in whole minutes begun."""
        return ceil(self.reading_seconds / 60)


def burden_of(form: Form, language: str) -> Burden:
    """The words and the time of a form in one language."""
    definition = form.definition
    parts: list[Part] = []
    reading = answering = 0
    for section in form.sections:
        words, seconds = 0, Decimal(0)
        # A repeat or table on a page of its own lends it its texts; they are read once.
        if section.name not in {element.name for element in section.elements}:
            words = _count(section.label, language) + _count(section.hint, language)
        for element in section.elements:
            words += sum(_words(definition, each, language) for each in _within(element))
            seconds += _seconds(definition, element)
        read = _reading_seconds(words, language)
        parts.append(Part(section.name, words, read + ceil(seconds)))
        reading, answering = reading + read, answering + ceil(seconds)
    longest, length = _longest(definition, language)
    total = sum(part.words for part in parts)
    return Burden(language, total, longest, length, reading, answering, tuple(parts))


def seconds_of(question: Question) -> int:
    """How long one answer takes, its reading apart."""
    seconds = SECONDS.get(question.kind, 0)
    if not seconds or question.calculation:
        return 0
    if question.kind is Kind.TEXT and "multiline" in question.appearance:
        seconds = MULTILINE
    return seconds + (EVIDENCE if question.evidence is EvidenceNeed.REQUIRED else 0)


def _within(element: Element) -> Iterator[Element]:
    yield element
    match element:
        case Group() | Repeat():
            for child in element.children:
                yield from _within(child)
        case Table():
            yield from element.columns
        case Question():
            pass


def _words(definition: Definition, element: Element, language: str) -> int:
    """What a person reads of one element: its texts and the choices of its list."""
    if isinstance(element, Question) and element.kind is Kind.HIDDEN:
        return 0
    words = _count(element.label, language) + _count(element.hint, language)
    list_name = ""
    if isinstance(element, Question):
        words += _count(element.guidance, language) + _count(element.unit, language)
        list_name = element.list_name
    elif isinstance(element, Table):
        list_name = element.row_list
    known = definition.lists.get(list_name)
    if known is not None and (isinstance(element, Table) or len(known.choices) <= READ_CHOICES):
        words += sum(_count(choice.label, language) for choice in known.choices)
    return words


def _seconds(definition: Definition, element: Element) -> Decimal:
    match element:
        case Question():
            return Decimal(seconds_of(element))
        case Group():
            return sum((_seconds(definition, each) for each in element.children), Decimal(0))
        case Repeat():
            rows = decimal_of(element.repeat_count) or Decimal(ROWS)
            return rows * sum((_seconds(definition, each) for each in element.children), Decimal(0))
        case Table():
            known = definition.lists.get(element.row_list)
            rows = Decimal(len(known.choices) if known else 0)
            return rows * CELL * sum(seconds_of(column) for column in element.columns)


def _longest(definition: Definition, language: str) -> tuple[str, int]:
    lengths = [
        (_count(element.label, language) + _count(element.hint, language), element.name)
        for element in definition.elements()
    ]
    length, name = max(lengths, default=(0, ""), key=lambda each: each[0])
    return name, length


def _count(texts: Texts, language: str) -> int:
    return len(text_in(texts, language).split())


def _reading_seconds(words: int, language: str) -> int:
    return ceil(words * 60 / WORDS_A_MINUTE.get(language, OTHERWISE))
