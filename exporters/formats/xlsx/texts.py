"""Text as a workbook can hold it."""

import re
from typing import Final

MAX_TEXT: Final = 32_767
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


def readable(text: str) -> str:
    """``text`` without what XML cannot hold, at most 32,767 characters long."""
    clean = CONTROL.sub("", text)
    return clean if len(clean) <= MAX_TEXT else clean[: MAX_TEXT - 1] + "…"
