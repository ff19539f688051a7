"""Rename, move, merge and split: first what is wanted, then what it touches, then it is done."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.organisations import queries
from surveys.organisations.enums import Decision
from surveys.organisations.forms import (
    DocumentForm,
    MergeForm,
    MoveForm,
    RenameForm,
    SplitForm,
)
from surveys.organisations.models import Agency
from surveys.organisations.requests import person_of
from surveys.organisations.rounds import OpenTask, rounds
from surveys.organisations.services import changes
from surveys.organisations.services.changes import Document

STAYS: Final = "stays"
MOST_DIGITS: Final = 4


class AgencyChangeView(PermissionMixin, FormView[DocumentForm]):
    """One kind of change. Without ``confirmed`` nothing happens but a look at what it touches."""

    permission_required = Permission.AGENCY_CHANGE
    template_name = "organisations/agency_change.html"
    review_template: ClassVar[str] = "organisations/agency_change_review.html"
    title: ClassVar[str | Promise]
    decisions: ClassVar[tuple[Decision, ...]] = (Decision.KEEP,)

    @cached_property
    def agency(self) -> Agency:
        """The existing agency of the address."""
        return get_object_or_404(
            Agency.objects.visible_to(self.request.user), key=self.kwargs["key"]
        )

    def get_permission_object(self) -> Agency:
        """The agency."""
        return self.agency

    def get_form_kwargs(self) -> dict[str, Any]:
        """The agency, and who must administer the others that are named."""
        return {
            **super().get_form_kwargs(),
            "agency": self.agency,
            "user": person_of(self.request),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The way to the page, and agencies that are likely to be named."""
        crumbs = [
            (_("Agencies"), reverse("agency_list")),
            (self.agency.localised_name, reverse("agency_detail", args=[self.agency.key])),
            (str(self.title), ""),
        ]
        return super().get_context_data(
            agency=self.agency,
            title=self.title,
            nearby=queries.agencies_nearby(self.agency),
            crumbs=crumbs,
            **kwargs,
        )

    def form_valid(self, form: DocumentForm) -> HttpResponse:
        """Show what it touches; do it once that is confirmed."""
        tasks = rounds().open_tasks(
            [agency.pk for agency in form.touched()], user=person_of(self.request)
        )
        if "confirmed" not in self.request.POST:
            return self._reviewed(form, tasks)
        try:
            agency = self.perform(form, form.document(self._decided(tasks)))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The change is entered."))
        return redirect("agency_detail", agency.key)

    def form_invalid(self, form: DocumentForm) -> HttpResponse:
        """The form again, with its errors."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def perform(self, form: Any, document: Document) -> Agency:
        """Call the service; the agency to go on to."""
        raise NotImplementedError

    def review(self, form: Any) -> Mapping[str, Any]:
        """What else the second page shows."""
        return {}

    def _reviewed(self, form: DocumentForm, tasks: list[OpenTask]) -> HttpResponse:
        self.template_name = self.review_template
        context = self.get_context_data(
            form=form, tasks=tasks, decisions=self.decisions, **self.review(form)
        )
        return self.render_to_response(context)

    def _decided(self, tasks: list[OpenTask]) -> dict[int, Decision]:
        """What was chosen for the tasks that are the person's to decide."""
        allowed = {decision.value: decision for decision in self.decisions}
        chosen = {task.pk: self.request.POST.get(f"task-{task.pk}", "") for task in tasks}
        return {
            task.pk: allowed[chosen[task.pk]]
            for task in tasks
            if task.may_decide and chosen[task.pk] in allowed
        }


class AgencyRenameView(AgencyChangeView):
    """Another name; rounds that ask the agency already print the former one."""

    title = gettext_lazy("Rename")
    form_class = RenameForm

    def get_initial(self) -> dict[str, Any]:
        """The present name."""
        return {
            "name": self.agency.name,
            "name_en": self.agency.name_en,
            "short_name": self.agency.short_name,
        }

    def perform(self, form: Any, document: Document) -> Agency:
        """Rename."""
        actor = person_of(self.request)
        changes.rename_agency(self.agency, form.new_name(), document, actor=actor, at=self.at)
        return self.agency


class AgencyMoveView(AgencyChangeView):
    """Another place in the tree, with all that is below."""

    title = gettext_lazy("Move")
    form_class = MoveForm
    decisions = (Decision.KEEP, Decision.DROP)

    def perform(self, form: Any, document: Document) -> Agency:
        """Move."""
        parent = form.cleaned_data["parent"]
        actor = person_of(self.request)
        changes.move_agency(self.agency, parent, document, actor=actor, at=self.at)
        return self.agency


class AgencyMergeView(AgencyChangeView):
    """The agency ends, perhaps with others, and one takes their place."""

    title = gettext_lazy("Merge")
    form_class = MergeForm
    decisions = (Decision.INSTEAD, Decision.KEEP, Decision.ALSO, Decision.DROP)

    def perform(self, form: Any, document: Document) -> Agency:
        """Merge."""
        return changes.merge_agencies(
            form.touched(),
            form.into(),
            document,
            with_members=form.cleaned_data["with_members"],
            actor=person_of(self.request),
            at=self.at,
        )


class AgencySplitView(AgencyChangeView):
    """New agencies come out of one; each of its children goes to one of them."""

    title = gettext_lazy("Split")
    form_class = SplitForm
    decisions = (Decision.INSTEAD, Decision.KEEP, Decision.ALSO, Decision.DROP)

    def review(self, form: Any) -> Mapping[str, Any]:
        """The children, and where each can go."""
        places = [(str(n), name) for n, (name, _code) in enumerate(form.cleaned_data["units"])]
        if form.cleaned_data["goes_on"]:
            places.insert(0, (STAYS, self.agency.localised_name))
        return {"children": Agency.objects.filter(parent=self.agency), "places": places}

    def perform(self, form: Any, document: Document) -> Agency:
        """Split."""
        changes.split_agency(
            self.agency,
            form.new_units(self._children()),
            document,
            goes_on=form.cleaned_data["goes_on"],
            actor=person_of(self.request),
            at=self.at,
        )
        return self.agency

    def _children(self) -> dict[int, list[int]]:
        """The children that were given to each new agency, by its position."""
        given: dict[int, list[int]] = defaultdict(list)
        for child in Agency.objects.filter(parent=self.agency).values_list("pk", flat=True):
            place = self.request.POST.get(f"child-{child}", "")
            if place.isascii() and place.isdigit() and len(place) <= MOST_DIGITS:
                given[int(place)].append(child)
        return given
