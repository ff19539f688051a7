"""The kinds of files that leave the product."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class FileFormat:
    """How a file is served: its media type, and how its name ends (no dot)."""

    content_type: str
    suffix: str


FORMATS: Final = {
    "xlsx": FileFormat("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "csv": FileFormat("application/zip", "csv.zip"),
    "sav": FileFormat("application/zip", "sav.zip"),
    "dta": FileFormat("application/zip", "dta.zip"),
    "parquet": FileFormat("application/zip", "parquet.zip"),
    "jsonl": FileFormat("application/zip", "jsonl.zip"),
    "xml": FileFormat("application/xml", "xml"),
    "html": FileFormat("text/html; charset=utf-8", "html"),
    "json": FileFormat("application/json", "json"),
    "pdf": FileFormat("application/pdf", "pdf"),
    "zip": FileFormat("application/zip", "zip"),
}
"""By the name that the registry and ``--format`` use. Data formats are packages: the tables with their
README, checksums and codebook."""
