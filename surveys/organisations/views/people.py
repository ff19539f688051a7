"""The people of an agency: who they are, who is invited, and what each does."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView, PermissionMixin
from surveys.organisations import queries, services
from surveys.organisations.forms import AddressForm, InviteForm, PartForm
from surveys.organisations.models import AccountInvitation, Agency, Membership
from surveys.organisations.requests import person_of
from surveys.organisations.rules import ADDRESS
from surveys.organisations.services import Part


class AgencyPeopleMixin(PermissionMixin):
    """The agency of the address; its people are managed by its coordinators and administrators."""

    permission_required = Permission.MEMBERSHIP_MANAGE

    @cached_property
    def agency(self) -> Agency:
        """The agency of the address, also a dissolved one: its members can still be ended."""
        return get_object_or_404(Agency.ever.visible_to(self.request.user), key=self.kwargs["key"])

    def get_permission_object(self) -> Agency:
        """The agency."""
        return self.agency

    def crumbs(self, *more: tuple[str, str]) -> list[tuple[str, str]]:
        """The way to a page below the agency's."""
        agency = (self.agency.localised_name, reverse("agency_detail", args=[self.agency.key]))
        return [(_("Agencies"), reverse("agency_list")), agency, *more]


class AgencyAddressView(AgencyPeopleMixin, FormView[AddressForm]):
    """Where mails for the agency go while it has no coordinator; not of a dissolved one."""

    template_name = "organisations/agency_address.html"
    form_class = AddressForm

    @cached_property
    def agency(self) -> Agency:
        """The agency of the address, if it still exists."""
        return get_object_or_404(
            Agency.objects.visible_to(self.request.user), key=self.kwargs["key"]
        )

    def get_initial(self) -> dict[str, Any]:
        """What is recorded now."""
        return {"address": self.agency.attributes.get(ADDRESS, "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The way to the page."""
        crumbs = self.crumbs((_("Contact address"), ""))
        return super().get_context_data(agency=self.agency, crumbs=crumbs, **kwargs)

    def form_valid(self, form: AddressForm) -> HttpResponse:
        """Record it."""
        services.set_addresses(
            {self.agency.key: form.cleaned_data["address"]},
            actor=person_of(self.request),
            at=self.at,
        )
        messages.success(self.request, _("The change is saved."))
        return redirect("agency_detail", self.agency.key)

    def form_invalid(self, form: AddressForm) -> HttpResponse:
        """The form again, with its errors."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class PersonInviteView(AgencyPeopleMixin, FormView[InviteForm]):
    """Invite a person to a part in the agency."""

    template_name = "organisations/person_invite.html"
    form_class = InviteForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The way to the page."""
        crumbs = self.crumbs((_("Invite a person"), ""))
        return super().get_context_data(agency=self.agency, crumbs=crumbs, **kwargs)

    def form_valid(self, form: InviteForm) -> HttpResponse:
        """Invite; say what came of it."""
        wanted = form.cleaned_data
        part = Part(self.agency, wanted["role"], wanted["title"], wanted["signs_as"])
        try:
            invited = services.invite_person(
                part,
                email=wanted["email"],
                full_name=wanted["full_name"],
                actor=person_of(self.request),
                at=self.at,
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        if invited.invitation is None:
            messages.success(self.request, _("The person has an account and is a member now."))
        else:
            messages.success(self.request, _("The invitation is on its way."))
        return redirect("agency_detail", self.agency.key)

    def form_invalid(self, form: InviteForm) -> HttpResponse:
        """The form again, with its errors."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class MembershipEditView(AgencyPeopleMixin, FormView[PartForm]):
    """Another role, position or form of signing for a member."""

    template_name = "organisations/membership_edit.html"
    form_class = PartForm

    @cached_property
    def membership(self) -> Membership:
        """The membership of the address, in the agency of the address."""
        return get_object_or_404(queries.members_of(self.agency), pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        """What holds now."""
        return dict(PartForm.values_of(self.membership))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The member and the way to the page."""
        crumbs = self.crumbs((str(self.membership.user), ""))
        return super().get_context_data(membership=self.membership, crumbs=crumbs, **kwargs)

    def form_valid(self, form: PartForm) -> HttpResponse:
        """Change it, or say why not."""
        try:
            services.change_membership(
                self.membership, **form.cleaned_data, actor=person_of(self.request), at=self.at
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The change is saved."))
        return redirect("agency_detail", self.agency.key)

    def form_invalid(self, form: PartForm) -> HttpResponse:
        """The form again, with its errors."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class MembershipEndView(AgencyPeopleMixin, ObjectActionView):
    """End a membership; what the person did stays."""

    success_message = gettext_lazy("The membership has ended.")

    def perform(self, target: Agency) -> None:
        """End it."""
        membership = get_object_or_404(queries.members_of(target), pk=self.kwargs["pk"])
        services.revoke_membership(membership, actor=person_of(self.request), at=self.at)

    def get_success_url(self, target: Agency) -> str:
        """The agency's page."""
        return reverse("agency_detail", args=[target.key])


class InvitationRevokeView(AgencyPeopleMixin, ObjectActionView):
    """Withdraw an invitation that waits."""

    success_message = gettext_lazy("The invitation is withdrawn.")

    def perform(self, target: Agency) -> None:
        """Withdraw it."""
        invitation = get_object_or_404(AccountInvitation, agency=target, pk=self.kwargs["pk"])
        services.revoke_invitation(invitation, actor=person_of(self.request), at=self.at)

    def get_success_url(self, target: Agency) -> str:
        """The agency's page."""
        return reverse("agency_detail", args=[target.key])
