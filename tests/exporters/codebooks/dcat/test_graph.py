"""The two writers of a graph: they say the same, and texts stay texts."""

import json
import re

import pytest

from exporters.codebooks.dcat.graph import Address, Literal, Thing, as_json_ld, as_turtle
from tests.exporters.codebooks.hostile import HOSTILE

STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def thing(text="x", address="https://example.vn/a"):
    inner = Thing("foaf:Agent", (("foaf:name", Literal(text, "vi")),))
    return Thing(
        "dcat:Dataset",
        (
            ("dct:title", Literal(text, "vi")),
            ("dct:issued", Literal("2026-11-20", datatype="xsd:date")),
            ("dct:publisher", inner),
            ("dcat:landingPage", Address(address)),
        ),
        "https://example.vn/d",
    )


def unescaped(text):
    return json.loads(f'"{text}"')


def test_a_thing_is_written_as_json_ld():
    (made,) = json.loads(as_json_ld([thing()]))["@graph"]

    assert made == {
        "@id": "https://example.vn/d",
        "@type": "dcat:Dataset",
        "dct:title": [{"@value": "x", "@language": "vi"}],
        "dct:issued": [{"@value": "2026-11-20", "@type": "xsd:date"}],
        "dct:publisher": [
            {"@type": "foaf:Agent", "foaf:name": [{"@value": "x", "@language": "vi"}]}
        ],
        "dcat:landingPage": [{"@id": "https://example.vn/a"}],
    }


def test_a_thing_is_written_as_turtle():
    body = as_turtle([thing()]).decode().split("\n\n")[1]

    assert body == (
        "<https://example.vn/d> a dcat:Dataset\n"
        '  ; dct:title "x"@vi\n'
        '  ; dct:issued "2026-11-20"^^xsd:date\n'
        '  ; dct:publisher [ a foaf:Agent\n    ; foaf:name "x"@vi ]\n'
        "  ; dcat:landingPage <https://example.vn/a>\n"
        "  .\n"
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_ends_its_literal(text):
    found = STRING.findall(as_turtle([thing(text)]).decode())

    shown = "".join(each for each in text if each not in "\x00\x1f\ud800")
    assert [unescaped(each) for each in found] == [shown, "2026-11-20", shown]


@pytest.mark.parametrize("address", ["https://a.vn/> . <x", 'https://a.vn/"b c', "https://a.vn/Đà"])
def test_an_address_holds_nothing_that_would_end_it(address):
    made = as_turtle([thing(address=address)]).decode()

    (found,) = re.findall(r"landingPage <([^>]*)>\n", made)
    assert re.fullmatch(r"[!#-;=?-\[\]_a-z~%]+", found)


def test_equal_things_give_equal_bytes():
    assert as_turtle([thing()]) == as_turtle([thing()])
