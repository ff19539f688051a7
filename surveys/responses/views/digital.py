"""Signing with a certificate: the signed PDF handed in, what becomes of it, and the file handed out."""

import hashlib
import uuid
from functools import cached_property
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.files.checking import CheckedFile, checked
from surveys.files.policy import RULES, FileType, Purpose
from surveys.files.refusals import FileEmpty, FileRefused
from surveys.organisations.requests import person_of
from surveys.responses import services
from surveys.responses.models import Response
from surveys.responses.papers.queries import papers_of
from surveys.responses.services import Authority
from surveys.responses.signatures.models import SignedPdf, SignedPdfStatus
from surveys.responses.signoff.queries import revision_in_question
from surveys.responses.views.downloads import handed_out
from surveys.responses.views.sign import ResponseSign
from surveys.responses.workflow import SIGNED

PLACE: Final = "signature"
"""Where a refused file was to go, in the audit."""


class SignedPdfHandIn(ResponseSign):
    """Takes the signed PDF; the signatory's page shows what becomes of it."""

    done_message = gettext_lazy("The signed PDF is being verified. You may leave this page.")
    said_on_page = (
        *ResponseSign.said_on_page,
        FileRefused,
        services.TrustListMissing,
        services.DigitalSignatureNotTaken,
    )

    def decide(self, authority: Authority) -> None:
        response = self.require_response()
        try:
            file = self._file(response)
        except FileRefused as refusal:
            name = getattr(self.request.FILES.get("file"), "name", "") or ""
            services.record_refusal(
                response, path=PLACE, name=name, refusal=refusal, by=(self.user, self.at)
            )
            raise
        services.hand_in_signed(
            response,
            file=file,
            authority=authority,
            shown=self.request.POST.get("shown", ""),
            actor=self.user,
            at=self.at,
        )

    def after(self) -> HttpResponse:
        return redirect(reverse("response_sign", args=[self.assignment.pk]) + "#decision")

    def _file(self, response: Response) -> CheckedFile:
        """The file as it may be stored; raises a FileRefused."""
        upload = self.request.FILES.get("file")
        if not isinstance(upload, UploadedFile):
            raise FileEmpty(_("Choose the signed PDF first."))
        return checked(upload, Purpose.SIGNED, ours=self._begins_with(response, upload))

    def _begins_with(self, response: Response, upload: "UploadedFile[bytes]") -> int:
        """How many bytes at its beginning are a PDF of ours."""
        revision = revision_in_question(response)
        for paper in papers_of([revision] if revision else []).values():
            upload.seek(0)
            if hashlib.sha256(upload.read(paper.size)).hexdigest() == paper.sha256:
                return paper.size
        return 0


class SignedPdfState(ResponseSign):
    """How the examination of the signed PDF stands; asked again while it goes on."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """The same words while it goes on; then the page is to be loaded anew, or the receipt."""
        handed_in = self.handed_in
        if handed_in is not None and handed_in.is_waiting:
            context = {"assignment": self.assignment, "handed_in": handed_in}
            return render(request, "responses/signed_pdf_waiting.html", context)
        is_signed = self.assignment.status in SIGNED
        name = "response_receipt" if is_signed else "response_sign"
        place = reverse(name, args=[self.assignment.pk])
        if "HX-Request" in request.headers:
            return HttpResponse(headers={"HX-Redirect": place})
        return redirect(place)


class SignedPdfDownload(PermissionMixin):
    """Hands a signed PDF out to whoever may see the answers; noted in the audit."""

    permission_required = Permission.RESPONSE_VIEW

    @staticmethod
    def assignment_of(pk: uuid.UUID) -> int | None:
        """To which assignment the file belongs: a personal link opens those of its own only."""
        files = SignedPdf.objects.filter(pk=pk)
        return files.values_list("response__assignment", flat=True).first()

    @cached_property
    def pdf(self) -> SignedPdf:
        """The file, if the person may see its response and it is kept."""
        kept = SignedPdf.objects.visible_to(self.request.user).filter(
            status=SignedPdfStatus.ACCEPTED, is_erased=False
        )
        wanted = kept.select_related("response__assignment__round__campaign")
        return get_object_or_404(wanted, pk=self.kwargs["pk"])

    def get_permission_object(self) -> Response:
        return self.pdf.response

    def get(self, request: HttpRequest, **_kwargs: Any) -> FileResponse:
        """The file as it was handed in, as a download."""
        content = services.fetch_signed(self.pdf, actor=person_of(request), at=self.at)
        return handed_out(content, self.pdf.name, RULES[FileType.PDF].media_type)
