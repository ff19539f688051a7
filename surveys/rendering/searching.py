"""Long choice lists: searched on the server, a few choices at a time."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from surveys.engine import Choice, Form, FormState, Kind, Question, Texts, text_in
from surveys.organisations.search import search_key
from surveys.rendering.page import Option

LONG_LIST: Final = 100
"""A list with more entries is searched; its page holds only what is chosen."""

MOST_FOUND: Final = 40
_SEARCHED: Final = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE})
_WORD: Final = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Found:
    """The choices that fit a text, best first, and how many fit in all."""

    options: tuple[Option, ...]
    number: int

    @property
    def left_out(self) -> int:
        """How many more fit."""
        return self.number - len(self.options)


def is_searched(form: Form, question: Question) -> bool:
    """Whether the question's choices are searched instead of listed."""
    known = form.definition.lists.get(question.list_name)
    return question.kind in _SEARCHED and known is not None and len(known.choices) > LONG_LIST


def find_choices(state: FormState, path: str, text: str, language: str) -> Found:
    """The choices on offer at ``path`` whose label or code holds every word of ``text``.

    Words may be written without marks; labels that begin with the text come first. Raises
    UnknownPath.
    """
    question = state.form.question(path.rsplit("/", 1)[-1])
    keys = _keys(state.form, question.name)
    wanted = search_key(text)
    words = _WORD.findall(wanted)
    fitting = [
        choice for choice in state.choices(path) if all(word in keys[choice.name] for word in words)
    ]
    if wanted:
        fitting.sort(key=lambda choice: _rank(keys[choice.name], wanted))
    stored = state.cell(path).value
    chosen = stored if isinstance(stored, list) else [stored]
    shown = _labelled(fitting[:MOST_FOUND], language)
    options = tuple(Option(code, label, code in chosen) for code, label in shown)
    return Found(options, len(fitting))


def choice_words(form: Form, question: Question, code: str, language: str) -> str:
    """The label of a choice, whether it is on offer or not; the code where no choice has it."""
    return text_in(_labels(form, question.name).get(code, {}), language) or code


def _rank(key: str, wanted: str) -> int:
    if key.startswith(wanted):
        return 0
    return 1 if f" {wanted}" in key else 2


def _labelled(choices: Iterable[Choice], language: str) -> list[tuple[str, str]]:
    """Codes and labels; labels that several have are told apart by their codes."""
    pairs = [(choice.name, text_in(choice.label, language)) for choice in choices]
    labels = [label for _, label in pairs]
    return [
        (code, f"{label} ({code})" if labels.count(label) > 1 else label) for code, label in pairs
    ]


@lru_cache(maxsize=64)
def _keys(form: Form, name: str) -> dict[str, str]:
    """What is searched of each choice of a question: its labels in all languages, then its code."""
    return {
        code: search_key(" ".join([*label.values(), code]))
        for code, label in _labels(form, name).items()
    }


@lru_cache(maxsize=64)
def _labels(form: Form, name: str) -> dict[str, Texts]:
    return {choice.name: choice.label for choice in form.choices_of(form.question(name))}
