"""The doors for files that come in pieces; scripts use them, and pages work without.

``POST`` announces a file: 201 with its address and the bytes received so far (0). ``PATCH`` of that
address with ``Upload-Offset`` adds a piece, ``HEAD`` asks how far it has come; both answer with
``Upload-Offset``. The whole is then named in the form that attaches it.
"""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.generic import View

from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.responses.uploading import services
from surveys.responses.uploading.models import ArrivingFile
from surveys.responses.views.base import AssignmentMixin

OFFSET = "Upload-Offset"
MOST_DIGITS = 15


class UploadBegin(AssignmentMixin, View):
    """Takes a file's name and size before anything of it is sent."""

    permission_required = Permission.RESPONSE_EDIT
    piece_address: ClassVar = "upload_piece"

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        try:
            file = services.begin(
                self.require_response_id(),
                name=request.POST.get("name", ""),
                size=_number(request.POST.get("size", "")) or 0,
                actor=self.user,
                at=self.at,
            )
        except DomainError as refusal:
            return _refused(refusal)
        address = reverse(self.piece_address, args=[self.assignment.pk, file.pk])
        return JsonResponse({"id": str(file.pk), "address": address, "offset": 0}, status=201)


class UploadPiece(AssignmentMixin, View):
    """Takes the pieces of one file, and says how far it has come."""

    permission_required = Permission.RESPONSE_EDIT

    def head(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        return _at(self.file)

    def patch(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        offset = _number(request.headers.get(OFFSET, ""))
        if offset is None:
            return JsonResponse({"message": f"{OFFSET} is missing"}, status=400)
        try:
            file = services.add_piece(
                self.file.pk, offset=offset, content=request.body, actor=self.user
            )
        except DomainError as refusal:
            return _refused(refusal)
        return _at(file)

    @property
    def file(self) -> ArrivingFile:
        """The person's own file on its way to this assignment; another's is 404."""
        mine = ArrivingFile.objects.of(self.user, self.assignment.pk)
        found = mine.filter(pk=self.kwargs["upload"]).first()
        if found is None:
            raise Http404
        return found


def _at(file: ArrivingFile) -> HttpResponse:
    answer = HttpResponse(status=204)
    answer[OFFSET] = str(file.received)
    answer["Cache-Control"] = "no-store"
    return answer


def _refused(refusal: DomainError) -> JsonResponse:
    answer = JsonResponse({"code": refusal.code, "message": str(refusal)}, status=refusal.status)
    if "offset" in refusal.details:
        answer[OFFSET] = str(refusal.details["offset"])
    return answer


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None
