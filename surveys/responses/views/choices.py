"""Searching the choices of a question with a long list."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import View

from surveys.common.permissions import Permission
from surveys.rendering import find_choices
from surveys.responses.views.base import AssignmentMixin

MOST_TEXT = 200


class ChoiceSearch(AssignmentMixin, View):
    """The choices on offer at a path that hold the words of ``q``, a few of them."""

    permission_required = Permission.RESPONSE_VIEW

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        self.require_response_id()
        text = request.GET.get("q", "")[:MOST_TEXT]
        try:
            found = find_choices(self.tasks.state, request.GET.get("path", ""), text, self.language)
        except KeyError as unknown:
            raise Http404 from unknown
        return render(request, "responses/choices.html", {"found": found})
