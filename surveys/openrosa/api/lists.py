"""What a device fetches: the list of forms, a form, its manifest, the files beside it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.request import Request

from surveys.campaigns.deadlines import last_day
from surveys.machines.enums import Scope
from surveys.openrosa.api.base import OpenRosaView
from surveys.openrosa.documents import (
    CONTENT_TYPE,
    ListedForm,
    MediaFile,
    form_list,
    manifest,
)
from surveys.openrosa.forms import (
    DeviceForm,
    FormUnknown,
    assignment_of,
    digest,
    form_of_assignment,
    open_assignments,
)

DESCRIPTION = gettext_lazy("%(campaign)s. Last day: %(day)s.")


class FormListView(OpenRosaView):
    """The questionnaires that the token's person may fill in now, one form an assignment."""

    scope = Scope.RESPONSE_READ

    def get(self, request: Request, **_kwargs: Any) -> HttpResponse:
        """The list; ``formID`` narrows it to one, ``verbose=true`` adds what each is."""
        wanted = request.query_params.get("formID", "")
        is_verbose = request.query_params.get("verbose", "").lower() == "true"
        listed = []
        for assignment in open_assignments(self.person, at=self.at):
            try:
                form = form_of_assignment(assignment)
            except FormUnknown:
                continue  # what Collect cannot show is answered on the page
            if wanted in ("", form.form_id):
                listed.append(self.listed(form, is_verbose=is_verbose))
        return HttpResponse(form_list(listed), content_type=CONTENT_TYPE)

    def listed(self, form: DeviceForm, *, is_verbose: bool) -> ListedForm:
        """A form as it stands in the list."""
        words = {
            "campaign": form.assignment.round.campaign.title,
            "day": f"{last_day(form.assignment.due_at):%d/%m/%Y}",
        }
        place = {"form_id": form.form_id}
        return ListedForm(
            form_id=form.form_id,
            name=form.title,
            version=form.version,
            hash=form.hash,
            download_url=self.address("openrosa_form", **place),
            description=str(DESCRIPTION) % words if is_verbose else "",
            manifest_url=self.address("openrosa_manifest", **place) if form.media else "",
        )


class OfFormView(OpenRosaView):
    """An address about one form; a stranger's does not exist."""

    scope = Scope.RESPONSE_READ

    @property
    def form(self) -> DeviceForm:
        """The form of the address. Raises FormUnknown or FormNotReady."""
        return form_of_assignment(assignment_of(self.kwargs["form_id"], self.person))


class FormView(OfFormView):
    """The form itself."""

    def get(self, _request: Request, **_kwargs: Any) -> HttpResponse:
        """The XForm."""
        return HttpResponse(self.form.xml, content_type=CONTENT_TYPE)


class ManifestView(OfFormView):
    """The files that the form wants beside it: the lookup tables that it reads."""

    def get(self, _request: Request, **_kwargs: Any) -> HttpResponse:
        """The manifest; empty where there are none."""
        form = self.form
        files = [
            MediaFile(
                name,
                digest(content),
                self.address("openrosa_media", form_id=form.form_id, filename=name),
            )
            for name, content in sorted(form.media.items())
        ]
        return HttpResponse(manifest(files), content_type=CONTENT_TYPE)


class MediaView(OfFormView):
    """One of these files."""

    def get(self, _request: Request, filename: str, **_kwargs: Any) -> HttpResponse:
        """The file by its name."""
        content = self.form.media.get(filename)
        if content is None:
            raise Http404(_("The form has no such file."))
        return HttpResponse(content, content_type="text/csv; charset=utf-8")
