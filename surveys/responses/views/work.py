"""What people were given to do, as it stands on the screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from surveys.campaigns.deadlines import local_day
from surveys.engine import FormState, Progress, Section
from surveys.organisations.models import User
from surveys.rendering import html_id
from surveys.responses.delegation.models import Delegation
from surveys.responses.delegation.parts import given_singly
from surveys.responses.delegation.queries import Division
from surveys.responses.delegation.titles import in_form_order, part_title
from surveys.responses.views.deadlines import left_words


@dataclass(frozen=True, slots=True)
class PartLink:
    """A part by its title; ``url`` is "" before somebody starts the form."""

    name: str
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class PartChoice:
    """A part that can be given: who has it, and the single parts in it."""

    name: str
    title: str
    holder: Delegation | None = None
    singles: tuple["PartChoice", ...] = ()

    @property
    def has_single_holders(self) -> bool:
        """Whether something in it was given by itself."""
        return any(single.holder for single in self.singles)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkLine:
    """One delegation: whose, what, how far, until when. ``progress`` is None before the start."""

    delegation: Delegation
    parts: tuple[PartLink, ...]
    progress: Progress | None
    left: int
    done: str = ""

    @property
    def user(self) -> User | None:
        """Who does it; None while the person is only invited."""
        return self.delegation.user

    @property
    def due(self) -> str:
        """The last day, day/month/year."""
        return shown_day(self.delegation.due_on)

    @property
    def is_late(self) -> bool:
        """Whether the last day is over and nobody said that it is done."""
        return not self.done and self.left < 0

    @property
    def words(self) -> str:
        """How far off the last day is, or when it was reported done."""
        return self.done or left_words(self.left)


def work_lines(
    division: Division,
    delegations: Iterable[Delegation],
    *,
    state: FormState | None,
    language: str,
    at: datetime,
) -> tuple[WorkLine, ...]:
    """The delegations as lines, in their order; parts that the form lacks are left out."""
    return tuple(
        WorkLine(
            delegation=each,
            parts=tuple(_links(division, each, language, is_started=state is not None)),
            progress=division.progress(each, state) if state else None,
            left=(each.due_on - local_day(at)).days,
            done=_("Done on %(day)s") % {"day": shown_day(local_day(each.done_at))}
            if each.done_at
            else "",
        )
        for each in delegations
    )


def part_choices(division: Division, language: str) -> tuple[PartChoice, ...]:
    """Everything that can be given, in the form's order."""
    return tuple(
        PartChoice(
            name=section.name,
            title=part_title(division.form, section.name, language),
            holder=division.holders.get(section.name),
            singles=_singles(division, section, language),
        )
        for section in division.form.sections
    )


def _singles(division: Division, section: Section, language: str) -> tuple[PartChoice, ...]:
    """What of a section can be given by itself; nothing where that is the section over again."""
    inside = given_singly(division.form, section)
    if len(inside) == 1 and inside[0].name not in division.holders:
        return ()
    return tuple(
        PartChoice(
            element.name,
            part_title(division.form, element.name, language),
            division.holders.get(element.name),
        )
        for element in inside
    )


def shown_day(day: date) -> str:
    """Day/month/year."""
    return f"{day.day}/{day.month}/{day.year}"


def _links(
    division: Division, delegation: Delegation, language: str, *, is_started: bool
) -> Iterable[PartLink]:
    form = division.form
    held = {name for name, holder in division.holders.items() if holder is delegation}
    for name in in_form_order(form, held):
        section = form.section_of(name)
        page = reverse("section", args=[delegation.assignment_id, section])
        url = page if name == section else f"{page}#q-{html_id(name)}"
        yield PartLink(name, part_title(form, name, language), url if is_started else "")
