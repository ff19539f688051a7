"""Letters as PDF, set by typst. Loads it: for tasks and commands only."""

from dataclasses import asdict
from datetime import UTC, datetime, time
from typing import Final

from surveys.documents.composition import LINK_SAID, UNDATED, composed
from surveys.documents.letter import Letter
from surveys.documents.qr import qr_svg
from surveys.documents.text import breakable
from surveys.documents.typesetting import typeset

_LONGEST_WORD: Final = 30
_LONGEST_LINK: Final = (
    55  # what fits beside the code; a link with places to break is not to be copied
)


def letter_pdf(letter: Letter) -> bytes:
    """The letter as a tagged PDF 1.7, A4, in Tinos; the same letter gives the same bytes.

    No text of it is markup. Characters that the typeface lacks are shown as boxes.
    """
    at = datetime.combine(letter.dated or UNDATED, time(), UTC)
    return typeset("letter.typ", _data(letter), at=at)


def _data(letter: Letter) -> dict[str, object]:
    lines = composed(letter)
    data = {name: _fitting(value) for name, value in asdict(lines).items()}
    return {
        **data,
        "title": lines.subject,
        "link": lines.link,
        "link_said": LINK_SAID,
        "link_shown": breakable(lines.link, longest=_LONGEST_LINK),
        "qr": qr_svg(lines.link) if lines.link else "",
    }


def _fitting(value: str | list[str]) -> str | list[str]:
    if isinstance(value, str):
        return breakable(value, longest=_LONGEST_WORD)
    return [breakable(each, longest=_LONGEST_WORD) for each in value]
