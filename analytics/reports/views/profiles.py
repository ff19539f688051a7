"""The profile of a unit: for the department at a run, for an agency as it was published."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from analytics.indices.access import sees_names
from analytics.indices.models import IndexRun, IndexRunUnit
from analytics.indices.views.base import OfRunView
from analytics.releases.enums import ReleaseStatus
from analytics.releases.models import Release
from analytics.reports import queries, services
from analytics.reports.profile import Profile, Reading, profile_of
from surveys.background.enums import OVER, JobStatus
from surveys.campaigns.models import Assignment
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.organisations.requests import person_of


class ProfileMixin(View):
    """What a profile's page and its PDF share, whoever reads it."""

    unit: Any
    release: ClassVar[Any] = None

    @property
    def language(self) -> str:
        """The reader's."""
        return get_language() or "vi"

    def paper_context(self, address: str) -> dict[str, Any]:
        """Where the PDF is: there, being made, or to be asked for."""
        paper = queries.paper_of(self.unit, self.release, self.language)
        job = queries.paper_job(self.unit, self.release, self.language)
        waits = paper is None and job is not None and job.status not in OVER
        failed = paper is None and job is not None and job.status == JobStatus.FAILED
        return {"paper": paper, "paper_url": address, "paper_waits": waits, "paper_failed": failed}


class PaperMixin(ProfileMixin):
    """A POST asks for the PDF, a GET hands it out."""

    def back(self) -> str:
        """The page of the profile."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Have it made."""
        services.ask_for_paper(
            self.unit,
            self.release,
            language=self.language,
            actor=person_of(request),
            at=request.received_at,  # type: ignore[attr-defined]  # middleware
        )
        return redirect(self.back())

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Hand it out; noted in the audit."""
        try:
            content = services.fetch_paper(
                self.unit,
                self.release,
                language=self.language,
                actor=person_of(request),
                at=request.received_at,  # type: ignore[attr-defined]  # middleware
            )
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect(self.back())
        name = f"{self.unit.key}-{self.language}.pdf"
        return HttpResponse(
            content,
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class OfUnitMixin(OfRunView, ProfileMixin):
    """A unit of a run, for those who see the index and may see names."""

    permission_required = Permission.INDEX_VIEW

    @cached_property
    def unit(self) -> IndexRunUnit:
        """The unit of the address; 404 where single units are protected from the person."""
        if self.run.computed_at is None or not sees_names(person_of(self.request), self.run):
            raise Http404
        units = IndexRunUnit.objects.filter(run=self.run)
        return get_object_or_404(units, key=self.kwargs["key"])

    def address(self, name: str) -> str:
        """A page of the unit."""
        return reverse(name, args=[self.index.code, self.run.pk, self.kwargs["key"]])


class UnitProfileView(OfUnitMixin, TemplateView):
    """The profile of any unit of a run."""

    template_name = "reports/unit_profile.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The profile, and the other units to go on to."""
        may_read = person_of(self.request).has_perm(Permission.INDEX_VALUES, self.run)
        profile = profile_of(self.run, self.unit, Reading(self.language, with_values=may_read))
        context = {
            "profile": profile,
            "run": self.run,
            "index": self.index,
            "may_read": may_read,
            "crumbs": self.run_crumbs((profile.name, "")),
        }
        if may_read:
            context |= self.paper_context(self.address("index_unit_paper"))
            context["verified"] = queries.verified_of(self.unit, self.run, self.language)
        return super().get_context_data(**context, **kwargs)


class UnitProfilePaperView(OfUnitMixin, PaperMixin):
    """The profile of a unit of a run as PDF."""

    permission_required = Permission.INDEX_VALUES

    def back(self) -> str:
        return self.address("index_unit_profile")


class OwnMixin(PermissionMixin, ProfileMixin):
    """An agency's report, as it was published: for itself, its superior and the owner's people."""

    permission_required = Permission.REPORT_VIEW

    @cached_property
    def release(self) -> Release:
        """The publication of the address, once it is out."""
        found = Release.objects.published().select_related(
            "round__campaign__owner", "run__version__index", "run__round__campaign"
        )
        return get_object_or_404(found, pk=self.kwargs["release_id"])

    @cached_property
    def assignment(self) -> Assignment:
        """Whose report it is, if the person may see it."""
        visible = Assignment.objects.visible_to(person_of(self.request)).select_related(
            "agency__parent", "round__campaign__owner"
        )
        return get_object_or_404(visible, pk=self.kwargs["pk"], round=self.release.round_id)

    @cached_property
    def unit(self) -> IndexRunUnit:
        """What the agency got; 404 where no index was published, or it was withdrawn."""
        if self.release.status == ReleaseStatus.WITHDRAWN:
            raise Http404
        if self.release.run is None or self.release.round.campaign.is_confidential:
            raise Http404
        unit = queries.unit_of(self.release, self.assignment)
        # The owner's people see single units where these are known by name.
        if unit is None or not (
            self.with_values or sees_names(person_of(self.request), self.release.run)
        ):
            raise Http404
        return unit

    def get_permission_object(self) -> Assignment:
        return self.assignment

    @property
    def with_values(self) -> bool:
        """Whether values as measured are shown: to whom single answers are."""
        return person_of(self.request).has_perm(Permission.ASSIGNMENT_VIEW, self.assignment)

    def address(self, name: str) -> str:
        """A page of the report."""
        return reverse(name, args=[self.release.pk, self.assignment.pk])


class OwnReportView(OwnMixin, TemplateView):
    """The agency's own report."""

    template_name = "reports/own_report.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The profile as it was published."""
        run = self.release.run
        unit = self.unit
        assert run is not None, "a unit has a run"
        page = reverse("release_detail", args=[self.release.pk])
        context = {
            "profile": self.profile(run, unit),
            "release": self.release,
            "index": run.version.index,
            "run": run,
            "round": self.release.round,
            "later": self.release.corrections.filter(status=ReleaseStatus.APPROVED).first(),
            "may_read": self.with_values,
            "crumbs": [
                (_("Published results"), reverse("release_list")),
                (self.release.localised_title, page),
                (unit.localised_name, ""),
            ],
        }
        if self.with_values:
            context |= self.paper_context(self.address("own_report_paper"))
            context["verified"] = queries.verified_lines(self.assignment, self.language)
        return super().get_context_data(**context, **kwargs)

    def profile(self, run: IndexRun, unit: IndexRunUnit) -> Profile:
        """The profile against what else was published."""
        reading = Reading(self.language, with_values=self.with_values, published_only=True)
        return profile_of(run, unit, reading)


class OwnReportPaperView(OwnMixin, PaperMixin):
    """The agency's own report as PDF."""

    def get_permission_object(self) -> Assignment:
        """The assignment; the PDF has values as measured."""
        if not self.with_values:
            raise Http404
        return self.assignment

    def back(self) -> str:
        return self.address("own_report")
