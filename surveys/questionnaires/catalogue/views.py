"""The pages of the catalogue."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView, PermissionMixin
from surveys.engine import Indicator
from surveys.engine.scoring import max_points, read_rule, score
from surveys.organisations.requests import person_of
from surveys.questionnaires.catalogue import pages, queries, services
from surveys.questionnaires.catalogue.forms import IndicatorForm, RetireForm, TryForm
from surveys.questionnaires.catalogue.models import CatalogueIndicator
from surveys.questionnaires.catalogue.rule_forms import RuleEditor
from surveys.questionnaires.models import QuestionnaireVersion

PAGE_SIZE = 50


class IndicatorListView(PermissionMixin, TemplateView):
    """The indicators of the person's owners, searched by code, name and legal basis."""

    permission_required = Permission.INDICATOR_VIEW
    template_name = "questionnaires/catalogue/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of the list; what was searched for stays in the address."""
        text = self.request.GET.get("q", "").strip()[:200]
        with_retired = self.request.GET.get("retired") == "1"
        user = self.request.user
        found = queries.find_indicators(text, user=user, on=self.today, with_retired=with_retired)
        return super().get_context_data(
            page_obj=Paginator(found, PAGE_SIZE).get_page(self.request.GET.get("page")),
            text=text,
            with_retired=with_retired,
            today=self.today,
            may_edit=user.has_perm(Permission.INDICATOR_EDIT),
            crumbs=[(_("Indicators"), "")],
            **kwargs,
        )

    @property
    def today(self) -> date:
        """The day of the request."""
        return timezone.localdate(self.at)


class IndicatorView(PermissionMixin):
    """A view of one indicator of the person's owners."""

    @cached_property
    def indicator(self) -> CatalogueIndicator:
        """The indicator of the address, if the person may see it."""
        visible = CatalogueIndicator.objects.visible_to(self.request.user)
        return get_object_or_404(visible.select_related("owner"), pk=self.kwargs["pk"])

    def get_permission_object(self) -> CatalogueIndicator:
        """The indicator."""
        return self.indicator


class IndicatorDetailView(IndicatorView, TemplateView):
    """What an indicator says, where it is asked for, and what was done to it."""

    permission_required = Permission.INDICATOR_VIEW
    template_name = "questionnaires/catalogue/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The facts, the versions and the history."""
        indicator = self.indicator
        today = timezone.localdate(self.at)
        return super().get_context_data(
            indicator=indicator,
            rule=read_rule(indicator.scoring) if indicator.scoring else None,
            uses=queries.uses_of(indicator),
            history=pages.history(queries.history_of(indicator)),
            retire_form=RetireForm(initial={"last_day": today}),
            may_edit=self.request.user.has_perm(Permission.INDICATOR_EDIT, indicator),
            crumbs=pages.crumbs(indicator.code),
            **kwargs,
        )


class IndicatorEditor(PermissionMixin, TemplateView):
    """The form of an indicator with the editor of its rule.

    A POST with ``show``, ``more`` or ``try`` gives the page back with other fields, more rows or the
    points of an answer, and saves nothing.
    """

    permission_required = Permission.INDICATOR_EDIT
    template_name = "questionnaires/catalogue/form.html"

    def listed(self) -> CatalogueIndicator | None:
        """The indicator that is changed; None for a new one."""
        return None

    def save(self, facts: Indicator, form: IndicatorForm) -> CatalogueIndicator:
        """Call the service."""
        return services.add_indicator(
            owner=form.cleaned_data["owner"],
            facts=facts,
            actor=person_of(self.request),
            at=self.at,
        )

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """The form, filled from the indicator."""
        listed = self.listed()
        rule = read_rule(listed.scoring) if listed and listed.scoring else None
        return self._page(self._form(), RuleEditor(rule=rule), TryForm())

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Show, try or save; what is wrong stands at its field."""
        form, editor = self._form(request.POST), RuleEditor(data=request.POST)
        tried = TryForm(request.POST)
        if {"show", "more"} & request.POST.keys():
            return self._page(form, editor, tried)
        if "try" in request.POST:
            editor.is_valid()
            return self._page(form, editor, tried, result=_tried(editor, tried))
        if not all([form.is_valid(), editor.is_valid()]):
            return self._page(form, editor, tried, status=422)
        try:
            indicator = self.save(form.facts(editor.text), form)
        except DomainError as refusal:
            form.add_error(_field_of(refusal, form), str(refusal))
            return self._page(form, editor, tried, status=422)
        messages.success(request, _("The indicator is saved."))
        return redirect("indicator_detail", pk=indicator.pk)

    def _form(self, data: Any = None) -> IndicatorForm:
        return IndicatorForm(data, user=self.request.user, indicator=self.listed())

    def _page(
        self,
        form: IndicatorForm,
        editor: RuleEditor,
        tried: TryForm,
        *,
        result: dict[str, Any] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        listed = self.listed()
        context = self.get_context_data(
            form=form,
            editor=editor,
            tried=tried,
            result=result,
            indicator=listed,
            crumbs=pages.crumbs(listed.code if listed else _("New indicator")),
        )
        return self.render_to_response(context, status=status)


class IndicatorAddView(IndicatorEditor):
    """A new indicator."""


class IndicatorEditView(IndicatorView, IndicatorEditor):
    """Another wording, target or rule of an indicator."""

    permission_required = Permission.INDICATOR_EDIT

    def listed(self) -> CatalogueIndicator | None:
        """The indicator of the address."""
        return self.indicator

    def save(self, facts: Indicator, form: IndicatorForm) -> CatalogueIndicator:
        """Change it."""
        return services.change_indicator(
            self.indicator, facts=facts, actor=person_of(self.request), at=self.at
        )


class IndicatorRetireView(IndicatorView, ObjectActionView):
    """Set the last day of an indicator."""

    permission_required = Permission.INDICATOR_EDIT
    success_message = gettext_lazy("The indicator is retired.")

    def perform(self, target: CatalogueIndicator) -> None:
        """Retire it on the typed day."""
        form = RetireForm(self.request.POST)
        if not form.is_valid():
            raise services.IndicatorInvalid("valid_to", str(form.errors["last_day"][0]))
        services.retire_indicator(
            target,
            last_day=form.cleaned_data["last_day"],
            actor=person_of(self.request),
            at=self.at,
        )

    def get_success_url(self, target: CatalogueIndicator) -> str:
        """The indicator's page."""
        return reverse("indicator_detail", args=[target.pk])


class IndicatorRestoreView(IndicatorRetireView):
    """Bring a retired indicator back."""

    success_message = gettext_lazy("The indicator counts again.")

    def perform(self, target: CatalogueIndicator) -> None:
        """Take its last day away."""
        services.restore_indicator(target, actor=person_of(self.request), at=self.at)


class VersionIndicatorsView(PermissionMixin, TemplateView):
    """The indicators of a version beside the catalogue: new, changed or equal; some are adopted."""

    permission_required = Permission.INDICATOR_EDIT
    template_name = "questionnaires/catalogue/adopt.html"

    @cached_property
    def version(self) -> QuestionnaireVersion:
        """The version of the address, if the person may see it."""
        visible = QuestionnaireVersion.objects.visible_to(self.request.user)
        return get_object_or_404(
            visible.select_related("questionnaire__owner"),
            questionnaire__code=self.kwargs["code"],
            number=self.kwargs["number"],
        )

    def get_permission_object(self) -> QuestionnaireVersion:
        """The version."""
        return self.version

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Every indicator of the sheet with what differs."""
        version = self.version
        found = queries.candidates(version)
        return super().get_context_data(
            version=version,
            candidates=[pages.worded(each) for each in found],
            is_to_adopt=any(each.standing is not queries.Standing.EQUAL for each in found),
            crumbs=[
                (_("Questionnaires"), reverse("questionnaire_list")),
                (version.localised_title, _address(version)),
                (_("Adopt indicators"), ""),
            ],
            **kwargs,
        )

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Adopt those that were ticked."""
        try:
            number = services.adopt_indicators(
                self.version,
                codes=set(request.POST.getlist("codes")),
                actor=person_of(request),
                at=self.at,
            )
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            told = _("Indicators added or changed in the catalogue: %(number)s.")
            messages.success(request, told % {"number": number})
        return redirect("version_indicators", self.version.questionnaire.code, self.version.number)


def _tried(editor: RuleEditor, tried: TryForm) -> dict[str, Any] | None:
    if editor.rule is None or not tried.is_valid():
        return None
    points = score(editor.rule, tried.given(editor.rule))
    return pages.result(points, max_points(editor.rule))


def _field_of(refusal: DomainError, form: IndicatorForm) -> str | None:
    if isinstance(refusal, services.IndicatorExists):
        return "code"
    field = refusal.details.get("field", "")
    names = (field, f"{field}_vi")
    return next((name for name in names if name in form.fields), None)


def _address(version: QuestionnaireVersion) -> str:
    return reverse("version_detail", args=[version.questionnaire.code, version.number])
