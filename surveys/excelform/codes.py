"""The hidden codes by which a returned workbook is read, wherever its rows and columns were moved to.

Every section sheet has a hidden first column with one code a row and hidden rows with one code a
column. Codes say what a cell is for; they say nothing of whose answers they are: that comes from the
session and the assignment.

    column A                     the other columns of that row
    ks:columns                   ks:number  ks:label  ks:answer  ks:unit  ks:previous  ks:missing …
    question:<name>              the question's number, label, answer …
    table:<name>                 ks:label, then one code ``column:<question>`` a column, ks:total
    row:<table>/<row code>       the cells of a table's row
    total:<table>                the live sums of its columns
    repeat:<name>                like ``table:``, the head of a repeat
    entry:<repeat>/<row id>      a row that is stored; without an id, ``entry:<repeat>/``, a blank one
    (nothing)                    inside a repeat's block: a row that somebody inserted

``ks:columns`` stands anew where the columns change their meaning. Names never hold ``/`` or ``:``.
"""

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
"""``definition`` is the SHA-256 of the definition; ``checksum`` that of every code in its order."""

COLUMNS: Final = "ks:columns"
NUMBER: Final = "ks:number"
LABEL: Final = "ks:label"
ANSWER: Final = "ks:answer"
UNIT: Final = "ks:unit"
PREVIOUS: Final = "ks:previous"
MISSING: Final = "ks:missing"
REASON: Final = "ks:reason"
EXPLANATION: Final = "ks:explanation"
TOTAL: Final = "ks:total"

QUESTION: Final = "question:"
TABLE: Final = "table:"
ROW: Final = "row:"
SUM: Final = "total:"
REPEAT: Final = "repeat:"
ENTRY: Final = "entry:"
COLUMN: Final = "column:"
