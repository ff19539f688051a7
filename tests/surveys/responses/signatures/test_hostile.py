"""Hostile files are examined within limits, and end as refusals."""

import hashlib
import zlib

import pytest

from surveys.limited import Limits
from surveys.responses.signatures import examining
from surveys.responses.signatures.examining import Paper, examine
from tests.surveys.documents.authorities import SIGNED_AT, agency, original, signed_by
from tests.surveys.responses.signatures.handing_in import trust


@pytest.fixture(autouse=True)
def _trust_list(settings, tmp_path):
    settings.SIGNATURE_TRUST_LIST = str(trust(tmp_path))


def found(content):
    ours = Paper(len(original()), hashlib.sha256(original()).hexdigest())
    return examine(content, [ours], received_at=SIGNED_AT).flaws


def update(*objects, root=b"1 0 R", prev=None):
    """Ours, with an update of these objects behind it, numbered from 9000, and its table."""
    content = original() + b"\n"
    places = []
    for number, body in enumerate(objects, 9000):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(content)
    prev = start if prev is None else prev
    content += b"xref\n9000 %d\n" % len(places)
    content += b"".join(b"%010d 00000 n\r\n" % place for place in places)
    content += b"trailer\n<</Size %d/Root %b/Prev %d>>\n" % (9000 + len(places), root, prev)
    return content + b"startxref\n%d\n%%%%EOF\n" % start


def packed(data):
    return b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(data), data)


BOMB = zlib.compress(zlib.compress(bytes(2 * 1024 * 1024 * 1024 // 8), 9), 9)

FILES = {
    "bomb": update(
        b"<</Type/Catalog/AcroForm 9001 0 R/Pages 9002 0 R>>",
        b"<</Fields[]/DR 9002 0 R>>",
        b"<</Type/ObjStm/N 1/First 4/Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%b\nendstream"
        % (len(BOMB), BOMB),
        root=b"9000 0 R",
        prev=0,
    ),
    "table in a loop": update(b"<</Type/Catalog>>", root=b"9000 0 R"),
    "deep nesting": update(b"[" * 200_000 + b"]" * 200_000, root=b"9000 0 R", prev=0),
    "a form that contains itself": update(
        b"<</Type/Catalog/AcroForm 9001 0 R>>",
        b"<</Fields[9001 0 R]/T(a)/FT/Sig/Kids[9001 0 R]>>",
        root=b"9000 0 R",
        prev=0,
    ),
    "reference to itself": update(b"9000 0 R", root=b"9000 0 R", prev=0),
    "ten megabytes of brackets": original() + b"<<" * 5_000_000 + b"\nstartxref\n9\n%%EOF",
    "a table of a million lines": original()
    + b"\nxref\n0 1000000\n"
    + b"0000000009 00000 n\r\n" * 300_000
    + b"trailer<</Size 9/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(original()) + 1),
    "endless numbers": original() + b"\nstartxref\n" + b"9" * 1_000_000 + b"\n%%EOF",
}


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused(name):
    (flaw,) = found(FILES[name])

    assert flaw in {"unreadable", "unsigned", "changed_before"}


def test_a_signature_that_is_no_signature_is_refused():
    pdf = signed_by(agency())
    start = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    end = pdf.index(b">", start)

    assert found(pdf[:start] + b"30" * ((end - start) // 2) + pdf[end:]) == ("unreadable",)


def test_what_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(examining, "LIMITS", Limits(seconds=0.01))

    assert found(signed_by(agency())) == ("unreadable",)
