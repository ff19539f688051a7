"""A list of people in a file becomes rows of texts. The file is read in a limited process."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.limited import Unreadable, read_limited
from surveys.organisations.people_reading import extract_people
from surveys.organisations.search import search_key
from surveys.xlsform.precheck import MAX_FILE_BYTES
from surveys.xlsform.worker import Extracted

logger = logging.getLogger(__name__)

UNSTORABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

MAX_PEOPLE: Final = 20_000

AGENCY, NAME, EMAIL, ROLE, TITLE, SIGNS_AS = (
    "agency",
    "name",
    "email",
    "role",
    "title",
    "signs_as",
)
REQUIRED: Final = (AGENCY, NAME, EMAIL, ROLE)

HEADINGS: Final[Mapping[str, str]] = {
    search_key(heading): column
    for column, headings in {
        AGENCY: ("agency", "agency code", "mã cơ quan", "cơ quan", "mã đơn vị"),
        NAME: ("name", "full name", "họ tên", "họ và tên"),
        EMAIL: ("email", "e-mail", "thư điện tử", "địa chỉ thư điện tử"),
        ROLE: ("role", "vai trò"),
        TITLE: ("title", "position", "chức vụ", "chức danh"),
        SIGNS_AS: ("signs_as", "signs as", "ký với tư cách"),
    }.items()
    for heading in headings
}
"""The column that a heading names, without case, tones and punctuation."""

SPOKEN: Final[Mapping[str, str | Promise]] = {
    AGENCY: _("Agency code"),
    NAME: _("Full name"),
    EMAIL: _("E-mail"),
    ROLE: _("Role"),
    TITLE: _("Position"),
    SIGNS_AS: _("Signs as"),
}


class PeopleFileUnreadable(DomainError):
    """The file is no list of people."""

    code = "people_file_unreadable"
    message = _("The file cannot be read. Save it as .xlsx or as CSV UTF-8.")
    status = 422


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the file; ``number`` counts from 1, as spreadsheet programs do."""

    number: int
    agency: str
    name: str
    email: str
    role: str
    title: str = ""
    signs_as: str = ""

    def as_json(self) -> dict[str, Any]:
        """The row as it is stored."""
        return {"number": self.number, **{column: getattr(self, column) for column in SPOKEN}}


def read_people(data: bytes, filename: str) -> list[PersonRow]:
    """The rows of the first sheet; empty lines are passed over. Raises PeopleFileUnreadable."""
    lines = lines_of(data, filename)
    columns = _columns(lines[0] if lines else [])
    rows = [
        _row(number, line, columns)
        for number, line in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in line)
    ]
    if not rows:
        raise PeopleFileUnreadable(str(_("The file names nobody.")))
    if len(rows) > MAX_PEOPLE:
        raise PeopleFileUnreadable(
            str(_("The file has more than %(most)s people. Divide it.")) % {"most": MAX_PEOPLE}
        )
    return rows


def lines_of(data: bytes, filename: str) -> list[list[str]]:
    """The first sheet; a file that harms its reader harms a child only."""
    if len(data) > MAX_FILE_BYTES:
        raise PeopleFileUnreadable(str(_("The file is larger than 10 MB.")))
    try:
        found: Extracted = read_limited(extract_people, data, {"filename": filename})
    except Unreadable as failure:
        logger.info("A list of people could not be read: %s", failure)
        raise PeopleFileUnreadable from failure
    if found.get("problems") or not found["sheets"]:
        raise PeopleFileUnreadable
    lines: list[list[str]] = found["sheets"][0][1]
    if any(UNSTORABLE.search(cell) for line in lines for cell in line):
        raise PeopleFileUnreadable(str(_("The file holds invisible characters.")))
    return lines


def _columns(headings: list[str]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for position, heading in enumerate(headings):
        column = HEADINGS.get(search_key(heading))
        if column is not None:
            found.setdefault(column, position)
    missing = [str(SPOKEN[column]) for column in REQUIRED if column not in found]
    if missing:
        raise PeopleFileUnreadable(
            str(_("The first row lacks these headings: %(names)s.")) % {"names": ", ".join(missing)}
        )
    return found


def _row(number: int, line: list[str], columns: Mapping[str, int]) -> PersonRow:
    cells = {
        column: " ".join(line[position].split()) if position < len(line) else ""
        for column, position in columns.items()
    }
    return PersonRow(number, **cells)
