"""Tables that are asked for: behind the gate, computed by a job, read when they are done."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request
from rest_framework.response import Response

from analytics.api.rounds import OfRoundFiguresView
from analytics.api.variables import VARIABLE, VariableSerializer, variables_of_round
from analytics.explorer import queries, services
from analytics.explorer.asking import MOST_DIMENSIONS, MOST_FILTERS, Asking, query_of, read_address
from analytics.explorer.audiences import is_withheld
from analytics.explorer.models import Tabulation
from analytics.gate.enums import Audience
from analytics.gate.queries import audience_of
from surveys.common.errors import DomainError
from surveys.machines.api.problems import PARAMETERS, Unprocessable
from surveys.machines.api.schema import Told, operation
from surveys.machines.api.serializers import QuerySerializer, StrictSerializer, read_body

RETRY_AFTER = 2
"""Seconds after which a table is mostly there."""
ASKED = {"question": "co_chien_luoc", "by": ["type"], "filters": [], "weighted": False}


class Withheld(DomainError):
    """Of confidential answers, nothing is shown while they still come in."""

    code = "withheld"
    message = _("The answers are confidential: figures are shown once the round is closed.")


class NothingSigned(DomainError):
    """There is nothing to count."""

    code = "nothing_signed"
    message = _("No agency has signed its answers yet.")


class NotComputed(DomainError):
    """The job has failed."""

    code = "not_computed"
    message = _("The table could not be computed. Ask for it again with POST.")


class DimensionValueSerializer(serializers.Serializer[Any]):
    """A value of a dimension."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field here


class DimensionSerializer(serializers.Serializer[Any]):
    """What answers may be divided and filtered by, in the language of the request."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field here
    values = DimensionValueSerializer(many=True)


class AskableSerializer(serializers.Serializer[Any]):
    """What can be asked of a round."""

    round = serializers.CharField()
    weighted = serializers.BooleanField()
    variables = VariableSerializer(many=True)
    dimensions = DimensionSerializer(many=True)


class AskableView(OfRoundFiguresView):
    """The variables and dimensions of a round."""

    @operation(
        Told(
            name="askable",
            summary=_("The variables of a round, and what they can be divided by"),
            group="tables",
        ),
        answers={200: AskableSerializer},
        examples={
            200: {
                "round": "nang-luc-2026",
                "weighted": False,
                "variables": [VARIABLE],
                "dimensions": [
                    {
                        "code": "type",
                        "label": "Loại cơ quan",
                        "values": [{"code": "province", "label": "Tỉnh"}],
                    }
                ],
            }
        },
    )
    def get(self, _request: Request, code: str) -> Response:
        """What can be asked."""
        scope = queries.scope_of(self.round)
        told = {
            "round": self.round.code,
            "weighted": scope.has_weights,
            "variables": variables_of_round(self.round),
            "dimensions": [
                {
                    "code": each.code,
                    "label": each.label,
                    "values": [{"code": value, "label": word} for value, word in each.values],
                }
                for each in scope.dimensions.values()
            ],
        }
        return Response(AskableSerializer(told).data)


class FilterSerializer(StrictSerializer):
    """Only agencies that have one of the values in the dimension."""

    dimension = serializers.CharField(max_length=200)
    values = serializers.ListField(
        child=serializers.CharField(max_length=200), min_length=1, max_length=MOST_FILTERS
    )


class AskingSerializer(StrictSerializer):
    """A table: one variable, divided by up to two dimensions, of some agencies."""

    question = serializers.CharField(max_length=200)
    by = serializers.ListField(
        child=serializers.CharField(max_length=200), required=False, max_length=MOST_DIMENSIONS
    )
    filters = FilterSerializer(many=True, required=False, max_length=MOST_FILTERS)  # type: ignore[call-arg]  # of lists
    weighted = serializers.BooleanField(required=False)


class TableQuery(QuerySerializer):
    """A table as the explorer's address has it."""

    q = serializers.CharField(max_length=200, help_text=_("The variable."))
    by = serializers.ListField(
        child=serializers.CharField(max_length=200),
        required=False,
        max_length=MOST_DIMENSIONS,
        help_text=_("Dimensions."),
    )
    # "in" is a word of Python's.
    locals()["in"] = serializers.ListField(
        child=serializers.CharField(max_length=400),
        required=False,
        max_length=MOST_FILTERS,
        help_text=_("Filters as dimension:value."),
    )
    weighted = serializers.ChoiceField(["0", "1"], required=False)


class TableSerializer(serializers.Serializer[Any]):
    """A table as it was stored for your audience: what it may not see is not in it. ``result`` is what the
    kind of the variable gives: options, numbers, rows, or a refusal in words."""

    round = serializers.CharField()
    asking = serializers.DictField()
    audience = serializers.ChoiceField(Audience.choices)
    data_version = serializers.CharField()
    computed_at = serializers.DateTimeField()
    result = serializers.DictField()


class WaitingSerializer(serializers.Serializer[Any]):
    """The table is being computed: ask ``location`` again after the seconds of Retry-After."""

    status = serializers.ChoiceField(["computing"])
    location = serializers.CharField()


ANSWERS = {200: TableSerializer, 202: WaitingSerializer}
EXAMPLES = {
    200: {
        "round": "nang-luc-2026",
        "asking": ASKED,
        "audience": "researchers",
        "data_version": "64-60-312",
        "computed_at": "2026-12-05T10:00:00+07:00",
        "result": {"kind": "choice", "asked": 64, "answered": 60},
    },
    202: {"status": "computing", "location": "/api/v1/rounds/nang-luc-2026/table/?q=co_chien_luoc"},
}


class TableView(OfRoundFiguresView):
    """A table of a round: 202 while it is computed, 200 with the stored result."""

    query = TableQuery

    @operation(
        Told(name="table", summary=_("A table, asked by an address"), group="tables"),
        answers=ANSWERS,
        examples=EXAMPLES,
        query=TableQuery,
    )
    def get(self, _request: Request, code: str) -> HttpResponse:
        """The table, or where it will be."""
        asked = self.parameters
        words = {name: [each] if isinstance(each, str) else each for name, each in asked.items()}
        return self.answered(self.asking(words), is_anew=False)

    @operation(
        Told(
            name="table_ask",
            summary=_("A table, asked by a body; one that could not be computed is computed anew"),
            group="tables",
        ),
        answers=ANSWERS,
        examples=EXAMPLES,
        body=(AskingSerializer, ASKED),
    )
    def post(self, request: Request, code: str) -> HttpResponse:
        """The table, or where it will be."""
        body = read_body(AskingSerializer, request)
        words = {
            "q": [body["question"]],
            "by": body.get("by", []),
            "in": [f"{f['dimension']}:{v}" for f in body.get("filters", ()) for v in f["values"]],
            "weighted": ["1"] if body.get("weighted") else [],
        }
        return self.answered(self.asking(words), is_anew=True)

    def asking(self, words: Mapping[str, Sequence[str]]) -> Asking:
        """What is asked. Raises Unprocessable with the name of what cannot be followed."""
        reading = read_address(words, queries.scope_of(self.round))
        if reading.asking is None:
            problems: dict[str, list[ErrorDetail]] = {}
            for each in reading.problems:
                told = f"{each.value}: {each.reason}" if each.value else str(each.reason)
                problems.setdefault(each.parameter, []).append(ErrorDetail(told, "invalid"))
            raise Unprocessable({PARAMETERS: problems or {"q": [ErrorDetail("", "required")]}})
        return reading.asking

    def answered(self, asking: Asking, *, is_anew: bool) -> HttpResponse:
        """The stored result for the caller's audience; asked for where there is none.

        Raises Withheld, NothingSigned, NotComputed or TooManyAsked.
        """
        if is_withheld(self.round):
            raise Withheld
        if not queries.signed_in(self.round):
            raise NothingSigned
        basis = queries.basis_of(self.round, audience_of(self.person, self.round))
        found = queries.tabulation_of(self.round, asking, basis)
        if found is None or (is_anew and services.has_failed(found)):
            found = services.ask(self.round, asking, basis, actor=self.person, at=self.at)
        if found.result is not None:
            return Response(_told(self.round.code, found))
        if services.has_failed(found):
            raise NotComputed
        place = f"{reverse('api_table', args=[self.round.code])}?{query_of(asking)}"
        location = self.request.build_absolute_uri(place)
        headers = {"Location": location, "Retry-After": str(RETRY_AFTER)}
        waiting = {"status": "computing", "location": location}
        return Response(waiting, status=HTTPStatus.ACCEPTED, headers=headers)


def _told(code: str, found: Tabulation) -> dict[str, Any]:
    return dict(
        TableSerializer(
            {
                "round": code,
                "asking": found.asking,
                "audience": found.audience,
                "data_version": found.data_version,
                "computed_at": found.computed_at,
                "result": found.result,
            }
        ).data
    )
