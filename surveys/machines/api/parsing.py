"""Bodies are JSON, read strictly: what two readers could understand differently is refused."""

import json
import math
from collections.abc import Mapping
from typing import IO, Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from surveys.machines.api.problems import TooLarge

DEEPEST: Final = 32
"""Levels of lists and objects in a body; nothing that the API takes has more than six."""


class StrictJsonParser(BaseParser):
    """UTF-8 JSON without names that stand twice, numbers that JSON has not, NUL, or halves of pairs."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The body as data. Raises ParseError or TooLarge."""
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw: bytes = stream.read(most + 1)
        if len(raw) > most:
            raise TooLarge
        try:
            text = raw.decode("utf-8")
            _refuse_depth(text)
            data = json.loads(
                text, object_pairs_hook=_pairs, parse_constant=_constant, parse_float=_float
            )
        except (ValueError, RecursionError) as error:
            raise ParseError(str(error)) from error
        _refuse_unstorable(data)
        return data


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(_("A name stands twice in one object."))
    return found


def _constant(name: str) -> Any:
    raise ValueError(_("JSON has no %(name)s.") % {"name": name})


def _float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(_("A number is too large."))
    return number


def _refuse_depth(text: str) -> None:
    """Brackets inside of strings count too: nobody sends 32 that stay open by chance."""
    depth = 0
    for character in text:
        if character in "[{":
            depth += 1
            if depth > DEEPEST:
                raise ValueError(_("The body is nested too deeply."))
        elif character in "]}":
            depth -= 1


def _refuse_unstorable(data: Any) -> None:
    text = json.dumps(data, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ParseError(_("The text contains characters that cannot be stored.")) from error
    if "\\u0000" in text:
        raise ParseError(_("The text contains characters that cannot be stored."))
