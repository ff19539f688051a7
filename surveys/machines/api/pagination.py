"""Lists by cursor: a page goes on after the last row of the one before, whatever came between."""

import hashlib
from collections.abc import Sequence
from typing import Any, Final

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request

from surveys.machines.api.problems import PARAMETERS, Unprocessable

CURSOR: Final = "cursor"
LIMIT: Final = "limit"
DEFAULT_LIMIT: Final = 50
MOST: Final = 200
SALT: Final = "api-cursor"
INVALID: Final = _("The cursor is none of this list. Begin at the first page.")
LIMITS: Final = _("A whole number from 1 to 200.")


class CursorPage:
    """One page of a queryset in a stable order.

    ``order`` names columns that are never null; their values together belong to one row. The cursor is
    signed and good for this address with these parameters: nobody builds one, or learns from it.
    """

    def __init__(
        self, rows: QuerySet[Any], request: Request, order: Sequence[str] = ("pk",)
    ) -> None:
        self._request, self._order = request, tuple(order)
        limit = _limit(request)
        ordered = rows.order_by(*self._order)
        if cursor := request.query_params.get(CURSOR):
            ordered = ordered.filter(_after(self._order, self._read(cursor)))
        found = list(ordered[: limit + 1])
        self.rows: list[Any] = found[:limit]
        self.next: str | None = self._next(self.rows[-1]) if len(found) > limit else None

    @property
    def links(self) -> str:
        """The Link header (RFC 8288): where the list begins, and where it goes on."""
        links = [f'<{self._address(None)}>; rel="first"']
        if self.next:
            links.append(f'<{self.next}>; rel="next"')
        return ", ".join(links)

    def _next(self, last: Model) -> str:
        values = [_plain(_value(last, name)) for name in self._order]
        cursor = signing.dumps([self._about(), values], salt=SALT)
        return self._address(cursor)

    def _read(self, cursor: str) -> list[Any]:
        try:
            about, values = signing.loads(cursor, salt=SALT)
        except (signing.BadSignature, ValueError, TypeError):
            raise _refused(CURSOR, INVALID) from None
        if about != self._about() or len(values) != len(self._order):
            raise _refused(CURSOR, INVALID)
        return list(values)

    def _about(self) -> str:
        """What list the cursor is of: its address, its order and all that was filtered by."""
        params = self._request.query_params
        kept = sorted((n, v) for n in params if n not in {CURSOR, LIMIT} for v in params.getlist(n))
        plain = repr([self._request.path, self._order, kept])
        return hashlib.sha256(plain.encode()).hexdigest()[:16]

    def _address(self, cursor: str | None) -> str:
        query = self._request.query_params.copy()
        query.pop(CURSOR, None)
        if cursor:
            query[CURSOR] = cursor
        path = self._request.path
        return self._request.build_absolute_uri(f"{path}?{query.urlencode()}" if query else path)


def _limit(request: Request) -> int:
    text = request.query_params.get(LIMIT, str(DEFAULT_LIMIT))
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(MOST))):
        raise _refused(LIMIT, LIMITS)
    if not 1 <= int(text) <= MOST:
        raise _refused(LIMIT, LIMITS)
    return int(text)


def _refused(name: str, words: Any) -> Unprocessable:
    return Unprocessable({PARAMETERS: {name: [ErrorDetail(str(words), "invalid")]}})


def _after(order: Sequence[str], values: Sequence[Any]) -> Q:
    """What stands after a row: a later first column, or the same and a later second one, and so on."""
    found, same = Q(), Q()
    for name, value in zip(order, values, strict=True):
        is_descending = name.startswith("-")
        column = name.removeprefix("-")
        step = "lt" if is_descending else "gt"
        found |= same & Q((f"{column}__{step}", value))
        same &= Q((column, value))
    return found


def _value(row: Any, name: str) -> Any:
    for part in name.removeprefix("-").split("__"):
        row = getattr(row, part)
    return row


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
