"""Which characters a file can hold."""

import re
from typing import Final

_UNWRITABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(text: str) -> str:
    """The text without what no XML document can hold: control characters, half surrogates."""
    return _UNWRITABLE.sub("", text)
