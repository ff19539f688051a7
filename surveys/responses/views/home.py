"""The first page: what waits for me."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from surveys.campaigns.enums import AssignmentStatus
from surveys.campaigns.models import Assignment
from surveys.campaigns.pages import period_of
from surveys.campaigns.signing_off import StepAct
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.organisations.models import User
from surveys.organisations.rules import agencies_of, owners_of
from surveys.responses.delegation.mine import MyWork, my_work
from surveys.responses.queries import my_assignments
from surveys.responses.signoff.queries import waiting_for
from surveys.responses.signoff.turns import may_act_now, waits_for
from surveys.responses.views.base import is_at_work, round_title
from surveys.responses.views.deadlines import Deadline, deadline_of, moment
from surveys.responses.views.work import WorkLine, work_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """One assignment with the one act that leads on."""

    assignment: Assignment
    title: str
    period: str
    agency: str
    deadline: Deadline
    activity: str
    action: str
    url: str
    is_start: bool = False
    is_primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenRow:
    """What the coordinator gave to this person, and where it is done."""

    line: WorkLine
    title: str
    period: str
    url: str


class Home(PermissionMixin, TemplateView):
    """My assignments; people of the department alone are led to their campaigns."""

    permission_required = Permission.SIGNED_IN
    template_name = "responses/home.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not agencies_of(request.user) and owners_of(request.user):
            return redirect("campaign_list")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        assert isinstance(user, User)
        work = my_work(user, at=self.at, language=self.request.LANGUAGE_CODE)
        led_to = {each.assignment.pk for each in work}
        rows = [
            self._row(user, assignment, is_led_to=assignment.pk in led_to)
            for assignment in my_assignments(user, at=self.at)
        ]
        waiting = [row for row in rows if is_at_work(row.assignment, self.at)]
        done = [row for row in rows if row.assignment.submitted_at is not None]
        missed = [row for row in rows if row not in waiting and row not in done]
        return super().get_context_data(
            lower=[self._lower(each) for each in waiting_for(user)],
            given=given_rows(work, language=self.request.LANGUAGE_CODE, at=self.at),
            waiting=waiting,
            done=done,
            missed=missed,
            agencies=sorted({row.agency for row in rows}),
            today=self.at,
            **kwargs,
        )

    def _lower(self, assignment: Assignment) -> WorkRow:
        """A lower unit's form that waits for this person."""
        action, name = turn_of(assignment)
        return WorkRow(
            assignment=assignment,
            title=round_title(assignment, self.request.LANGUAGE_CODE),
            period=period_of(assignment.round),
            agency=assignment.names[self.request.LANGUAGE_CODE],
            deadline=deadline_of(assignment, at=self.at),
            activity="",
            action=action,
            url=reverse(name, args=[assignment.pk]),
            is_primary=True,
        )

    def _row(self, user: User, assignment: Assignment, *, is_led_to: bool) -> WorkRow:
        """One assignment; ``is_led_to`` tells that the person's own part of it stands above."""
        language = self.request.LANGUAGE_CODE
        action, name = _next_act(user, assignment)
        is_work = is_at_work(assignment, self.at)
        return WorkRow(
            assignment=assignment,
            title=round_title(assignment, language),
            period=period_of(assignment.round),
            agency=str(assignment.agency),
            deadline=deadline_of(assignment, at=self.at),
            activity=moment(assignment.last_activity, self.at) if assignment.last_activity else "",
            action=action,
            url=reverse(name, args=[assignment.pk]),
            is_start=name == "response_start",
            is_primary=is_work
            and not is_led_to
            and name in {"assignment_detail", "response_sign", "response_approve"},
        )


def given_rows(works: Iterable[MyWork], *, language: str, at: datetime) -> list[GivenRow]:
    """What was given to a person, one row a delegation."""
    rows = []
    for work in works:
        lines = work_lines(
            work.division, [work.delegation], state=work.state, language=language, at=at
        )
        rows += [
            GivenRow(
                line=line,
                title=round_title(work.assignment, language),
                period=period_of(work.assignment.round),
                url=_first_page(line, work.assignment),
            )
            for line in lines
        ]
    return rows


def _first_page(line: WorkLine, assignment: Assignment) -> str:
    first = next((part.url for part in line.parts), "")
    return first or reverse("assignment_detail", args=[assignment.pk])


def turn_of(assignment: Assignment) -> tuple[str, str]:
    """The verb and the URL name of the act that the sign-off chain waits for."""
    if waits_for(assignment) is StepAct.SIGN:
        return _("Sign"), "response_sign"
    return _("Approve"), "response_approve"


def _next_act(user: User, assignment: Assignment) -> tuple[str, str]:
    """The verb and the URL name of what this person does next."""
    may_edit = user.has_perm(Permission.RESPONSE_EDIT, assignment)
    match assignment.status:
        case AssignmentStatus.NOT_STARTED if may_edit:
            return _("Start"), "response_start"
        case AssignmentStatus.DRAFT if may_edit:
            return _("Continue"), "assignment_detail"
        case AssignmentStatus.RETURNED if may_edit:
            return _("Correct"), "assignment_detail"
        case AssignmentStatus.AWAITING_SIGNATURE if may_act_now(user, assignment):
            return turn_of(assignment)
        case AssignmentStatus.SUBMITTED | AssignmentStatus.VERIFIED | AssignmentStatus.PUBLISHED:
            return _("Receipt"), "response_receipt"
        case _:
            return _("View"), "assignment_detail"
