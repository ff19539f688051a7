"""Pages for people: how to connect ODK Collect, and what devices sent that the draft has not taken."""

import json
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.engine import Cell
from surveys.openrosa.forms import form_id_of
from surveys.rendering import FindingWriter
from surveys.responses.devices.lines import Left, LeftLine
from surveys.responses.devices.models import DeviceSubmission
from surveys.responses.devices.settling import settle
from surveys.responses.services.cells import cell_from, cell_json
from surveys.responses.services.saving import PathUnknown, question_at
from surveys.responses.views.base import AssignmentMixin
from surveys.responses.views.conflicts import shown_cell

REASONS: Final = {
    Left.CONFLICT: gettext_lazy("Something else stands there."),
    Left.UNKNOWN: gettext_lazy("The questionnaire has no such question."),
    Left.OTHER_VERSION: gettext_lazy("The device had another version of the questionnaire."),
}
SHOWN: Final = 20


class ConnectView(PermissionMixin, TemplateView):
    """How ODK Collect is connected."""

    permission_required = Permission.SIGNED_IN
    template_name = "openrosa/connect.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Where the server is reached."""
        listing = self.request.build_absolute_uri(reverse("openrosa_form_list"))
        context = {
            "root": listing.removesuffix("/formList"),
            "crumbs": [
                (_("API access tokens"), reverse("token_list")),
                (_("Connect ODK Collect"), ""),
            ],
        }
        return super().get_context_data(**context, **kwargs)


class DeviceListView(AssignmentMixin, TemplateView):
    """What devices have sent for an assignment."""

    permission_required = Permission.RESPONSE_VIEW
    template_name = "openrosa/devices.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All that wait for a person, then the newest of the others; the form's id."""
        sent = DeviceSubmission.objects.visible_to(self.user).filter(
            response__assignment=self.assignment
        )
        related = sent.select_related("received_from", "settled_by")
        waiting = list(related.open())
        newest = related.exclude(pk__in=[each.pk for each in waiting])[:SHOWN]
        return super().get_context_data(
            **self.page_context(),
            form_id=form_id_of(self.assignment),
            submissions=[*waiting, *newest],
            **kwargs,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """A line to read; ``seen`` is what stands there now, to be sent back with the choice."""

    number: int
    place: str
    stored: str
    sent: str
    reason: str
    seen: str
    may_take: bool


class DeviceSubmissionView(AssignmentMixin, TemplateView):
    """Each answer that was not stored beside what stands there; a person chooses."""

    permission_required = Permission.RESPONSE_EDIT
    template_name = "openrosa/submission.html"

    @cached_property
    def submission(self) -> DeviceSubmission:
        """The submission of the address."""
        sent = DeviceSubmission.objects.visible_to(self.user).select_related("received_from")
        return get_object_or_404(
            sent, response__assignment=self.assignment, pk=self.kwargs["upload"]
        )

    @cached_property
    def lines(self) -> list[LeftLine]:
        """What was not stored."""
        return [LeftLine.from_json(line) for line in self.submission.lines]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The lines in words."""
        shown = [self.shown(number, line) for number, line in enumerate(self.lines)]
        return super().get_context_data(
            **self.page_context(),
            submission=self.submission,
            shown=shown,
            may_settle=self.submission.settled_at is None and not self.is_locked,
            **kwargs,
        )

    def shown(self, number: int, line: LeftLine) -> ShownLine:
        """A line in words; what leads nowhere is named as the device called it."""
        drawing = self.drawing(self.tasks.state)
        place, stored, sent, seen = line.path, "", line.text, Cell()
        may_take = line.typed is not None
        try:
            question_at(drawing.state, line.path)
        except PathUnknown:
            may_take = False
        else:
            place = FindingWriter(drawing).place(line.path)
            seen = drawing.state.cell(line.path)
            stored = "" if seen.is_empty else shown_cell(drawing, line.path, seen)
            if isinstance(line.typed, list) or (line.typed and not line.is_file):
                read = drawing.state.read_input(line.path, line.typed)
                sent = shown_cell(drawing, line.path, read)
        return ShownLine(
            number=number,
            place=place,
            stored=stored,
            sent=sent,
            reason=line.message or str(REASONS.get(line.left, "")),
            seen=json.dumps(cell_json(seen)),
            may_take=may_take,
        )

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Take over what was chosen."""
        here = redirect("device_submission", self.assignment.pk, self.submission.pk)
        try:
            taken = {int(n): _seen(request, n) for n in request.POST.getlist("take")}
            outcome = settle(self.submission, taken, actor=self.user, at=self.at)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return here
        except (ValueError, KeyError, TypeError):
            messages.error(request, _("The page sent something unreadable. Load it again."))
            return here
        if outcome and (outcome.conflicts or outcome.refused):
            left = len(outcome.conflicts) + len(outcome.refused)
            text = ngettext(
                "%(number)s answer could not be taken over. Look again.",
                "%(number)s answers could not be taken over. Look again.",
                left,
            )
            messages.warning(request, text % {"number": left})
            return here
        messages.success(request, _("The submission is settled."))
        return redirect("device_list", self.assignment.pk)


def _seen(request: HttpRequest, number: str) -> Cell:
    """The cell as the page had shown it. Raises ValueError, KeyError or TypeError."""
    return cell_from(json.loads(request.POST[f"seen-{number}"]))
