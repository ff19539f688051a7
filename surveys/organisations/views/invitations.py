"""The way in by invitation: a secret address leads to a clean one, where the account is made."""

from typing import Any, Final

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, View

from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.organisations import queries, services
from surveys.organisations.forms import AcceptForm
from surveys.organisations.models import AccountInvitation, User

SESSION_KEY: Final = "invitation"
BACKEND: Final = "allauth.account.auth_backends.AuthenticationBackend"


class InvitationLinkView(PermissionMixin, View):
    """The address in the mail: puts the invitation's id into the session and goes to a clean one.

    It consumes nothing, because scanners open the links of a mail before people do.
    """

    permission_required = Permission.PUBLIC

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """303, without a referrer: the address is the secret."""
        invitation = queries.invitation_of(token)
        request.session.pop(SESSION_KEY, None)
        if invitation is not None:
            request.session[SESSION_KEY] = invitation.pk
        answer = HttpResponseRedirect(reverse("invitation"), status=303)
        answer["Referrer-Policy"] = "no-referrer"
        answer["Cache-Control"] = "no-store"
        return answer


class InvitationView(PermissionMixin, FormView[AcceptForm]):
    """Who invites to what; name and password make the account.

    Under ``no-referrer`` browsers send ``Origin: null`` with the form, which cannot be told from a
    foreign site's. This address holds no secret, so ``same-origin`` is enough here.
    """

    permission_required = Permission.PUBLIC
    template_name = "organisations/invitation.html"
    form_class = AcceptForm

    @cached_property
    def invitation(self) -> AccountInvitation | None:
        """The invitation of the session, if it can still be taken up."""
        waiting = AccountInvitation.objects.select_related("agency").valid_at(self.at)
        return waiting.filter(pk=self.request.session.get(SESSION_KEY, 0)).first()

    def get_initial(self) -> dict[str, Any]:
        """The name that the inviter wrote."""
        return {"full_name": self.invitation.full_name if self.invitation else ""}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The invitation; whether there is an account for it already."""
        address = self.invitation.email if self.invitation else ""
        has_account = User.objects.filter(email__iexact=address).exists()
        return super().get_context_data(
            invitation=self.invitation, has_account=has_account, **kwargs
        )

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """410 where the invitation has ended."""
        kwargs.setdefault("status", 200 if self.invitation else services.InvitationEnded.status)
        answer = super().render_to_response(context, **kwargs)
        answer["Referrer-Policy"] = "same-origin"
        answer["Cache-Control"] = "no-store"
        return answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Where the account exists already, the membership only needs a yes."""
        if self.invitation is None:
            return self.render_to_response(self.get_context_data())
        if User.objects.filter(email__iexact=self.invitation.email).exists():
            return self._accepted(full_name="", password=None)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AcceptForm) -> HttpResponse:
        """Make the account and sign in; a weak password is told at its field."""
        wanted = form.cleaned_data
        try:
            return self._accepted(full_name=wanted["full_name"], password=wanted["password"])
        except services.PasswordTooWeak as refusal:
            form.add_error("password", refusal.details["reasons"])
            return self.form_invalid(form)

    def form_invalid(self, form: AcceptForm) -> HttpResponse:
        """The form again, with its errors."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _accepted(self, *, full_name: str, password: str | None) -> HttpResponse:
        assert self.invitation is not None, "post() has looked"
        accepted = services.accept_invitation(
            self.invitation, full_name=full_name, password=password, at=self.at
        )
        self.request.session.pop(SESSION_KEY, None)
        if not accepted.has_new_account:
            return redirect("home")
        login(self.request, accepted.user, backend=BACKEND)
        return redirect("home")
