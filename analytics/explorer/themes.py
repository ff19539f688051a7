"""Answers in words with the themes they were put into."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from analytics.explorer.models import Coding
from surveys.organisations.search import search_key

WITHOUT: Final = "none"
"""In the place of a theme: answers in none."""
LONGEST_NUMBER: Final = 18


def number_of(text: str) -> int | None:
    """The number of a theme as an address or a form has it; None for what is none."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return int(text) if is_number else None


@dataclass(frozen=True, slots=True)
class Written:
    """An agency's answer. ``has_changed``: a theme was given to what the agency had signed before."""

    agency: int
    name: str
    revision: int
    text: str
    themes: frozenset[int]
    has_changed: bool = False

    def fits(self, find: str, theme: str) -> bool:
        """Whether it holds every word of ``find``, tone marks not needed, and is in the theme."""
        text = search_key(f"{self.name} {self.text}")
        if not all(word in text for word in search_key(find).split()):
            return False
        if theme == WITHOUT:
            return not self.themes
        number = number_of(theme)
        return number is None or number in self.themes


def written_answers(
    stored: Sequence[Mapping[str, Any]], codings: Iterable[Coding], language: str
) -> list[Written]:
    """The stored answers by the agency's name, each with its themes."""
    by_agency: dict[int, list[Coding]] = {}
    for coding in codings:
        by_agency.setdefault(coding.agency_id, []).append(coding)
    answers = [_written(each, by_agency.get(each["agency"], []), language) for each in stored]
    return sorted(answers, key=lambda each: search_key(each.name))


def _written(told: Mapping[str, Any], codings: Sequence[Coding], language: str) -> Written:
    return Written(
        agency=told["agency"],
        name=(told["name_en"] if language == "en" else "") or told["name"],
        revision=told["revision"],
        text=told["text"],
        themes=frozenset(coding.theme_id for coding in codings),
        has_changed=any(coding.revision_id != told["revision"] for coding in codings),
    )
