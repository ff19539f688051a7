"""The address that takes submissions: multipart/form-data, once or in pieces."""

from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.models import Assignment
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.limited import Reason, Unreadable, read_limited
from surveys.machines.enums import Scope
from surveys.openrosa.api.base import OpenRosaView, message
from surveys.openrosa.forms import FormNotReady, assignment_of, version_of, written_form
from surveys.openrosa.reading import read_submission
from surveys.responses.devices.models import DeviceSubmission
from surveys.responses.devices.receiving import Sent, receive
from surveys.responses.models import Response
from surveys.responses.queries import state_of

XML_FILE: Final = "xml_submission_file"
MOST_XML_BYTES: Final = 5 * 1024 * 1024


class SubmissionUnreadable(DomainError):
    """It is no submission of a form."""

    code = "submission_unreadable"
    message = gettext_lazy("The submission cannot be read.")
    status = 400


class SubmissionTooLarge(DomainError):
    """More than any form has."""

    code = "submission_too_large"
    message = gettext_lazy("The submission is too large.")
    status = 413


class MayNotAnswer(DomainError):
    """The token's person may see the assignment, and not fill it in."""

    code = "may_not_answer"
    message = gettext_lazy("You may not fill in this form.")
    status = 403


class SubmissionView(OpenRosaView):
    """Takes the answers of an instance into the assignment's draft. It never sends or signs."""

    scope = Scope.RESPONSE_WRITE
    parser_classes = (MultiPartParser,)  # type: ignore[assignment]  # no JSON here

    def head(self, _request: Request, **_kwargs: Any) -> HttpResponse:
        """Where submissions go, and how much at once."""
        return self.placed(HttpResponse(status=HTTPStatus.NO_CONTENT))

    def post(self, request: Request, **_kwargs: Any) -> HttpResponse:
        """Keep it, store what can be stored, say what became of it."""
        _refuse_size(request)
        files = _files_of(request)
        xml = _xml_of(request)
        read = _read(xml)
        assignment = assignment_of(read["form_id"], self.person)
        if not self.person.has_perm(Permission.RESPONSE_EDIT, assignment):
            raise MayNotAnswer
        sent = Sent(
            xml=xml,
            instance_id=read["instance_id"],
            form_version=read["version"],
            tree=read["tree"],
            nodes=written_form(version_of(assignment)).nodes,
            replaces=read["deprecated_id"],
            files=files,
        )
        submission = self.received(assignment, sent)
        status = HTTPStatus.ACCEPTED if submission.lines else HTTPStatus.CREATED
        return self.placed(message(told(submission, assignment, at=self.at), status))

    def received(self, assignment: Assignment, sent: Sent) -> DeviceSubmission:
        """What is kept of it; a refusal stands in the audit."""
        try:
            return receive(assignment, sent, actor=self.person, at=self.at)
        except DomainError as refusal:
            data = {
                "assignment": assignment.pk,
                "instance": sent.instance_id,
                "code": refusal.code,
            }
            audit.record(
                Event.SUBMISSION_REFUSED, assignment, actor=self.person, at=self.at, data=data
            )
            raise

    def placed(self, answer: HttpResponse) -> HttpResponse:
        """The answer, with where submissions go."""
        answer["Location"] = self.address("openrosa_submission")
        return answer


def told(submission: DeviceSubmission, assignment: Assignment, *, at: Any) -> str:
    """What became of it, for whoever holds the device."""
    stored = submission.result.get("stored", 0)
    parts = [
        ngettext("%(number)s answer is stored.", "%(number)s answers are stored.", stored)
        % {"number": stored}
    ]
    if left := len(submission.lines):
        text = ngettext(
            "%(number)s answer is not stored: something else stands there, or it does not fit. It is "
            "kept; open the questionnaire on the web page and choose.",
            "%(number)s answers are not stored: something else stands there, or they do not fit. "
            "They are kept; open the questionnaire on the web page and choose.",
            left,
        )
        parts.append(text % {"number": left})
    awaited = sum(each["state"] == "awaited" for each in submission.files.values())
    if awaited:
        text = ngettext("%(number)s file is awaited.", "%(number)s files are awaited.", awaited)
        parts.append(text % {"number": awaited})
    # As it stands now: the submission's own was read before its answers were stored.
    response = Response.objects.select_related("version").get(pk=submission.response_id)
    response.assignment = assignment
    if findings := len(state_of(response, at=at).findings()):
        text = ngettext(
            "%(number)s place in the questionnaire needs a look before it is sent.",
            "%(number)s places in the questionnaire need a look before it is sent.",
            findings,
        )
        parts.append(text % {"number": findings})
    parts.append(_("Nothing is signed by this."))
    return " ".join(parts)


def _refuse_size(request: Request) -> None:
    """Before anything of it is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > settings.OPENROSA_MOST_BYTES:
        raise RequestDataTooBig


def _files_of(request: Request) -> dict[str, "UploadedFile[bytes]"]:
    """The files of the request by the names that the XML may have for them."""
    found: dict[str, UploadedFile[bytes]] = {}
    for part, file in request.FILES.items():
        if part != XML_FILE:
            found |= {str(name): file for name in (part, file.name)}
    return found


def _xml_of(request: Request) -> bytes:
    """The XML, whether it came as a file or as a field. Raises a refusal."""
    part = request.FILES.get(XML_FILE) or request.POST.get(XML_FILE)
    if isinstance(part, UploadedFile):
        if (part.size or 0) > MOST_XML_BYTES:
            raise SubmissionTooLarge
        xml: bytes = part.read()
    elif isinstance(part, str):
        xml = part.encode(errors="replace")
    else:
        raise SubmissionUnreadable
    if len(xml) > MOST_XML_BYTES:
        raise SubmissionTooLarge
    return xml


def _read(xml: bytes) -> dict[str, Any]:
    """What stands in it. Raises SubmissionUnreadable, or FormNotReady where it is worth another try."""
    try:
        found: dict[str, Any] = read_limited(read_submission, xml)
    except Unreadable as failure:
        if failure.reason is Reason.BUSY:
            raise FormNotReady from failure
        raise SubmissionUnreadable from failure
    return found
