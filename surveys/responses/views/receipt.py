"""The receipt: what proves the submission."""

import json
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import TemplateView

from surveys.common.permissions import Permission
from surveys.responses.models import ResponseRevision
from surveys.responses.queries import signed_revision
from surveys.responses.signoff.models import SignOff, SignOffAct
from surveys.responses.views.base import AssignmentMixin
from surveys.responses.views.chain import sign_off_chain
from surveys.responses.views.digital_lines import signature_lines
from surveys.responses.workflow import SIGNED


class ResponseReceipt(AssignmentMixin, TemplateView):
    """What proves the submission: number, hash, signer, time, days late."""

    permission_required = Permission.RESPONSE_VIEW
    template_name = "responses/receipt.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        response = self.require_response()
        revision = signed_revision(response)
        signed = get_object_or_404(
            ResponseRevision.objects.select_related("actor"), pk=revision and revision.pk
        )
        local = timezone.localtime(signed.at)
        return super().get_context_data(
            **self.page_context(),
            revision=signed,
            signed_at=f"{local:%H:%M:%S} {local.day}/{local.month}/{local.year}",
            files=_files_of(signed),
            signature=SignOff.objects.filter(revision=signed, act=SignOffAct.SIGN).first(),
            signatures=signature_lines(response),
            chain=sign_off_chain(self.assignment, at=self.at),
            was_resent=response.returns.exists(),
            was_returned=self.assignment.status not in SIGNED,
            **kwargs,
        )


def _files_of(revision: ResponseRevision) -> list[dict[str, str]]:
    """The files that the signature covers, evidence included; personal ones are digests only."""
    document = json.loads(revision.canonical)
    files = [*document.get("files", ()), *(e.get("file", {}) for e in document["evidence"])]
    return [file for file in files if "sha256" in file]
