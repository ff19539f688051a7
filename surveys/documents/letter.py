"""An official letter (công văn), as said by whoever sends it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Capacity(StrEnum):
    """In what capacity a person signs; Decree 30/2020/NĐ-CP, Article 13."""

    ON_BEHALF = "TM."
    ACTING = "KT."
    BY_ORDER = "TL."
    AUTHORISED = "TUQ."


@dataclass(frozen=True, slots=True)
class Authority:
    """One line above the signatory's title: ``KT. BỘ TRƯỞNG``."""

    capacity: Capacity
    whom: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: the lines of authority from above, the own title and the name."""

    title: str
    name: str
    authorities: tuple[Authority, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """The parts of a letter by Annex I of Decree 30/2020/NĐ-CP; all texts are plain.

    Without ``number`` or ``dated`` there is room for the clerk's pen. ``subject`` follows "V/v",
    ``basis`` are whole sentences, ``closing`` is the sentence after which "./." stands. ``link`` is
    printed and encoded beside it. ``copies`` stand under "Nơi nhận" before "Lưu: VT", to which
    ``archive`` adds the drafting unit and copies.
    """

    issuer: str
    place: str
    subject: str
    addressees: tuple[str, ...]
    paragraphs: tuple[str, ...]
    signature: Signature
    superior: str = ""
    number: str = ""
    symbol: str = ""
    dated: date | None = None
    basis: tuple[str, ...] = ()
    deadline: str = ""
    link: str = ""
    closing: str = ""
    copies: tuple[str, ...] = ()
    archive: str = ""
