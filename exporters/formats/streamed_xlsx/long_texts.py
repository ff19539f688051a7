"""Texts that no cell can hold: whole on sheets of their own, linked both ways."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Final, Self

from exporters.formats.streamed_xlsx.options import MAX_LINKS, MAX_ROWS, MAX_TEXT, Words
from exporters.formats.streamed_xlsx.sheet_names import SheetNames, link_to
from exporters.formats.streamed_xlsx.styles import Style
from exporters.formats.streamed_xlsx.texts import pieces, xml

Keeper = Callable[[str, str, str], str]
"""Takes a text, its cell and its column; gives what is shown in the cell."""

SHOWN: Final = 1_000
"""How much of a long text stands in its own cell."""
IN_MEMORY: Final = 8 << 20


class LongTexts(AbstractContextManager["LongTexts"]):
    """The long texts of a workbook, in the order in which they came, kept on disk until they are
    written."""

    def __init__(self, words: Words, names: SheetNames) -> None:
        self._words = words
        self._names = names
        self._rows = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (closed by __exit__)
        self._links: list[str] = []
        self._next = 2
        self.name = ""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the room on disk back."""
        self._rows.close()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def keep(self, text: str, *, sheet: str, cell: str, column: str) -> tuple[str, str]:
        """Write the whole text down; what is shown in its cell, and where the link leads.

        Raises ValueError when a sheet cannot hold all of the long texts.
        """
        if not self.name:
            self.name = self._names.take(self._words.long_texts)
        first = self._next
        parts = pieces(text, MAX_TEXT)
        if first + len(parts) > MAX_ROWS:
            raise ValueError(f"{self.name}: more long texts than a sheet has rows")
        for number, part in enumerate(parts, start=1):
            self._rows.write(self._row((sheet, cell, column), number, part).encode())
        if len(self._links) < MAX_LINKS:
            place = xml(link_to(sheet, cell))
            self._links.append(f'<hyperlink ref="B{first}" location="{place}"/>')
        return pieces(text, SHOWN)[0] + "…", link_to(self.name, f"E{first}")

    @property
    def last_row(self) -> int:
        """The number of the last row."""
        return self._next - 1

    @property
    def links(self) -> list[str]:
        """The links back to the texts' own cells."""
        return self._links

    @property
    def heads(self) -> tuple[str, ...]:
        """What stands above."""
        words = self._words
        return (words.sheet, words.cell, words.column, words.part, words.text)

    def copy_to(self, write: Callable[[bytes], object]) -> None:
        """Hand all rows on."""
        self._rows.seek(0)
        while piece := self._rows.read(1 << 20):
            write(piece)

    def _row(self, place: tuple[str, str, str], number: int, part: str) -> str:
        row = self._next
        self._next += 1
        texts = [
            f'<c r="{letter}{row}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{xml(text)}'
            "</t></is></c>"
            for letter, style, text in (
                ("A", Style.PLAIN, place[0]),
                ("B", Style.LINK, place[1]),
                ("C", Style.PLAIN, place[2]),
                ("E", Style.WRAPPED, part),
            )
        ]
        texts.insert(3, f'<c r="D{row}"><v>{number}</v></c>')
        return f'<row r="{row}">{"".join(texts)}</row>'
