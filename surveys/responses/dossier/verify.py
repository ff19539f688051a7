#!/usr/bin/env python3
"""Verify a dossier of survey answers, offline. It needs Python 3.9 or newer and nothing else.

    python3 verify.py                  the folder in which this file lies
    python3 verify.py DOSSIER.zip      an archive as it was handed out
    python3 verify.py FOLDER           an archive that was unpacked

It exits with 0 when everything holds. Otherwise it names each file with what is wrong, and exits with 1.
This module lies in the dossier itself, so it imports nothing of the product.
"""

import hashlib
import json
import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

FORMAT = "khao-sat-so/dossier/1"
MANIFEST = "manifest.json"
SEAL = "manifest.sha256"
DIGEST = "#digest"
CHUNK = 1 << 20
UNREADABLE = (
    BadZipFile,
    OSError,
    ValueError,
    RuntimeError,
    ArithmeticError,
    EOFError,
    struct.error,
    zlib.error,
)
"""What reading a damaged archive raises."""


class Broken(Exception):
    """Something does not hold: which file, and why."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.name = name
        self.why = why


class Source:
    """The files of a dossier, in a folder or in an archive."""

    def __init__(self, names: list[str], opened: Callable[[str], IO[bytes]]) -> None:
        self.names = names
        self.open = opened

    def read(self, name: str) -> bytes:
        """The whole of a file; raises Broken where it is not there."""
        if name not in self.names:
            raise Broken(name, "missing")
        try:
            with self.open(name) as file:
                return file.read()
        except UNREADABLE as fault:
            raise Broken(name, f"cannot be read: {fault}") from fault

    def load(self, name: str) -> Any:
        """A file of ours as JSON, which must be canonical."""
        return loads(self.read(name), name)

    def lines(self, name: str) -> list[Any]:
        """A file with one JSON value a line, as it was written when it was sealed."""
        return [json.loads(line) for line in self.read(name).splitlines()]


def verify(path: Path) -> list[str]:
    """Check a dossier; what was found to hold, a line each. Raises Broken with the first fault."""
    try:
        with opened(path) as source:
            return checked(source)
    except UNREADABLE as fault:
        raise Broken(path.name, f"cannot be read: {fault}") from fault
    except (LookupError, TypeError, AttributeError) as fault:
        raise Broken(path.name, f"is not made as a dossier is: {fault!r}") from fault


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """The files of a folder, or of an archive that is byte by byte the one that was handed out."""
    if path.is_dir():
        names = [p.relative_to(path).as_posix() for p in path.rglob("*") if p.is_file()]
        yield Source(without_traces(names), lambda name: (path / name).open("rb"))
        return
    with ZipFile(path) as archive:
        names = [info.filename for info in archive.infolist()]
        for name in names:
            if names.count(name) > 1:
                raise Broken(name, "stands twice in the archive")
        yield Source(names, archive.open)
        # Last, so that a file that was changed is named before the archive is.
        with path.open("rb") as file:
            check_container(file, archive, path.name)


def without_traces(names: list[str]) -> list[str]:
    """The files of a folder without what running this module leaves there."""
    return [name for name in names if not name.startswith("__pycache__/")]


def checked(source: Source) -> list[str]:
    """Every check in turn."""
    manifest = check_manifest(source)
    revisions = check_revisions(source)
    return [
        f"files: {len(manifest['files'])}, none changed, none missing, none added",
        f"revisions: {len(revisions)}, each canonical and with its SHA-256",
        f"personal answers: {check_personal(source, revisions)}, each with its salted digest",
        f"attached files: {check_attached(source, revisions)}, each as the revisions name it",
        f"copies of links: {check_copies(source, revisions)}, each with the hash that was signed",
        f"audit events: {check_events(source, revisions)}",
        f"sign-offs: {check_sign_offs(source, revisions)}, each names its revision",
        f"papers: {check_papers(source, revisions)}, each as it was made",
        f"signed PDFs: {check_signed(source, revisions)}, each begins with the PDF that was given out",
        *(
            f"SHA-256 {each['sha256']}  answers no. {each['number']} ({each['kind']}) {each['receipt']}"
            for each in revisions.values()
        ),
    ]


def check_manifest(source: Source) -> dict[str, Any]:
    """Every file is listed with its hash, and every listed file is there."""
    digest = hashlib.sha256(source.read(MANIFEST)).hexdigest()
    if source.read(SEAL) != f"{digest}  {MANIFEST}\n".encode():
        raise Broken(MANIFEST, f"does not have the SHA-256 that {SEAL} says")
    manifest: dict[str, Any] = source.load(MANIFEST)
    if manifest["format"] != FORMAT:
        raise Broken(MANIFEST, f"is of another format than {FORMAT}")
    listed = manifest["files"]
    for name in sorted(set(source.names) - set(listed) - {MANIFEST, SEAL}):
        raise Broken(name, "was added: the manifest does not list it")
    for name, said in listed.items():
        if name not in source.names:
            raise Broken(name, "missing")
        found = measured_in(source, name)
        if found != (said["sha256"], said["size"]):
            raise Broken(name, f"has the SHA-256 {found[0]} instead of {said['sha256']}")
    return manifest


def check_revisions(source: Source) -> dict[int, dict[str, Any]]:
    """Each revision is canonical and hashes to what is said of it; so does its questionnaire."""
    revisions = {}
    for each in source.load("revisions.json"):
        text = source.read(each["file"])
        content = loads(text, each["file"])
        if hashlib.sha256(text).hexdigest() != each["sha256"]:
            raise Broken(each["file"], f"does not have the SHA-256 {each['sha256']}")
        definition = source.read(each["questionnaire"])
        loads(definition, each["questionnaire"])
        if hashlib.sha256(definition).hexdigest() != content["questionnaire"]["sha256"]:
            raise Broken(each["questionnaire"], f"is not what {each['file']} was filled in with")
        revisions[each["number"]] = {**each, "content": content, "text": text.decode()}
    return revisions


def check_personal(source: Source, revisions: dict[int, dict[str, Any]]) -> str:
    """Where text and salt are still there, they give the digest that stands in the revision."""
    there = 0
    for each in revisions.values():
        known = set(digests_in(each["content"]))
        given = source.load(each["personal"])
        for answer in given:
            value = [answer["path"], answer["salt"], answer["value"]]
            digest = f"sha256:{hashlib.sha256(canonical(value)).hexdigest()}"
            if digest not in known:
                raise Broken(
                    each["personal"], f"{answer['path']} has not the digest of {each['file']}"
                )
        there += len(given)
    return str(there)


def check_attached(source: Source, revisions: dict[int, dict[str, Any]]) -> str:
    """Every file that a revision names is in the dossier with the hash that was signed."""
    places = {each["id"]: each["file"] for each in source.load("attached.json")}
    seen = set()
    for each in revisions.values():
        personal = [answer["value"] for answer in source.load(each["personal"])]
        for file in files_named(each["content"], personal):
            place = places.get(file["id"])
            if place is None:
                raise Broken(each["file"], f"names {file['name']}, which is not in the dossier")
            if measured_in(source, place) != (file["sha256"], file["size"]):
                raise Broken(place, f"is not the file that {each['file']} names")
            seen.add(place)
    for place in sorted(set(places.values()) - seen):
        raise Broken(place, "is named by no revision")
    return str(len(seen))


def check_copies(source: Source, revisions: dict[int, dict[str, Any]]) -> str:
    """Every copy of a page has the hash under which a revision cites its link."""
    cited = set()
    for each in revisions.values():
        personal = [answer["value"] for answer in source.load(each["personal"])]
        for piece in (*each["content"].get("evidence", ()), *personal):
            if isinstance(piece, dict) and "url" in piece:
                cited.add((piece["url"], piece.get("sha256")))
    copies = source.load("links.json")
    for copy in copies:
        if measured_in(source, copy["file"])[0] != copy["sha256"]:
            raise Broken(copy["file"], f"is not what stood at {copy['url']}")
        if (copy["url"], copy["sha256"]) not in cited:
            raise Broken(copy["file"], "is named by no revision")
    return str(len(copies))


def check_events(source: Source, revisions: dict[int, dict[str, Any]]) -> str:
    """Every seal is that of its event and the seal before; what was signed is what lies here."""
    events = source.lines("log/events.jsonl")
    before: dict[int, str] = {}
    for event in events:
        if event["position"] is None:
            continue
        known = before.get(event["position"] - 1, event["previous"])
        if known != event["previous"] or seal_of(event) != event["seal"]:
            raise Broken("log/events.jsonl", f"the seal of event {event['position']} does not hold")
        before[event["position"]] = event["seal"]
    hashes = {each["sha256"] for each in revisions.values()}
    for event in events:
        said = event["data"].get("sha256")
        if event["kind"] in {"response.sent", "response.signed"} and said not in hashes:
            raise Broken("log/events.jsonl", f"event {event['id']} names answers that are not here")
    unsealed = sum(event["position"] is None for event in events)
    tail = f", {unsealed} not sealed yet" if unsealed else ""
    return f"{len(events)}, the seals hold{tail}"


def check_sign_offs(source: Source, revisions: dict[int, dict[str, Any]]) -> str:
    """Each act at a step of the chain names a revision by number and hash."""
    acts = source.load("sign-offs.json")
    for act in acts:
        revision = revisions.get(act["revision"])
        if revision is None or revision["sha256"] != act["sha256"]:
            raise Broken("sign-offs.json", f"the act of {act['at']} names other answers")
    return str(len(acts))


def check_papers(source: Source, revisions: dict[int, dict[str, Any]]) -> str:
    """Each PDF is the one that was made of its revision."""
    papers = source.load("papers.json")
    for paper in papers:
        if paper["revision"] not in revisions:
            raise Broken("papers.json", f"{paper['file']} is of answers that are not here")
        if hashlib.sha256(source.read(paper["file"])).hexdigest() != paper["sha256"]:
            raise Broken(paper["file"], "is not the PDF that was made")
    return str(len(papers))


def check_signed(source: Source, revisions: dict[int, dict[str, Any]]) -> str:
    """Each signed PDF begins with the very bytes that were given out to be signed.

    Whether its signatures and certificates hold, any program that reads signed PDFs tells.
    """
    signed = source.load("signatures.json")
    for each in signed:
        if each["revision"] not in revisions:
            raise Broken("signatures.json", f"{each['file']} is of answers that are not here")
        content = source.read(each["file"])
        if hashlib.sha256(content).hexdigest() != each["sha256"]:
            raise Broken(each["file"], "is not the PDF that was handed in")
        given_out = content[: each["paper_size"]]
        if hashlib.sha256(given_out).hexdigest() != each["paper_sha256"]:
            raise Broken(each["file"], "does not begin with the PDF that was given out")
    return str(len(signed))


def files_named(content: dict[str, Any], personal: list[Any]) -> Iterator[dict[str, Any]]:
    """The entries of files in a revision, and those behind its digests."""
    pieces = [*content.get("files", ()), *content.get("evidence", ()), *personal]
    for item in content.get("verification", {}).get("items", ()):
        pieces += item.get("explanation", {}).get("files", ())
    for piece in pieces:
        if isinstance(piece, dict):
            file = piece.get("file", piece)
            if {"id", "name", "sha256", "size"} <= set(file):
                yield file


def digests_in(value: Any) -> Iterator[str]:
    """Every digest that stands in a revision for personal data."""
    if isinstance(value, dict):
        if isinstance(value.get(DIGEST), str):
            yield value[DIGEST]
        for each in value.values():
            yield from digests_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from digests_in(each)


def seal_of(event: dict[str, Any]) -> str:
    """The seal that an audit event must have at its place in the chain."""
    names = ("position", "previous", "id", "kind", "at", "actor", "subject_type", "subject_id")
    row = [*(event[name] for name in names), event["data"], event["request_id"]]
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def measured_in(source: Source, name: str) -> tuple[str, int]:
    """SHA-256 and size of a file of the dossier; raises Broken where its bytes cannot be had."""
    try:
        with source.open(name) as file:
            return measured(file)
    except UNREADABLE as fault:
        raise Broken(name, f"cannot be read: {fault}") from fault


def measured(file: IO[bytes]) -> tuple[str, int]:
    """SHA-256 and size of what is read from a file."""
    digest, size = hashlib.sha256(), 0
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


# JSON as RFC 8785 writes it


def loads(text: bytes, name: str) -> Any:
    """The value of canonical JSON; raises Broken where it could be written in another way."""
    try:
        value = json.loads(text.decode(), parse_constant=_refuse)
        if canonical(value) == text:
            return value
    except (ValueError, RecursionError) as fault:
        raise Broken(name, f"is not JSON: {fault}") from fault
    raise Broken(name, "is not canonical JSON (RFC 8785)")


def canonical(value: Any) -> bytes:
    """A value as canonical JSON: names in order of their UTF-16 units, no blanks, shortest numbers."""
    return "".join(_written(value)).encode()


def _written(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield "{"
        names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        for place, name in enumerate(names):
            yield "," * bool(place) + _string(name) + ":"
            yield from _written(value[name])
        yield "}"
    elif isinstance(value, list):
        yield "["
        for place, each in enumerate(value):
            yield "," * bool(place)
            yield from _written(each)
        yield "]"
    elif isinstance(value, str):
        yield _string(value)
    elif isinstance(value, float):
        yield _number(value)
    else:
        yield json.dumps(value)


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _number(value: float) -> str:
    """A number as ECMAScript writes it."""
    sign, figures, exponent = Decimal(repr(value)).normalize().as_tuple()
    if not value or not isinstance(exponent, int):
        return "0"
    digits, minus = "".join(map(str, figures)), "-" * sign
    point = len(digits) + exponent
    if len(digits) <= point <= 21:
        return minus + digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{minus}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{minus}0.{'0' * -point}{digits}"
    fraction = f".{digits[1:]}" if digits[1:] else ""
    return f"{minus}{digits[0]}{fraction}e{'+' if point > 0 else '-'}{abs(point - 1)}"


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")


# The archive: files as they are, one after the other, with nothing that may differ


def pack(target: IO[bytes], files: Iterator[tuple[str, Callable[[], IO[bytes]]]]) -> Iterator[int]:
    """Write an archive into ``target``; after each file, how many are in. Each is read twice."""
    entries: list[tuple[bytes, int, int, int]] = []
    offset = 0
    for name, opened in files:
        with opened() as content:
            crc, size = _sum_of(content)
        head = _local(name.encode(), crc, size)
        target.write(head)
        with opened() as content:
            while chunk := content.read(CHUNK):
                target.write(chunk)
        entries.append((name.encode(), crc, size, offset))
        offset += len(head) + size
        yield len(entries)
    target.write(_directory(entries, offset))


def check_container(file: IO[bytes], archive: ZipFile, name: str) -> None:
    """The archive is byte by byte the one that was handed out, its files apart, which have hashes."""
    entries = []
    offset = 0
    for info in archive.infolist():
        place = info.filename.encode()
        head = _local(place, info.CRC, info.file_size)
        file.seek(offset)
        if file.read(len(head)) != head:
            raise Broken(name, f"was packed anew or changed around {info.filename}")
        entries.append((place, info.CRC, info.file_size, offset))
        offset += len(head) + info.file_size
    file.seek(offset)
    if file.read() != _directory(entries, offset):
        raise Broken(name, "was packed anew or changed at its end; unpack it and verify the folder")


def _sum_of(file: IO[bytes]) -> tuple[int, int]:
    crc = size = 0
    while chunk := file.read(CHUNK):
        crc, size = zlib.crc32(chunk, crc), size + len(chunk)
    return crc, size


def _local(name: bytes, crc: int, size: int) -> bytes:
    # Stored, UTF-8 name, 1 January 1980.
    fixed = (b"PK\3\4", 20, 0x800, 0, 0, 0x21, crc, size, size, len(name), 0)
    return struct.pack("<4s5H3I2H", *fixed) + name


def _directory(entries: list[tuple[bytes, int, int, int]], offset: int) -> bytes:
    lines = b"".join(
        struct.pack(
            "<4s6H3I5H2I",
            *(b"PK\1\2", 0x314, 20, 0x800, 0, 0, 0x21, crc, size, size),
            *(len(name), 0, 0, 0, 0, 0o644 << 16, start),
        )
        + name
        for name, crc, size, start in entries
    )
    count = len(entries)
    return lines + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, len(lines), offset, 0)


def main(arguments: list[str]) -> int:
    """Verify what is named, or the folder in which this file lies; the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    path = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    try:
        found = verify(path)
    except Broken as broken:
        print(f"KHÔNG HỢP LỆ / NOT VALID: {broken}", file=sys.stderr)
        return 1
    print("\n".join(found))
    print("HỢP LỆ / VALID")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
