"""The coordinator divides the work; people say that theirs is done."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from surveys.campaigns.deadlines import last_day
from surveys.campaigns.models import Assignment
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView
from surveys.questionnaires.queries import form_of
from surveys.responses.delegation import services
from surveys.responses.delegation.forms import INVITE, DayForm, WorkForm
from surveys.responses.delegation.models import Delegation
from surveys.responses.delegation.queries import Division, division_of, people_of
from surveys.responses.views.base import AssignmentMixin
from surveys.responses.views.work import part_choices, shown_day, work_lines
from surveys.responses.workflow import AT_WORK


class DivisionView(AssignmentMixin, View):
    """Who does what: parts are given to people, with a last day; and how far everybody is."""

    permission_required = Permission.DELEGATION_GIVE

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        day = shown_day(last_day(self.assignment.due_at))
        return self.page(WorkForm(people=self.people, initial={"due_on": day}))

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Give the parts; a refusal comes back with everything as it was typed."""
        form = WorkForm(request.POST, people=self.people)
        if not form.is_valid():
            return self.page(form)
        try:
            delegation = self._give(form)
        except DomainError as refusal:
            return self.page(form, problem=str(refusal))
        told = _("Given to %(person)s.") % {"person": delegation.who}
        messages.success(request, told)
        return redirect("division", pk=self.assignment.pk)

    def page(self, form: WorkForm, problem: str = "") -> HttpResponse:
        """The page with the form as it stands."""
        errors = [str(error) for errors in form.errors.values() for error in errors]
        problems = [problem, *errors] if problem else errors
        context = self.page_context() | {
            "lines": self.lines,
            "choices": part_choices(self.division, self.language),
            "chosen": self.request.POST.getlist("parts") or self.request.GET.getlist("part"),
            "form": form,
            "people": self.people,
            "invite": INVITE,
            "problems": problems,
            "can_divide": self.assignment.status in AT_WORK,
        }
        status = 422 if problems else 200
        return render(self.request, "responses/division.html", context, status=status)

    @cached_property
    def division(self) -> Division:
        """Who does what now."""
        return division_of(self.assignment, form_of(self.assignment.version))

    @property
    def lines(self) -> Any:
        """The delegations, the nearest last day first."""
        return work_lines(
            self.division,
            sorted(self.division.delegations, key=lambda each: (each.due_on, each.pk)),
            state=self.tasks.state if self.response else None,
            language=self.language,
            at=self.at,
        )

    @cached_property
    def people(self) -> Any:
        """Who can be given something."""
        return people_of(self.assignment.agency)

    def _give(self, form: WorkForm) -> Delegation:
        work = form.work(self.request.POST.getlist("parts"))
        given: dict[str, Any] = {"work": work, "actor": self.user, "at": self.at}
        chosen = form.chosen
        if isinstance(chosen, services.Guest):
            return services.give_to_address(self.assignment, guest=chosen, **given)
        return services.give(self.assignment, person=chosen, **given)


class DelegationAct(ObjectActionView, AssignmentMixin):
    """An act on one delegation of the assignment, which goes back to who does what."""

    @property
    def delegation(self) -> Delegation:
        """The delegation; 404 unless it is of the assignment."""
        return get_object_or_404(
            Delegation.objects.select_related("assignment"),
            assignment=self.assignment,
            pk=self.kwargs["given"],
        )

    def get_success_url(self, target: Assignment) -> str:
        return reverse("division", args=[target.pk])


class DelegationDue(DelegationAct):
    """Changes the last day."""

    permission_required = Permission.DELEGATION_GIVE
    success_message = gettext_lazy("The last day is changed.")

    def perform(self, target: Assignment) -> None:
        form = DayForm(self.request.POST)
        if not form.is_valid():
            raise DomainError(" ".join(str(error) for error in form.errors["due_on"]))
        due_on = form.cleaned_data["due_on"]
        services.change_due_day(self.delegation, due_on=due_on, actor=self.user, at=self.at)


class DelegationWithdraw(DelegationAct):
    """Takes the parts back."""

    permission_required = Permission.DELEGATION_GIVE
    success_message = gettext_lazy("The work is taken back.")

    def perform(self, target: Assignment) -> None:
        services.withdraw(self.delegation, actor=self.user, at=self.at)


class OwnDelegationAct(DelegationAct):
    """An act on the person's own delegation; others' are unknown here."""

    permission_required = Permission.RESPONSE_EDIT

    @property
    def delegation(self) -> Delegation:
        own = Delegation.objects.of(self.user).select_related("assignment")
        return get_object_or_404(own, assignment=self.assignment, pk=self.kwargs["given"])

    def get_success_url(self, target: Assignment) -> str:
        return reverse("assignment_detail", args=[target.pk])


class DelegationDone(OwnDelegationAct):
    """Says that the own parts are done."""

    success_message = gettext_lazy("Reported as done to your coordinator.")

    def perform(self, target: Assignment) -> None:
        services.report_done(self.delegation, actor=self.user, at=self.at)


class DelegationReopen(OwnDelegationAct):
    """Takes the word back that it is done."""

    def perform(self, target: Assignment) -> None:
        services.reopen(self.delegation, actor=self.user, at=self.at)
