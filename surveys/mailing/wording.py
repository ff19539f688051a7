"""Texts and addresses as they may stand in a mail. Plain functions."""

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.html import escape, urlize

SECRET_LINK: Final = "{{secret_link}}"  # noqa: S105  (where the link goes, not the link)
"""What a text holds in the place of its secret link until the mail is handed over."""

# Line ends and controls could begin a new header; lone surrogates cannot be written at all.
NOT_IN_A_LINE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
NOT_IN_A_TEXT: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]+")
ADDRESS_LENGTH: Final = 254
BLANK_LINES: Final = re.compile(r"\n{2,}")

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


def as_html(text: str, language: str) -> str:
    """The text as a simple page: paragraphs, line breaks and links; everything else is escaped.

    Nothing in it is fetched from anywhere, so that opening a mail tells nobody.
    """
    paragraphs = [
        urlize(each.strip("\n"), autoescape=True).replace("\n", "<br>\n")
        for each in BLANK_LINES.split(text.strip("\n"))
    ]
    body = "\n".join(f"<p>{each}</p>" for each in paragraphs)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}"><head><meta charset="utf-8"></head>'
        f"<body>\n{body}\n</body></html>\n"
    )
