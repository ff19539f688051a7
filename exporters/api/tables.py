"""Tables of data sets, as the builder of the portal makes them: behind the gate, computed by a job."""

from http import HTTPStatus
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from analytics.api.tables import DimensionSerializer
from analytics.explorer import services
from analytics.explorer.enums import ItemKind
from analytics.explorer.models import Tabulation
from analytics.explorer.queries import basis_of, scope_of, tabulation_of
from analytics.gate.enums import Audience, Refusal
from analytics.gate.queries import audience_of
from analytics.releases.models import Release
from exporters.api.wanted_tables import WISH, TableWishSerializer, wanted_of
from exporters.portal.services import refuse_unless_accepted
from exporters.portal.tabling.grid import grid_of
from exporters.portal.tabling.telling import told_of
from exporters.portal.tabling.wanted import Wanted, asking_of
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.machines.api.base import ApiView
from surveys.machines.api.schema import Told, operation
from surveys.machines.api.serializers import read_body
from surveys.machines.enums import Scope

RETRY_AFTER: Final = 2
"""Seconds after which a table is mostly there."""
TERMS: Final = _("For whoever has accepted the terms of use, on the page of the data sets.")


class TableRefused(DomainError):
    """The gate shows nothing of the table."""

    code = "table_refused"
    message = _("Too few respondents stand behind these figures.")


class DataTableSerializer(serializers.Serializer[Any]):
    """A table as it was stored for your audience. A row is one cell of it: where it stands by the names
    of the columns (`all`: all of them together), the figure, the units behind it, and whether it is
    hidden."""

    round = serializers.CharField()
    publication = serializers.IntegerField()
    audience = serializers.ChoiceField(Audience.choices)
    computed_at = serializers.DateTimeField()
    title = serializers.CharField()
    columns = serializers.ListField(child=serializers.DictField())
    rows = serializers.ListField(child=serializers.DictField())
    source = serializers.DictField(child=serializers.CharField())  # type: ignore[assignment]  # a field here
    protection = serializers.ListField(child=serializers.CharField())


class ComputingSerializer(serializers.Serializer[Any]):
    """The table is being computed: send the same again after the seconds of Retry-After."""

    status = serializers.ChoiceField(["computing"])


class DividableSerializer(serializers.Serializer[Any]):
    """What tables of the data set can be made of: dimensions, and questions for a number."""

    round = serializers.CharField()
    publication = serializers.IntegerField()
    dimensions = DimensionSerializer(many=True)
    numbers = serializers.ListField(child=serializers.CharField())


EXAMPLE: Final = {
    "round": "nang-luc-2026",
    "publication": 1,
    "audience": "agencies",
    "computed_at": "2027-03-02T10:00:00+07:00",
    "title": "Loại cơ quan, theo: Cơ quan có chiến lược số không?",
    "columns": [{"name": "type", "kind": "category", "label": "Loại cơ quan"}],
    "rows": [{"type": "province", "co_chien_luoc": "co", "value": 21.0, "n": 21, "hidden": False}],
    "source": {"Công bố": "lần 1"},
    "protection": ["Số liệu về ít hơn 5 đơn vị không hiển thị."],
}


class DataSetTableView(ApiView):
    """A table of a publication in force: 202 while it is computed, 200 with the stored figures."""

    permission_required = Permission.DATASET_TABULATE
    scope = Scope.CATALOGUE

    @cached_property
    def release(self) -> Release:
        """The publication of the address."""
        published = Release.objects.published().select_related("round__campaign__owner")
        code, number = self.kwargs["code"], self.kwargs["number"]
        return get_object_or_404(published.defer("manifest"), round__code=code, number=number)

    def get_permission_object(self) -> Release:
        """The publication."""
        return self.release

    @operation(
        Told(
            name="data_set_dimensions",
            summary=_("What tables of a publication can be made of"),
            group="published",
            more=TERMS,
        ),
        answers={200: DividableSerializer},
        examples={
            200: {
                "round": "nang-luc-2026",
                "publication": 1,
                "dimensions": [
                    {
                        "code": "type",
                        "label": "Loại cơ quan",
                        "values": [{"code": "province", "label": "Tỉnh"}],
                    }
                ],
                "numbers": ["staff"],
            }
        },
    )
    def get(self, _request: Request, code: str, number: int) -> Response:
        """The dimensions, and the questions for a number."""
        refuse_unless_accepted(self.person)
        scope = scope_of(self.release.round)
        told = {
            "round": self.release.round.code,
            "publication": self.release.number,
            "dimensions": [
                {
                    "code": each.code,
                    "label": each.label,
                    "values": [{"code": value, "label": word} for value, word in each.values],
                }
                for each in scope.dimensions.values()
            ],
            "numbers": [name for name, item in scope.items.items() if item.kind is ItemKind.NUMBER],
        }
        return Response(DividableSerializer(told).data)

    @operation(
        Told(
            name="data_set_table",
            summary=_("A table of a publication"),
            group="published",
            more=TERMS,
        ),
        answers={200: DataTableSerializer, 202: ComputingSerializer},
        examples={200: EXAMPLE, 202: {"status": "computing"}},
        body=(TableWishSerializer, WISH),
    )
    def post(self, request: Request, code: str, number: int) -> HttpResponse:
        """The table, or that it is being computed. Raises TableRefused."""
        refuse_unless_accepted(self.person)
        body = read_body(TableWishSerializer, request)
        wanted = wanted_of(body, scope_of(self.release.round))
        found = self.tabulation(wanted)
        if found.result is None:
            headers = {"Retry-After": str(RETRY_AFTER)}
            return Response({"status": "computing"}, HTTPStatus.ACCEPTED, headers=headers)
        if why := found.result.get("refusal"):
            raise TableRefused(str(Refusal(why).label), reason=why)
        return Response(self.told(wanted, found))

    def tabulation(self, wanted: Wanted) -> Tabulation:
        """What is stored for the caller's audience, or asked for anew. Raises TooManyAsked."""
        round_ = self.release.round
        asking = asking_of(wanted, scope_of(round_))
        basis = basis_of(round_, audience_of(self.person, round_))
        found = tabulation_of(round_, asking, basis)
        if found is None or services.has_failed(found):
            found = services.ask(round_, asking, basis, actor=self.person, at=self.at)
        return found

    def told(self, wanted: Wanted, found: Tabulation) -> dict[str, Any]:
        """The table as data."""
        release = self.release
        grid = grid_of(wanted, found.result or {}, scope_of(release.round))
        about = {
            "round": release.round.code,
            "publication": release.number,
            "audience": found.audience,
            "computed_at": found.computed_at,
        }
        return dict(DataTableSerializer(about | told_of(release, grid, found)).data)
