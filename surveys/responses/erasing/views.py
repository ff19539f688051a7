"""The pages on which administrators find somebody in the answers, and erase their data."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from surveys.campaigns.models import Assignment
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.engine import text_in
from surveys.organisations.requests import person_of
from surveys.responses.erasing.forms import ErasureForm, PersonForm
from surveys.responses.erasing.queries import (
    MOST_HITS,
    Place,
    Where,
    erasable_assignments,
    find_person,
    places_of,
)
from surveys.responses.erasing.services import erase_person
from surveys.responses.models import Response

AFTERWARDS: Final[dict[Where, str | Promise]] = {
    Where.DRAFT: gettext_lazy("In the answers: blank. The row and its other answers stay."),
    Where.SIGNED: gettext_lazy(
        "In what was signed: a hash that says nothing of its content. The signature stays valid."
    ),
    Where.HISTORY: gettext_lazy("In the history: that it was changed, by whom and when."),
}


class PersonalDataView(PermissionMixin, TemplateView):
    """Where somebody is found in the answers."""

    permission_required = Permission.PERSONAL_DATA_ERASE
    template_name = "erasing/find.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        form = PersonForm(asked if "q" in asked else None)
        context = {"form": form, "crumbs": [(_("Account"), ""), (_("Erase personal data"), "")]}
        if form.is_valid():
            hits = find_person(person_of(self.request), form.cleaned_data["q"])
            context |= {
                "hits": hits,
                "wanted": form.cleaned_data["q"],
                "is_cut": len(hits) == MOST_HITS,
            }
        return super().get_context_data(**context, **kwargs)


class PersonalDataErase(PermissionMixin, TemplateView):
    """What is kept of people in one response: chosen, looked over, and erased with a reason."""

    permission_required = Permission.PERSONAL_DATA_ERASE
    template_name = "erasing/erase.html"

    @cached_property
    def assignment(self) -> Assignment:
        """The assignment, if the person administers its owner, else 404."""
        found = erasable_assignments(person_of(self.request)).select_related(
            "agency", "round__campaign"
        )
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_permission_object(self) -> Assignment:
        return self.assignment

    @cached_property
    def response(self) -> Response:
        """The answers."""
        return Response.objects.select_related("version").get(assignment=self.assignment)

    @cached_property
    def places(self) -> list[Place]:
        """Everything personal that is kept of them, what was looked for first."""
        return places_of(self.response, language=self.request.LANGUAGE_CODE, named=self.wanted)

    @property
    def wanted(self) -> str:
        """Whom the person had looked for."""
        return self.request.GET.get("q", "")[:100]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = kwargs.pop("chosen", None)
        if chosen is None:
            chosen = {place.path for place in self.places if place.is_named}
        find = f"{reverse('personal_data')}?{self._query()}" if self.wanted else ""
        context = {
            "assignment": self.assignment,
            "round": self.assignment.round,
            "campaign": self.assignment.round.campaign,
            "form": ErasureForm(),
            "rows": [(place, place.path in chosen, _afterwards(place)) for place in self.places],
            "number": len(chosen),
            "crumbs": [
                (_("Account"), ""),
                (_("Erase personal data"), find or reverse("personal_data")),
                (text_in(self.assignment.names, self.request.LANGUAGE_CODE), ""),
            ],
        }
        return super().get_context_data(**{**context, **kwargs})

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """First what would go is shown alone and asked about; the second time it goes."""
        form = ErasureForm(request.POST)
        chosen = {place.path for place in self.places} & set(request.POST.getlist("path"))
        shown: dict[str, Any] = {"form": form, "chosen": chosen}
        if not chosen:
            form.add_error(None, _("Choose what is to be erased."))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(**shown), status=422)
        if "confirmed" not in request.POST:
            return self.render_to_response(self.get_context_data(**shown, asks=True))
        try:
            erased = erase_person(
                self.response,
                paths=chosen,
                actor=person_of(request),
                at=self.at,
                **form.cleaned_data,
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(**shown), status=422)
        messages.success(request, _erased(erased, len(chosen)))
        return redirect(f"{request.path}?{self._query()}")

    def _query(self) -> str:
        return urlencode({"q": self.wanted}) if self.wanted else ""


def _afterwards(place: Place) -> list[str]:
    """What stands at each place instead, in words."""
    return [str(AFTERWARDS[where]) for where in Where if where in place.kept]


def _erased(counts: dict[str, int], places: int) -> str:
    text = ngettext(
        "Erased: %(places)d place; signed copies of answers: %(signed)d, files: %(files)d, "
        "comments: %(comments)d.",
        "Erased: %(places)d places; signed copies of answers: %(signed)d, files: %(files)d, "
        "comments: %(comments)d.",
        places,
    )
    return text % {"places": places, **counts}
