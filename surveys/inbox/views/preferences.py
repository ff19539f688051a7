"""The page on which a person says how to be told."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.inbox import queries, services
from surveys.inbox.forms import PreferencesForm
from surveys.organisations.models import User


class PreferencesView(PermissionMixin, FormView[PreferencesForm]):
    """Which notices come how, when the digest comes, and in which language mails are."""

    permission_required = Permission.SIGNED_IN
    template_name = "inbox/preferences.html"
    form_class = PreferencesForm

    def get_initial(self) -> dict[str, Any]:
        """What holds now."""
        return {
            "ways": queries.own_ways(self._person),
            "hour": queries.digest_hour(self._person),
            "language": self._person.language,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and the way to it."""
        crumbs = [(_("Notices"), reverse("inbox")), (_("How I am told"), "")]
        return super().get_context_data(crumbs=crumbs, **kwargs)

    def form_valid(self, form: PreferencesForm) -> HttpResponse:
        """Keep the choices."""
        services.set_preferences(
            self._person,
            form.ways(),
            hour=form.cleaned_data["hour"],
            language=form.cleaned_data["language"],
            actor=self._person,
            at=self.at,
        )
        messages.success(self.request, _("Your choice is kept."))
        return redirect("inbox_preferences")

    def form_invalid(self, form: PreferencesForm) -> HttpResponse:
        """What was chosen stays on the page."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    @property
    def _person(self) -> User:
        assert isinstance(self.request.user, User), "the view asks for somebody signed in"
        return self.request.user
