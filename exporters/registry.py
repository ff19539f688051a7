"""What can be exported: one explicit tuple."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Exporter:
    """A file that can be asked for. ``writer`` is the dotted name of
    ``(round, *, language, at) -> bytes``; it is imported in background tasks only.
    """

    name: str
    label: Promise
    formats: tuple[str, ...]
    writer: str
    content_type: str


EXPORTERS: Final = (
    Exporter(
        name="round",
        label=_("Round as a workbook"),
        formats=("xlsx",),
        writer="exporters.books.writers.round_as_xlsx",
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
)


def exporter_named(name: str, file_format: str) -> Exporter:
    """The exporter of that name and format. Raises KeyError."""
    for exporter in EXPORTERS:
        if exporter.name == name and file_format in exporter.formats:
            return exporter
    raise KeyError(name, file_format)
