"""The file as Stata describes it: https://www.stata.com/help.cgi?dta"""

import struct
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

from exporters.arrow import slices
from exporters.formats.stata.rows import Rows
from exporters.formats.stata.variables import LONGEST_LABEL, Variable
from exporters.naming import cut
from exporters.tables import DataTable, Progress

NARROW: Final = 32_767
"""The most variables of release 118."""
MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905
NAME_ROOM: Final = 129
FORMAT_ROOM: Final = 57
LABEL_ROOM: Final = 321
MAP_ENTRIES: Final = 14
CHUNK: Final = 1 << 20


def write_file(
    table: DataTable,
    variables: Sequence[Variable],
    out: Path,
    *,
    label: str,
    as_of: datetime,
    progress: Progress,
) -> None:
    """Write the table's rows as these variables."""
    is_wide = len(variables) > NARROW
    with out.open("wb") as file, TemporaryFile() as beside:
        _Writing(file, beside, variables, is_wide=is_wide).write(table, label, as_of, progress)


class _Writing:
    def __init__(
        self, file: IO[bytes], beside: IO[bytes], variables: Sequence[Variable], *, is_wide: bool
    ) -> None:
        self._file = file
        self._beside = beside
        self._variables = variables
        self._is_wide = is_wide
        self._places: list[int] = []

    def write(self, table: DataTable, label: str, as_of: datetime, progress: Progress) -> None:
        """The file's sections in their order; last the map of where they are."""
        self._places.append(0)
        self._file.write(b"<stata_dta>" + self._header(table.rows, label, as_of))
        place_of_map = self._file.tell()
        self._section("map", lambda: self._put(bytes(8 * MAP_ENTRIES)))
        self._describe()
        self._section("data", lambda: self._write_rows(table, progress))
        self._section("strls", self._copy_beside)
        self._section("value_labels", self._write_value_labels)
        self._places.append(self._file.tell())
        self._put(b"</stata_dta>")
        self._places.append(self._file.tell())
        self._file.seek(place_of_map + len("<map>"))
        self._put(struct.pack(f"<{MAP_ENTRIES}Q", *self._places))

    def _header(self, rows: int, label: str, as_of: datetime) -> bytes:
        at = as_of.astimezone(UTC)
        stamp = f"{at.day:02} {MONTHS[at.month - 1]} {at.year} {at.hour:02}:{at.minute:02}".encode()
        short = cut(label, characters=LONGEST_LABEL).encode()
        release, count = (b"119", "<I") if self._is_wide else (b"118", "<H")
        return b"".join(
            (
                b"<header><release>",
                release,
                b"</release><byteorder>LSF</byteorder><K>",
                struct.pack(count, len(self._variables)),
                b"</K><N>",
                struct.pack("<Q", rows),
                b"</N><label>",
                struct.pack("<H", len(short)) + short,
                b"</label><timestamp>",
                struct.pack("<B", len(stamp)) + stamp,
                b"</timestamp></header>",
            )
        )

    def _describe(self) -> None:
        width = 4 if self._is_wide else 2
        types = [struct.pack("<H", each.storage) for each in self._variables]
        named = [each.name if each.value_labels else "" for each in self._variables]
        self._section("variable_types", lambda: self._put(b"".join(types)))
        self._texts("varnames", [each.name for each in self._variables], NAME_ROOM)
        self._section("sortlist", lambda: self._put(bytes(width * (len(types) + 1))))
        self._texts("formats", [each.shown for each in self._variables], FORMAT_ROOM)
        self._texts("value_label_names", named, NAME_ROOM)
        self._texts("variable_labels", [each.label for each in self._variables], LABEL_ROOM)
        self._section("characteristics", lambda: None)

    def _write_rows(self, table: DataTable, progress: Progress) -> None:
        rows = Rows(self._variables, self._beside, is_wide=self._is_wide)
        done = 0
        for batch in slices(table.batches()):
            self._put(rows.packed(batch, first=done + 1))
            done += batch.num_rows
            progress(done, table.rows, table.title)

    def _copy_beside(self) -> None:
        self._beside.seek(0)
        while piece := self._beside.read(CHUNK):
            self._put(piece)

    def _write_value_labels(self) -> None:
        for variable in self._variables:
            if variable.value_labels:
                self._put(_value_label(variable))

    def _texts(self, name: str, texts: Sequence[str], room: int) -> None:
        packed = b"".join(text.encode().ljust(room, b"\0") for text in texts)
        self._section(name, lambda: self._put(packed))

    def _section(self, name: str, write: Callable[[], None]) -> None:
        self._places.append(self._file.tell())
        self._put(f"<{name}>".encode())
        write()
        self._put(f"</{name}>".encode())

    def _put(self, data: bytes) -> None:
        self._file.write(data)


def _value_label(variable: Variable) -> bytes:
    numbers = sorted(variable.value_labels)
    texts = [variable.value_labels[number].encode() + b"\0" for number in numbers]
    places, place = [], 0
    for text in texts:
        places.append(place)
        place += len(text)
    count = len(numbers)
    body = struct.pack(f"<ii{count}i{count}i", count, place, *places, *numbers) + b"".join(texts)
    name = variable.name.encode().ljust(NAME_ROOM, b"\0") + bytes(3)
    return b"<lbl>" + struct.pack("<i", len(body)) + name + body + b"</lbl>"
