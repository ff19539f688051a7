"""The answers of an agency as a document, said by whoever composes it; every text is plain.

The words between the answers come with them, in the reader's language, because what surrounds a
document by Decree 30/2020/NĐ-CP is no business of questionnaires.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from surveys.documents.composition import COUNTRY, MOTTO

NATION: Final[Mapping[str, tuple[str, str]]] = {
    "vi": (COUNTRY, MOTTO),
    "en": ("SOCIALIST REPUBLIC OF VIET NAM", "Independence - Freedom - Happiness"),
}
"""What stands at the top right, by language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAnswer:
    """One question with its answer in words; ``notes`` say more about it, a line each."""

    number: str
    label: str
    text: str
    notes: tuple[str, ...] = ()
    is_blank: bool = False


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A column of a table, its unit in its label; figures stand at the right."""

    label: str
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A row of a table: one text for each column; a total is set apart."""

    label: str
    cells: tuple[str, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTable:
    """A table, or a list of rows; ``corner`` heads the rows' labels."""

    title: str
    corner: str
    columns: tuple[PaperColumn, ...]
    rows: tuple[PaperRow, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperHeading:
    """The title of questions that belong together."""

    title: str


PaperItem = PaperAnswer | PaperTable | PaperHeading


@dataclass(frozen=True, slots=True)
class PaperPart:
    """A section of the questionnaire, or what follows the last."""

    title: str
    items: tuple[PaperItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSignature:
    """Capacity and title line by line, what is said in the place of the pen, and the name."""

    lines: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperProof:
    """What the document proves and how: the hash, its title and the lines that tell what to do."""

    title: str
    sha256: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAttachment:
    """A file inside the PDF."""

    name: str
    content: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsePaper:
    """A whole response by the layout of Annex I of Decree 30/2020/NĐ-CP.

    ``heads`` are the heads of number, question and answer; ``reference`` and ``page_word`` stand at
    the foot of every page, with the first digits of the proof's hash. A ``watermark`` lies under
    every page; a draft has one, and neither proof nor attachment. ``at`` is the moment to which the
    file is dated.
    """

    language: str
    at: datetime
    superior: str
    issuer: str
    number: str
    place_and_date: str
    title: str
    subjects: tuple[str, ...]
    basis: str
    facts: tuple[tuple[str, str], ...]
    heads: tuple[str, str, str]
    parts: tuple[PaperPart, ...]
    signature: PaperSignature
    copies_title: str
    copies: tuple[str, ...]
    reference: str
    page_word: str
    watermark: str = ""
    proof: PaperProof | None = None
    attachment: PaperAttachment | None = None
    keywords: tuple[str, ...] = field(default=())
