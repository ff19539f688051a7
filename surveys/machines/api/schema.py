"""How an operation is described in the OpenAPI document."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any, Final, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
)
from rest_framework import serializers

from surveys.machines.api.pagination import CURSOR, DEFAULT_LIMIT, LIMIT, MOST
from surveys.machines.api.problems import CONTENT_TYPE, TYPE
from surveys.machines.api.serializers import QuerySerializer, StrictSerializer

Method = TypeVar("Method", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class FileOf:
    """A file of one of the types, in the place of a serializer."""

    content_types: tuple[str, ...]


Answers = Mapping[int, type[serializers.Serializer[Any]] | FileOf]


class PlaceSerializer(serializers.Serializer[Any]):
    """One thing that does not fit: its place in the body, or the parameter; the words; the code."""

    pointer = serializers.CharField(required=False, help_text=_("A JSON pointer into the body."))
    parameter = serializers.CharField(required=False, help_text=_("A parameter of the address."))
    path = serializers.CharField(required=False, help_text=_("A path into the answers."))
    detail = serializers.CharField()
    code = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """An error (RFC 9457). Tell errors apart by ``code``: the words are for people."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField(required=False)
    errors = PlaceSerializer(many=True, required=False)  # type: ignore[assignment]  # a field here


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a reader is told of an operation: its id, one line, and more; its group."""

    name: str
    summary: Promise
    group: str
    more: Promise | str = ""


def operation(
    told: Told,
    *,
    answers: Answers,
    examples: Mapping[int, Any],
    query: type[QuerySerializer] | None = None,
    body: tuple[type[StrictSerializer], Any] | None = None,
    headers: Sequence[OpenApiParameter] = (),
) -> Callable[[Method], Method]:
    """Describe a method: what it answers with an example each, its parameters, and every problem."""
    parameters: list[Any] = [*([query] if query else []), *headers]
    if any(isinstance(each, type) and issubclass(each, Page) for each in answers.values()):
        parameters += PAGING
    described: dict[Any, Any] = {}
    for status, kind in answers.items():
        phrase = HTTPStatus(status).phrase
        if isinstance(kind, FileOf):
            for content_type in kind.content_types:
                described[status, content_type] = OpenApiResponse(bytes, description=phrase)
            continue
        shown = [OpenApiExample("example", value=examples[status])] if status in examples else []
        described[status] = OpenApiResponse(kind, description=phrase, examples=shown)
    for status in _problems(has_body=body is not None):
        if status not in answers:
            described[status, CONTENT_TYPE] = _described_problem(status)
    described_method: Callable[[Method], Method] = extend_schema(
        operation_id=told.name,
        summary=told.summary,
        description=told.more or told.summary,
        tags=[told.group],
        parameters=parameters,
        request={"application/json": body[0]} if body else None,
        responses=described,
        examples=[OpenApiExample("request", value=body[1], request_only=True)] if body else [],
    )
    return described_method


class Page(serializers.Serializer[Any]):
    """One page of a list: its items, and where it goes on."""

    next = serializers.CharField(allow_null=True, help_text=_("The next page; null at the end."))


@cache
def page_of(item: type[serializers.BaseSerializer[Any]]) -> type[Page]:
    """The serializer of a page of such items."""
    name = f"{item.__name__.removesuffix('Serializer')}Page"
    return type(name, (Page,), {"items": item(many=True), "__doc__": Page.__doc__})


def page_example(*items: Any) -> dict[str, Any]:
    """The example of a page that is the last."""
    return {"items": list(items), "next": None}


PAGING: Final = (
    OpenApiParameter(CURSOR, str, description=_("Where the page begins: as “next” says.")),
    OpenApiParameter(
        LIMIT,
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_LIMIT},
        description=_("How many items."),
    ),
)
IF_MATCH: Final = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description=_("The ETag that you have read; 412 where somebody has changed it since."),
)
IDEMPOTENCY_KEY: Final = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 8, "maxLength": 200, "pattern": r"^[!-~]+$"},
    OpenApiParameter.HEADER,
    required=True,
    description=_(
        "A text of your own, such as a UUID, new for each request and the same when you "
        "send it again: the first answer is given again for a day."
    ),
)


def _problems(*, has_body: bool) -> tuple[int, ...]:
    always = (400, 401, 403, 404, 406, 409, 412, 422, 429)
    return (*always, 413, 415) if has_body else always


PROBLEM_CODES: Final[Mapping[int, tuple[str, str]]] = {
    400: ("parse_error", "The body is no JSON that can be read."),
    401: ("not_authenticated", "Send a token: Authorization: Bearer …"),
    403: ("permission_denied", "You may not do this."),
    404: ("not_found", "There is nothing here, or it belongs to somebody else."),
    406: ("not_acceptable", "The API answers in JSON. Ask for application/json."),
    409: ("refused", "This cannot be done."),
    412: ("precondition_failed", "It has changed since you read it. Read it again."),
    413: ("too_large", "The body is too large. Send it in parts."),
    415: ("unsupported_media_type", "Send the body as application/json."),
    422: ("invalid", "A parameter of the address cannot be followed."),
    429: ("throttled", "Too many requests. Wait, then go on."),
}


def _described_problem(status: int) -> OpenApiResponse:
    code, title = PROBLEM_CODES[status]
    example: dict[str, Any] = {
        "type": f"{TYPE}{code}",
        "title": title,
        "status": status,
        "code": code,
    }
    if code == "invalid":
        example["errors"] = [
            {"parameter": "colour", "detail": "There is no such parameter.", "code": "unknown"}
        ]
    return OpenApiResponse(
        ProblemSerializer,
        description=HTTPStatus(status).phrase,
        examples=[OpenApiExample("problem", value=example, media_type=CONTENT_TYPE)],
    )
