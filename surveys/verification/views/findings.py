"""The agency's side: what was found of its answers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from surveys.campaigns import pages
from surveys.campaigns.deadlines import last_day
from surveys.campaigns.models import Assignment
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.organisations.requests import person_of
from surveys.organisations.rules import agencies_of
from surveys.verification import queries
from surveys.verification.enums import PlanStatus, Verdict
from surveys.verification.models import VerificationCase
from surveys.verification.rules import ZERO


class CaseMixin(PermissionMixin):
    """A page of one agency's findings; before their release there is none."""

    @cached_property
    def case(self) -> VerificationCase:
        """The released case of an own agency, else 404."""
        own = agencies_of(self.request.user)
        cases = VerificationCase.objects.filter(
            released_at__isnull=False, assignment__agency__in=own
        ).select_related("plan", "revision__response__assignment", "assignment__agency")
        found = cases.select_related("plan", "revision__response", "assignment__round__campaign")
        return get_object_or_404(found, assignment=self.kwargs["pk"])

    def get_permission_object(self) -> Assignment:
        return self.case.assignment

    @property
    def is_open(self) -> bool:
        """Whether the agency may still explain."""
        until = self.case.explain_until
        is_under_way = self.case.plan.status == PlanStatus.UNDER_WAY
        return is_under_way and until is not None and self.at < until

    def get_case_context(self, *further: str) -> dict[str, Any]:
        """What every page of the findings shows."""
        assignment = self.case.assignment
        until = self.case.explain_until
        page = reverse("assignment_detail", args=[assignment.pk])
        title = pages.title_of(assignment.round.campaign)
        own = reverse("findings", args=[assignment.pk]) if further else ""
        return {
            "case": self.case,
            "assignment": assignment,
            "round": assignment.round,
            "campaign": assignment.round.campaign,
            "until": last_day(until) if until else None,
            "is_open": self.is_open,
            "may_explain": self.is_open
            and person_of(self.request).has_perm(Permission.FINDINGS_EXPLAIN, assignment),
            "crumbs": [
                (_("My tasks"), reverse("home")),
                (title, page),
                (_("Findings"), own),
                *((label, "") for label in further),
            ],
        }


class FindingsView(CaseMixin, TemplateView):
    """All findings, those against the agency first in sight."""

    permission_required = Permission.FINDINGS_VIEW
    template_name = "verification/findings.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        items = list(queries.findings_of(self.case))
        counted = [item for item in items if item.verdict != Verdict.NOT_RELEVANT]
        context = self.get_case_context() | {
            "items": items,
            "lowered": sum(item.verdict != Verdict.ACCEPTED for item in items),
            "claimed": sum((item.claimed or ZERO for item in counted), ZERO),
            "verified": sum((item.verified or ZERO for item in counted), ZERO),
            "most": sum((item.most for item in counted if item.verified is not None), ZERO),
        }
        return super().get_context_data(**context, **kwargs)


class FindingsPart(PermissionMixin):
    """The way to the findings, for the agency's own page; nothing before their release."""

    permission_required = Permission.FINDINGS_VIEW

    @cached_property
    def assignment(self) -> Assignment:
        """The assignment of an own agency, else 404."""
        own = Assignment.objects.of_agencies(agencies_of(self.request.user))
        return get_object_or_404(own, pk=self.kwargs["pk"])

    def get_permission_object(self) -> Assignment:
        return self.assignment

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """The fragment."""
        found = VerificationCase.objects.filter(
            assignment=self.assignment, released_at__isnull=False
        ).first()
        if found is None or found.explain_until is None:
            return HttpResponse()
        is_open = self.at < found.explain_until
        context = {
            "assignment": self.assignment,
            "until": last_day(found.explain_until) if is_open else None,
        }
        return render(request, "verification/_way.html", context)
