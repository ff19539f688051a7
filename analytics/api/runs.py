"""Runs of indices, for those who follow them."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from analytics.api.results import RESULT, ResultSerializer, results_of
from analytics.indices.access import sees_names
from analytics.indices.enums import RunStatus, Scores
from analytics.indices.models import CompositeIndex, IndexRun, IndexRunUnit
from surveys.common.permissions import Permission
from surveys.machines.api.base import ApiView, ListApiView
from surveys.machines.api.schema import Told, operation, page_example, page_of
from surveys.machines.api.serializers import QuerySerializer
from surveys.machines.enums import Scope

EXAMPLE: dict[str, Any] = {
    "id": 5,
    "index": "nang-luc-to-chuc",
    "version": 1,
    "round": "nang-luc-2026",
    "scores": "self",
    "status": "done",
    "seed": 20261130,
    "draws": 1000,
    "requested_at": "2026-12-05T09:58:00+07:00",
    "computed_at": "2026-12-05T10:00:00+07:00",
    "configuration_sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "data_sha256": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
}


class RunSerializer(serializers.Serializer[IndexRun]):
    """An index computed over a round. The same configuration, data and code give the same bits."""

    id = serializers.IntegerField(source="pk")
    index = serializers.CharField(source="version.index.code")
    version = serializers.IntegerField(source="version.number")
    round = serializers.CharField(source="round.code")
    scores = serializers.ChoiceField(Scores.choices)
    status = serializers.ChoiceField(RunStatus.choices)
    seed = serializers.IntegerField()
    draws = serializers.IntegerField()
    requested_at = serializers.DateTimeField()
    computed_at = serializers.DateTimeField(allow_null=True)
    configuration_sha256 = serializers.CharField()
    data_sha256 = serializers.CharField(allow_blank=True)


class RunQuery(QuerySerializer):
    """Which runs are wanted."""

    index = serializers.SlugField(required=False, max_length=60)
    round = serializers.SlugField(required=False, max_length=60)


class RunListView(ListApiView):
    """The runs of the indices of the person's owners, the newest first."""

    permission_required = Permission.INDEX_VIEW
    scope = Scope.RESULTS
    query = RunQuery
    serializer = RunSerializer
    order = ("-requested_at", "-pk")

    def rows(self) -> QuerySet[IndexRun]:
        """Those that fit."""
        asked = self.parameters
        found = _with_places(IndexRun.objects.visible_to(self.person))
        if index := asked.get("index"):
            found = found.filter(version__index__code=index)
        if round_ := asked.get("round"):
            found = found.filter(round__code=round_)
        return found

    @operation(
        Told(name="index_runs", summary=_("Runs of indices that you follow"), group="indices"),
        answers={200: page_of(RunSerializer)},
        examples={200: page_example(EXAMPLE)},
        query=RunQuery,
    )
    def get(self, _request: Request) -> Response:
        """One page."""
        return self.page()


class OfRunView(ApiView):
    """An address about a run; whoever may not see its index gets 404."""

    permission_required = Permission.INDEX_VIEW
    scope = Scope.RESULTS

    @cached_property
    def run(self) -> IndexRun:
        """The run of the address."""
        visible = _with_places(IndexRun.objects.visible_to(self.person))
        return get_object_or_404(visible, pk=self.kwargs["run_id"])

    def get_permission_object(self) -> CompositeIndex:
        """The index of the run."""
        return self.run.version.index


class RunView(OfRunView):
    """One run."""

    @operation(
        Told(name="index_run", summary=_("One run of an index"), group="indices"),
        answers={200: RunSerializer},
        examples={200: EXAMPLE},
    )
    def get(self, _request: Request, run_id: int) -> Response:
        """The run."""
        return Response(RunSerializer(self.run).data)


class RunResultsView(OfRunView, ListApiView):
    """What each unit got in a run; nothing where units are protected from the reader."""

    serializer = ResultSerializer
    order = ("position", "pk")

    def rows(self) -> QuerySet[IndexRunUnit]:
        """The units of a computed run."""
        if self.run.computed_at is None or not sees_names(self.person, self.run):
            raise Http404
        return results_of(self.run.pk)

    @operation(
        Told(name="index_run_results", summary=_("What each unit got in a run"), group="indices"),
        answers={200: page_of(ResultSerializer)},
        examples={200: page_example(RESULT)},
    )
    def get(self, _request: Request, run_id: int) -> Response:
        """One page."""
        return self.page()


def _with_places(runs: QuerySet[IndexRun]) -> QuerySet[IndexRun]:
    related = ("version__index__owner", "round__campaign", "job")
    heavy = ("version__definition", "configuration", "warnings", "summary")
    return runs.select_related(*related).defer(*heavy)
