"""A letter's lines in the words and forms of the Decree, the same for PDF and DOCX."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from surveys.documents.letter import Letter, Signature
from surveys.documents.text import readable

COUNTRY: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"
LINK_SAID: Final = "Địa chỉ trả lời:"
PEN: Final = "\u00a0" * 6
"""Room for a number or a day that is written by hand."""
UNDATED: Final = date(2020, 3, 5)
"""What a file without a date says in its properties: the day of the Decree, not today's."""


@dataclass(frozen=True, slots=True)
class Composed:
    """What is printed, part by part, in the order of reading."""

    country: str
    motto: str
    superior: str
    issuer: str
    number: str
    subject: str
    place_and_date: str
    greeting: str
    addressees: list[str]
    basis: list[str]
    paragraphs: list[str]
    deadline: str
    link: str
    closing: str
    copies_title: str
    copies: list[str]
    signed: list[str]
    name: str


def composed(letter: Letter) -> Composed:
    """The letter's lines; every text of it is made readable (see ``text.readable``)."""
    addressees = _texts(letter.addressees)
    paragraphs, closing = _texts(letter.paragraphs), readable(letter.closing)
    if not closing and not letter.deadline and not letter.link and paragraphs:
        closing = paragraphs.pop()
    return Composed(
        country=COUNTRY,
        motto=MOTTO,
        superior=readable(letter.superior).upper(),
        issuer=readable(letter.issuer).upper(),
        number=f"Số: {readable(letter.number) or PEN}{_after_slash(letter.symbol)}",
        subject=f"V/v {readable(letter.subject)}",
        place_and_date=f"{readable(letter.place)}, {_date(letter.dated)}",
        greeting="Kính gửi:",
        addressees=addressees if len(addressees) == 1 else _listed(addressees),
        basis=_texts(letter.basis),
        paragraphs=paragraphs,
        deadline=readable(letter.deadline),
        link=readable(letter.link),
        closing=f"{closing.rstrip('. /')}./." if closing else "",
        copies_title="Nơi nhận:",
        copies=_listed([*_texts(letter.copies), _archive(letter.archive)]),
        signed=_signed(letter.signature),
        name=readable(letter.signature.name),
    )


def _texts(texts: tuple[str, ...]) -> list[str]:
    return [text for text in map(readable, texts) if text]


def _after_slash(symbol: str) -> str:
    return f"/{readable(symbol)}" if symbol else ""


def _date(day: date | None) -> str:
    """Days below 10 and the months 1 and 2 have a zero in front (Annex I, I.4)."""
    if day is None:
        return f"ngày{PEN}tháng{PEN}năm{PEN}{PEN}"
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def _listed(texts: list[str]) -> list[str]:
    last = len(texts) - 1
    return [f"- {text.rstrip(';.')}{'.' if n == last else ';'}" for n, text in enumerate(texts)]


def _archive(unit: str) -> str:
    unit = readable(unit)
    return f"Lưu: VT, {unit}" if unit else "Lưu: VT"


def _signed(signature: Signature) -> list[str]:
    lines = [f"{each.capacity} {readable(each.whom).upper()}" for each in signature.authorities]
    return [*lines, readable(signature.title).upper()]
