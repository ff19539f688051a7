"""A codebook as JSON: the dataclasses as they are, without what says nothing."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final

from exporters.codebooks.model import Codebook

FORMAT: Final = "khao-sat-so/codebook/1"


def codebook_document(codebook: Codebook) -> dict[str, Any]:
    """The codebook as plain data for JSON: dates as ISO texts, empty fields left out."""
    found: dict[str, Any] = _plain({"format": FORMAT, **asdict(codebook)})
    return found


def codebook_json(codebook: Codebook) -> bytes:
    """The codebook as JSON in UTF-8; the same codebook gives the same bytes."""
    document = codebook_document(codebook)
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _plain(value: Any) -> Any:
    match value:
        case dict():
            told = {name: _plain(each) for name, each in value.items()}
            return {name: each for name, each in told.items() if not _is_empty(each)}
        case list() | tuple():
            return [_plain(each) for each in value]
        case datetime() | date():
            return value.isoformat()
        case str():
            return value.encode("utf-8", "replace").decode()
        case _:
            return value


def _is_empty(value: Any) -> bool:
    """Whether a field says nothing; a zero and a no say something."""
    return value is None or (isinstance(value, str | dict | list) and not value)
