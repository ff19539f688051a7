"""Who stands in for whom in an agency."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from surveys.common.errors import DomainError
from surveys.common.views import ObjectActionView
from surveys.organisations import queries, services
from surveys.organisations.forms.substitutes import SubstituteForm
from surveys.organisations.models import Agency, Substitution
from surveys.organisations.requests import person_of
from surveys.organisations.views.people import AgencyPeopleMixin


class SubstitutesView(AgencyPeopleMixin, FormView[SubstituteForm]):
    """The substitutions of an agency, and a new one."""

    template_name = "organisations/substitutes.html"
    form_class = SubstituteForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """The agency, whose people can be chosen."""
        return super().get_form_kwargs() | {"agency": self.agency}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What holds and what comes, what is over, and the way to the page."""
        today = timezone.localtime(self.at).date()
        every = queries.substitutions_of(self.agency)
        return super().get_context_data(
            agency=self.agency,
            today=today,
            current=[s for s in every if s.ended_at is None and s.to_on >= today],
            past=[s for s in every if s.ended_at is not None or s.to_on < today],
            crumbs=self.crumbs((_("Substitutes"), "")),
            **kwargs,
        )

    def form_valid(self, form: SubstituteForm) -> HttpResponse:
        """Record it, or say why not."""
        try:
            services.substitute(
                form.cleaned_data["absent"],
                form.stand_in(),
                actor=person_of(self.request),
                at=self.at,
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The substitute is recorded."))
        return redirect("substitutes", self.agency.key)

    def form_invalid(self, form: SubstituteForm) -> HttpResponse:
        """The form again, with its errors."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class SubstitutionEndView(AgencyPeopleMixin, ObjectActionView):
    """End a substitution before its last day."""

    success_message = gettext_lazy("The substitution has ended.")

    def perform(self, target: Agency) -> None:
        """End it."""
        found = get_object_or_404(Substitution, agency=target, pk=self.kwargs["pk"])
        services.end_substitution(found, actor=person_of(self.request), at=self.at)

    def get_success_url(self, target: Agency) -> str:
        """The substitutes' page."""
        return reverse("substitutes", args=[target.key])
