"""README and LICENCE of a package, in plain text: Vietnamese first, then English."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

from exporters.codebooks.model import Codebook, Licence
from exporters.codebooks.words import LANGUAGES, shown_day
from exporters.packages.details import PackageDetails
from exporters.packages.words import word
from exporters.tables import DataTable, WrittenColumn, WrittenTable
from surveys.engine.model import Texts, text_in

WIDTH: Final = 92
PARTS: Final[Mapping[str, str]] = {
    "README.txt": "file_readme",
    "LICENCE.txt": "file_licence",
    "codebook.xml": "file_xml",
    "codebook.html": "file_html",
    "codebook.xlsx": "file_xlsx",
    "dcat.jsonld": "file_dcat",
    "SHA256SUMS": "file_sums",
}
"""What lies beside the tables, and what is said of it."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What the README tells of: the tables, how each was written, and the files beside them."""

    tables: Sequence[DataTable]
    written: Sequence[WrittenTable]
    files: Sequence[str]


def readme(codebook: Codebook, details: PackageDetails, contents: Contents) -> bytes:
    """The README in UTF-8, its lines ended as Windows reads them."""
    halves = [_half(codebook, details, contents, language) for language in LANGUAGES]
    between = ["", "=" * WIDTH, ""]
    return _bytes([*halves[0], *between, *halves[1]])


def licence_text(licence: Licence | None) -> bytes:
    """The LICENCE in UTF-8: its name, where its text stands, or the text."""
    lines: list[str] = []
    for language in LANGUAGES:
        if licence is None:
            lines += [*wrap(word("no_licence", language), WIDTH), ""]
        else:
            lines += [text_in(licence.name, language), ""]
    if licence is not None:
        lines += [line for line in (licence.address, licence.text) if line]
    return _bytes(lines)


def _half(
    codebook: Codebook, details: PackageDetails, contents: Contents, language: str
) -> list[str]:
    study = codebook.study
    title = text_in(details.title, language)
    lines = [title, "-" * min(len(title), WIDTH), ""]
    lines += _paragraph(word("about", language))
    lines += _paragraph(word("made_of", language, day=shown_day(codebook.as_of.date())))
    for note in details.notes:
        lines += _paragraph(text_in(note, language))
    lines += [word("cite", language), *_all((each.citation for each in codebook.studies), language)]
    lines += [word("licence", language), *_paragraph(_licence(study.licence, language))]
    lines += [word("files", language), *_files(contents, language), ""]
    lines += [word("tables", language), *_tables(contents, language), ""]
    lines += [word("variables", language), *_paragraph(word("variables_text", language))]
    lines += [word("missing", language), *_missing(contents, language), ""]
    lines += [word("protection", language), *_all(codebook.protections, language)]
    contacts = (details.contact,) if details.contact else codebook.producers
    return [*lines, word("contact", language), *_all(contacts, language)[:-1]]


def _all(texts: Iterable[Texts], language: str) -> list[str]:
    """A paragraph of each."""
    return [line for each in texts for line in _paragraph(text_in(each, language))]


def _paragraph(text: str) -> list[str]:
    """Wrapped lines and an empty one behind them; the line ends that it has are kept."""
    lines = [line for part in text.splitlines() for line in wrap(part, WIDTH) or [""]]
    return [*lines, ""]


def _licence(licence: Licence | None, language: str) -> str:
    if licence is None:
        return word("no_licence", language)
    return "\n".join(filter(None, (text_in(licence.name, language), licence.address)))


def _files(contents: Contents, language: str) -> Iterator[str]:
    for name, key in PARTS.items():
        if name in contents.files:
            yield from wrap(f"{name}: {word(key, language)}", WIDTH, subsequent_indent="  ")


def _tables(contents: Contents, language: str) -> Iterator[str]:
    for table, written in zip(contents.tables, contents.written, strict=True):
        line = word(
            "table",
            language,
            places=", ".join(written.places),
            title=table.title or table.name,
            rows=written.rows,
            columns=len(table.columns),
        )
        yield from wrap(line, WIDTH, subsequent_indent="  ")
        yield from _changed(written.columns, language)


def _changed(columns: Sequence[WrittenColumn], language: str) -> Iterator[str]:
    """What the format could not keep as it was."""
    renamed = [f"{each.column} = {each.name}" for each in columns if each.name != each.column]
    shortened = [each.name for each in columns if each.shortened]
    coded = [each.name for each in columns if each.codes]
    for key, names in (("renamed", renamed), ("coded", coded), ("shortened", shortened)):
        if names:
            line = word(key, language, names=", ".join(names))
            yield from wrap(line, WIDTH, initial_indent="  ", subsequent_indent="    ")


def _missing(contents: Contents, language: str) -> Iterator[str]:
    """Each code once with what it means; and what stands in the file for it, where that is another."""
    meanings = {
        code: meaning
        for table in contents.tables
        for column in table.columns
        for code, meaning in column.missing.items()
    }
    stands: dict[str, dict[str, None]] = {}
    for written in contents.written:
        for column in written.columns:
            for code, value in column.missing.items():
                stands.setdefault(code, {})[str(value)] = None
    if not meanings:
        yield word("no_missing", language)
        return
    for code, meaning in meanings.items():
        values = f" ({', '.join(stands[code])})" if code in stands else ""
        yield from wrap(f"{code}{values}: {meaning}", WIDTH, subsequent_indent="  ")
    yield word("empty", language)


def _bytes(lines: Sequence[str]) -> bytes:
    # With the mark in front, every editor of Windows knows the file for UTF-8.
    text = "\r\n".join([*lines, ""])
    return text.encode("utf-8-sig", "replace")
