"""The OpenAPI document, and the same as a page for people."""

from functools import lru_cache
from typing import Any, Final

from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from rest_framework.request import Request
from rest_framework.response import Response

from surveys.common.permissions import Permission
from surveys.machines.api.base import ApiView

DESCRIPTION: Final = (
    "Every address asks a row of the product's permission matrix, and of tokens a scope: a token "
    "never may more than its person. What you may not know of is 404. Errors are RFC 9457 problems: "
    "tell them apart by `code`. Lists go on by `next` (and the Link header). Answers carry a strong "
    "ETag: send it as If-None-Match, and nothing comes that you have already. RateLimit headers say "
    "how many requests are left. Times are ISO 8601 with their offset."
)


@lru_cache(maxsize=4)
def document(language: str) -> dict[str, Any]:
    """The OpenAPI document of all addresses, with words in the language."""
    with translation.override(language):
        found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # theirs has no types
    found["info"]["description"] = DESCRIPTION
    found["servers"] = [{"url": "/"}]
    return found


class SchemaView(ApiView):
    """The OpenAPI 3.1 document."""

    permission_required = Permission.PUBLIC
    schema = None  # it is the document itself

    def get(self, _request: Request) -> Response:
        """The document as JSON."""
        return Response(document(translation.get_language() or "vi"))
