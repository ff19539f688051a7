"""What a round asks, as variables with their codes."""

from typing import Any

from rest_framework import serializers

from analytics.explorer.enums import ItemKind
from analytics.explorer.items import Item
from analytics.explorer.queries import items_of_round
from surveys.api.texts import TextsSerializer
from surveys.campaigns.models import Round
from surveys.engine.model import Texts
from surveys.rendering.messages import missing_code_label

VARIABLE: dict[str, Any] = {
    "name": "co_chien_luoc",
    "number": "A1",
    "kind": "choice",
    "label": {"vi": "Cơ quan có chiến lược số không?", "en": "Is there a digital strategy?"},
    "section": {"vi": "Thể chế", "en": "Institutions"},
    "unit": {"vi": "", "en": ""},
    "choices": [{"code": "co", "label": {"vi": "Có", "en": "Yes"}}],
    "missing": [{"code": "KAD", "label": "Không áp dụng đối với cơ quan"}],
}


class ChoiceSerializer(serializers.Serializer[Any]):
    """A code with its words."""

    code = serializers.CharField()
    label = TextsSerializer()  # type: ignore[assignment]  # a field here


class MissingSerializer(serializers.Serializer[Any]):
    """Why a figure may be missing: the code and its words in the language of the request."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field here


class VariableSerializer(serializers.Serializer[Any]):
    """A variable: its name in files and tables, the question's words, what its values mean."""

    name = serializers.CharField()
    number = serializers.CharField(allow_blank=True)
    kind = serializers.ChoiceField(ItemKind.choices)
    label = TextsSerializer()  # type: ignore[assignment]  # a field here
    section = TextsSerializer()
    unit = TextsSerializer()
    choices = ChoiceSerializer(many=True)
    missing = MissingSerializer(many=True)


class VariablesSerializer(serializers.Serializer[Any]):
    """Every variable that is no personal data, in the order of the questionnaire."""

    round = serializers.CharField()
    variables = VariableSerializer(many=True)


def variables_of_round(round_: Round) -> list[dict[str, Any]]:
    """The variables as plain data."""
    return [_variable(item) for item in items_of_round(round_).values()]


def _variable(item: Item) -> dict[str, Any]:
    return {
        "name": item.name,
        "number": item.number,
        "kind": item.kind.value,
        "label": {language: item.label(language) for language in ("vi", "en")},
        "section": by_language(item.section),
        "unit": by_language(item.variable.unit),
        "choices": [{"code": each.name, "label": by_language(each.label)} for each in item.choices],
        "missing": [
            {"code": code, "label": missing_code_label(code)} for code in item.variable.missing
        ],
    }


def by_language(texts: Texts) -> dict[str, str]:
    """A text by language, blank where there is none."""
    return {"vi": texts.get("vi", ""), "en": texts.get("en", "")}
