"""The last pass over the file: cached values, words for who does not see a chart, fixed times."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from exporters.book import Book, Formula, Sheet, column_letter
from exporters.formats.xlsx.texts import literal, readable

_FRAME: Final = re.compile(r'(<(?:\w+:)?cNvPr id="\d+") name="[^"]*"\s*/>')
_LABELS: Final = re.compile(rb'(<numFmt formatCode="[^"]*")\s*/>')
"""Without a word about their source, programs draw labels as the cells, whatever their format says."""
_CODED: Final = re.compile(rb"_x[0-9A-Fa-f]{1,4}_")
_TEXT: Final = re.compile(r"<t(?: [^>]*)?>[^<]*</t>")
_FORMULA: Final = re.compile(
    r'<c r="([A-Z]+\d+)"([^>]*)><f>(.*?)</f><v\s*/?>(?:</v>)?</c>', re.DOTALL
)


def finish(data: bytes, book: Book) -> bytes:
    """Repack with cached values, alternative texts and fixed times."""
    stamp = book.made_at.astimezone(UTC)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in sorted(source.infolist(), key=_archive_order):
            body = source.read(entry)
            info = zipfile.ZipInfo(entry.filename, date_time=stamp.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, _finished(entry.filename, body, book, stamp))
    return out.getvalue()


def _archive_order(entry: zipfile.ZipInfo) -> tuple[bool, str]:
    return entry.filename != "[Content_Types].xml", entry.filename


def _finished(name: str, body: bytes, book: Book, stamp: datetime) -> bytes:
    if name == "docProps/core.xml":
        when = stamp.strftime("%Y-%m-%dT%H:%M:%SZ")
        return re.sub(rb"(W3CDTF\">)[^<]*(<)", rb"\g<1>" + when.encode() + rb"\g<2>", body)
    if found := re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name):
        return with_literal_texts(with_cached_values(body, book.sheets[int(found[1]) - 1]))
    if found := re.fullmatch(r"xl/drawings/drawing(\d+)\.xml", name):
        drawn = [sheet for sheet in book.sheets if sheet.charts]
        return _with_words(body, drawn[int(found[1]) - 1])
    if name.startswith("xl/comments/"):
        return with_literal_texts(body)
    if name.startswith("xl/charts/chart"):
        return _LABELS.sub(rb'\g<1> sourceLinked="0"/>', body)
    return body


def _with_words(xml: bytes, sheet: Sheet) -> bytes:
    """The drawing of a sheet with title and alternative text on each chart, in their order."""
    return _FRAME.sub(_words(sheet), xml.decode()).encode()


def _words(sheet: Sheet) -> Callable[[re.Match[str]], str]:
    charts = iter(sheet.charts)

    def fill(found: re.Match[str]) -> str:
        chart = next(charts)
        title, alt = quoteattr(readable(chart.title)), quoteattr(readable(chart.alt))
        return f"{found[1]} name={title} descr={alt} title={title}/>"

    return fill


def with_cached_values(xml: bytes, sheet: Sheet) -> bytes:
    """The sheet's XML with the server's value in the ``<v>`` of every formula cell."""
    values = {place: formula.value for place, formula in _formulas(sheet)}
    if not values:
        return xml

    def fill(found: re.Match[str]) -> str:
        kind, text = _cached(values[found[1]])
        style = re.sub(r'\s+t="[^"]*"', "", found[2])
        return f'<c r="{found[1]}"{style}{kind}><f>{found[3]}</f><v>{text}</v></c>'

    return _FORMULA.sub(fill, xml.decode()).encode()


def with_literal_texts(xml: bytes) -> bytes:
    """The XML with its texts (not its formulas) read as they are, also those that look like a code."""
    if not _CODED.search(xml):
        return xml
    return _TEXT.sub(lambda found: literal(found[0]), xml.decode()).encode()


def _formulas(sheet: Sheet) -> Iterator[tuple[str, Formula]]:
    for row_number, row in enumerate(sheet.rows, start=1):
        for column_number, cell in enumerate(row, start=1):
            if isinstance(cell.value, Formula):
                yield f"{column_letter(column_number)}{row_number}", cell.value


def _cached(value: float | Decimal | str | None) -> tuple[str, str]:
    if value is None or isinstance(value, str):
        return ' t="str"', escape(literal(readable(value or "")))
    return "", format(Decimal(str(value)), "f") if isinstance(value, Decimal) else repr(value)
