"""The page of raw data: plan, preview, profiles, order."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from exporters.downloads.forms import CHOSEN, PlanForm, data_of
from exporters.downloads.previewing import preview
from exporters.order import Wish
from exporters.orders.services import request_export
from exporters.raw import services
from exporters.raw.columns import questions_of
from exporters.raw.models import ExportProfile
from exporters.raw.plans import ColumnPlan, Languages, read_plan
from exporters.raw.sources import RawSource
from surveys.campaigns.models import Round
from surveys.campaigns.pages import round_crumbs
from surveys.campaigns.tabs import round_tabs
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.organisations.requests import person_of

MOST_ROUNDS = 24
"""Further rounds that are offered, the newest."""


class RoundDownloadView(PermissionMixin, TemplateView):
    """The plan of a file of raw data with what comes of it; a POST orders the file, or keeps, renames
    or removes a profile."""

    permission_required = Permission.EXPORT_CREATE
    template_name = "exporters/round_download.html"

    @cached_property
    def round(self) -> Round:
        """The round, if the reader may see it."""
        visible = Round.objects.visible_to(person_of(self.request))
        return get_object_or_404(
            visible.select_related("campaign__owner", "version"), code=self.kwargs["code"]
        )

    def get_permission_object(self) -> Round:
        """The round."""
        return self.round

    @cached_property
    def others(self) -> list[Round]:
        """Further rounds of the questionnaire that may go into the same file."""
        person = person_of(self.request)
        visible = Round.objects.visible_to(person).select_related("campaign__owner", "version")
        same = visible.filter(
            campaign__questionnaire=self.round.campaign.questionnaire_id, opened_at__isnull=False
        )
        found = same.exclude(pk=self.round.pk).order_by("-reference_date", "code")[:MOST_ROUNDS]
        return [each for each in found if person.has_perm(self.permission_required, each)]

    @cached_property
    def source(self) -> RawSource:
        """The round with those that the form names beside it."""
        wanted = self._told.getlist("rounds")
        return RawSource([self.round, *(each for each in self.others if each.code in wanted)])

    @cached_property
    def profiles(self) -> list[ExportProfile]:
        """The owner's profiles."""
        visible = ExportProfile.objects.visible_to(person_of(self.request))
        return list(visible.filter(owner=self.round.campaign.owner_id))

    @cached_property
    def profile(self) -> ExportProfile | None:
        """The profile that the address names."""
        wanted = self.request.GET.get("profile", "")
        return next((each for each in self.profiles if str(each.pk) == wanted), None)

    @property
    def _told(self) -> Any:
        return self.request.POST if self.request.method == "POST" else self.request.GET

    @cached_property
    def form(self) -> PlanForm:
        """The plan that was told; else the profile's, else the plan as it comes."""
        questions = questions_of(self.source, get_language() or "vi")
        told = self._told
        if CHOSEN not in told:
            start = ColumnPlan(languages=Languages(self.request.LANGUAGE_CODE))
            plan = start if self.profile is None else read_plan(self.profile.plan)
            told = data_of(plan, [name for name, _label in questions])
        return PlanForm(told, rounds=self.others, questions=questions)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and what comes of it."""
        is_valid = self.form.is_valid()
        file_format = self.form.cleaned_data.get("format", "")
        return super().get_context_data(
            round=self.round,
            form=self.form,
            preview=preview(self.source, self.form.plan(), file_format) if is_valid else None,
            profiles=self.profiles,
            profile=self.profile,
            chosen=CHOSEN,
            crumbs=[
                *round_crumbs(self.round),
                (_("Export"), reverse("round_export", args=[self.round.code])),
                (_("Raw data"), ""),
            ],
            tabs=round_tabs(self.round, person_of(self.request), "round_export"),
            **kwargs,
        )

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """What the pressed button says; a refusal is told on the page."""
        acts: Mapping[str, Callable[[], str]] = {
            "preview": self._preview,
            "order": self._order,
            "save": self._save,
            "rename": self._rename,
            "remove": self._remove,
        }
        act = request.POST.get("act", "preview")
        if act in {"order", "save", "preview"} and not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        try:
            return redirect(acts.get(act, self._preview)())
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect(self._page)

    @property
    def _page(self) -> str:
        return reverse("round_download", args=[self.round.code])

    def _preview(self) -> str:
        told = self.request.POST.copy()
        for name in ("csrfmiddlewaretoken", "act", "name"):
            told.pop(name, None)
        return f"{self._page}?{told.urlencode()}"

    def _order(self) -> str:
        told = self.form.cleaned_data
        options = {"plan": self.form.plan().as_json(), "rounds": told["rounds"]}
        wish = Wish(
            name="raw", format=told["format"], language=self.request.LANGUAGE_CODE, options=options
        )
        request_export(subject=self.round, wish=wish, actor=person_of(self.request), at=self.at)
        messages.success(self.request, _("The file is being made. You may leave this page."))
        return reverse("export_list")

    def _save(self) -> str:
        profile = services.save_profile(
            owner=self.round.campaign.owner,
            name=self.request.POST.get("name", ""),
            plan=self.form.plan(),
            actor=person_of(self.request),
            at=self.at,
        )
        messages.success(self.request, _("The profile is kept."))
        return f"{self._page}?profile={profile.pk}"

    def _rename(self) -> str:
        profile = self._posted_profile()
        name = self.request.POST.get("name", "")
        services.rename_profile(profile, name=name, actor=person_of(self.request), at=self.at)
        messages.success(self.request, _("The profile is renamed."))
        return f"{self._page}?profile={profile.pk}"

    def _remove(self) -> str:
        profile = self._posted_profile()
        services.remove_profile(profile, actor=person_of(self.request), at=self.at)
        messages.success(self.request, _("The profile is removed."))
        return self._page

    def _posted_profile(self) -> ExportProfile:
        wanted = self.request.POST.get("profile", "")
        known = {str(each.pk): each for each in self.profiles}
        return get_object_or_404(ExportProfile, pk=known[wanted].pk if wanted in known else 0)
