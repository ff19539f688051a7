"""What a workbook that came back would change: seen before anything is written."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Final

from surveys.definitions.editing import MAX_TEXT, Change
from surveys.engine import Problem
from surveys.engine.problems import Severity
from surveys.questionnaires.translating.texts import Text
from surveys.questionnaires.translating.workbook import Line, digest, is_same


class Verdict(StrEnum):
    """What a row of the workbook means for the draft."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    SOURCE_CHANGED = "source_changed"
    TARGET_CHANGED = "target_changed"


CONFLICTS: Final = frozenset({Verdict.SOURCE_CHANGED, Verdict.TARGET_CHANGED})


@dataclass(frozen=True, slots=True)
class Finding:
    """A row of the workbook beside the text it speaks of; ``current`` is what the draft says."""

    line: Line
    text: Text
    verdict: Verdict
    current: str

    @property
    def key(self) -> str:
        """The text and its language."""
        return f"{self.text.key}.{self.line.language}"


@dataclass(frozen=True, slots=True)
class Preview:
    """What a workbook would change, and what of it cannot be read."""

    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()

    def of(self, *verdicts: Verdict) -> tuple[Finding, ...]:
        """The rows with one of the verdicts, in the order of the workbook."""
        return tuple(each for each in self.findings if each.verdict in verdicts)

    @property
    def digest(self) -> str:
        """The same for previews that would change the same."""
        told = "\n".join(
            f"{each.line.at} {each.key} {each.verdict} {digest(each.line.target)} {digest(each.current)}"
            for each in self.findings
        )
        return sha256(told.encode()).hexdigest()


def preview(texts: Iterable[Text], lines: Iterable[Line], source: Mapping[str, str]) -> Preview:
    """The rows compared with the texts of the draft.

    ``source`` gives for each language the one that it is translated from. A row that speaks of no
    text, or of one that an earlier row speaks of, is a problem and changes nothing.
    """
    known = {(text.uid, text.field): text for text in texts}
    findings: list[Finding] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, str, str], str] = {}
    for line in lines:
        text = known.get((line.uid, line.field))
        place = (line.uid, line.field, line.language)
        if problem := _problem(line, text, seen.get(place, "")):
            problems.append(problem)
        elif text is not None:
            seen[place] = line.at
            findings.append(_finding(line, text, source[line.language]))
    return Preview(tuple(findings), tuple(problems))


def operations(found: Preview, taken: Collection[str] = ()) -> tuple[Change, ...]:
    """The changes of what is new and changed, and of the conflicts whose keys are ``taken``."""
    return tuple(
        Change(
            each.text.uid,
            f"{each.text.field}.{each.line.language}",
            each.current,
            each.line.target,
        )
        for each in found.findings
        if each.verdict in {Verdict.NEW, Verdict.CHANGED}
        or (each.verdict in CONFLICTS and each.key in taken)
    )


def _problem(line: Line, text: Text | None, before: str) -> Problem | None:
    if text is None:
        advice = (
            "The text was deleted, or the row belongs to another questionnaire. It is left out."
        )
        return Problem("key_unknown", line.key_at, "", advice, Severity.WARNING)
    if before:
        advice = f"The row of the cell {before} speaks of the same text. This one is left out."
        return Problem("key_twice", line.key_at, text.name, advice, Severity.WARNING)
    if len(line.target) > MAX_TEXT:
        advice = f"A cell holds at most {MAX_TEXT} characters. This one is left out."
        return Problem("cell_too_long", line.at, text.name, advice, Severity.WARNING)
    return None


def _finding(line: Line, text: Text, source: str) -> Finding:
    current = text.in_language(line.language)
    return Finding(line, text, _verdict(line, text.in_language(source), current), current)


def _verdict(line: Line, source: str, current: str) -> Verdict:
    if not line.target.strip():
        return Verdict.EMPTY
    # What nobody typed over in the workbook says nothing, even where the draft has gone on.
    if is_same(line.target, current) or digest(line.target) == line.target_was:
        return Verdict.UNCHANGED
    if digest(current) != line.target_was:
        return Verdict.TARGET_CHANGED
    if digest(source) != line.source_was:
        return Verdict.SOURCE_CHANGED
    return Verdict.CHANGED if current.strip() else Verdict.NEW
