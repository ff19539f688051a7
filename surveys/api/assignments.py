"""Who is asked, until when, and how far they are."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from surveys.api.rounds import OfRoundView, VersionSerializer
from surveys.api.texts import TextsSerializer, UnitNameSerializer
from surveys.campaigns.enums import AssignmentStatus, Disposition
from surveys.campaigns.models import Assignment
from surveys.common.permissions import Permission
from surveys.machines.api.base import ApiView, ListApiView
from surveys.machines.api.schema import Told, operation, page_example, page_of
from surveys.machines.api.serializers import QuerySerializer
from surveys.machines.enums import Scope
from surveys.organisations.enums import AgencyType
from surveys.responses.queries import my_assignments

EXAMPLE: dict[str, Any] = {
    "id": 17,
    "round": "nang-luc-2026",
    "unit": {
        "key": "tinh-15",
        "name": {"vi": "Tỉnh Lào Cai", "en": "Lao Cai Province"},
        "type": "province",
    },
    "status": "draft",
    "disposition": "asked",
    "answered": 41,
    "total": 62,
    "due_at": "2026-12-01T00:00:00+07:00",
    "submitted_at": None,
    "late_days": 0,
    "last_activity": "2026-11-20T09:30:00+07:00",
    "version": {"questionnaire": "tochuc-1690", "number": 1},
}


class AssignmentSerializer(serializers.Serializer[Assignment]):
    """A unit's duty to answer in a round; ``answered`` of ``total`` questions."""

    id = serializers.IntegerField(source="pk")
    round = serializers.CharField(source="round.code")
    unit = serializers.SerializerMethodField()
    status = serializers.ChoiceField(AssignmentStatus.choices)
    disposition = serializers.ChoiceField(Disposition.choices)
    answered = serializers.IntegerField()
    total = serializers.IntegerField()
    due_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    late_days = serializers.IntegerField()
    last_activity = serializers.DateTimeField(allow_null=True)
    version = VersionSerializer()

    @extend_schema_field(UnitNameSerializer)
    def get_unit(self, assignment: Assignment) -> dict[str, Any]:
        """The unit, by its name as of the asking."""
        agency = assignment.agency
        names = {"vi": assignment.names["vi"], "en": assignment.names["en"]}
        return {"key": agency.key, "name": names, "type": agency.type}


def with_places(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """What a line about an assignment reads, in one query."""
    related = ("agency", "round__campaign", "version__questionnaire")
    return assignments.select_related(*related).defer("version__definition")


class RoundAssignmentQuery(QuerySerializer):
    """Which units of a round are wanted."""

    status = serializers.ChoiceField(AssignmentStatus.choices, required=False)
    type = serializers.ChoiceField(AgencyType.choices, required=False)


class RoundAssignmentsView(OfRoundView, ListApiView):
    """The units that a round asks, for those who follow it."""

    query = RoundAssignmentQuery
    serializer = AssignmentSerializer
    order = ("agency__official_order", "pk")

    def rows(self) -> QuerySet[Assignment]:
        """Those that fit."""
        asked = self.parameters
        visible = Assignment.objects.visible_to(self.person).filter(round=self.round)
        if status := asked.get("status"):
            visible = visible.filter(status=status)
        if kind := asked.get("type"):
            visible = visible.filter(agency__type=kind)
        return with_places(visible)

    @operation(
        Told(
            name="round_assignments",
            summary=_("The units that a round asks, and how far they are"),
            group="campaigns",
        ),
        answers={200: page_of(AssignmentSerializer)},
        examples={200: page_example(EXAMPLE)},
        query=RoundAssignmentQuery,
    )
    def get(self, _request: Request, code: str) -> Response:
        """One page."""
        return self.page()


class AssignmentQuery(QuerySerializer):
    """Which of one's own assignments are wanted."""

    round = serializers.SlugField(required=False, max_length=60)
    status = serializers.ChoiceField(AssignmentStatus.choices, required=False)


class AssignmentListView(ListApiView):
    """What the person's agencies are asked."""

    permission_required = Permission.SIGNED_IN
    scope = Scope.RESPONSE_READ
    query = AssignmentQuery
    serializer = AssignmentSerializer
    order = ("due_at", "pk")

    def rows(self) -> QuerySet[Assignment]:
        """Those that fit."""
        asked = self.parameters
        own = my_assignments(self.person, at=self.at)
        if round_ := asked.get("round"):
            own = own.filter(round__code=round_)
        if status := asked.get("status"):
            own = own.filter(status=status)
        return with_places(own)

    @operation(
        Told(name="assignments", summary=_("What your agencies are asked"), group="own response"),
        answers={200: page_of(AssignmentSerializer)},
        examples={200: page_example(EXAMPLE)},
        query=AssignmentQuery,
    )
    def get(self, _request: Request) -> Response:
        """One page."""
        return self.page()


class OfAssignmentView(ApiView):
    """An address about an assignment; whoever may not see it gets 404."""

    permission_required = Permission.ASSIGNMENT_VIEW
    scope = Scope.RESPONSE_READ

    @cached_property
    def assignment(self) -> Assignment:
        """The assignment of the address."""
        visible = Assignment.objects.visible_to(self.person)
        return get_object_or_404(with_places(visible), pk=self.kwargs["pk"])

    def get_permission_object(self) -> Assignment:
        """The assignment."""
        return self.assignment


class AssignmentView(OfAssignmentView):
    """One assignment."""

    @operation(
        Told(name="assignment", summary=_("One assignment"), group="own response"),
        answers={200: AssignmentSerializer},
        examples={200: EXAMPLE},
    )
    def get(self, _request: Request, pk: int) -> Response:
        """The assignment."""
        return Response(AssignmentSerializer(self.assignment).data)


class DefinitionSerializer(serializers.Serializer[Any]):
    """A questionnaire as JSON, as it was published."""

    version = VersionSerializer()
    title = TextsSerializer()
    definition = serializers.DictField()


class DefinitionView(OfAssignmentView):
    """The questionnaire that an assignment asks."""

    @operation(
        Told(
            name="definition",
            summary=_("The questionnaire that an assignment asks"),
            group="own response",
            more=_(
                "Paths of answers are made of the names in it: `name`, `table/row/column`, "
                "`repeat/row id/name`."
            ),
        ),
        answers={200: DefinitionSerializer},
        examples={
            200: {
                "version": {"questionnaire": "phieu", "number": 1},
                "title": {"vi": "Phiếu", "en": ""},
                "definition": {"code": "phieu", "title": {"vi": "Phiếu"}, "children": []},
            }
        },
    )
    def get(self, _request: Request, pk: int) -> Response:
        """The questionnaire."""
        version = self.assignment.version
        title = version.definition.get("title") or {"vi": version.title}
        return Response(
            {
                "version": VersionSerializer(version).data,
                "title": {"vi": title.get("vi", ""), "en": title.get("en", "")},
                "definition": version.definition,
            }
        )
