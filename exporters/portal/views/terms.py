"""The terms of use: read by everybody, accepted by whoever wants tables or files."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from exporters.portal import queries, services
from exporters.portal.pages import catalogue_crumb
from exporters.portal.terms import current
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.organisations.requests import person_of


class TermsView(PermissionMixin, TemplateView):
    """The text as it is now; whoever is signed in may accept it and goes on where they were."""

    permission_required = Permission.PUBLIC
    template_name = "portal/terms.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The text, and whether it was accepted."""
        return super().get_context_data(
            terms=current(),
            accepted=queries.has_accepted(self.request.user),
            next=page_of_ours(self.request, self.request.GET.get("next", "")),
            crumbs=[catalogue_crumb(), (_("Terms of use"), "")],
            **kwargs,
        )


class TermsAcceptView(PermissionMixin):
    """Accepts the text that was read."""

    permission_required = Permission.SIGNED_IN

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Accept, then go on; a refusal shows the newer text."""
        goes_on = page_of_ours(request, request.POST.get("next", ""))
        try:
            version = request.POST.get("version", "")
            services.accept_terms(version=version, actor=person_of(request), at=self.at)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect(terms_address(goes_on))
        messages.success(request, _("You have accepted the terms of use."))
        return redirect(goes_on or reverse("data_catalogue"))


def page_of_ours(request: HttpRequest, given: str) -> str:
    """The address, if it leads to a page of ours; "" otherwise."""
    hosts = {request.get_host()}
    return given if url_has_allowed_host_and_scheme(given, allowed_hosts=hosts) else ""


def terms_address(goes_on: str) -> str:
    """Where the terms are accepted on the way to another page."""
    address = reverse("data_terms")
    return f"{address}?{urlencode({'next': goes_on})}" if goes_on else address
