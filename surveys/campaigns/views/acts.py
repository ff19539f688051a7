"""A round's settings, and the acts that change its course; each asks, naming what follows."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView

from surveys.campaigns import services
from surveys.campaigns.deadlines import end_of, local_day
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.forms import form_problems
from surveys.campaigns.models import Assignment, Round
from surveys.campaigns.queries.counts import DONE
from surveys.campaigns.round_forms import CopyForm, PostponeForm, ReasonForm, ReopenForm
from surveys.campaigns.signing import lacks_trust_list
from surveys.campaigns.signing_off import chain_of
from surveys.campaigns.tabs import round_tabs
from surveys.campaigns.views.campaigns import refused
from surveys.campaigns.views.rounds import RoundMixin
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.organisations.requests import person_of

ACTS = (
    ("round_open", Permission.ROUND_OPEN, {RoundStatus.PLANNED}, _("Open the round")),
    (
        "round_postpone",
        Permission.ROUND_POSTPONE,
        {RoundStatus.PLANNED, RoundStatus.OPEN},
        _("Postpone"),
    ),
    ("round_close", Permission.ROUND_CLOSE, {RoundStatus.OPEN}, _("Close the round")),
    ("round_reopen", Permission.ROUND_REOPEN, {RoundStatus.CLOSED}, _("Reopen")),
    ("round_copy", Permission.ROUND_CREATE, set(RoundStatus), _("Copy into a new round")),
    (
        "round_cancel",
        Permission.ROUND_CANCEL,
        {RoundStatus.PLANNED, RoundStatus.OPEN},
        _("Cancel the round"),
    ),
)
"""What can be done with a round: the address, who may, in which status, in words."""


class RoundSettingsView(RoundMixin, TemplateView):
    """How the round is set up, and what can be done with it."""

    permission_required = Permission.ROUND_VIEW
    template_name = "campaigns/round_settings.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        round_, user = self.round, person_of(self.request)
        opened = round_.status in {RoundStatus.OPEN, RoundStatus.CLOSED}
        signs = round_ if opened else round_.campaign
        acts = [
            {"label": label, "url": reverse(name, args=[round_.code]), "grave": _is_grave(name)}
            for name, permission, statuses, label in ACTS
            if round_.status in statuses and user.has_perm(permission, round_)
        ]
        context = self.get_round_context() | {
            "acts": acts,
            "tabs": round_tabs(round_, user, "round_settings"),
            "chain": chain_of(round_.sign_off if opened else round_.campaign.sign_off),
            "signature": signs.get_signature_display(),
            "lacks_trust_list": lacks_trust_list(signs.signature),
            "variants": round_.variants.select_related("version").defer("version__definition"),
        }
        return super().get_context_data(**context, **kwargs)


class RoundActView(RoundMixin, FormView[Any]):
    """Asks, naming what follows, then acts; wrong input comes back with 422 and all that was typed."""

    template_name = "campaigns/round_act.html"
    title: ClassVar[str | Promise]
    button: ClassVar[str | Promise]
    done: ClassVar[str | Promise]
    follows: ClassVar[str]
    grave: ClassVar[bool] = False

    def get_form_kwargs(self) -> dict[str, Any]:
        today = local_day(self.at)
        return super().get_form_kwargs() | {"round_": self.round, "today": today}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**self.get_round_context(), **kwargs)
        asked = Assignment.objects.filter(round=self.round)
        words = {
            "title": self.title,
            "button": self.button,
            "follows": self.follows,
            "grave": self.grave,
            "agencies": asked.count(),
            "owing": asked.exclude(status__in=DONE).count(),
        }
        return context | words | {"problems": form_problems(context["form"])}

    def form_valid(self, form: Any) -> HttpResponse:
        """Act, or show the refusal above the form."""
        try:
            goal = self.act(form)
        except DomainError as refusal:
            return self.form_invalid(refused(form, refusal))
        messages.success(self.request, str(self.done))
        return redirect("round_settings", code=goal.code)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def act(self, form: Any) -> Round:
        """Call the service; the round to go on with."""
        raise NotImplementedError


class RoundPostponeView(RoundActView):
    """Other dates."""

    permission_required = Permission.ROUND_POSTPONE
    form_class = PostponeForm
    title, button = _("Postpone the round"), _("Postpone")
    done, follows = _("The round has its new dates."), "postpone"

    def act(self, form: PostponeForm) -> Round:
        reason = form.cleaned_data["reason"]
        actor = person_of(self.request)
        services.postpone_round(self.round, form.dates(), actor=actor, at=self.at, reason=reason)
        return self.round


class RoundCancelView(RoundActView):
    """Given up."""

    permission_required = Permission.ROUND_CANCEL
    form_class = ReasonForm
    title, button = _("Cancel the round"), _("Cancel the round")
    done, follows, grave = _("The round is cancelled."), "cancel", True

    def act(self, form: ReasonForm) -> Round:
        reason = form.cleaned_data["reason"]
        services.cancel_round(self.round, actor=person_of(self.request), at=self.at, reason=reason)
        return self.round


class RoundReopenView(RoundActView):
    """Answers are taken in again."""

    permission_required = Permission.ROUND_REOPEN
    form_class = ReopenForm
    title, button = _("Reopen the round"), _("Reopen")
    done, follows = _("The round is open again."), "reopen"

    def act(self, form: ReopenForm) -> Round:
        given = form.cleaned_data
        services.reopen_round(
            self.round,
            closes_at=end_of(given["closes_on"]),
            actor=person_of(self.request),
            at=self.at,
            reason=given["reason"],
        )
        return self.round


class RoundCopyView(RoundActView):
    """A new planned round after this one's pattern."""

    permission_required = Permission.ROUND_CREATE
    form_class = CopyForm
    title, button = _("Copy into a new round"), _("Create the round")
    done = _("The round is created. Nobody is asked until it is opened.")
    follows = "copy"

    def act(self, form: CopyForm) -> Round:
        return services.copy_round(
            self.round,
            form.dates(),
            period=form.cleaned_data["period"],
            reference_date=form.cleaned_data["reference_date"],
            actor=person_of(self.request),
            at=self.at,
        )


def _is_grave(name: str) -> bool:
    return name in {"round_cancel", "round_close"}
