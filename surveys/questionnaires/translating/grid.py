"""The grid of translations: which texts are shown, in which order, with what beside them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from django.utils.functional import Promise

from surveys.engine import Definition, Form
from surveys.organisations.search import search_key
from surveys.questionnaires.translating.languages import named
from surveys.questionnaires.translating.remarks import remarks_on
from surveys.questionnaires.translating.texts import Text, blank_in, texts_by_source, texts_of
from surveys.questionnaires.translating.words import WordedRemark, what_of, worded

MAX_ROWS: Final = 40
MAX_BYTES: Final = 36_000
"""Of the texts of a page: what surrounds them is drawn within the rest of 100 kB."""

OUTSIDE: Final = "-"
"""The filter for texts of no section: the title, indicators, lists that nobody uses."""


class Show(StrEnum):
    """Which texts are shown."""

    ALL = "all"
    MISSING = "missing"
    FLAGGED = "flagged"


@dataclass(frozen=True, slots=True)
class Pair:
    """A direction of translating."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader looks for: among which texts, in which section, with which words."""

    show: Show = Show.ALL
    section: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a language is."""

    language: str
    done: int
    total: int
    is_default: bool

    @property
    def name(self) -> str:
        """What the language is called."""
        return named(self.language)

    @property
    def missing(self) -> int:
        """How many texts it lacks."""
        return self.total - self.done


@dataclass(frozen=True, slots=True)
class Row:
    """A text as it is translated.

    ``stand_in`` is shown where the source has no text: another language and what it says.
    ``twins`` counts other texts with the same source that are missing; ``known`` is what one of
    those says that are not, "" where this one is translated.
    """

    text: Text
    what: Promise
    source: str
    target: str
    stand_in: tuple[str, str]
    remarks: tuple[WordedRemark, ...]
    twins: int
    known: str

    @property
    def is_missing(self) -> bool:
        """Whether it is still to be translated."""
        return not self.target.strip()

    @property
    def is_grave(self) -> bool:
        """Whether respondents read something wrong."""
        return any(remark.is_grave for remark in self.remarks)


def pair_of(definition: Definition, target: str) -> Pair:
    """From the default language into the one named; from another one where the default is named.

    Without a language that the questionnaire has, the first that is not the default; with one
    language only, the target is "".
    """
    languages = definition.languages
    others = [each for each in languages if each != definition.default_language]
    if target not in languages:
        target = next(iter(others), "")
    if target == definition.default_language:
        return Pair(next(iter(others), ""), target) if others else Pair(target, "")
    return Pair(definition.default_language, target)


def progress_of(form: Form) -> tuple[Progress, ...]:
    """How far each language of the questionnaire is."""
    return tuple(
        Progress(language, total - missing, total, language == form.definition.default_language)
        for language, missing, total in _counted(form)
    )


def missing_in(form: Form) -> int:
    """How many texts are missing, over all languages."""
    return sum(missing for _language, missing, _total in _counted(form))


@lru_cache(maxsize=8)
def _counted(form: Form) -> tuple[tuple[str, int, int], ...]:
    texts = texts_of(form)
    return tuple(
        (language, blank_in(texts, language), len(texts)) for language in form.definition.languages
    )


@lru_cache(maxsize=8)
def known_in(form: Form, pair: Pair) -> int:
    """How many missing texts are translated elsewhere, everywhere in the same way."""
    found = 0
    for texts in texts_by_source(form, pair.source).values():
        missing = blank_in(texts, pair.target)
        ways = {text.in_language(pair.target) for text in texts if not text.is_missing(pair.target)}
        found += missing if len(ways) == 1 else 0
    return found


def found_texts(form: Form, pair: Pair, wanted: Wanted) -> list[Text]:
    """The texts that the reader looks for, those missing in the target first."""
    found = [
        text for text in texts_of(form)
        if _is_read_in(text, wanted.section) and _is_shown(form, text, pair, wanted.show)
    ]  # fmt: skip
    if words := search_key(wanted.words).split():
        found = [text for text in found if _says(text, words)]
    return sorted(found, key=lambda text: not text.is_missing(pair.target))


def pages_of(texts: Iterable[Text], pair: Pair) -> list[list[Text]]:
    """The texts in pages of at most 40, shorter ones where texts are long."""
    pages: list[list[Text]] = []
    weight = MAX_BYTES
    for text in texts:
        own = _bytes(text.in_language(pair.source)) + 2 * _bytes(text.in_language(pair.target))
        if not pages or len(pages[-1]) == MAX_ROWS or weight + own > MAX_BYTES:
            pages.append([])
            weight = 0
        pages[-1].append(text)
        weight += own
    return pages


def rows_of(form: Form, pair: Pair, texts: Iterable[Text]) -> list[Row]:
    """The texts with what stands beside them."""
    names = form.parts
    return [_row(form, pair, text, names) for text in texts]


def kept_texts(form: Form, keys: Collection[str]) -> list[Text]:
    """The texts with those keys, in the order of the keys; those that are gone left out."""
    known = {text.key: text for text in texts_of(form) if text.key in keys}
    return [known[key] for key in keys if key in known]


def _row(form: Form, pair: Pair, text: Text, names: Collection[str]) -> Row:
    source, target = text.in_language(pair.source), text.in_language(pair.target)
    twins = texts_by_source(form, pair.source).get(source.strip(), ()) if source.strip() else ()
    said = next((t for each in twins if (t := each.in_language(pair.target)).strip()), "")
    return Row(
        text=text,
        what=what_of(text),
        source=source,
        target=target,
        stand_in=("", "") if source.strip() else _stand_in(text),
        remarks=tuple(worded(each) for each in remarks_on(source, target, names)),
        twins=sum(each.is_missing(pair.target) for each in twins) if target.strip() else 0,
        known="" if target.strip() else said,
    )


def _stand_in(text: Text) -> tuple[str, str]:
    return next((each for each in text.texts.items() if each[1].strip()), ("", ""))


def _is_read_in(text: Text, section: str) -> bool:
    if section == OUTSIDE:
        return not text.sections
    return not section or section in text.sections


def _is_shown(form: Form, text: Text, pair: Pair, show: Show) -> bool:
    if show is Show.MISSING:
        return text.is_missing(pair.target)
    return show is Show.ALL or text.key in _flagged(form, pair)


@lru_cache(maxsize=8)
def _flagged(form: Form, pair: Pair) -> frozenset[str]:
    """The keys of the texts of whose translation something is to be said."""
    names = form.parts
    return frozenset(
        text.key
        for text in texts_of(form)
        if remarks_on(text.in_language(pair.source), text.in_language(pair.target), names)
    )


def _says(text: Text, words: Sequence[str]) -> bool:
    said = search_key(" ".join(_all_said(text)))
    return all(word in said for word in words)


def _all_said(text: Text) -> Iterator[str]:
    yield text.name
    yield text.number
    yield from text.texts.values()


def _bytes(text: str) -> int:
    return len(text.encode())
