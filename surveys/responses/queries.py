"""Reading responses: the draft as a form, the task list, and where an answer comes from."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from django.utils import timezone

from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Assignment
from surveys.engine import (
    Context,
    Finding,
    FormState,
    Grade,
    Origin,
    Progress,
    Section,
    Start,
    carried_start,
    initial_answers,
)
from surveys.engine.uploaded import uploaded_start
from surveys.organisations.models import User
from surveys.organisations.rules import agencies_of
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.prefill import known_answers
from surveys.questionnaires.queries import form_of
from surveys.responses.attached import evidence_counts
from surveys.responses.enums import RevisionKind
from surveys.responses.models import AnswerChange, Response, ResponseRevision
from surveys.responses.prefilled.queries import values_for
from surveys.responses.previous import PreviousAnswers
from surveys.responses.workflow import EDITABLE


class SectionStatus(StrEnum):
    """Where a section of a draft stands."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    PROBLEMS = "problems"


@dataclass(frozen=True, slots=True)
class SectionTask:
    """A section on the task list."""

    section: Section
    status: SectionStatus
    progress: Progress
    hard: int
    soft: int


@dataclass(frozen=True, slots=True)
class TaskList:
    """The sections that concern the respondent, in order, and how far the whole is."""

    assignment: Assignment
    response: Response | None
    state: FormState
    sections: tuple[SectionTask, ...]
    progress: Progress

    @property
    def hard(self) -> int:
        """How many findings block sending."""
        return sum(task.hard for task in self.sections)

    @property
    def soft(self) -> int:
        """How many findings still want an explanation."""
        return sum(task.soft for task in self.sections)


@dataclass(frozen=True, slots=True)
class CellChange:
    """One step in the history of a cell. ``old`` and ``new`` are its stored data; a whole row that
    came or went has an empty cell on one side.
    """

    number: int
    at: datetime
    actor: User | None
    channel: str
    old: Mapping[str, Any]
    new: Mapping[str, Any]


def my_assignments(user: User, *, at: datetime) -> QuerySet[Assignment]:
    """What the person's agencies are asked by ``at``, what is open first, then by deadline."""
    return (
        Assignment.objects.of_agencies(agencies_of(user))
        .filter(round__opens_at__lte=at)
        .exclude(round__status=RoundStatus.PLANNED)
        .select_related("agency", "round__campaign")
        .annotate(
            rank=Case(
                When(round__status=RoundStatus.OPEN, then=Value(0)),
                default=Value(1),
                output_field=IntegerField(),
            )
        )
        .order_by("rank", "due_at", "agency__official_order", "pk")
    )


def drafts_of(version: QuestionnaireVersion) -> QuerySet[Response]:
    """The responses of the version in which answers may still change."""
    return Response.objects.filter(version=version, assignment__status__in=EDITABLE)


def drafts_with(version: QuestionnaireVersion, name: str) -> int:
    """In how many drafts of the version something stands at a top-level name of its form."""
    return drafts_of(version).filter(answers__has_key=name).count()


def number_of_responses(version: QuestionnaireVersion) -> int:
    """How many responses were started with the version, or moved to it."""
    return Response.objects.filter(version=version).count()


def state_of(response: Response, *, at: datetime, language: str = "vi") -> FormState:
    """The draft seen through its form at ``at``; nothing is evaluated until asked."""
    return FormState(
        form_of(response.version),
        answers=response.answers,
        remarks=response.remarks,
        typed=response.typed,
        context=context_of(response.assignment, at=at, language=language),
        evidence=evidence_counts(response, form_of(response.version)),
    )


def context_of(assignment: Assignment, *, at: datetime, language: str = "vi") -> Context:
    """What the form of an assignment takes from outside."""
    local = timezone.localtime(at)
    return Context(
        today=local.date(), now=local, language=language, previous=PreviousAnswers(assignment)
    )


def start_of(assignment: Assignment, *, at: datetime) -> Start:
    """What a new draft of the assignment starts with.

    Defaults, what is known of the agency, what the department uploaded, which goes before these, and
    what is carried over from the round before.
    """
    form = form_of(assignment.version)
    context = context_of(assignment, at=at)
    known = known_answers(form, assignment.agency)
    values = {path: each.value for path, each in values_for(assignment).items()}
    filled = uploaded_start(form, initial_answers(form, context) | known, values, context)
    begun = carried_start(form, filled.answers, context)
    asked = (name for name in known if form.question(name).is_answerable)
    remarks = {name: {"origin": Origin.AGENCY.value} for name in asked}
    return Start(begun.answers, begun.remarks | remarks | filled.remarks)


def task_list(assignment: Assignment, *, at: datetime, language: str = "vi") -> TaskList:
    """The task list of an assignment, started or not."""
    response = Response.objects.filter(assignment=assignment).first()
    if response is None:
        begun = start_of(assignment, at=at)
        state = FormState(
            form_of(assignment.version),
            answers=begun.answers,
            remarks=begun.remarks,
            context=context_of(assignment, at=at, language=language),
        )
    else:
        response.assignment, response.version = assignment, assignment.version
        state = state_of(response, at=at, language=language)
    tasks = tuple(
        section_task(state, section, is_started=response is not None)
        for section in state.form.sections
        if state.is_relevant(section.name)
    )
    return TaskList(assignment, response, state, tasks, state.progress())


def section_task(state: FormState, section: Section, *, is_started: bool) -> SectionTask:
    """Where one section stands; nothing is found wrong with a draft that nobody has started."""
    findings = state.findings(section.name) if is_started else ()
    progress = state.progress(section.name)
    hard = sum(finding.grade is Grade.HARD for finding in findings)
    soft = sum(finding.grade is Grade.SOFT and not finding.explained for finding in findings)
    unanswered = sum(finding.code == "required_missing" for finding in findings)
    if hard > unanswered or soft:
        status = SectionStatus.PROBLEMS
    elif is_started and not hard and (progress.answered or not progress.total):
        status = SectionStatus.COMPLETE
    elif progress.answered:
        status = SectionStatus.IN_PROGRESS
    else:
        status = SectionStatus.NOT_STARTED
    return SectionTask(section, status, progress, hard, soft)


def unresolved(state: FormState) -> tuple[Finding, ...]:
    """The findings that forbid sending: hard ones, and soft ones without an explanation."""
    return tuple(finding for finding in state.findings() if blocks(finding))


def blocks(finding: Finding) -> bool:
    """Whether a finding forbids sending."""
    return finding.grade is Grade.HARD or (finding.grade is Grade.SOFT and not finding.explained)


def last_change(response: Response, path: str) -> CellChange | None:
    """Who wrote the cell last, and what; None if nobody has."""
    return next(_changes_of(response, path), None)


def last_changes(response: Response, paths: Collection[str]) -> dict[str, CellChange]:
    """The same of many cells, by path; those that nobody has written are left out.

    The history is read once, however many cells are asked for.
    """
    if len(paths) == 1:
        return {path: last for path in paths if (last := last_change(response, path))}
    left = set(paths)
    of_row: dict[str, list[str]] = {}
    for path in left:
        of_row.setdefault(_row_of(path), []).append(path)
    found: dict[str, CellChange] = {}
    changes = AnswerChange.objects.filter(response=response).select_related("actor")
    for change in changes.order_by("-number").iterator(chunk_size=50):
        if not left:
            break
        for place, old, new in change.changes:
            if place in left:
                found[place] = _cell_change(change, old or {}, new or {})
                left.discard(place)
            elif old is None or new is None:
                for path in left.intersection(of_row.get(place, ())):
                    found[path] = _cell_change(change, _in_row(old, path), _in_row(new, path))
                    left.discard(path)
    return found


def cell_history(response: Response, path: str) -> tuple[CellChange, ...]:
    """Every change of the cell, the newest first; its row's coming and going included."""
    return tuple(_changes_of(response, path))


def signed_revision(response: Response) -> ResponseRevision | None:
    """The revision in force: the newest that was signed."""
    revisions = response.revisions.filter(kind=RevisionKind.SIGNED).select_related("actor")
    return revisions.order_by("-number").first()


def _changes_of(response: Response, path: str) -> Iterator[CellChange]:
    changes = AnswerChange.objects.filter(response=response).select_related("actor")
    row = _row_of(path)
    if path.isascii():
        # PostgreSQL writes other letters as they are and SQLite escaped: only ASCII is searched for.
        changes = changes.annotate(text=Cast("changes", TextField())).filter(
            text__contains=json.dumps(row)[:-1]
        )
    for change in changes.order_by("-number").iterator(chunk_size=50):
        for place, old, new in change.changes:
            if place == path:
                yield _cell_change(change, old or {}, new or {})
            elif place == row != path and (old is None or new is None):
                yield _cell_change(change, _in_row(old, path), _in_row(new, path))


def _cell_change(
    change: AnswerChange, old: Mapping[str, Any], new: Mapping[str, Any]
) -> CellChange:
    return CellChange(change.number, change.at, change.actor, change.channel, old, new)


def _row_of(path: str) -> str:
    return "/".join(path.split("/")[:2])


def _in_row(row: Mapping[str, Any] | None, path: str) -> dict[str, Any]:
    if row is None:
        return {}
    name = path.rpartition("/")[2]
    remark = row.get("remarks", {}).get(name, {})
    typed = row.get("typed", {}).get(name, "")
    value = row["values"].get(name)
    return {"value": value, "missing": remark.get("missing", ""), "typed": typed}
