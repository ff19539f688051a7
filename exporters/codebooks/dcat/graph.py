"""A small RDF graph: things with properties, written as JSON-LD and as Turtle. Both say the same."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

from exporters.codebooks.characters import writable

PREFIXES: Final[Mapping[str, str]] = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_SAFE: Final = ":/?#[]@!$&'()*+,;=-._~%"
_LANGUAGE: Final = re.compile("[a-z]{2}")
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


@dataclass(frozen=True, slots=True)
class Address:
    """Something that goes by an address (IRI). What an address cannot hold is percent-encoded."""

    iri: str

    @property
    def safe(self) -> str:
        """The address as both formats may write it."""
        return quote(writable(self.iri), safe=_SAFE)


@dataclass(frozen=True, slots=True)
class Literal:
    """A text in a language, or a value of a type (``xsd:date``)."""

    text: str
    language: str = ""
    datatype: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something of a class, with its properties in order; without an address it has no name."""

    kind: str
    properties: Sequence[tuple[str, "Value"]] = field(default=())
    iri: str = ""


Value = Address | Literal | Thing


def as_json_ld(things: Sequence[Thing]) -> bytes:
    """The things as JSON-LD 1.1 in UTF-8; equal things give equal bytes."""
    document = {"@context": dict(PREFIXES), "@graph": [_json(each) for each in things]}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def as_turtle(things: Sequence[Thing]) -> bytes:
    """The things as Turtle in UTF-8; equal things give equal bytes."""
    heads = [f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items()]
    bodies = ["\n".join(_statements(each)) for each in things]
    return ("\n".join([*heads, "", *bodies]) + "\n").encode()


def _json(value: Value) -> Any:
    match value:
        case Address():
            return {"@id": value.safe}
        case Literal():
            told = {"@value": writable(value.text)}
            told |= {"@language": value.language} if value.language else {}
            return told | ({"@type": value.datatype} if value.datatype else {})
        case Thing():
            made: dict[str, Any] = {"@id": Address(value.iri).safe} if value.iri else {}
            made["@type"] = value.kind
            for name, each in value.properties:
                made.setdefault(name, []).append(_json(each))
            return made


def _statements(thing: Thing) -> Iterator[str]:
    """A thing of its own, its properties one to a line."""
    yield f"<{Address(thing.iri).safe}> a {thing.kind}"
    for name, value in thing.properties:
        yield f"  ; {name} {_turtle(value, 2)}"
    yield "  ."


def _turtle(value: Value, depth: int) -> str:
    match value:
        case Address():
            return f"<{value.safe}>"
        case Literal():
            text = f'"{writable(value.text).translate(_ESCAPES)}"'
            if _LANGUAGE.fullmatch(value.language):
                return f"{text}@{value.language}"
            return f"{text}^^{value.datatype}" if value.datatype else text
        case Thing():
            return _nested(value, depth)


def _nested(thing: Thing, depth: int) -> str:
    if thing.iri and not thing.properties:
        return f"<{Address(thing.iri).safe}>"
    space = "  " * depth
    parts = [f"a {thing.kind}"]
    parts += [f"{name} {_turtle(each, depth + 1)}" for name, each in thing.properties]
    return "[ " + f"\n{space}; ".join(parts) + " ]"
