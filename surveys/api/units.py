"""Units: the agencies that ask and are asked."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from surveys.api.texts import TextsSerializer
from surveys.common.permissions import Permission
from surveys.machines.api.base import ApiView, ListApiView
from surveys.machines.api.schema import Told, operation, page_example, page_of
from surveys.machines.api.serializers import QuerySerializer
from surveys.machines.enums import Scope
from surveys.organisations.enums import AgencyType
from surveys.organisations.models import Agency
from surveys.organisations.search import search_key

EXAMPLE = {
    "key": "tinh-15",
    "name": {"vi": "Tỉnh Lào Cai", "en": "Lao Cai Province"},
    "short_name": "Lào Cai",
    "type": "province",
    "parent": None,
}


class UnitSerializer(serializers.Serializer[Agency]):
    """A unit. ``key`` stays the same whatever it is called; ``parent`` is the key of the next above."""

    key = serializers.CharField()
    name = serializers.SerializerMethodField()
    short_name = serializers.CharField()
    type = serializers.ChoiceField(AgencyType.choices)
    parent = serializers.SerializerMethodField()  # type: ignore[assignment]  # a field here

    @extend_schema_field(TextsSerializer)
    def get_name(self, unit: Agency) -> dict[str, str]:
        """The name by language."""
        return {"vi": unit.name, "en": unit.name_en}

    def get_parent(self, unit: Agency) -> str | None:
        """The key of the unit above."""
        return unit.parent.key if unit.parent else None


class IdentifierSerializer(serializers.Serializer[Any]):
    """An official code, which holds from a day to a day (exclusive)."""

    scheme = serializers.CharField()
    value = serializers.CharField()
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True)


class UnitDetailSerializer(UnitSerializer):
    """A unit with its codes and the days on which it began and ended."""

    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)
    identifiers = IdentifierSerializer(many=True)


class UnitQuery(QuerySerializer):
    """What of the units is wanted."""

    type = serializers.ChoiceField(AgencyType.choices, required=False, help_text=_("Of this type."))
    parent = serializers.SlugField(  # type: ignore[assignment]  # a parameter here
        required=False, max_length=60, help_text=_("Directly below the unit of this key.")
    )
    q = serializers.CharField(
        required=False,
        min_length=3,
        max_length=80,
        help_text=_("Part of the name; without marks too."),
    )


class UnitListView(ListApiView):
    """The units that there are, in official order."""

    permission_required = Permission.AGENCY_VIEW
    scope = Scope.CATALOGUE
    query = UnitQuery
    serializer = UnitSerializer
    order = ("official_order", "pk")

    def rows(self) -> QuerySet[Agency]:
        """Those that fit."""
        asked = self.parameters
        units = Agency.objects.visible_to(self.person).select_related("parent")
        if kind := asked.get("type"):
            units = units.filter(type=kind)
        if parent := asked.get("parent"):
            units = units.filter(parent__key=parent)
        if text := asked.get("q"):
            units = units.filter(search_key__contains=search_key(text))
        return units

    @operation(
        Told(name="units", summary=_("Units in official order"), group="units"),
        answers={200: page_of(UnitSerializer)},
        examples={200: page_example(EXAMPLE)},
        query=UnitQuery,
    )
    def get(self, _request: Request) -> Response:
        """One page."""
        return self.page()


class UnitView(ApiView):
    """One unit, also one that was dissolved."""

    permission_required = Permission.AGENCY_VIEW
    scope = Scope.CATALOGUE

    @cached_property
    def unit(self) -> Agency:
        """The unit of the address."""
        units = Agency.ever.visible_to(self.person).select_related("parent")
        return get_object_or_404(units.prefetch_related("identifiers"), key=self.kwargs["key"])

    def get_permission_object(self) -> Agency:
        """The unit."""
        return self.unit

    @operation(
        Told(name="unit", summary=_("One unit, also one that was dissolved"), group="units"),
        answers={200: UnitDetailSerializer},
        examples={
            200: EXAMPLE
            | {
                "valid_from": "2025-07-01",
                "valid_to": None,
                "identifiers": [
                    {
                        "scheme": "nso",
                        "value": "15",
                        "valid_from": "2025-07-01",
                        "valid_to": None,
                    }
                ],
            }
        },
    )
    def get(self, _request: Request, key: str) -> Response:
        """The unit."""
        return Response(UnitDetailSerializer(self.unit).data)
