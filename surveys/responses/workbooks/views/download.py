"""The page's door to the workbook: it is handed out to be saved."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.generic import View

from surveys.common.permissions import Permission
from surveys.responses.views.base import AssignmentMixin
from surveys.responses.workbooks.handing_out import hand_out

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WorkbookDownload(AssignmentMixin, View):
    """The Excel questionnaire with what is answered so far, as a download."""

    permission_required = Permission.RESPONSE_VIEW

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """The workbook under its own name."""
        page = reverse("workbook_upload", args=[self.assignment.pk])
        workbook = hand_out(
            self.assignment,
            actor=self.user,
            at=self.at,
            language=self.language,
            address=request.build_absolute_uri(page),
        )
        return HttpResponse(
            workbook.content,
            content_type=XLSX,
            headers={
                "Content-Disposition": f'attachment; filename="{workbook.name}"',
                "X-Content-Type-Options": "nosniff",
                "Cross-Origin-Resource-Policy": "same-origin",
                "Cache-Control": "no-store",
            },
        )
