"""Handing out what was uploaded, and what stood behind a cited link: to be saved, never to be shown."""

import uuid
from typing import IO, Any, Final

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from surveys.campaigns.models import Assignment
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.files import storage
from surveys.files.policy import RULES, FileType
from surveys.responses.models import Evidence, Response, StoredFile

SANDBOX: Final = "default-src 'none'; sandbox"
ANYTHING: Final = "application/octet-stream"


class FileDownload(PermissionMixin):
    """Hands a file out to whoever may see its response: to be saved, never to be shown here."""

    permission_required = Permission.RESPONSE_VIEW

    @staticmethod
    def assignment_of(pk: uuid.UUID) -> int | None:
        """To which assignment the file belongs: a personal link opens those of its own only."""
        files = StoredFile.objects.filter(pk=pk)
        return files.values_list("response__assignment", flat=True).first()

    @cached_property
    def file(self) -> StoredFile:
        """The file, if the person may see its response."""
        files = StoredFile.objects.visible_to(self.request.user).select_related(
            "response__assignment__round__campaign"
        )
        return get_object_or_404(files, pk=self.kwargs["pk"])

    def get_permission_object(self) -> Response:
        return self.file.response

    def get(self, _request: HttpRequest, **_kwargs: Any) -> FileResponse:
        """The content under its own name, as a download."""
        file = self.file
        media_type = RULES[FileType(file.kind)].media_type
        return handed_out(storage.open_content(file.pk), file.name, media_type)


class LinkCopy(PermissionMixin):
    """Hands out what stood behind a link, byte for byte and as no type that a browser would open."""

    permission_required = Permission.RESPONSE_VIEW

    @staticmethod
    def assignment_of(pk: uuid.UUID) -> int | None:
        """To which assignment the link belongs: a personal link opens those of its own only."""
        cited = Evidence.objects.filter(snapshot=pk)
        return cited.values_list("response__assignment", flat=True).first()

    @cached_property
    def evidence(self) -> Evidence:
        """The link, if the person may see its response."""
        visible = Assignment.objects.answers_visible_to(self.request.user)
        cited = Evidence.objects.filter(response__assignment__in=visible).select_related(
            "response__assignment__round__campaign"
        )
        return get_object_or_404(cited, snapshot=self.kwargs["pk"])

    def get_permission_object(self) -> Response:
        return self.evidence.response

    def get(self, _request: HttpRequest, **_kwargs: Any) -> FileResponse:
        """The copy as a download."""
        assert self.evidence.snapshot is not None, "it was found by it"
        content = storage.open_content(self.evidence.snapshot)
        return handed_out(content, f"link-{self.evidence.sha256[:12]}.copy", ANYTHING)


def handed_out(content: IO[bytes], name: str, media_type: str) -> FileResponse:
    """A download that no browser opens on our site, whatever is in it."""
    answer = FileResponse(content, as_attachment=True, filename=name, content_type=media_type)
    answer["Content-Security-Policy"] = SANDBOX
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
