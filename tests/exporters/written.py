"""Books as their files."""

from datetime import datetime

from exporters.books.round_workbook import round_workbook
from exporters.formats.xlsx import write_xlsx
from surveys.campaigns.models import Round


def round_as_xlsx(round_: Round, *, language: str, at: datetime) -> bytes:
    """The round's workbook as the bytes of an .xlsx file."""
    return write_xlsx(round_workbook(round_, language=language, at=at))
