"""Requests for microdata: asking, one's own and those to decide on, deciding, the file."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView

from exporters.order import Wish
from exporters.orders.services import request_export
from exporters.portal import queries, services
from exporters.portal.enums import RequestStatus
from exporters.portal.files import MICRODATA, formats_of
from exporters.portal.forms import ReasonForm, RequestForm
from exporters.portal.models import DataRequest
from exporters.portal.pages import address_of, below, catalogue_crumb
from exporters.portal.variables import requestable
from exporters.portal.views.base import TakenAlong, UnderTerms
from surveys.campaigns.deadlines import local_day
from surveys.campaigns.forms import form_problems
from surveys.campaigns.views.campaigns import RefusingFormMixin
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.organisations.requests import person_of

PAGE_SIZE: Final = 25


class RequestAddView(UnderTerms, RefusingFormMixin[RequestForm]):
    """Asks for single answers of a data set."""

    permission_required = Permission.DATASET_REQUEST
    template_name = "portal/request_add.html"
    form_class = RequestForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"round_": self.release.round}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form with what is asked for."""
        context = super().get_context_data(**kwargs)
        return context | {
            "release": self.release,
            "address": address_of(self.release),
            "crumbs": below(self.release, _("Request for microdata")),
            "problems": form_problems(context["form"]),
        }

    def form_valid(self, form: RequestForm) -> HttpResponse:
        """Ask, or show the refusal beside the form."""
        try:
            asked = services.ask_for_microdata(
                self.release, form.need(), actor=person_of(self.request), at=self.at
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("Your request is sent. An administrator decides on it."))
        return redirect("data_request", pk=asked.pk)


class RequestListView(PermissionMixin, ListView[DataRequest]):
    """One's own requests, and those that one may decide on."""

    permission_required = Permission.SIGNED_IN
    template_name = "portal/request_list.html"
    context_object_name = "requests"
    paginate_by = PAGE_SIZE

    def get_queryset(self) -> QuerySet[DataRequest]:
        """The newest first."""
        return queries.requests_of(person_of(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Where the page stands."""
        crumbs = [catalogue_crumb(), (_("Requests for microdata"), "")]
        return super().get_context_data(crumbs=crumbs, **kwargs)


class OfRequest(PermissionMixin):
    """A page of one request; who neither asked nor decides finds none."""

    permission_required = Permission.SIGNED_IN

    @cached_property
    def data_request(self) -> DataRequest:
        """The request."""
        return get_object_or_404(queries.requests_of(person_of(self.request)), pk=self.kwargs["pk"])

    @property
    def is_own(self) -> bool:
        """Whether the reader has asked."""
        return self.data_request.asked_by_id == person_of(self.request).pk

    @property
    def may_decide(self) -> bool:
        """Whether the reader decides on it."""
        user = person_of(self.request)
        has = user.has_perm(Permission.DATASET_DECIDE, self.data_request.release)
        return has and not self.is_own

    @property
    def is_open(self) -> bool:
        """Whether the reader gets the data now."""
        user, release = person_of(self.request), self.data_request.release
        return self.is_own and user.has_perm(Permission.DATASET_MICRODATA, release)


class RequestView(OfRequest, TemplateView):
    """What is asked for, and what became of it."""

    template_name = "portal/request.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The request as it stands for the reader."""
        told = self.data_request
        labels = dict(requestable(told.release.round, get_language() or "vi"))
        title = _("Request for microdata")
        requests = (_("Requests for microdata"), reverse("data_request_list"))
        context: dict[str, Any] = {
            "told": told,
            "variables": [(name, labels.get(name, name)) for name in told.variables],
            "is_own": self.is_own,
            "waits": told.status == RequestStatus.ASKED,
            "is_approved": told.status == RequestStatus.APPROVED,
            "may_decide": self.may_decide,
            "is_open": self.is_open and told.status == RequestStatus.APPROVED,
            "formats": formats_of(MICRODATA),
            "form": ReasonForm(),
            "address": address_of(told.release),
            "title": title,
            "crumbs": [catalogue_crumb(), requests, (title, "")],
        }
        return super().get_context_data(**context, **kwargs)


DONE: Final[Mapping[str, Promise]] = {
    "approve": gettext_lazy("The request is approved."),
    "refuse": gettext_lazy("The request is refused."),
    "end": gettext_lazy("The approval has ended; files that came of it are removed."),
}


class RequestDecideView(OfRequest):
    """Approves, refuses or ends; never one's own."""

    permission_required = Permission.DATASET_DECIDE

    def get_permission_object(self) -> Any:
        return self.data_request.release

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Decide, then go on with a message. BadRequest for another act."""
        act = request.POST.get("act", "")
        if act not in DONE:
            raise BadRequest(act)
        try:
            self._decide(act, request.POST.get("reason", ""))
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, str(DONE[act]))
        return redirect("data_request", pk=self.data_request.pk)

    def _decide(self, act: str, reason: str) -> None:
        told, actor = self.data_request, person_of(self.request)
        match act:
            case "approve":
                services.approve_request(told, actor=actor, at=self.at)
            case "refuse":
                services.refuse_request(told, reason=reason, actor=actor, at=self.at)
            case _:
                services.end_request(told, reason=reason, actor=actor, at=self.at)


class RequestWithdrawView(OfRequest):
    """Takes one's own request back."""

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Take it back, then go on with a message."""
        try:
            services.withdraw_request(self.data_request, actor=person_of(request), at=self.at)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The request is withdrawn."))
        return redirect("data_request", pk=self.data_request.pk)


class MicrodataView(TakenAlong):
    """Asks for the file that an approval opens."""

    permission_required = Permission.DATASET_MICRODATA

    @property
    def comes_back(self) -> str:
        """One's requests."""
        return reverse("data_request_list")

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        """The page of exports tells how far the file is. Raises ExportUnknown for another format."""
        person = person_of(request)
        told = queries.request_in_force(self.release, person, local_day(self.at))
        wish = Wish(
            name=MICRODATA,
            format=request.POST.get("format", ""),
            language=request.LANGUAGE_CODE,
            # Another approval is another file.
            options={"request": told.pk if told is not None else 0},
        )
        request_export(subject=self.release, wish=wish, actor=person, at=self.at)
        messages.success(request, _("The file is being made. You may leave this page."))
        return redirect("export_list")
