"""What a package says beside its tables and its codebook."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from exporters.codebooks.dcat import Record
from exporters.tables import DataTable
from surveys.engine.model import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageDetails:
    """``title`` is that of the data set; ``language`` that of the codebook's page and workbook, the others
    have both. ``as_of`` is the only time in the package. ``contact`` is how to reach the producer.
    ``notes`` are further paragraphs of the README: what was chosen, what was done to the figures.
    ``record`` describes the publication that the data are of, for open-data portals; none otherwise.
    ``options`` go to the writer of the format. ``heads`` gives a table with the names that its columns
    have in the file, where these are not their own, by which the codebook describes them.
    """

    title: Texts
    language: str
    as_of: datetime
    contact: Texts = field(default_factory=dict)
    notes: tuple[Texts, ...] = ()
    record: Record | None = None
    options: Any = None
    heads: Callable[[DataTable], DataTable] | None = None


@dataclass(frozen=True, slots=True)
class DataFormat:
    """A data format: its function, and what its files are. ``suffix`` is that of a workbook, which is one
    file for all tables; the others make a zip with a file for each."""

    writer: str
    media_type: str
    file_type: str
    suffix: str = ""


FORMATS: Final = {
    "csv": DataFormat("exporters.formats.csv.write_csv", "text/csv", "CSV"),
    "jsonl": DataFormat("exporters.formats.jsonl.write_jsonl", "application/x-ndjson", "JSON"),
    "parquet": DataFormat(
        "exporters.formats.parquet.write_parquet", "application/vnd.apache.parquet", "PARQUET"
    ),
    "sav": DataFormat("exporters.formats.spss.write_spss", "application/x-spss-sav", "BIN"),
    "dta": DataFormat("exporters.formats.stata.write_stata", "application/x-stata-dta", "BIN"),
    "xlsx": DataFormat(
        "exporters.formats.streamed_xlsx.write_xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "XLSX",
        "xlsx",
    ),
}
"""By the name that the registry uses. Imported by tasks only, when one is written."""
