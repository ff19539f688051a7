"""Where the API begins, and where it is not."""

from collections.abc import Iterator
from typing import Any, NoReturn

from django.http import Http404
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from surveys.common.permissions import Permission
from surveys.machines.api.base import VERSION, ApiView
from surveys.machines.api.schema import Told, operation

NAMED = "api_"
HIDDEN = {"api_root", "api_nothing"}


class RootSerializer(serializers.Serializer[Any]):
    """Where things are."""

    version = serializers.CharField()
    addresses = serializers.DictField(child=serializers.CharField())


class RootView(ApiView):
    """The addresses that need to be told nothing."""

    permission_required = Permission.PUBLIC

    @operation(
        Told(name="root", summary=_("Where things are"), group="start"),
        answers={200: RootSerializer},
        examples={
            200: {"version": "1", "addresses": {"units": "https://example.gov.vn/api/v1/units/"}}
        },
    )
    def get(self, request: Request) -> Response:
        """All lists by their names."""
        addresses = {
            name.removeprefix(NAMED): request.build_absolute_uri(reverse(name))
            for name in sorted(_lists(get_resolver()))
        }
        return Response({"version": VERSION, "addresses": addresses})


class NothingHereView(ApiView):
    """Any other address below ``/api/``: there is nothing, whatever is asked of it."""

    permission_required = Permission.PUBLIC
    schema = None  # in no documentation

    @property
    def parameters(self) -> dict[str, Any]:
        """None is read."""
        return {}

    def http_method_not_allowed(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """404 by any method."""
        raise Http404

    def get(self, _request: Request, *_args: Any, **_kwargs: Any) -> Response:
        """404."""
        raise Http404


def _lists(resolver: URLResolver) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _lists(entry)
        elif isinstance(entry, URLPattern):
            name = str(entry.name)
            if name.startswith(NAMED) and name not in HIDDEN and not entry.pattern.converters:
                yield name
