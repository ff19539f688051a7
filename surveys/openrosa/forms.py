"""The forms of a person's assignments: one form an assignment, so that an answer finds its way."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from xml.sax.saxutils import escape

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Assignment
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.limited import Reason, Unreadable, read_limited
from surveys.openrosa.converting import FORM_ID, TITLE, convert
from surveys.organisations.models import User
from surveys.organisations.rules import agencies_of
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.responses.models import Response
from surveys.responses.queries import my_assignments
from surveys.responses.workflow import AT_WORK

KEPT_SECONDS: Final = 24 * 60 * 60


class FormUnknown(DomainError):
    """No assignment of the person has the form, or ODK Collect cannot show it."""

    code = "form_unknown"
    message = _("There is no such form, or it belongs to somebody else. Refresh the list of forms.")
    status = 404


class FormNotReady(DomainError):
    """Too much is being worked on; worth another try."""

    code = "form_not_ready"
    message = _("The form cannot be made at the moment. Try again in a minute.")
    status = 503


@dataclass(frozen=True, slots=True)
class Written:
    """The XForm of a version; ``FORM_ID`` and ``TITLE`` stand where an assignment's own go."""

    xml: str
    media: Mapping[str, str]
    nodes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceForm:
    """The form of one assignment, as a device gets it."""

    assignment: Assignment
    form_id: str
    title: str
    version: str
    xml: bytes
    media: Mapping[str, bytes] = field(default_factory=dict)
    nodes: tuple[str, ...] = ()

    @property
    def hash(self) -> str:
        """By it a device sees that the form has changed."""
        return digest(self.xml)


def digest(content: bytes) -> str:
    """The hash as OpenRosa writes it."""
    return f"md5:{hashlib.md5(content, usedforsecurity=False).hexdigest()}"


def form_id_of(assignment: Assignment) -> str:
    """The id of an assignment's form: the questionnaire by name, the assignment by number."""
    return f"{assignment.version.questionnaire.code}-{assignment.pk}"


def assignment_of(form_id: str, person: User) -> Assignment:
    """The assignment of the person's agencies that has the form. Raises FormUnknown."""
    _code, _dash, number = form_id.rpartition("-")
    if not number.isdecimal() or not number.isascii() or len(number) > 18:
        raise FormUnknown
    own = Assignment.objects.of_agencies(agencies_of(person)).exclude(
        round__status=RoundStatus.PLANNED
    )
    related = ("agency", "round__campaign", "version__questionnaire")
    assignment = own.select_related(*related).filter(pk=int(number)).first()
    if assignment is None or form_id_of(assignment) != form_id:
        raise FormUnknown
    return assignment


def open_assignments(person: User, *, at: datetime) -> Iterator[Assignment]:
    """What the person may fill in now."""
    found = my_assignments(person, at=at).select_related("version__questionnaire")
    for assignment in found.filter(round__status=RoundStatus.OPEN, status__in=AT_WORK):
        if at < assignment.ends_at and person.has_perm(Permission.RESPONSE_EDIT, assignment):
            yield assignment


def form_of_assignment(assignment: Assignment) -> DeviceForm:
    """Its form, of the version that its draft has. Raises FormUnknown or FormNotReady."""
    version = version_of(assignment)
    written = written_form(version)
    form_id, title = form_id_of(assignment), title_of(assignment, version)
    xml = written.xml.replace(FORM_ID, escape(form_id)).replace(TITLE, escape(title))
    return DeviceForm(
        assignment=assignment,
        form_id=form_id,
        title=title,
        version=str(version.number),
        xml=xml.encode(),
        media={name: text.encode() for name, text in written.media.items()},
        nodes=written.nodes,
    )


def version_of(assignment: Assignment) -> QuestionnaireVersion:
    """The version of the draft; of the assignment where there is none yet."""
    started = Response.objects.filter(assignment=assignment).select_related("version").first()
    return assignment.version if started is None else started.version


def title_of(assignment: Assignment, version: QuestionnaireVersion) -> str:
    """What people tell forms apart by: questionnaire, period, agency."""
    return f"{version.title} · {assignment.round.period} · {assignment.agency.localised_name}"


def written_form(version: QuestionnaireVersion) -> Written:
    """The version's XForm; equal versions have equal ones. Raises FormUnknown or FormNotReady."""
    data = json.dumps(version.definition, sort_keys=True).encode()
    key = f"openrosa:{hashlib.sha256(data).hexdigest()}:{version.number}"
    found: Written | str | None = cache.get(key)
    if found is None:
        found = _convert(data, str(version.number))
        cache.set(key, found, KEPT_SECONDS)
    if isinstance(found, str):
        raise FormUnknown(problems=found)
    return found


def _convert(data: bytes, version: str) -> Written | str:
    """The form, or why there is none. Raises FormNotReady."""
    try:
        made: dict[str, Any] = read_limited(convert, data, {"version": version})
    except Unreadable as failure:
        if failure.reason is Reason.REFUSED:
            return failure.detail or failure.reason.value
        raise FormNotReady from failure
    return Written(made["xml"], made["media"], tuple(made["nodes"]))
