"""What the limited process does with a list of people. Imports no Django: it runs in a bare child."""

import csv
import io
from typing import Final

from surveys.limited import Refused
from surveys.xlsform.worker import Extracted, extract

DELIMITERS: Final = ",;\t"
MAX_LINES: Final = 50_000


def extract_people(data: bytes, *, filename: str) -> Extracted:
    """Like ``surveys.xlsform.worker.extract``; a .csv is one sheet, parted by comma, ; or tab.

    Raises Refused for a .csv that cannot be read.
    """
    if not filename.lower().endswith(".csv") or data.startswith(b"PK"):
        return extract(data, filename=filename)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        raise Refused("Save it as CSV UTF-8.") from failure
    first, _end, _others = text.partition("\n")
    delimiter = max(DELIMITERS, key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as failure:
        raise Refused("It has quotation marks that do not match.") from failure
    if len(lines) > MAX_LINES:
        raise Refused("It has too many lines.")
    return {"sheets": [["people", lines]]}
