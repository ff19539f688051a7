"""The way in by a personal link: a secret address leads to a clean one, where a button lets one in.

The secret address changes nothing, because scanners open the links of a mail before people do.
"""

from typing import Any, Final

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from surveys.campaigns import pages, services
from surveys.campaigns.deadlines import days_left
from surveys.campaigns.models import AccessLink
from surveys.common.limits import FailureLimit
from surveys.common.permissions import Permission
from surveys.common.restricted import SESSION_KEY
from surveys.common.views import PermissionMixin
from surveys.organisations.models import User

CAME_BY: Final = "access_link"
BACKEND: Final = "allauth.account.auth_backends.AuthenticationBackend"
LIMIT: Final = FailureLimit("access_link", most=30, seconds=60)


class AccessLinkView(PermissionMixin, View):
    """The address in the mail: puts the link's id into the session and goes to a clean address.

    The answer is the same for every secret, right or wrong.
    """

    permission_required = Permission.PUBLIC

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """303, without a referrer: the address is the secret."""
        link = None if LIMIT.is_reached(request) else services.link_of(token)
        request.session.pop(CAME_BY, None)
        if link is None:
            LIMIT.note(request)
        else:
            request.session[CAME_BY] = link.pk
        request.session.cycle_key()
        return self._onwards()

    def head(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """The same answer; nothing is looked up, not even a session begins."""
        return self._onwards()

    def _onwards(self) -> HttpResponse:
        answer = HttpResponseRedirect(reverse("access"), status=303)
        answer["Referrer-Policy"] = "no-referrer"
        answer["Cache-Control"] = "no-store"
        return answer


class AccessView(PermissionMixin, TemplateView):
    """Which agency and round the link is for, and one button that lets its person in.

    Under ``no-referrer`` browsers send ``Origin: null`` with the form, which cannot be told from a
    foreign site's. This address holds no secret, so ``same-origin`` is enough here.
    """

    permission_required = Permission.PUBLIC
    template_name = "campaigns/access.html"

    @cached_property
    def link(self) -> AccessLink | None:
        """The link of the session, if it still lets its person in."""
        links = AccessLink.objects.select_related(
            "assignment__round__campaign", "assignment__agency"
        )
        link = links.filter(pk=self.request.session.get(CAME_BY, 0)).first()
        if link is None:
            return None
        try:
            self.person = services.person_of_link(link, at=self.at)
        except services.LinkEnded:
            return None
        return link

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The assignment and the person, or nothing."""
        if self.link is None:
            return super().get_context_data(link=None, **kwargs)
        assignment = self.link.assignment
        return super().get_context_data(
            link=self.link,
            person=self.person,
            assignment=assignment,
            campaign=pages.title_of(assignment.round.campaign),
            days_left=days_left(assignment.due_at, self.at),
            **kwargs,
        )

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """410 where there is no link that works."""
        kwargs.setdefault("status", 200 if self.link else services.LinkEnded.status)
        answer = super().render_to_response(context, **kwargs)
        answer["Referrer-Policy"] = "same-origin"
        answer["Cache-Control"] = "no-store"
        return answer

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Let the person in, to this assignment only; who is signed in fully already stays so."""
        if self.link is None:
            return self.render_to_response(self.get_context_data())
        link = self.link
        answer = redirect("assignment_detail", pk=link.assignment_id)
        answer["Cache-Control"] = "no-store"
        if self._is_fully_signed_in(self.person):
            request.session.pop(CAME_BY, None)
            return answer
        person = services.use_link(link, at=self.at)
        # Whatever this browser's session was before, of this person or of another, ends here.
        request.session.flush()
        login(request, person, backend=BACKEND)
        request.session[SESSION_KEY] = {"link": link.pk, "assignment": link.assignment_id}
        return answer

    def _is_fully_signed_in(self, person: User) -> bool:
        return self.request.user == person and SESSION_KEY not in self.request.session
