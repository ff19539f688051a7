"""Which questionnaire a workbook was made from, by its hidden sheet.

It names no agency: whose answers these are comes from the session and the assignment.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from surveys.excelform.codes import FORMAT, META_KEYS, META_SHEET
from surveys.excelform.reading.sheets import Raw, Sheet


@dataclass(frozen=True, slots=True)
class Identity:
    """What the hidden sheet says; empty where it says nothing."""

    format: str = ""
    questionnaire: str = ""
    version: str = ""
    definition: str = ""
    language: str = ""
    made_at: datetime | None = None

    @property
    def is_known(self) -> bool:
        """Whether the workbook was made by this system, in a format that is read."""
        return self.format == FORMAT and bool(self.questionnaire)


def identity_of(sheets: tuple[Sheet, ...]) -> Identity:
    """What the workbook says of itself, whatever its hidden sheet is called now."""
    named = sorted(sheets, key=lambda sheet: sheet.name != META_SHEET)
    for sheet in named:
        pairs = _pairs(sheet)
        if pairs.keys() >= {"format", "questionnaire", "version"}:
            return Identity(
                **{
                    key: pairs.get(key, "")
                    for key in ("format", "questionnaire", "version", "definition", "language")
                },
                made_at=_moment(pairs.get("made_at", "")),
            )
    return Identity()


def _pairs(sheet: Sheet) -> Mapping[str, str]:
    return {
        key: _text(sheet.cell(row, 1))
        for row in range(min(len(sheet.rows), 2 * len(META_KEYS)))
        if isinstance(key := sheet.cell(row, 0), str) and key in META_KEYS
    }


def _text(raw: Raw) -> str:
    """A number may have become one when the file was saved by another program."""
    match raw:
        case None | bool():
            return ""
        case float() | int():
            return format(raw, ".15g")
        case list():
            return raw[1]
    return raw.strip()


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
