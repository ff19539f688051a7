"""Choosing which answers of check-answers are shown: those to look at, of one kind at a time."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from surveys.engine import Finding, FindingCode, Grade
from surveys.responses.views.answers import AnswerRow, AnswerSection
from surveys.responses.views.key_facts import Figure

WORTH_A_LOOK: Final = frozenset({Grade.HARD, Grade.SOFT})
LABELS: Final[Mapping[str, str | Promise]] = {
    "comments": pgettext_lazy("answers", "With comments"),
    "blank": gettext_lazy("Not answered"),
    "problems": pgettext_lazy("answers", "With problems"),
    "changed": pgettext_lazy("answers", "Differ from the last round"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFilter:
    """One choice with how many answers it leaves; ``key`` stands in the address."""

    key: str
    label: str | Promise
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """What tells the answers apart: the places of comments, problems and changes."""

    talks: Iterable[str]
    findings: Iterable[Finding]
    figures: Iterable[Figure]

    def tests(self) -> dict[str, Callable[[AnswerRow], bool]]:
        """For each kind, whether an answer is of it."""
        talks = _names(self.talks)
        changed = _names(figure.path for figure in self.figures if figure.change)
        wrong = _names(
            finding.path
            for finding in self.findings
            if finding.grade in WORTH_A_LOOK and finding.code != FindingCode.REQUIRED_MISSING
        )
        return {
            "comments": lambda row: row.name in talks,
            "blank": lambda row: row.is_blank or row.is_missing,
            "problems": lambda row: row.name in wrong or row.is_unreadable,
            "changed": lambda row: row.name in changed,
        }


def filtered(
    sections: tuple[AnswerSection, ...], kinds: Kinds, chosen: str
) -> tuple[tuple[AnswerSection, ...], list[AnswerFilter]]:
    """The sections with the answers of the chosen kind, all of them for no kind or an unknown one,
    and the kinds that any answer is of, whichever is chosen."""
    tests = kinds.tests()
    rows = [row for section in sections for row in section.rows]
    filters = [
        AnswerFilter(key=key, label=LABELS[key], count=count)
        for key, fits in tests.items()
        if (count := sum(map(fits, rows)))
    ]
    if chosen not in {each.key for each in filters}:
        return sections, filters
    fits = tests[chosen]
    left = (replace(each, rows=tuple(filter(fits, each.rows))) for each in sections)
    return tuple(each for each in left if each.rows), filters


def _names(paths: Iterable[str]) -> frozenset[str]:
    """The questions and tables that the paths lie in."""
    return frozenset(path.partition("/")[0] for path in paths)
