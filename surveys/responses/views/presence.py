"""Who is at a response: the heartbeat of its pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.generic import View

from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.questionnaires.queries import form_of
from surveys.responses.presence import queries, services
from surveys.responses.presence.places import place_in, tab_in
from surveys.responses.views.base import AssignmentMixin


class ResponseHere(AssignmentMixin, View):
    """A page tells where its person is, and is told of the others; ``gone`` says that it is left."""

    permission_required = Permission.RESPONSE_EDIT

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        response = self.require_response_id()
        said = request.POST
        try:
            tab = tab_in(said.get("tab"))
            if "gone" in said:
                services.note_leaving(response, tab=tab, actor=self.user)
                return HttpResponse(status=204)
            form = form_of(self.assignment.version)
            place = place_in(form, said.get("section", ""), said.get("path", ""))
        except DomainError as refusal:
            return JsonResponse({"code": refusal.code}, status=refusal.status)
        services.note_visit(response, tab=tab, place=place, actor=self.user, at=self.at)
        others = queries.told_of_others(response, self.user, at=self.at)
        return JsonResponse({"people": others})
