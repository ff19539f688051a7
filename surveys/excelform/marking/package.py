"""The parts of a workbook that are changed, and the zip that they come from and go to."""

import posixpath
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
SPREADSHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"

WORKBOOK: Final = "xl/workbook.xml"
TYPES: Final = "[Content_Types].xml"

Element = etree._Element  # noqa: SLF001  (lxml's own name for the type)


class Package:
    """A workbook's parts: parsed when first asked for, written back when it is packed."""

    def __init__(self, data: bytes) -> None:
        self._zip = ZipFile(BytesIO(data))
        self._trees: dict[str, Element] = {}
        self._came: dict[str, bytes] = {}
        self._removed: set[str] = set()

    def __contains__(self, part: str) -> bool:
        if part in self._removed:
            return False
        return part in self._trees or part in self._zip.NameToInfo

    def tree(self, part: str) -> Element:
        """The root of a part; changes of it are kept."""
        if part not in self._trees:
            tree = parsed(self._zip.read(part), is_strict=not part.endswith(".vml"))
            self._trees[part], self._came[part] = tree, written(tree)
        return self._trees[part]

    def bytes_now(self, part: str) -> bytes:
        """A part as it would be written now."""
        tree = self._trees.get(part)
        return self._zip.read(part) if tree is None else written(tree)

    def put(self, part: str, root: Element) -> None:
        """Write a part, whether it was there or not."""
        self._removed.discard(part)
        self._trees[part] = root

    def remove(self, part: str) -> None:
        """Leave a part out."""
        self._trees.pop(part, None)
        self._removed.add(part)

    def declare(self, part: str, content_type: str) -> None:
        """Say of which type a part is."""
        types = self.tree(TYPES)
        for known in types.iterfind(f"{{{CONTENT_TYPES}}}Override"):
            if known.get("PartName") == f"/{part}":
                return
        added = etree.SubElement(types, f"{{{CONTENT_TYPES}}}Override")
        added.set("PartName", f"/{part}")
        added.set("ContentType", content_type)

    def declare_extension(self, extension: str, content_type: str) -> None:
        """Say of which type all parts with an extension are."""
        types = self.tree(TYPES)
        for known in types.iterfind(f"{{{CONTENT_TYPES}}}Default"):
            if (known.get("Extension") or "").lower() == extension:
                return
        added = etree.Element(f"{{{CONTENT_TYPES}}}Default")
        added.set("Extension", extension)
        added.set("ContentType", content_type)
        types.insert(0, added)

    def related(self, part: str, kind: str) -> list[tuple[str, str]]:
        """Id and part of each relation of a kind, such as ``comments``."""
        relations = relations_of(part)
        if relations not in self:
            return []
        return [
            (each.get("Id") or "", _resolved(part, each.get("Target") or ""))
            for each in self.tree(relations)
            if (each.get("Type") or "").endswith(f"/{kind}")
            and each.get("TargetMode") != "External"
        ]

    def relate(self, part: str, kind: str, target: str) -> str:
        """Relate a part to another; the id of the relation."""
        relations = relations_of(part)
        if relations not in self:
            self.put(relations, new_root("Relationships", PACKAGE_RELATIONS))
        root = self.tree(relations)
        taken = {each.get("Id") for each in root}
        number = next(n for n in range(1, len(taken) + 2) if f"rKs{n}" not in taken)
        added = etree.SubElement(root, f"{{{PACKAGE_RELATIONS}}}Relationship")
        added.set("Id", f"rKs{number}")
        added.set("Type", f"{RELATION}/{kind}")
        added.set("Target", f"/{target}")
        return f"rKs{number}"

    def free_part(self, pattern: str) -> str:
        """A part's name that is not taken: ``pattern`` has a place for a number."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def sheet_parts(self) -> dict[str, str]:
        """The parts of the worksheets by their names, in their order."""
        targets = dict(self.related(WORKBOOK, "worksheet"))
        sheets = self.tree(WORKBOOK).iterfind(f"{{{MAIN}}}sheets/{{{MAIN}}}sheet")
        return {
            sheet.get("name") or "": targets[relation]
            for sheet in sheets
            if (relation := sheet.get(f"{{{RELATION}}}id") or "") in targets
        }

    def packed(self) -> bytes:
        """The workbook: untouched parts as they were, in their order, then the new ones."""
        stream = BytesIO()
        with ZipFile(stream, "w", ZIP_DEFLATED) as target:
            for entry in self._zip.infolist():
                if entry.filename in self._removed:
                    continue
                target.writestr(_like(entry), self._content(entry.filename))
            for part, root in self._trees.items():
                if part not in self._zip.NameToInfo:
                    target.writestr(_entry(part), written(root))
        return stream.getvalue()

    def _content(self, part: str) -> bytes:
        """The part as it is now; to the byte as it came where nothing in it was changed."""
        tree = self._trees.get(part)
        if tree is None:
            return self._zip.read(part)
        now = written(tree)
        return self._zip.read(part) if now == self._came.get(part) else now


def parsed(content: bytes, *, is_strict: bool = True) -> Element:
    """The root of an XML text; entities and the network are left alone.

    Drawings of old are not always proper XML: those are mended instead of refused.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=not is_strict
    )
    return etree.fromstring(content, parser)


def new_root(name: str, namespace: str) -> Element:
    """The root of a new part; ``r:`` names relations in it."""
    return etree.fromstring(f'<{name} xmlns="{namespace}" xmlns:r="{RELATION}"/>')


def written(root: Element) -> bytes:
    """The XML text of a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def relations_of(part: str) -> str:
    """Where the relations of a part stand."""
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def _resolved(part: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


def _entry(part: str) -> ZipInfo:
    made = ZipInfo(part)
    made.compress_type = ZIP_DEFLATED
    return made


def _like(entry: ZipInfo) -> ZipInfo:
    made = ZipInfo(entry.filename, entry.date_time)
    made.compress_type = entry.compress_type
    made.external_attr = entry.external_attr
    return made
