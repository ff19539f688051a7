"""The pages and acts of one round."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from surveys.campaigns import pages, progress_pages, queries, services
from surveys.campaigns.deadlines import days_left
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Round
from surveys.campaigns.queries import UnitFilters
from surveys.campaigns.short_links import short_link
from surveys.campaigns.signing import lacks_trust_list
from surveys.campaigns.signing_off import chain_of, titles_of
from surveys.campaigns.tabs import round_tabs
from surveys.campaigns.targets import TargetRule
from surveys.campaigns.unit_file import units_csv
from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView, PermissionMixin
from surveys.documents import qr_svg
from surveys.organisations.enums import AgencyType
from surveys.organisations.models import User
from surveys.questionnaires.queries import latest_published


class RoundMixin(PermissionMixin):
    """A page or act of one round."""

    @cached_property
    def round(self) -> Round:
        """The round, if the person may see it."""
        visible = Round.objects.visible_to(self.request.user)
        wanted = visible.select_related("campaign__owner", "previous__previous", "version")
        return get_object_or_404(wanted.defer("version__definition"), code=self.kwargs["code"])

    def get_permission_object(self) -> Round:
        return self.round

    def get_round_context(self) -> dict[str, Any]:
        """What every template of a round reads."""
        return {
            "round": self.round,
            "campaign": self.round.campaign,
            "crumbs": pages.round_crumbs(self.round),
            "topic": services.topic(self.round.pk),
            "at": self.at,
            "days_left": days_left(self.round.closes_at, self.at),
        }


class RoundOverviewView(RoundMixin, TemplateView):
    """How the round is getting on."""

    permission_required = Permission.ROUND_VIEW
    template_name = "campaigns/round.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**self.get_round_context(), **kwargs)
        figures = _figures(self.round, self.request, self.at)
        return context | figures | _units(self.round, self.request, self.at) | self._actions()

    def _actions(self) -> dict[str, Any]:
        user, round_ = self.request.user, self.round
        planned = round_.status == RoundStatus.PLANNED
        rule = TargetRule.read(round_.campaign.targets)
        return {
            "may_open": planned and user.has_perm(Permission.ROUND_OPEN, round_),
            "may_close": round_.status == RoundStatus.OPEN
            and user.has_perm(Permission.ROUND_CLOSE, round_),
            "may_remind": round_.status == RoundStatus.OPEN
            and user.has_perm(Permission.LETTER_WRITE, round_),
            "to_ask": queries.agencies_to_ask(rule, at=self.at).count() if planned else 0,
            "version_url": _url_of("round_version", round_, Permission.ROUND_CHANGE_VERSION, user),
            "newer": self._newer_version(),
            "export_url": _url_of("round_export", round_, Permission.RESULTS_VIEW, user),
            "tabs": round_tabs(round_, user, "round_overview"),
            **short_part(round_),
        }

    def _newer_version(self) -> int:
        """The number of a version published since, while the round can still take it; else 0."""
        if self.round.status != RoundStatus.OPEN:
            return 0
        latest = latest_published(self.round.campaign.questionnaire)
        return latest.number if latest and latest.number > self.round.version.number else 0


class RoundFiguresView(RoundMixin, TemplateView):
    """The six figures, the bar, the map's table and the types: fetched anew when they change."""

    permission_required = Permission.ROUND_VIEW
    template_name = "campaigns/_figures.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parts = _figures(self.round, self.request, self.at) | {"as_fragment": True}
        return super().get_context_data(**self.get_round_context(), **kwargs) | parts


class RoundUnitsView(RoundMixin, TemplateView):
    """The table of agencies: fetched anew when it changes, or when the person filters."""

    permission_required = Permission.ROUND_VIEW
    template_name = "campaigns/_units.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parts = _units(self.round, self.request, self.at)
        return super().get_context_data(**self.get_round_context(), **kwargs) | parts

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The fragment; the page's address follows the filters."""
        response = super().get(request, *args, **kwargs)
        filters = UnitFilters.read(request.GET.dict())
        page = reverse("round_overview", kwargs={"code": self.round.code})
        response["HX-Replace-Url"] = page + filters.query(page=filters.page).removesuffix("?")
        return response


class RoundUnitsFileView(RoundMixin):
    """The table of agencies as the filters show it, all pages of it, as CSV."""

    permission_required = Permission.ROUND_VIEW

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """The file."""
        filters = UnitFilters.read(request.GET.dict())
        text = units_csv(self.round, filters, at=self.at)
        headers = {"Content-Disposition": f'attachment; filename="{self.round.code}.csv"'}
        return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


class RoundOpenView(RoundMixin, ObjectActionView):
    """Asks once, with the number of agencies, then opens."""

    permission_required = Permission.ROUND_OPEN

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """The question."""
        rule = TargetRule.read(self.round.campaign.targets)
        asked = queries.agencies_to_ask(rule, at=self.at).count()
        lacks = lacks_trust_list(self.round.campaign.signature)
        context = self.get_round_context() | {"asked": asked, "lacks_trust_list": lacks}
        return render(request, "campaigns/round_open.html", context)

    def perform(self, target: Round) -> None:
        number = services.open_round(target, actor=_person(self.request.user), at=self.at)
        text = ngettext(
            "The round is open. %(number)d agency is asked.",
            "The round is open. %(number)d agencies are asked.",
            number,
        )
        messages.success(self.request, text % {"number": number})

    def get_success_url(self, target: Round) -> str:
        return reverse("round_overview", kwargs={"code": target.code})


class RoundCloseView(RoundMixin, ObjectActionView):
    """Asks once, with who has not submitted, then closes."""

    permission_required = Permission.ROUND_CLOSE
    success_message = gettext_lazy("The round is closed.")

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """The question."""
        counts = queries.overview(self.round, self.at).counts
        context = self.get_round_context() | {
            "missing": counts.total - counts.submitted,
            "early": self.at < self.round.ends_at,
        }
        return render(request, "campaigns/round_close.html", context)

    def perform(self, target: Round) -> None:
        services.close_round(
            target,
            actor=_person(self.request.user),
            at=self.at,
            reason=self.request.POST.get("reason", ""),
        )

    def get_success_url(self, target: Round) -> str:
        return reverse("round_overview", kwargs={"code": target.code})


def short_part(round_: Round) -> dict[str, Any]:
    """The round's short address, and its QR code as SVG."""
    link = short_link(round_)
    return {"short_link": link, "short_qr": mark_safe(qr_svg(link))}  # noqa: S308  (a drawing of squares)


def _person(user: object) -> User:
    assert isinstance(user, User), "a permission that asks for a role lets only people in"
    return user


def _figures(round_: Round, request: HttpRequest, at: datetime) -> dict[str, Any]:
    filters = UnitFilters.read(request.GET.dict())
    seen = queries.overview(round_, at)
    with_communes = any(row.type == AgencyType.COMMUNE for row in seen.types)
    return {
        "overview": seen,
        "filters": filters,
        "figures": pages.six_figures(seen, filters, at),
        "provinces": queries.provinces(round_, at=at, with_communes=with_communes),
        "with_communes": with_communes,
        "level_rows": pages.level_rows(seen, filters),
        "steps": pages.step_lines(seen, filters),
        **_progress(round_, seen, at),
    }


def _progress(round_: Round, seen: queries.Overview, at: datetime) -> dict[str, Any]:
    course = queries.progress(round_, seen.counts, last_due=seen.last_due, at=at)
    found = progress_pages.dispositions(seen, queries.no_longer_asked(round_))
    return {
        "progress": course,
        "progress_sentence": progress_pages.progress_sentence(course, seen),
        "forecast_note": progress_pages.forecast_note(course),
        "rates": progress_pages.rate_lines(found),
        "letters": progress_pages.letter_lines(found),
    }


def _units(round_: Round, request: HttpRequest, at: datetime) -> dict[str, Any]:
    wanted = UnitFilters.read(request.GET.dict())
    table = queries.units(round_, wanted, at=at)
    filters = table.filters
    chain = chain_of(round_.sign_off)
    return {
        "units": table,
        "filters": filters,
        "page_query": filters.query(page=filters.page),
        "sorts": pages.sort_links(filters),
        "statuses": pages.status_choices(filters),
        "levels": pages.level_choices(filters),
        "types": pages.type_choices(filters),
        "flags": pages.flag_choices(filters),
        "places": queries.province_names(),
        "step_titles": [titles_of(step) for step in chain] if len(chain) > 1 else [],
        "sizes": queries.PAGE_SIZES,
    }


def _url_of(name: str, round_: Round, permission: Permission, user: Any) -> str:
    """The address of a higher app's page about the round, if it is installed and permitted."""
    if not user.has_perm(permission, round_):
        return ""
    try:
        return reverse(name, kwargs={"code": round_.code})
    except NoReverseMatch:
        return ""
