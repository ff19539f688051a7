"""Fields that several resources have."""

from typing import Any

from rest_framework import serializers


class TextsSerializer(serializers.Serializer[Any]):
    """A text by language; blank where there is none."""

    vi = serializers.CharField(allow_blank=True)
    en = serializers.CharField(allow_blank=True)


class UnitNameSerializer(serializers.Serializer[Any]):
    """A unit by its key, with its name."""

    key = serializers.CharField()
    name = TextsSerializer()
    type = serializers.CharField()
