"""The XML of a workbook's parts, watched while it is parsed."""

from collections import defaultdict
from typing import Final
from xml.parsers import expat

MAX_STRINGS: Final = 2_000_000

_MAX_DEPTH: Final = 64
_MAX_ELEMENTS: Final = 5_000_000
_MAX_INDEX_ELEMENTS: Final = 100_000
_MAX_STYLES: Final = 65_490
_MAX_NAMES: Final = 10_000

_OTHER_ENCODINGS: Final = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_ENCODINGS: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})

Attributes = dict[str, str]


class Damaged(Exception):
    """A part is not as any spreadsheet program writes it; ``detail`` is a sentence."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class Watch:
    """Parses one part; refuses other encodings than UTF-8, entities, depth and sheer number."""

    most = _MAX_ELEMENTS

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.XmlDeclHandler = self._check_encoding
        self.depth = 0
        self.elements = 0
        self._begun = False

    def feed(self, piece: bytes) -> None:
        """The next piece of the part; raises Damaged."""
        if not self._begun and piece.startswith(_OTHER_ENCODINGS):
            raise Damaged("One of its parts is not in UTF-8.")
        self._begun = True
        self._parse(piece, final=False)

    def end(self) -> None:
        """There is no more of it; raises Damaged when it is not complete."""
        self._parse(b"", final=True)

    def started(self, name: str, attributes: Attributes) -> None:
        """An element begins; its name is without prefix."""

    def ended(self, name: str) -> None:
        """An element ends."""

    def _parse(self, piece: bytes, *, final: bool) -> None:
        try:
            self.parser.Parse(piece, final)
        except expat.ExpatError as failure:
            raise Damaged("One of its parts is no proper XML.") from failure

    def _start(self, name: str, attributes: Attributes) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > _MAX_DEPTH:
            raise Damaged("One of its parts nests too deep.")
        if self.elements > self.most:
            raise Damaged("One of its parts has too many elements.")
        self.started(name.rpartition(":")[2] if ":" in name else name, attributes)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.ended(name.rpartition(":")[2] if ":" in name else name)

    def _refuse_doctype(self, *_declared: object) -> None:
        raise Damaged("One of its parts declares entities.")

    def _check_encoding(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in _ENCODINGS:
            raise Damaged("One of its parts is not in UTF-8.")


class IndexWatch(Watch):
    """The workbook's own part or its relations: sheets, relations, and how many names there are."""

    most = _MAX_INDEX_ELEMENTS

    def __init__(self) -> None:
        super().__init__()
        self.found: defaultdict[str, list[Attributes]] = defaultdict(list)
        self.names = 0

    def started(self, name: str, attributes: Attributes) -> None:
        if name in {"sheet", "Relationship"}:
            self.found[name].append(attributes)
        elif name == "definedName":
            self.names += 1
            if self.names > _MAX_NAMES:
                raise Damaged(f"It defines more than {_MAX_NAMES} names.")


class StringsWatch(Watch):
    """The shared strings: how many there are."""

    count = 0

    def started(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self.count += 1
            if self.count > MAX_STRINGS:
                raise Damaged("One of its parts has too many elements.")


class StylesWatch(Watch):
    """The styles: no more than a spreadsheet program makes."""

    count = 0

    def started(self, name: str, attributes: Attributes) -> None:
        if name == "xf":
            self.count += 1
            if self.count > 2 * _MAX_STYLES:
                raise Damaged("It has more cell formats than a spreadsheet program makes.")
