"""What was published: the catalogue, the codebook and the results of each publication."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from analytics.api.results import RESULT, ResultSerializer, results_of
from analytics.api.variables import VARIABLE, VariablesSerializer, variables_of_round
from analytics.gate.enums import Identity
from analytics.gate.queries import policy_of
from analytics.indices.models import IndexRunUnit
from analytics.releases.enums import Licence, ReleaseStatus
from analytics.releases.models import Release
from surveys.api.texts import TextsSerializer
from surveys.common.permissions import Permission
from surveys.machines.api.base import ApiView, ListApiView
from surveys.machines.api.schema import Told, operation, page_example, page_of
from surveys.machines.api.serializers import QuerySerializer
from surveys.machines.enums import Scope

IN_FORCE = (ReleaseStatus.APPROVED, ReleaseStatus.SUPERSEDED)
"""What stays to be read with its figures; of what was withdrawn, only that it was."""

EXAMPLE: dict[str, Any] = {
    "round": "nang-luc-2026",
    "number": 1,
    "status": "approved",
    "title": {"vi": "Năng lực tổ chức 2026", "en": "Organisational capacity 2026"},
    "notes": {"vi": "", "en": ""},
    "publisher": "cuc-cds-quoc-gia",
    "period": {"vi": "2026", "en": "2026"},
    "reference_date": "2026-12-31",
    "released_on": "2027-03-01",
    "licence": "cc_by_4",
    "licence_address": "https://creativecommons.org/licenses/by/4.0/",
    "corrects": None,
    "withdrawal_reason": "",
    "index": {"code": "nang-luc-to-chuc", "version": 1},
    "manifest_sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
}


class IndexNameSerializer(serializers.Serializer[Any]):
    """A version of an index."""

    code = serializers.CharField()
    version = serializers.IntegerField()


class PublicationSerializer(serializers.Serializer[Release]):
    """A publication of a round's results. It never changes: a correction is a publication of its own."""

    round = serializers.CharField(source="round.code")
    number = serializers.IntegerField()
    status = serializers.ChoiceField(ReleaseStatus.choices)
    title = serializers.SerializerMethodField()
    notes = serializers.SerializerMethodField()
    publisher = serializers.CharField(source="round.campaign.owner.key")
    period = TextsSerializer(source="round.periods")
    reference_date = serializers.DateField(source="round.reference_date")
    released_on = serializers.DateField()
    licence = serializers.ChoiceField(Licence.choices)
    licence_address = serializers.CharField(allow_blank=True)
    corrects = serializers.SerializerMethodField()
    withdrawal_reason = serializers.CharField(allow_blank=True)
    index = serializers.SerializerMethodField()
    manifest_sha256 = serializers.CharField()

    @extend_schema_field(TextsSerializer)
    def get_title(self, release: Release) -> dict[str, str]:
        """The title by language."""
        return _texts(release.title)

    @extend_schema_field(TextsSerializer)
    def get_notes(self, release: Release) -> dict[str, str]:
        """What whoever published it has to say."""
        return _texts(release.notes)

    def get_corrects(self, release: Release) -> int | None:
        """The number of the publication that this one takes the place of."""
        return release.corrects.number if release.corrects else None

    @extend_schema_field(IndexNameSerializer(allow_null=True))
    def get_index(self, release: Release) -> dict[str, Any] | None:
        """The index whose results are published, if any."""
        if release.run is None:
            return None
        return {"code": release.run.version.index.code, "version": release.run.version.number}


class PublicationQuery(QuerySerializer):
    """Which publications are wanted."""

    round = serializers.SlugField(required=False, max_length=60)
    status = serializers.ChoiceField(ReleaseStatus.choices, required=False)


class PublicationListView(ListApiView):
    """The catalogue."""

    permission_required = Permission.PUBLIC
    scope = Scope.CATALOGUE
    query = PublicationQuery
    serializer = PublicationSerializer
    order = ("-released_on", "-pk")

    def rows(self) -> QuerySet[Release]:
        """Those that fit."""
        asked = self.parameters
        found = _published()
        if round_ := asked.get("round"):
            found = found.filter(round__code=round_)
        if status := asked.get("status"):
            found = found.filter(status=status)
        return found

    @operation(
        Told(name="publications", summary=_("Everything that was published"), group="published"),
        answers={200: page_of(PublicationSerializer)},
        examples={200: page_example(EXAMPLE)},
        query=PublicationQuery,
    )
    def get(self, _request: Request) -> Response:
        """One page."""
        return self.page()


class OfPublicationView(ApiView):
    """An address about a publication, which is there for everybody."""

    permission_required = Permission.PUBLIC
    scope = Scope.CATALOGUE

    @cached_property
    def release(self) -> Release:
        """The publication of the address."""
        code, number = self.kwargs["code"], self.kwargs["number"]
        return get_object_or_404(_published(), round__code=code, number=number)


class PublicationView(OfPublicationView):
    """One publication."""

    @operation(
        Told(name="publication", summary=_("One publication"), group="published"),
        answers={200: PublicationSerializer},
        examples={200: EXAMPLE},
    )
    def get(self, _request: Request, code: str, number: int) -> Response:
        """The publication."""
        return Response(PublicationSerializer(self.release).data)


class CodebookView(OfPublicationView):
    """What the variables of a publication mean."""

    @operation(
        Told(
            name="codebook",
            summary=_("The variables of a publication, with their codes"),
            group="published",
        ),
        answers={200: VariablesSerializer},
        examples={200: {"round": "nang-luc-2026", "variables": [VARIABLE]}},
    )
    def get(self, _request: Request, code: str, number: int) -> Response:
        """The codebook."""
        round_ = self.release.round
        told = {"round": round_.code, "variables": variables_of_round(round_)}
        return Response(VariablesSerializer(told).data)


class PublicationResultsView(OfPublicationView, ListApiView):
    """The published index: what each unit got. None where single bodies are protected."""

    serializer = ResultSerializer
    order = ("position", "pk")

    def rows(self) -> QuerySet[IndexRunUnit]:
        """The units of the published run."""
        release = self.release
        is_named = policy_of(release.round).identity == Identity.PUBLISHED
        if release.run_id is None or release.status not in IN_FORCE or not is_named:
            raise Http404
        return results_of(release.run_id)

    @operation(
        Told(
            name="publication_results",
            summary=_("What each unit got in the published index"),
            group="published",
        ),
        answers={200: page_of(ResultSerializer)},
        examples={200: page_example(RESULT)},
    )
    def get(self, _request: Request, code: str, number: int) -> Response:
        """One page."""
        return self.page()


def _published() -> QuerySet[Release]:
    related = ("round__campaign__owner", "run__version__index", "corrects")
    heavy = ("manifest", "run__version__definition", "run__configuration", "run__summary")
    return Release.objects.published().select_related(*related).defer(*heavy, "run__warnings")


def _texts(texts: Mapping[str, str]) -> dict[str, str]:
    return {"vi": texts.get("vi", ""), "en": texts.get("en", "")}
