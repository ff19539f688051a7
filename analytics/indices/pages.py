"""What the pages of indices show, as plain data."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from analytics.definitions import IndexDefinition, Problem
from analytics.definitions.problems import Severity
from analytics.indices.editor.parts import PANES, pane_of_place
from analytics.indices.models import IndexRun, IndexVersion
from analytics.indices.words import problem_in_words, reason_in_words
from surveys.engine import text_in

SHOWN_WARNINGS = 200


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A finding in words with its place; ``href`` leads to its field where there is one."""

    grade: str
    text: str
    path: str
    detail: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One side of a thing."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class WarningGroup:
    """Warnings of a run with the same reason."""

    text: str
    reason: str
    count: int
    lines: tuple[str, ...]


def problem_lines(
    problems: Iterable[Problem], version: IndexVersion | None = None
) -> list[ProblemLine]:
    """The findings in words, each with a link to its pane where there is a draft to correct."""
    lines = []
    for each in problems:
        href = ""
        if version is not None and version.is_draft:
            pane = pane_of_place(each.path)
            address = reverse("index_edit", args=[version.index.code, version.number, pane])
            href = f"{address}#{each.path}"
        grade = "bad" if each.severity is Severity.ERROR else "warn"
        text = _("%(path)s: %(problem)s") % {
            "path": each.path,
            "problem": problem_in_words(each),
        }
        lines.append(ProblemLine(grade, text, each.path, each.advice, href))
    return lines


def pane_tabs(version: IndexVersion, current: str) -> list[Tab]:
    """The panes of the editor."""
    code, number = version.index.code, version.number
    return [
        Tab(str(label), reverse("index_edit", args=[code, number, pane]), pane == current)
        for pane, label in PANES.items()
    ]


def warning_groups(
    run: IndexRun, definition: IndexDefinition, names: Mapping[str, str], language: str
) -> list[WarningGroup]:
    """The warnings of a run by reason, the most frequent first; ``names`` of units by key."""
    words = named(definition, language)
    counts = Counter(str(each.get("reason", "")) for each in run.warnings)
    groups = []
    for reason, count in counts.most_common():
        held = [each for each in run.warnings if str(each.get("reason", "")) == reason]
        lines = tuple(_line(each, words, names) for each in held[:SHOWN_WARNINGS])
        groups.append(WarningGroup(reason_in_words(held[0]), reason, count, lines))
    return groups


def named(definition: IndexDefinition, language: str) -> dict[str, str]:
    """The names of indicators and nodes by code."""
    words = {each.code: text_in(each.name, language) or each.code for each in definition.indicators}
    for node in definition.nodes():
        words[node.code] = text_in(node.name, language) or node.code
    return words


def level_words(level: int | None, names: Mapping[int, str]) -> str:
    """A level with its number and its name, which may say the number already; nothing without one."""
    if level is None:
        return ""
    name = names.get(level, "")
    return name if str(level) in name.split() else " · ".join(filter(None, [str(level), name]))


def _line(warning: Mapping[str, Any], words: Mapping[str, str], names: Mapping[str, str]) -> str:
    unit, element = str(warning.get("unit") or ""), str(warning.get("element") or "")
    parts = [names.get(unit, unit), words.get(element, element), _plain(warning.get("data"))]
    return " · ".join(part for part in parts if part)


def _plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case dict():
            return ", ".join(f"{key}: {_plain(each)}" for key, each in value.items() if each)
        case list():
            return ", ".join(_plain(each) for each in value)
        case _:
            return str(value)
