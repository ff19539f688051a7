"""The hidden codes by which a returned workbook is read, wherever its rows and columns were moved to.

Every sheet of answers has a hidden first column with one code a row, and hidden rows with one code a
column. Codes say what a cell is for; they say nothing of whose answers they are: that comes from the
session and the assignment.

    column A                     the other columns of that row
    ks:columns                   ks:done  ks:number  ks:label  ks:answer  ks:unit  ks:previous  ks:missing …
    question:<name>              the question's number, label, answer …
    choice:<question>/<choice>   under its question: the answer is an ``x`` (select_multiple) or the
                                 place 1, 2, 3 … (rank); the question's own answer then counts them
    table:<name>                 ks:done  ks:label, then one code ``column:<question>`` a column, ks:total
    row:<table>/<row code>       the cells of a table's row
    total:<table>                the live sums of its columns
    repeat:<name>                like ``table:``, the head of a repeat
    entry:<repeat>/<row id>      a row that is stored; without an id, ``entry:<repeat>/``, a blank one
    ks:text                      a row that is only read: titles, heads, notes, what is worked out
    (nothing)                    a row that somebody inserted; after ``repeat:`` or ``entry:`` rows, and
                                 before any other code, it is a new row of that repeat

``ks:columns`` stands anew where the columns change their meaning; its columns hold for ``question:``
and ``choice:`` rows only. A column without a code is only read. Names of questions, tables and repeats
never hold ``/`` or ``:``; the codes of rows and choices may.

What stands in a cell: numbers, dates and times are Excel's own; a number of more than 15 digits, a date
before 1900 and what could not be read are text. A missing code stands in the answer's own cell of a
table or repeat, and beside the answer, under ``ks:missing``, elsewhere. A choice is written in words
(``surveys.excelform.choices``), several of a table or repeat with ``; `` between them; a yes
(``acknowledge``) is an ``x``. Files are no cells: such rows are ``ks:text``.
"""

import hashlib
from collections.abc import Iterable
from typing import Final

FORMAT: Final = "1"
"""What the hidden sheet names as the format of these codes."""

META_SHEET: Final = "_ks"
"""The very hidden sheet: a key in column A, its value in column B."""

META_KEYS: Final = (
    "format",
    "questionnaire",
    "version",
    "definition",
    "language",
    "made_at",
    "checksum",
)
"""``definition`` is the SHA-256 of the definition; ``checksum`` is ``checksum`` of every code: sheet by
sheet, row by row, from left to right.
"""

COLUMNS: Final = "ks:columns"
DONE: Final = "ks:done"
"""Hidden: 1 or 0 for what counts as a question in the table of contents, worked out by a formula."""

NUMBER: Final = "ks:number"
LABEL: Final = "ks:label"
ANSWER: Final = "ks:answer"
UNIT: Final = "ks:unit"
PREVIOUS: Final = "ks:previous"
MISSING: Final = "ks:missing"
REASON: Final = "ks:reason"
EXPECTED: Final = "ks:expected"
EXPLANATION: Final = "ks:explanation"
TOTAL: Final = "ks:total"

TEXT: Final = "ks:text"

QUESTION: Final = "question:"
CHOICE: Final = "choice:"
TABLE: Final = "table:"
ROW: Final = "row:"
SUM: Final = "total:"
REPEAT: Final = "repeat:"
ENTRY: Final = "entry:"
COLUMN: Final = "column:"

SEVERAL: Final = "; "
"""Between several choices in one cell; a choice whose words hold ``;`` is looked for as a whole first."""

TICK: Final = "x"
"""What is put beside a choice of several, and for a yes."""


def checksum(codes: Iterable[str]) -> str:
    """The SHA-256 of the codes in their order, in hexadecimal digits."""
    return hashlib.sha256("\n".join(codes).encode()).hexdigest()
