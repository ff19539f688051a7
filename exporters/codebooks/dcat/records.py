"""A data set as DCAT-AP 3 describes it: what is told, and in which properties.

Codes come from the vocabularies that DCAT-AP names (EU Publications Office, IANA, SPDX).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from exporters.codebooks.dcat.graph import Address, Literal, Thing, Value
from surveys.engine.model import Texts

AUTHORITY: Final = "http://publications.europa.eu/resource/authority"
IANA: Final = "https://www.iana.org/assignments/media-types"
LANGUAGES: Final = {"vi": "VIE", "en": "ENG"}
FREQUENCIES: Final = {
    "once": "NEVER",
    "monthly": "MONTHLY",
    "quarterly": "QUARTERLY",
    "half_yearly": "ANNUAL_2",
    "yearly": "ANNUAL",
    "custom": "IRREG",
}
"""``campaigns.enums.Period`` in the vocabulary of frequencies."""
THEME: Final = "GOVE"
COUNTRY: Final = "VNM"

Property = tuple[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """A file, or a way to get one. ``media_type`` without parameters ("text/csv"); ``file_type`` is a
    code of the vocabulary of file types ("CSV"), ``package_type`` the media type of what it is packed in.
    """

    title: Texts
    access: str
    download: str = ""
    media_type: str = ""
    file_type: str = ""
    package_type: str = ""
    size: int | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A data set. ``address`` is its own page and its name; ``licence`` the address of the licence's
    text, else ``rights`` are the terms in words."""

    address: str
    identifier: str
    title: Texts
    description: Texts
    publisher: Texts
    publisher_address: str
    email: str = ""
    issued: date
    modified: date
    version: str
    version_notes: Texts
    starts: date
    ends: date
    frequency: str
    licence: str
    rights: Texts
    keywords: tuple[Texts, ...] = ()
    replaces: str = ""
    is_withdrawn: bool = False
    distributions: tuple[Distribution, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueRecord:
    """All data sets of a site."""

    address: str
    title: Texts
    description: Texts
    publisher: Texts
    publisher_address: str
    modified: date
    records: tuple[Record, ...]


def record_graph(record: Record) -> list[Thing]:
    """A data set with its distributions."""
    return [_dataset(record), *(_distribution(each, record) for each in _named(record))]


def catalogue_graph(catalogue: CatalogueRecord) -> list[Thing]:
    """The catalogue, then each data set in it."""
    told = Thing(
        "dcat:Catalog",
        (
            *_texts("dct:title", catalogue.title),
            *_texts("dct:description", catalogue.description),
            ("dct:publisher", _agent(catalogue.publisher, catalogue.publisher_address)),
            *_spoken(catalogue.title),
            ("dct:modified", _day(catalogue.modified)),
            ("dcat:themeTaxonomy", Address(f"{AUTHORITY}/data-theme")),
            *(("dcat:dataset", Address(each.address)) for each in catalogue.records),
        ),
        catalogue.address,
    )
    return [told, *(thing for each in catalogue.records for thing in record_graph(each))]


def distribution_address(record: Record, number: int) -> str:
    """What a distribution of a data set goes by; numbers count from 1."""
    return f"{record.address}#file-{number}"


def _named(record: Record) -> list[tuple[str, Distribution]]:
    return [
        (distribution_address(record, number), each)
        for number, each in enumerate(record.distributions, start=1)
    ]


def _dataset(record: Record) -> Thing:
    return Thing(
        "dcat:Dataset",
        (
            *_texts("dct:title", record.title),
            *_texts("dct:description", record.description),
            ("dct:identifier", Literal(record.identifier)),
            ("dct:publisher", _agent(record.publisher, record.publisher_address)),
            ("dcat:contactPoint", _contact(record)),
            ("dct:issued", _day(record.issued)),
            ("dct:modified", _day(record.modified)),
            ("dct:accrualPeriodicity", _code("frequency", FREQUENCIES[record.frequency])),
            *_spoken(record.title),
            ("dcat:theme", _code("data-theme", THEME)),
            *(each for words in record.keywords for each in _texts("dcat:keyword", words)),
            ("dct:temporal", _period(record)),
            ("dct:spatial", _code("country", COUNTRY)),
            ("dct:accessRights", _code("access-right", "PUBLIC")),
            ("dcat:landingPage", Address(record.address)),
            ("dcat:version", Literal(record.version)),
            *_texts("adms:versionNotes", record.version_notes),
            *((("dct:replaces", Address(record.replaces)),) if record.replaces else ()),
            *(
                (("adms:status", _code("dataset-status", "WITHDRAWN")),)
                if record.is_withdrawn
                else ()
            ),
            *(("dcat:distribution", Address(address)) for address, _each in _named(record)),
        ),
        record.address,
    )


def _distribution(named: tuple[str, Distribution], record: Record) -> Thing:
    address, told = named
    return Thing("dcat:Distribution", tuple(_of_file(told, record)), address)


def _of_file(told: Distribution, record: Record) -> Iterator[Property]:
    yield from _texts("dct:title", told.title)
    yield "dcat:accessURL", Address(told.access)
    if told.download:
        yield "dcat:downloadURL", Address(told.download)
    if told.media_type:
        yield "dcat:mediaType", Address(f"{IANA}/{told.media_type}")
    if told.file_type:
        yield "dct:format", _code("file-type", told.file_type)
    if told.package_type:
        yield "dcat:packageFormat", Address(f"{IANA}/{told.package_type}")
    yield from _terms(record)
    yield "dct:issued", _day(record.issued)
    yield from _spoken(told.title)
    if told.size is not None:
        yield "dcat:byteSize", Literal(str(told.size), datatype="xsd:nonNegativeInteger")
    if told.sha256:
        yield "spdx:checksum", _checksum(told.sha256)


def _terms(record: Record) -> Iterator[Property]:
    if record.licence:
        yield "dct:license", Address(record.licence)
    elif record.rights:
        yield (
            "dct:rights",
            Thing("dct:RightsStatement", tuple(_texts("rdfs:label", record.rights))),
        )


def _checksum(sha256: str) -> Thing:
    return Thing(
        "spdx:Checksum",
        (
            ("spdx:algorithm", Address("http://spdx.org/rdf/terms#checksumAlgorithm_sha256")),
            ("spdx:checksumValue", Literal(sha256, datatype="xsd:hexBinary")),
        ),
    )


def _agent(names: Texts, address: str) -> Thing:
    return Thing("foaf:Agent", (*_texts("foaf:name", names), ("foaf:homepage", Address(address))))


def _contact(record: Record) -> Thing:
    mail = (("vcard:hasEmail", Address(f"mailto:{record.email}")),) if record.email else ()
    page = ("vcard:hasURL", Address(record.publisher_address))
    return Thing("vcard:Organization", (*_texts("vcard:fn", record.publisher), *mail, page))


def _period(record: Record) -> Thing:
    return Thing(
        "dct:PeriodOfTime",
        (("dcat:startDate", _day(record.starts)), ("dcat:endDate", _day(record.ends))),
    )


def _texts(name: str, texts: Texts) -> Iterator[Property]:
    return ((name, Literal(text, language)) for language, text in texts.items() if text)


def _spoken(texts: Texts) -> Sequence[Property]:
    """The languages that the texts are in."""
    return [
        ("dct:language", _code("language", LANGUAGES[each]))
        for each in texts
        if each in LANGUAGES and texts[each]
    ]


def _code(vocabulary: str, code: str) -> Address:
    return Address(f"{AUTHORITY}/{vocabulary}/{code}")


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), datatype="xsd:date")
