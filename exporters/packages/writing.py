"""Writing a package: the tables in a data format, and all that explains them. For tasks only."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final

from django.utils.module_loading import import_string

from exporters.archives import SUMS, Archive, Member, archive, checksums, member_name
from exporters.codebooks.dcat import Distribution, Record, as_json_ld, record_graph
from exporters.codebooks.ddi import ddi_xml
from exporters.codebooks.html import codebook_html
from exporters.codebooks.model import Codebook
from exporters.codebooks.sheets import codebook_book
from exporters.formats.xlsx import write_xlsx
from exporters.packages.describing import described
from exporters.packages.details import FORMATS, DataFormat, PackageDetails
from exporters.packages.readme import Contents, licence_text, readme
from exporters.packages.words import both
from exporters.tables import DataTable, Progress, WrittenTable
from surveys.engine.model import text_in

DATA: Final = "data/"
CHUNK: Final = 1 << 20
BESIDE: Final = ("README.txt", "LICENCE.txt", "codebook.xml", "codebook.html", "codebook.xlsx")


def write_package(
    out: Path,
    tables: Sequence[DataTable],
    codebook: Codebook,
    file_format: str,
    details: PackageDetails,
    progress: Progress,
) -> tuple[WrittenTable, ...]:
    """A zip with the tables under ``data/``, README.txt and LICENCE.txt in both languages, the codebook of
    these tables (XML, HTML, workbook), dcat.jsonld where the data are published, and SHA256SUMS.

    Equal tables, codebook and details give equal bytes. Raises KeyError for a format that is none.
    """
    form = FORMATS[file_format]
    with archive(out, at=details.as_of) as made:
        headed = tables if details.heads is None else [details.heads(each) for each in tables]
        files_of, sizes = _add_tables(made, headed, form, details, progress)
        written = _of_own_names(tables, files_of)
        parts = _parts(described(codebook, tables, details.language, written), details)
        if details.record is not None:
            record = _with_files(details.record, made, sizes, form)
            parts["dcat.jsonld"] = as_json_ld(record_graph(record))
        files = [*parts, "README.txt", SUMS]
        parts["README.txt"] = readme(codebook, details, Contents(tables, written, files))
        for name in sorted(parts):
            made.add(name, parts[name])
        made.add(SUMS, checksums(made.digests))
    return written


def _of_own_names(
    tables: Sequence[DataTable], written: Sequence[WrittenTable]
) -> tuple[WrittenTable, ...]:
    """What was written, by the tables' own names of columns."""
    return tuple(
        replace(
            made,
            columns=tuple(
                replace(became, column=own.name)
                for own, became in zip(table.columns, made.columns, strict=True)
            ),
        )
        for table, made in zip(tables, written, strict=True)
    )


def _parts(codebook: Codebook, details: PackageDetails) -> dict[str, bytes]:
    return {
        "LICENCE.txt": licence_text(codebook.study.licence),
        "codebook.xml": ddi_xml(codebook),
        "codebook.html": codebook_html(codebook, details.language),
        "codebook.xlsx": write_xlsx(codebook_book(codebook, details.language)),
    }


def _add_tables(
    made: Archive,
    tables: Sequence[DataTable],
    form: DataFormat,
    details: PackageDetails,
    progress: Progress,
) -> tuple[tuple[WrittenTable, ...], dict[str, int]]:
    """The files of the format under ``data/``; how each table was written, and the size of each file."""
    title = text_in(details.title, details.language)
    told = {} if details.options is None else {"options": details.options}
    with TemporaryDirectory() as folder:
        file = Path(folder) / "tables"
        written: tuple[WrittenTable, ...] = import_string(form.writer)(
            tables, file, title=title, as_of=details.as_of, progress=progress, **told
        )
        if form.suffix:
            name = f"{DATA}{member_name(title, form.suffix)}"
            made.add(name, file)
            return _placed(written, lambda sheet: f"{name} [{sheet}]"), {name: file.stat().st_size}
        sizes = _add_members(made, file)
    return _placed(written, lambda place: f"{DATA}{place}"), sizes


def _add_members(made: Archive, file: Path) -> dict[str, int]:
    """The files that a format has packed, without the checksums of its own."""
    sizes = {}
    with zipfile.ZipFile(file) as packed:
        for entry in packed.infolist():
            if entry.filename != SUMS:
                with packed.open(entry) as source, made.member(f"{DATA}{entry.filename}") as member:
                    _copy(source, member)
                sizes[f"{DATA}{entry.filename}"] = entry.file_size
    return sizes


def _copy(source: IO[bytes], member: Member) -> None:
    while piece := source.read(CHUNK):
        member.write(piece)


def _placed(
    written: Sequence[WrittenTable], place: Callable[[str], str]
) -> tuple[WrittenTable, ...]:
    """The tables with where they stand in the package."""
    return tuple(
        replace(each, places=tuple(dict.fromkeys(place(name) for name in each.places)))
        for each in written
    )


def _with_files(
    record: Record, made: Archive, sizes: Mapping[str, int], form: DataFormat
) -> Record:
    """The record with a distribution for each data file, its size and its hash."""
    files = tuple(
        Distribution(
            title=both("data_of", title=name),
            access=record.address,
            media_type=form.media_type,
            file_type=form.file_type,
            package_type="application/zip",
            size=size,
            sha256=made.digests[name],
        )
        for name, size in sizes.items()
    )
    return replace(record, distributions=files)
