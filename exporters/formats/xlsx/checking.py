"""What a book must hold to before it is written: sizes, and references that lead somewhere."""

from collections.abc import Iterator, Mapping
from typing import Final

from exporters.book import Area, Book, Choices, Sheet

MAX_ROWS: Final = 1_048_576
MAX_COLUMNS: Final = 16_384


class TooLargeForExcel(ValueError):
    """A sheet has more rows or columns than a workbook can hold."""


class Dangling(ValueError):
    """A chart, a name, a link, a mark or a list refers to cells that the book does not have."""


def check(book: Book) -> None:
    """Raises TooLargeForExcel and Dangling."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for sheet in book.sheets:
        if len(sheet.rows) > MAX_ROWS or sheet.width > MAX_COLUMNS:
            raise TooLargeForExcel(sheet.name)
        _check_own(sheet)
    for user, area in _areas(book):
        _check_area(sheets, user, area)


def _check_own(sheet: Sheet) -> None:
    """Marks, validations and merged cells lie on their own sheet."""
    own = [
        *(mark.area for mark in sheet.marks),
        *(rule.area for rule in sheet.validations),
        *sheet.merged,
        *filter(None, [sheet.printed]),
    ]
    for area in own:
        if area.sheet != sheet.name:
            raise Dangling(f"{sheet.name}: {area.absolute} is of another sheet")


def _areas(book: Book) -> Iterator[tuple[str, Area]]:
    for name in book.names:
        yield f"name {name.name}", name.area
    for sheet in book.sheets:
        for chart in sheet.charts:
            for area in chart.areas():
                yield f"chart {chart.title!r} of {sheet.name}", area
        for rule in sheet.validations:
            if isinstance(rule, Choices) and isinstance(rule.source, Area):
                yield f"list of {sheet.name}", rule.source
        for row in sheet.rows:
            for cell in row:
                if cell.link is not None:
                    target = cell.link
                    yield (
                        f"link of {sheet.name}",
                        Area.cell(target.sheet, target.row, target.column),
                    )


def _check_area(sheets: Mapping[str, Sheet], user: str, area: Area) -> None:
    sheet = sheets.get(area.sheet)
    inside = sheet is not None and area.bottom <= len(sheet.rows) and area.right <= sheet.width
    if not inside or not 0 < area.top <= area.bottom or not 0 < area.left <= area.right:
        raise Dangling(f"{user}: {area.absolute}")
