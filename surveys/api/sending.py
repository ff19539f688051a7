"""Sending one's own response for signature. A program never signs."""

from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response as Answer

from surveys.api.own_response import OfOwnResponseView, findings_of
from surveys.campaigns.enums import AssignmentStatus
from surveys.common.permissions import Permission
from surveys.machines.api.problems import not_found, problem
from surveys.machines.api.repeated import RepeatableView
from surveys.machines.api.schema import IDEMPOTENCY_KEY, IF_MATCH, Told, operation
from surveys.machines.api.serializers import StrictSerializer, read_body
from surveys.machines.enums import Scope
from surveys.responses import services
from surveys.responses.models import Response
from surveys.responses.queries import state_of
from surveys.responses.signoff.refusals import UnresolvedChecks


class SendSerializer(StrictSerializer):
    """Nothing more is to be said."""


class SentSerializer(serializers.Serializer[Any]):
    """What was frozen: the number of the revision and the SHA-256 of its canonical text."""

    assignment = serializers.IntegerField()
    status = serializers.ChoiceField(AssignmentStatus.choices)
    revision = serializers.IntegerField()
    sha256 = serializers.CharField()
    sent_at = serializers.DateTimeField()


class SendingView(OfOwnResponseView, RepeatableView):
    """Freezes the answers; the first step of the sign-off chain waits then."""

    permission_required = Permission.RESPONSE_SEND
    scope = Scope.RESPONSE_SEND

    @operation(
        Told(
            name="response_send",
            summary=_("Send your own response for signature"),
            group="own response",
            more=_(
                "The answers are locked until somebody returns them. Refused (422) while a check fails "
                "that forbids it; `errors` has the path of each. A program never signs."
            ),
        ),
        answers={200: SentSerializer},
        examples={
            200: {
                "assignment": 17,
                "status": "awaiting_signature",
                "revision": 1,
                "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "sent_at": "2026-11-20T09:30:00+07:00",
            }
        },
        body=(SendSerializer, {}),
        headers=[IDEMPOTENCY_KEY, IF_MATCH],
    )
    def post(self, request: Request, pk: int) -> HttpResponse:
        """Send it."""
        read_body(SendSerializer, request)
        return self.once(request.data, self.sent)

    @transaction.atomic
    def sent(self) -> HttpResponse:
        """What was sent. Raises Precondition, or what sending raises."""
        self.refuse_if_changed()
        response = Response.objects.filter(assignment=self.assignment).first()
        if response is None:
            return not_found()
        try:
            revision = services.send_for_signature(response, actor=self.person, at=self.at)
        except UnresolvedChecks as refusal:
            return self.unresolved(response, refusal)
        self.assignment.refresh_from_db(fields=["status"])
        told = {
            "assignment": self.assignment.pk,
            "status": self.assignment.status,
            "revision": revision.number,
            "sha256": revision.sha256,
            "sent_at": revision.at,
        }
        return Answer(SentSerializer(told).data)

    def unresolved(self, response: Response, refusal: UnresolvedChecks) -> HttpResponse:
        """The problem, with the place of each check that forbids sending."""
        blocking = {(each.path, each.code.value) for each in refusal.problems}
        response.assignment = self.assignment
        errors = [
            {"path": each["path"], "code": each["code"], "detail": each["message"]}
            for each in findings_of(state_of(response, at=self.at))
            if (each["path"], each["code"]) in blocking
        ]
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return problem(status, refusal.code, str(refusal), errors=errors)
