"""The OpenAPI document as a page: what each address takes and gives, with an example and a call."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.machines.api.docs import document
from surveys.machines.enums import EXPLANATIONS, Scope

GROUPS: Final[Mapping[str, Promise]] = {
    "start": gettext_lazy("Where to begin"),
    "published": gettext_lazy("What was published"),
    "units": gettext_lazy("Units"),
    "tables": gettext_lazy("Figures and answers of rounds"),
    "indices": gettext_lazy("Runs of indices"),
    "campaigns": gettext_lazy("Campaigns and rounds"),
    "own response": gettext_lazy("Our own response"),
    "exports": gettext_lazy("Files"),
    "webhooks": gettext_lazy("Webhooks"),
}
"""The groups of operations in the order of the page; others follow."""
EXAMPLES: Final = {"code": "nang-luc-2026", "number": "1", "key": "tinh-15", "id": "17"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an address or a header."""

    name: str
    place: str
    needed: bool
    type: str
    words: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address."""

    name: str
    method: str
    path: str
    summary: str
    words: tuple[tuple[str, bool], ...]
    scope: str
    is_public: bool
    parameters: tuple[Parameter, ...]
    request: str
    answers: tuple[tuple[str, str], ...]
    call: str


@dataclass(frozen=True, slots=True)
class Group:
    """Operations that belong together."""

    key: str
    title: str
    operations: tuple[Operation, ...]


def groups_of(found: Mapping[str, Any], root: str) -> list[Group]:
    """The operations of an OpenAPI document by group. ``root``: where the server is reached."""
    by_group: dict[str, list[Operation]] = {key: [] for key in GROUPS}
    for path, methods in found["paths"].items():
        for method, told in methods.items():
            group = (told.get("tags") or ["start"])[0]
            by_group.setdefault(group, []).append(_operation(path, method, told, root))
    return [
        Group(key.replace(" ", "-"), str(GROUPS.get(key, key)), tuple(operations))
        for key, operations in by_group.items()
        if operations
    ]


def _operation(path: str, method: str, told: Mapping[str, Any], root: str) -> Operation:
    security = told.get("security", [])
    scopes = [scope for each in security for scope in each.get("token", ())]
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {})
    request = next(_examples(body), "")
    return Operation(
        name=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told.get("summary", ""),
        words=_words(told["description"]) if told["description"] != told.get("summary") else (),
        scope="".join(scopes[:1]),
        is_public={} in security,
        parameters=tuple(_parameter(each) for each in told.get("parameters", ())),
        request=request,
        answers=tuple(_answers(told["responses"])),
        call=_call(path, method, told, request, root),
    )


def _words(text: str) -> tuple[tuple[str, bool], ...]:
    """The text in pieces, each with whether it is code: what stands between backticks."""
    return tuple((piece, place % 2 == 1) for place, piece in enumerate(text.split("`")))


def _parameter(told: Mapping[str, Any]) -> Parameter:
    schema = told.get("schema", {})
    choices = [str(each) for each in schema.get("enum", ())]
    return Parameter(
        name=told["name"],
        place=told["in"],
        needed=told.get("required", False),
        type=" | ".join(choices) or schema.get("type", ""),
        words=told.get("description", ""),
    )


def _answers(responses: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The answers that are no problems, each with its example."""
    for status, told in responses.items():
        for content_type, content in told.get("content", {}).items():
            if content_type == "application/json":
                yield status, next(_examples(content), "")


def _examples(content: Mapping[str, Any]) -> Iterator[str]:
    for example in content.get("examples", {}).values():
        yield json.dumps(example["value"], ensure_ascii=False, indent=2)


def _call(path: str, method: str, told: Mapping[str, Any], request: str, root: str) -> str:
    """A call by curl with the values of the examples."""
    for name, value in EXAMPLES.items():
        path = path.replace(f"{{{name}}}", value)
    for parameter in told.get("parameters", ()):
        path = path.replace(f"{{{parameter['name']}}}", EXAMPLES["id"])
    lines = ["curl"] if method == "get" else [f"curl -X {method.upper()}"]
    if {} not in told.get("security", []):
        lines.append('-H "Authorization: Bearer $TOKEN"')
    if any(each["name"] == "Idempotency-Key" for each in told.get("parameters", ())):
        lines.append('-H "Idempotency-Key: $(uuidgen)"')
    if request:
        lines.append('-H "Content-Type: application/json"')
        lines.append(f"-d '{json.dumps(json.loads(request), ensure_ascii=False)}'")
    query = "&".join(_query(told))
    return " \\\n  ".join([*lines, f'"{root}{path}{"?" if query else ""}{query}"'])


def _query(told: Mapping[str, Any]) -> Iterator[str]:
    for parameter in told.get("parameters", ()):
        if parameter["in"] == "query" and parameter.get("required"):
            yield f"{parameter['name']}=co_chien_luoc"


class ReferenceView(PermissionMixin, TemplateView):
    """The documentation of the API, for everybody."""

    permission_required = Permission.PUBLIC
    template_name = "machines/reference.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page as data."""
        parts = urlsplit(self.request.build_absolute_uri("/"))
        root = f"{parts.scheme}://{parts.netloc}"
        context = {
            "groups": groups_of(document(translation.get_language() or "vi"), root),
            "scopes": [(each.value, each.label, EXPLANATIONS[each]) for each in Scope],
            "rates": settings.API_RATES,
            "root": f"{root}/api/v1/",
            "crumbs": [(_("API"), "")],
        }
        return super().get_context_data(**context, **kwargs)
