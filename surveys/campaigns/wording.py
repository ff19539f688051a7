"""The words of the mails to agencies: the product's own, and what can stand in them.

A placeholder is a name in braces and nothing else: no attribute is looked up and no format is obeyed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from surveys.campaigns.enums import MailKind
from surveys.common.errors import DomainError

LANGUAGES: Final = ("vi", "en")
LINK: Final = "link"
UNITS: Final = "units"
PLACEHOLDERS: Final = (
    "agency",
    "round",
    "campaign",
    "deadline",
    "days_left",
    "days_late",
    "basis",
    "progress",
    "contact",
    LINK,
)
PERSONAL: Final = {
    MailKind.INVITATION,
    MailKind.REMINDER,
    MailKind.LATE,
    MailKind.EXTENSION,
}
"""The kinds that carry a personal link: signing and superiors' pages need the full account."""
TEXTS: Final = Path(__file__).parent / "mail_texts"
BRACES: Final = re.compile(r"\{([a-z_]*)\}|[{}]")
"""A placeholder, or a brace that belongs to none."""


@dataclass(frozen=True, slots=True)
class Words:
    """A mail's subject (one line) and body (plain text), with placeholders."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class WordingProblem:
    """What is wrong in a text, and where: ``place`` is ``subject`` or ``body``, ``line`` and ``column``
    count from 1, 0 where it is about the whole.
    """

    code: str
    place: str
    name: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        said = _sentences()[self.code] % {"name": f"{{{self.name}}}"}
        if not self.line:
            return said
        where = _("Line %(line)d, character %(column)d:") % {
            "line": self.line,
            "column": self.column,
        }
        return f"{where} {said}"


class WordsUnfit(DomainError):
    """A text that would not make a mail; ``details["problems"]`` says what and where."""

    code = "words_unfit"

    def __init__(self, problems: list[WordingProblem]) -> None:
        super().__init__(problems=[str(each) for each in problems])
        self.problems = problems

    def __str__(self) -> str:
        return " ".join(str(each) for each in self.problems)


@cache
def product_words(kind: MailKind, language: str) -> Words:
    """The product's words; the first line of the file is the subject."""
    text = (TEXTS / f"{kind}.{language}.txt").read_text(encoding="utf-8")
    subject, _line, body = text.partition("\n")
    return Words(subject, body.rstrip("\n"))


def placeholders_of(kind: MailKind) -> tuple[str, ...]:
    """The names that a text of this kind may use."""
    return (*PLACEHOLDERS, UNITS) if kind == MailKind.SUPERIOR else PLACEHOLDERS


def problems_of(words: Words, kind: MailKind) -> list[WordingProblem]:
    """Everything wrong with a text: unknown names, loose braces, line ends in the subject, a missing
    or repeated link, an empty part, a mail to a superior that does not name the units.
    """
    found = [
        WordingProblem("words_empty", place)
        for place in ("subject", "body")
        if not getattr(words, place).strip()
    ]
    if len(words.subject.splitlines()) > 1:
        found.append(WordingProblem("words_many_lines", "subject"))
    known = placeholders_of(kind)
    found.extend(_misplaced("subject", words.subject, [n for n in known if n not in (LINK, UNITS)]))
    found.extend(_misplaced("body", words.body, known))
    if words.body.count(f"{{{LINK}}}") != 1:
        found.append(WordingProblem("words_link_once", "body", LINK))
    if kind == MailKind.SUPERIOR and f"{{{UNITS}}}" not in words.body:
        found.append(WordingProblem("words_units_missing", "body", UNITS))
    return found


def fit(words: Words, kind: MailKind) -> Words:
    """The words, if they can be a mail of this kind. Raises WordsUnfit; a text that passes has a value
    for each of its names, and ``placeholders.filled`` leaves none behind."""
    if problems := problems_of(words, kind):
        raise WordsUnfit(problems)
    return words


def _misplaced(
    place: str, text: str, known: list[str] | tuple[str, ...]
) -> Iterator[WordingProblem]:
    for number, line in enumerate(text.split("\n"), start=1):
        for found in BRACES.finditer(line):
            name = found[1]
            if name is None or name == "":
                yield WordingProblem("words_brace", place, "", number, found.start() + 1)
            elif name not in known:
                code = "words_not_here" if name in (*PLACEHOLDERS, UNITS) else "words_unknown"
                yield WordingProblem(code, place, name, number, found.start() + 1)


def _sentences() -> dict[str, str]:
    return {
        "words_empty": _("Fill this in."),
        "words_many_lines": _("The subject is one line."),
        "words_brace": _("A brace stands alone; write a placeholder such as {agency}."),
        "words_unknown": _("There is no placeholder %(name)s."),
        "words_not_here": _("The placeholder %(name)s cannot stand here."),
        "words_link_once": _("The text must hold %(name)s exactly once."),
        "words_units_missing": _("The text must hold %(name)s: the list of units that are late."),
    }
