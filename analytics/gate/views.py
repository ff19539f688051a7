"""The policy of a round and its release log."""

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from analytics.gate import services
from analytics.gate.forms import PolicyForm
from analytics.gate.models import DisclosurePolicy
from analytics.gate.pages import facts_of, lines_of
from analytics.gate.queries import policy_of, release_log
from surveys.campaigns.forms import form_problems
from surveys.campaigns.tabs import round_tabs
from surveys.campaigns.views.rounds import RoundMixin
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.organisations.models import User
from surveys.organisations.requests import person_of

LINES: Final = 30


class RoundDisclosureView(RoundMixin, TemplateView):
    """How respondents of a round are protected, and what was released."""

    permission_required = Permission.DISCLOSURE_VIEW
    template_name = "analytics/gate/disclosure.html"

    @cached_property
    def policy(self) -> DisclosurePolicy:
        """The policy in force."""
        return policy_of(self.round)

    @property
    def may_set(self) -> bool:
        """Whether the person may change it."""
        return person_of(self.request).has_perm(Permission.DISCLOSURE_SET, self.round)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        number = self.request.GET.get("page", "")
        known = number.isascii() and number.isdigit() and len(number) < 7
        page = Paginator(release_log(self.round), LINES).get_page(int(number) if known else 1)
        if self.may_set:
            kwargs.setdefault("form", PolicyForm(policy=self.policy))
        context = self.get_round_context() | {
            "policy": self.policy,
            "facts": facts_of(self.policy),
            "is_default": self.policy.pk is None,
            "page": page,
            "lines": lines_of(self.round, page),
            "tabs": round_tabs(self.round, person_of(self.request), "round_disclosure"),
        }
        return super().get_context_data(**context, **kwargs)

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Set the policy; wrong input comes back with 422 and all that was typed."""
        assert isinstance(request.user, User)
        if not self.may_set:
            return self.http_method_not_allowed(request)
        form = PolicyForm(request.POST, policy=self.policy)
        if form.is_valid():
            try:
                services.set_policy(self.round, form.settings(), actor=request.user, at=self.at)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The protection is set. Results are computed anew."))
                return redirect("round_disclosure", code=self.round.code)
        context = self.get_context_data(form=form, problems=form_problems(form))
        return self.render_to_response(context, status=422)
