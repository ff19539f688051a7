"""The kinds of files that leave the product."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class FileFormat:
    """How a file is served: its media type, how its name ends (no dot), and what people call it."""

    content_type: str
    suffix: str
    label: str


FORMATS: Final = {
    "xlsx": FileFormat(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "Excel"
    ),
    "csv": FileFormat("application/zip", "csv.zip", "CSV"),
    "sav": FileFormat("application/zip", "sav.zip", "SPSS"),
    "dta": FileFormat("application/zip", "dta.zip", "Stata"),
    "parquet": FileFormat("application/zip", "parquet.zip", "Parquet"),
    "jsonl": FileFormat("application/zip", "jsonl.zip", "JSON Lines"),
    "xml": FileFormat("application/xml", "xml", "XML"),
    "html": FileFormat("text/html; charset=utf-8", "html", "HTML"),
    "json": FileFormat("application/json", "json", "JSON"),
    "pdf": FileFormat("application/pdf", "pdf", "PDF"),
    "zip": FileFormat("application/zip", "zip", "ZIP"),
}
"""By the name that the registry and ``--format`` use. Data formats are packages: the tables with their
README, checksums and codebook."""
