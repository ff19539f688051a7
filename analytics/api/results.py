"""What units got in a run of an index."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from analytics.indices.models import IndexRunUnit
from surveys.api.texts import TextsSerializer

RESULT: dict[str, Any] = {
    "unit": "tinh-15",
    "name": {"vi": "Tỉnh Lào Cai", "en": "Lao Cai Province"},
    "type": "province",
    "score": 61.4,
    "level": 3,
    "rank": 7,
    "rank_label": "7",
    "rank_interval": {"low": 5.0, "median": 7.0, "high": 10.0},
    "nodes": [{"node": "nhan-luc", "score": 58.2, "rank": 9, "level": 3}],
}


class IntervalSerializer(serializers.Serializer[Any]):
    """The 5 %, 50 % and 95 % quantiles of the simulated ranks; null where none were simulated."""

    low = serializers.FloatField(allow_null=True)
    median = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


class NodeResultSerializer(serializers.Serializer[Any]):
    """What the unit got in one node of the index."""

    node = serializers.CharField()
    score = serializers.FloatField(allow_null=True)
    rank = serializers.IntegerField(allow_null=True)
    level = serializers.IntegerField(allow_null=True)


class ResultSerializer(serializers.Serializer[IndexRunUnit]):
    """What a unit got; score and rank are null where the index gives none."""

    unit = serializers.CharField(source="key")
    name = serializers.SerializerMethodField()
    type = serializers.CharField(allow_blank=True)
    score = serializers.FloatField(allow_null=True)
    level = serializers.IntegerField(allow_null=True)
    rank = serializers.IntegerField(allow_null=True)
    rank_label = serializers.CharField(allow_blank=True)
    rank_interval = serializers.SerializerMethodField()
    nodes = serializers.SerializerMethodField()

    @extend_schema_field(TextsSerializer)
    def get_name(self, unit: IndexRunUnit) -> dict[str, str]:
        """The name by language, as of the round."""
        return {"vi": unit.name, "en": unit.name_en}

    @extend_schema_field(IntervalSerializer)
    def get_rank_interval(self, unit: IndexRunUnit) -> dict[str, float | None]:
        """How certain the rank is."""
        return {"low": unit.rank_low, "median": unit.rank_median, "high": unit.rank_high}

    @extend_schema_field(NodeResultSerializer(many=True))
    def get_nodes(self, unit: IndexRunUnit) -> list[dict[str, Any]]:
        """Node by node, in the order of the index."""
        return [
            {"node": name, **{part: got.get(part) for part in ("score", "rank", "level")}}
            for name, got in unit.data.get("nodes", {}).items()
        ]


def results_of(run_id: int) -> QuerySet[IndexRunUnit]:
    """The units of a run."""
    return IndexRunUnit.objects.filter(run=run_id)
