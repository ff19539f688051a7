"""The page on which people make, see and revoke the tokens of their programs."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView, PermissionMixin
from surveys.machines import services
from surveys.machines.collect import collect_settings
from surveys.machines.forms import TokenForm
from surveys.machines.models import ApiToken
from surveys.machines.queries import tokens_of
from surveys.organisations.requests import person_of


class TokenListView(PermissionMixin, FormView[TokenForm]):
    """One's tokens, and a new one, whose secret is shown in the answer to making it and never again."""

    permission_required = Permission.SIGNED_IN
    template_name = "machines/tokens.html"
    form_class = TokenForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whose agencies can be chosen."""
        return super().get_form_kwargs() | {"user": person_of(self.request)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Those that hold, and those that do not any more."""
        every = list(tokens_of(person_of(self.request)))
        context = {
            "current": [t for t in every if t.revoked_at is None and t.expires_at > self.at],
            "past": [t for t in every if t.revoked_at is not None or t.expires_at <= self.at],
            "crumbs": [(_("Account"), ""), (_("API access tokens"), "")],
            "root": self.request.build_absolute_uri(reverse("api_root")),
        }
        return super().get_context_data(**context, **kwargs)

    def form_valid(self, form: TokenForm) -> HttpResponse:
        """Make it and show its secret, or say why not."""
        user = person_of(self.request)
        try:
            token, secret = services.make_token(form.wish(self.at), actor=user, at=self.at)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        fresh = TokenForm(user=user)
        collect = collect_settings(token, secret, self.request.build_absolute_uri("/"))
        context = self.get_context_data(form=fresh, made=token, secret=secret, collect=collect)
        return self.render_to_response(context, status=HTTPStatus.CREATED)

    def form_invalid(self, form: TokenForm) -> HttpResponse:
        """The form again, with its errors."""
        context = self.get_context_data(form=form)
        return self.render_to_response(context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


class TokenRevokeView(ObjectActionView):
    """Take a token back."""

    permission_required = Permission.SIGNED_IN
    success_message = gettext_lazy("The token is revoked. The program that has it gets nothing.")

    def get_permission_object(self) -> ApiToken:
        """One's own token; everybody else's do not exist."""
        return get_object_or_404(tokens_of(person_of(self.request)), pk=self.kwargs["pk"])

    def perform(self, target: ApiToken) -> None:
        """Revoke it."""
        services.revoke_token(target, actor=person_of(self.request), at=self.at)

    def get_success_url(self, _target: ApiToken) -> str:
        """The tokens."""
        return reverse("token_list")
