"""Texts that stand in many cells: kept once, named by number."""

from collections.abc import Iterator
from typing import Final

from exporters.formats.streamed_xlsx.texts import xml

MOST: Final = 100_000
"""Further texts are written into their cells: the memory of a writer has an end."""
CHUNK: Final = 2_000


class SharedStrings:
    """The shared texts of a workbook in the order in which they came."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def room_for(self, count: int) -> bool:
        """Whether so many more can be taken."""
        return len(self._numbers) + count <= MOST

    def number_of(self, text: str) -> int:
        """The number by which cells name the text."""
        return self._numbers.setdefault(text, len(self._numbers))

    def parts(self) -> Iterator[bytes]:
        """The part of the workbook that holds them."""
        count = len(self._numbers)
        yield (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="http://schemas.'
            f'openxmlformats.org/spreadsheetml/2006/main" uniqueCount="{count}">'
        ).encode()
        texts = list(self._numbers)
        for start in range(0, count, CHUNK):
            yield "".join(
                f'<si><t xml:space="preserve">{xml(text)}</t></si>'
                for text in texts[start : start + CHUNK]
            ).encode()
        yield b"</sst>"
