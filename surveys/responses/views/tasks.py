"""The task list as it stands on the screen."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from surveys.engine import FormState, Grade, text_in
from surveys.organisations.models import User
from surveys.responses.delegation.models import Delegation
from surveys.responses.queries import SectionStatus, SectionTask, TaskList

_LOOKS = {
    SectionStatus.NOT_STARTED: "idle",
    SectionStatus.IN_PROGRESS: "active",
    SectionStatus.COMPLETE: "none",
    SectionStatus.PROBLEMS: "active",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A section on the task list.

    ``hard`` leaves missing answers out; ``person`` wrote in it last, where that was asked for.
    ``is_own`` unless it is wholly other people's; ``doers`` were given something in it.
    """

    name: str
    title: str
    url: str
    status: str
    look: str
    answered: int
    total: int
    hard: int
    soft: int
    info: int
    is_current: bool
    is_returned: bool
    person: User | None = None
    is_own: bool = True
    doers: tuple[Delegation, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return self.status == SectionStatus.COMPLETE

    @property
    def icon(self) -> str:
        """The sign beside the name."""
        if self.is_returned:
            return "arrow-return-left"
        if self.hard:
            return "x-octagon"
        if self.is_done:
            return "check-circle-fill"
        return "circle-half" if self.answered else "circle"


@dataclass(frozen=True, slots=True)
class Marks:
    """Which section the page shows, and which ones a return asked to correct."""

    current: str = ""
    returned: frozenset[str] = frozenset()


def task_rows(
    tasks: TaskList, *, language: str, current: str = "", returned: Iterable[str] = ()
) -> tuple[TaskRow, ...]:
    """The rows of the task list; ``returned`` are paths that a return asked to correct."""
    marks = Marks(current, returned_sections(tasks.state, returned))
    return tuple(
        task_row(
            task,
            tasks.state if tasks.response else None,
            assignment=tasks.assignment.pk,
            language=language,
            marks=marks,
        )
        for task in tasks.sections
    )


def task_row(
    task: SectionTask, state: FormState | None, *, assignment: int, language: str, marks: Marks
) -> TaskRow:
    """One row; ``state`` is ``None`` before somebody starts."""
    section = task.section
    findings = state.findings(section.name) if state else ()
    label = text_in(section.label, language) or section.name
    unanswered = sum(finding.code == "required_missing" for finding in findings)
    return TaskRow(
        name=section.name,
        title=section_title(
            section.number, state.words(section.name, label) if state and "${" in label else label
        ),
        url=reverse("section", args=[assignment, section.name]),
        status=task.status,
        look=_LOOKS[task.status],
        answered=task.progress.answered,
        total=task.progress.total,
        hard=task.hard - unanswered,
        soft=task.soft,
        info=sum(finding.grade is Grade.INFO for finding in findings),
        is_current=section.name == marks.current,
        is_returned=section.name in marks.returned,
    )


def returned_sections(state: FormState, paths: Iterable[str]) -> frozenset[str]:
    """The sections of the paths that a return asked to correct, as far as the form still has them."""
    form = state.form
    return frozenset(
        form.section_of(path) for path in paths if path.partition("/")[0] in form.parts
    )


def section_title(number: str, label: str) -> str:
    """A section's number and label on one line."""
    return f"{number}. {label}" if number else label
