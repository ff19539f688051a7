"""Letters as DOCX, for agencies that finish them in Word. Loads docx: for tasks and commands only."""

from datetime import datetime, time
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentObject
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from surveys.documents.composition import LINK_SAID, UNDATED, Composed, composed
from surveys.documents.letter import Letter
from surveys.documents.packing import repacked
from surveys.documents.qr import qr_png
from surveys.documents.word_parts import (
    Look,
    add_grid,
    add_rule,
    add_text,
    number_pages,
    set_page,
    width_of,
)

_LEFT, _RIGHT, _WHOLE = 69.0, 91.0, 160.0
_BODY = Look(size=14, justified=True, indent=10, before=6)


def letter_docx(letter: Letter) -> bytes:
    """The letter as a DOCX in Times New Roman; the same letter gives the same bytes.

    It is put together part by part, so no text of it is ever read as a template.
    """
    lines = composed(letter)
    document = Document()
    set_page(document)
    number_pages(document)
    _head(document, lines)
    _body(document, lines)
    _foot(document, lines)
    _describe(document, letter, lines)
    file = BytesIO()
    document.save(file)
    return repacked(file.getvalue())


def _head(document: DocumentObject, lines: Composed) -> None:
    (issuer, country), (number, place) = add_grid(document, rows=2, widths=(_LEFT, _RIGHT))
    if lines.superior:
        add_text(issuer, lines.superior, Look(size=12, centred=True))
    add_text(issuer, lines.issuer, Look(size=12, bold=True, centred=True))
    # A third to a half of its line, as the Decree asks.
    add_rule(issuer, of=0.4 * min(width_of(lines.issuer, size=12), _LEFT), within=_LEFT)
    add_text(country, lines.country, Look(size=12, bold=True, centred=True))
    add_text(country, lines.motto, Look(size=13, bold=True, centred=True))
    add_rule(country, of=width_of(lines.motto, size=13), within=_RIGHT)
    add_text(number, lines.number, Look(size=13, centred=True))
    add_text(number, lines.subject, Look(size=12, centred=True, before=4))
    add_text(place, lines.place_and_date, Look(size=13, italic=True, centred=True))


def _body(document: DocumentObject, lines: Composed) -> None:
    if len(lines.addressees) == 1:
        greeting = f"{lines.greeting} {lines.addressees[0]}"
        add_text(document, greeting, Look(size=14, centred=True, before=12, after=6))
    else:
        add_text(document, lines.greeting, Look(size=14, left=25, before=12))
        for each in lines.addressees:
            add_text(document, each, Look(size=14, left=48))
    for each in lines.basis:
        add_text(document, each, Look(size=14, italic=True, justified=True, indent=10, before=6))
    for each in lines.paragraphs:
        add_text(document, each, _BODY)
    if lines.link:
        _access(document, lines)
    elif lines.deadline:
        add_text(document, lines.deadline, Look(size=14, bold=True, indent=10, before=6))
    if lines.closing:
        add_text(document, lines.closing, _BODY)


def _access(document: DocumentObject, lines: Composed) -> None:
    ((said, code),) = add_grid(document, rows=1, widths=(_WHOLE - 30, 30))
    if lines.deadline:
        add_text(said, lines.deadline, Look(size=14, bold=True, indent=10, before=6))
    add_text(said, f"{LINK_SAID} {lines.link}", Look(size=14, indent=10, before=6))
    picture: Paragraph = add_text(code, "", Look(size=14, before=6))
    shape = picture.add_run().add_picture(BytesIO(qr_png(lines.link)), width=Mm(26))
    shape._inline.docPr.set("descr", lines.link)  # noqa: SLF001  (docx has no public way)


def _foot(document: DocumentObject, lines: Composed) -> None:
    add_text(document, "", Look(size=6))
    ((copies, signed),) = add_grid(document, rows=1, widths=(72, 88))
    add_text(copies, lines.copies_title, Look(size=12, bold=True, italic=True))
    for each in lines.copies:
        add_text(copies, each, Look(size=11))
    for each in lines.signed:
        add_text(signed, each, Look(size=14, bold=True, centred=True))
    space = add_text(signed, "", Look(size=14))
    space.paragraph_format.space_after = Pt(60)
    add_text(signed, lines.name, Look(size=14, bold=True, centred=True))


def _describe(document: DocumentObject, letter: Letter, lines: Composed) -> None:
    """Word's own properties; without this they would say who made the library's template."""
    about, day = document.core_properties, datetime.combine(letter.dated or UNDATED, time())
    about.title, about.author, about.last_modified_by = lines.subject[:255], lines.issuer[:255], ""
    about.created, about.modified, about.revision = day, day, 1
    about.language, about.comments, about.keywords = "vi-VN", "", ""
