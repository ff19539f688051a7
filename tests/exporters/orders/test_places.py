"""Names of files: letters stay, ways out do not."""

import pytest

from exporters.orders.places import LONGEST, file_name, part_of, safe_name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("nang-luc-2026", "", "round", "vi"), "nang-luc-2026-round-vi.xlsx"),
        (("Năng lực số năm 2026",), "Năng-lực-số-năm-2026.xlsx"),
        (("../../etc/passwd",), "etc-passwd.xlsx"),
        (("..\\..\\boot.ini",), "boot.ini.xlsx"),
        (("a\r\nSet-Cookie: x=1",), "a-Set-Cookie-x=1.xlsx"),
        (("a\x00b",), "a-b.xlsx"),
        (('say "cheese"',), "say-cheese.xlsx"),
        (("invoice\u202exslx.exe",), "invoice-xslx.exe.xlsx"),
        (("...",), "export.xlsx"),
        (("",), "export.xlsx"),
        (("x" * 500,), "x" * LONGEST + ".xlsx"),
    ],
)
def test_a_name_keeps_its_letters_and_leads_nowhere(words, name):
    assert safe_name(*words, suffix="xlsx") == name


def test_letters_with_their_marks_apart_become_whole():
    assert safe_name("Na\u0306ng", suffix="pdf") == "N\u0103ng.pdf"


@pytest.mark.django_db
def test_a_file_is_called_by_round_kind_and_language(ready):
    assert file_name(ready) == f"{ready.round.code}-round-vi.xlsx"


@pytest.mark.django_db
def test_the_name_on_the_disk_is_made_of_numbers_and_hashes(ready, files):
    assert ready.file == f"{ready.pk}-{ready.sha256[:16]}.xlsx"
    assert (files / ready.file).stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_an_attempt_leaves_nothing_behind(ready, files):
    with part_of(ready, "a" * 32) as part:
        part.write_bytes(b"half")
        (part.parent / "beside").write_bytes(b"too")

    assert list((files / "parts").iterdir()) == []


@pytest.mark.django_db
def test_two_attempts_do_not_write_into_the_same_directory(ready):
    with part_of(ready, "a" * 32) as one, part_of(ready, "b" * 32) as other:
        assert one.parent != other.parent
