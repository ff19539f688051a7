"""Signed answers as JSON, for those who hold answers."""

import json
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from analytics.answers import counted_revisions
from analytics.api.rounds import OfRoundFiguresView
from surveys.api.rounds import VersionSerializer
from surveys.api.texts import UnitNameSerializer
from surveys.common.permissions import Permission
from surveys.machines.api.base import ListApiView
from surveys.machines.api.schema import Told, operation, page_example, page_of
from surveys.machines.enums import Scope
from surveys.responses.enums import RevisionKind
from surveys.responses.models import ResponseRevision

EXAMPLE: dict[str, Any] = {
    "unit": {
        "key": "tinh-15",
        "name": {"vi": "Tỉnh Lào Cai", "en": "Lao Cai Province"},
        "type": "province",
    },
    "revision": 2,
    "kind": "signed",
    "at": "2026-11-28T15:00:00+07:00",
    "receipt": "KSS-2026-000123",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "version": {"questionnaire": "tochuc-1690", "number": 1},
    "document": {"answers": {"staff": 30}, "remarks": {}},
}


class SignedAnswersSerializer(serializers.Serializer[ResponseRevision]):
    """What a unit signed last: ``document`` is the frozen text, whose canonical form has ``sha256``.

    Personal data stand in it as salted digests.
    """

    unit = serializers.SerializerMethodField()
    revision = serializers.IntegerField(source="number")
    kind = serializers.ChoiceField(RevisionKind.choices)
    at = serializers.DateTimeField()
    receipt = serializers.CharField(allow_null=True)
    sha256 = serializers.CharField()
    version = VersionSerializer()
    document = serializers.SerializerMethodField()

    @extend_schema_field(UnitNameSerializer)
    def get_unit(self, revision: ResponseRevision) -> dict[str, Any]:
        """The unit, by its name as of the asking."""
        assignment = revision.response.assignment
        names = {"vi": assignment.names["vi"], "en": assignment.names["en"]}
        return {"key": assignment.agency.key, "name": names, "type": assignment.agency.type}

    @extend_schema_field(serializers.DictField())
    def get_document(self, revision: ResponseRevision) -> dict[str, Any]:
        """The frozen answers."""
        document: dict[str, Any] = json.loads(revision.canonical)
        return document


class RoundAnswersView(OfRoundFiguresView, ListApiView):
    """The newest signed answers of every unit of a round."""

    permission_required = Permission.EXPORT_CREATE
    scope = Scope.ANSWERS
    serializer = SignedAnswersSerializer
    order = ("response__assignment__agency__official_order", "pk")

    def rows(self) -> QuerySet[ResponseRevision]:
        """Those that count."""
        related = ("response__assignment__agency", "version__questionnaire")
        found = counted_revisions(self.round).select_related(*related)
        return found.defer("version__definition", "response__answers", "response__remarks")

    @operation(
        Told(
            name="answers",
            summary=_("The newest signed answers of every unit of a round"),
            group="tables",
            more=_(
                "For those who may read single answers; nobody of the department where they are "
                "confidential."
            ),
        ),
        answers={200: page_of(SignedAnswersSerializer)},
        examples={200: page_example(EXAMPLE)},
    )
    def get(self, _request: Request, code: str) -> Response:
        """One page."""
        return self.page()
