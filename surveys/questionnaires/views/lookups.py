"""Lookup tables of a version: attached to a draft, downloaded, removed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View

from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.engine import errors
from surveys.organisations.requests import person_of
from surveys.questionnaires import queries, services
from surveys.questionnaires.forms import TableForm
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.problem_words import worded
from surveys.questionnaires.views.base import VersionMixin, version_address
from surveys.questionnaires.views.versions import VersionRetireView
from surveys.xlsform import MAX_FILE_BYTES

BYTE_ORDER_MARK = "\ufeff"


class LookupAttachView(VersionMixin, FormView[TableForm]):
    """A CSV or workbook becomes a table of the draft, or a list of problems and nothing else."""

    permission_required = Permission.QUESTIONNAIRE_EDIT
    template_name = "questionnaires/lookup_attach.html"
    form_class = TableForm

    def get_initial(self) -> dict[str, Any]:
        """The name, where a table is to be replaced."""
        return {"name": self.request.GET.get("name", "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The way to the page."""
        crumbs = [
            (_("Questionnaires"), reverse("questionnaire_list")),
            (self.version.localised_title, version_address(self.version)),
            (_("Attach a lookup table"), ""),
        ]
        return super().get_context_data(version=self.version, crumbs=crumbs, **kwargs)

    def form_valid(self, form: TableForm) -> HttpResponse:
        """Attach, or show every problem with its cell."""
        upload = form.cleaned_data["file"]
        try:
            services.attach_table(
                self.version,
                name=form.cleaned_data["name"],
                data=upload.read(MAX_FILE_BYTES + 1),
                filename=upload.name,
                actor=person_of(self.request),
                at=self.at,
            )
        except services.TableRefused as refusal:
            context = self.get_context_data(
                form=form,
                filename=upload.name,
                problems=[worded(problem) for problem in refusal.problems],
                number_of_errors=len(errors(refusal.problems)),
            )
            return self.render_to_response(context, status=422)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The lookup table is attached."))
        return redirect(version_address(self.version))

    def form_invalid(self, form: TableForm) -> HttpResponse:
        """The form again, with its errors."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class LookupDownloadView(VersionMixin, View):
    """One table as CSV in UTF-8, marked so that spreadsheet programs know."""

    permission_required = Permission.QUESTIONNAIRE_VIEW

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """The file that can be attached again as it is."""
        table = queries.tables_of(self.version).get(self.kwargs["table"])
        if table is None:
            raise Http404
        return HttpResponse(
            f"{BYTE_ORDER_MARK}{table.text}",
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{table.name}.csv"'},
        )


class LookupRemoveView(VersionRetireView):
    """Take a table out of a draft; refused while something reads it."""

    permission_required = Permission.QUESTIONNAIRE_EDIT
    success_message = gettext_lazy("The lookup table is removed.")

    def perform(self, target: QuestionnaireVersion) -> None:
        """Remove it."""
        services.remove_table(
            target, name=self.kwargs["table"], actor=person_of(self.request), at=self.at
        )
