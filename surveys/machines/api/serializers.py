"""What the serializers of the API have in common: nothing is taken that they do not name."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.fields import empty
from rest_framework.request import Request

from surveys.machines.api.problems import PARAMETERS, Unprocessable

UNKNOWN = _("There is no such field.")
UNKNOWN_PARAMETER = _("There is no such parameter.")
REPEATED = _("The parameter stands more than once.")
UNREADABLE = _("The value contains characters that no value has.")


class StrictSerializer(serializers.Serializer[Any]):
    """A body whose every field is named; an unknown one is refused with its place, never ignored."""

    def run_validation(self, data: Any = empty) -> Any:
        """The validated data. Raises ValidationError for unknown fields too."""
        if isinstance(data, Mapping):
            unknown = [str(name) for name in data if name not in self.fields]
            if unknown:
                raise serializers.ValidationError({name: [UNKNOWN] for name in unknown}, "unknown")
        return super().run_validation(data)


class QuerySerializer(serializers.Serializer[Any]):
    """The parameters of an address. No lookup is ever made from a name that somebody has sent."""


def read_query(kind: type[QuerySerializer], request: Request, *also: str) -> dict[str, Any]:
    """The parameters of a request by a serializer; ``also`` are those that somebody else reads.

    Raises Unprocessable with the name of each parameter that is unknown, stands twice or does not fit.
    """
    given: QueryDict = request.query_params
    serializer = kind(data={name: given[name] for name in given if name not in also})
    problems: dict[str, Any] = {}
    many = {name for name, field in serializer.fields.items() if _is_many(field)}
    for name in given:
        values = given.getlist(name)
        if name not in serializer.fields and name not in also:
            problems[name] = [serializers.ErrorDetail(str(UNKNOWN_PARAMETER), "unknown")]
        elif len(values) > 1 and name not in many:
            problems[name] = [serializers.ErrorDetail(str(REPEATED), "repeated")]
        elif any(not _is_readable(value) for value in values):
            problems[name] = [serializers.ErrorDetail(str(UNREADABLE), "unreadable")]
    if not problems:
        data = {n: given.getlist(n) if n in many else given[n] for n in given if n not in also}
        serializer = kind(data=data)
        if not serializer.is_valid():
            problems = dict(serializer.errors)
    if problems:
        raise Unprocessable({PARAMETERS: problems})
    return dict(serializer.validated_data)


def read_body(kind: type[StrictSerializer], request: Request) -> dict[str, Any]:
    """The body of a request by a serializer. Raises Unprocessable with the place of each error."""
    serializer = kind(data=request.data)
    if not serializer.is_valid():
        raise Unprocessable(serializer.errors)
    return dict(serializer.validated_data)


def _is_many(field: Any) -> bool:
    return isinstance(field, serializers.ListField)


def _is_readable(text: str) -> bool:
    return text.isprintable() and not any("\ud800" <= letter <= "\udfff" for letter in text)
