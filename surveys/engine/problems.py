"""Findings: what is wrong, where, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem of a definition or workbook matters."""

    ERROR = "error"
    WARNING = "warning"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding about a definition or a workbook.

    ``code`` is stable and for machines; ``at`` is a place such as ``survey!E14`` or
    ``section_a/staff_total.relevant``; ``name`` is the element or word concerned; ``advice`` is a
    sentence for people, in English (interfaces translate it).
    """

    code: str
    at: str = ""
    name: str = ""
    advice: str = ""
    severity: Severity = Severity.ERROR


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those that forbid use."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]
