"""Texts and addresses as they may stand in a mail. Plain functions."""

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.html import escape

SECRET_LINK: Final = "{{secret_link}}"  # noqa: S105  (where the link goes, not the link)
"""What a text holds in the place of its secret link until the mail is handed over."""

# Line ends and controls could begin a new header; lone surrogates cannot be written at all.
NOT_IN_A_LINE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
NOT_IN_A_TEXT: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]+")
ADDRESS_LENGTH: Final = 254
BLANK_LINES: Final = re.compile(r"\n{2,}")
OF_PATH: Final = re.compile(r"(?:[\w./?=&%#~+-]*[\w/=#-])?", re.ASCII)
"""What follows the host in an address, without the signs that end its sentence."""

_valid = EmailValidator()


def one_line(text: str, most: int) -> str:
    """The text on one line of at most ``most`` characters: safe as the value of a header."""
    line = " ".join(NOT_IN_A_LINE.sub(" ", text).split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def inert(text: str) -> str:
    """The text, not looking like the place of the secret link; for what people typed."""
    return text.replace("{{", "{ {")


def plain_text(text: str) -> str:
    r"""The text with ``\n`` as its only line end and without other control characters."""
    return NOT_IN_A_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_usable(address: str) -> bool:
    """Whether a mail can go there: one bare address, no name, nothing beside it."""
    if len(address) > ADDRESS_LENGTH or NOT_IN_A_LINE.search(address):
        return False
    try:
        _valid(address)
    except ValidationError:
        return False
    return True


def as_html(text: str, language: str, *, site: str) -> str:
    """The text as a simple page: paragraphs, line breaks and links; everything else is escaped.

    Links are addresses of ``site`` only (scheme and host, no slash at the end): what people and
    agencies are called, or what somebody typed, leads nowhere else under this product's name.
    Nothing in it is fetched from anywhere, so that opening a mail tells nobody.
    """
    paragraphs = [
        _linked(each.strip("\n"), site).replace("\n", "<br>\n")
        for each in BLANK_LINES.split(text.strip("\n"))
    ]
    body = "\n".join(f"<p>{each}</p>" for each in paragraphs)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}"><head><meta charset="utf-8"></head>'
        f"<body>\n{body}\n</body></html>\n"
    )


def _linked(text: str, site: str) -> str:
    # The slash ends the host: "https://site.example.org" begins with the site too. Nothing but an
    # opening sign may stand before: the rest of another address is no address of ours.
    ours = re.compile(rf"(?<![^\s(<“\"'])({re.escape(site)}/{OF_PATH.pattern})", re.ASCII)
    pieces = ours.split(text)
    for odd in range(1, len(pieces), 2):
        pieces[odd] = f'<a href="{escape(pieces[odd])}">{escape(pieces[odd])}</a>'
    pieces[::2] = [escape(piece) for piece in pieces[::2]]
    return "".join(pieces)
