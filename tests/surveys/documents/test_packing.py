"""Archives whose bytes depend on what is in them."""

from io import BytesIO
from zipfile import ZipFile

from surveys.documents.packing import packed_into

FILES = [("a.pdf", b"one"), ("b.docx", b"two")]


def test_files_are_packed_one_at_a_time():
    drawn: list[str] = []

    def drawing():
        for name, content in FILES:
            drawn.append(name)
            yield name, content

    steps = [(done, list(drawn)) for done in packed_into(BytesIO(), drawing())]

    assert steps == [(1, ["a.pdf"]), (2, ["a.pdf", "b.docx"])]


def test_the_same_files_give_the_same_archive_at_any_time(time_machine):
    archives = []
    for moment in ("2026-01-01", "2027-06-15"):
        time_machine.move_to(moment)
        target = BytesIO()
        list(packed_into(target, FILES))
        archives.append(target.getvalue())

    assert archives[0] == archives[1]
    assert ZipFile(BytesIO(archives[0])).read("b.docx") == b"two"
