"""What is taken, under which name, and why the rest is not."""

from io import BytesIO
from random import Random

import pytest
from PIL import Image

from surveys.files.checking import checked
from surveys.files.policy import RUNNABLE, FileType, Purpose, extensions_of
from surveys.files.refusals import FileRefused
from tests.surveys.files.samples import (
    PLACE,
    bomb,
    office,
    open_document,
    package,
    pdf,
    picture,
    upload,
)

BOOK = "spreadsheetml.sheet"
SLIDES = "presentationml.presentation"


def take(name: str, content: bytes, purpose: Purpose = Purpose.DOCUMENT):
    return checked(upload(name, content), purpose)


def refusal(name: str, content: bytes, purpose: Purpose = Purpose.DOCUMENT) -> str:
    with pytest.raises(FileRefused) as refused:
        take(name, content, purpose)
    assert "%(" not in str(refused.value)
    return refused.value.code


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("quyet-dinh.pdf", pdf(), FileType.PDF),
        ("ma-hoa.pdf", pdf(b"trailer<</Encrypt 5 0 R>>"), FileType.PDF),
        ("bao-cao.docx", office(), FileType.DOCX),
        ("bang.xlsx", office(BOOK), FileType.XLSX),
        ("trinh-bay.PPTX", office(SLIDES), FileType.PPTX),
        ("van-ban.odt", open_document(), FileType.ODT),
        ("bang.ods", open_document("spreadsheet"), FileType.ODS),
        ("anh.png", picture("PNG"), FileType.PNG),
        ("anh.jpg", picture(), FileType.JPEG),
        ("anh.JPEG", picture(), FileType.JPEG),
        ("anh.webp", picture("WEBP"), FileType.WEBP),
    ],
)
def test_a_file_of_the_table_is_taken_for_what_it_contains(name, content, kind):
    assert take(name, content).kind is kind


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("trong.pdf", b"", "file_empty"),
        ("trang.html", b"<html><script>alert(1)</script></html>", "file_name_runnable"),
        ("trang.pdf", b"<html><script>alert(1)</script></html>", "file_type_not_taken"),
        ("hinh.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file_type_not_taken"),
        ("chay.pdf", b"MZ\x90\x00" + bytes(200), "file_type_not_taken"),
        ("goi.zip", package({"a.txt": "a"}), "file_type_not_taken"),
        ("goi.docx", package({"a.txt": "a"}), "file_type_not_taken"),
        ("anh.tiff", b"II*\x00" + bytes(50), "file_type_not_taken"),
        ("quyet-dinh.pdf", picture(), "file_name_misleads"),
        ("bang.docx", office(BOOK), "file_name_misleads"),
        ("quyet-dinh.pdf.exe", pdf(), "file_name_runnable"),
        ("quyet-dinh.php.pdf", pdf(), "file_name_runnable"),
        ("bao-cao.docm", office(), "file_name_runnable"),
        ("bao-cao.docx", office(more={"word/vbaProject.bin": b"x"}), "file_has_macros"),
        (
            "bao-cao.docx",
            package({"[Content_Types].xml": "application/vnd.ms-word.macroEnabled.main+xml"}),
            "file_has_macros",
        ),
        ("van-ban.odt", open_document(more={"Basic/Standard/M.xml": "x"}), "file_has_macros"),
        ("chay.pdf", pdf(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "file_has_macros"),
        ("chay.pdf", pdf(b"/OpenAction<</S/J#61vaScript>>"), "file_has_macros"),
        (
            "chay.pdf",
            pdf(b"/AA<</S/Rendition/OP 0/JS\x00%run\n(app.alert(1))>>"),
            "file_has_macros",
        ),
        ("chay.pdf", pdf(b"/A<</S 7 0 R/JS 8 0 R>>"), "file_has_macros"),
        ("bieu-mau.pdf", pdf(b"/AcroForm<</Fields[]/XFA[(form) 9 0 R]>>"), "file_has_macros"),
        ("dut.pdf", pdf()[:-7], "file_damaged"),
        ("dut.docx", office()[:-30], "file_damaged"),
        ("dut.jpg", picture()[:60], "file_damaged"),
        ("thoat.docx", office(more={"../../etc/passwd": "x"}), "file_damaged"),
        ("hai-mat.pdf", pdf(b"<html><script>alert(1)</script>"), "file_is_two_things"),
        ("hai-mat.pdf", pdf() + office() + b"%%EOF", "file_is_two_things"),
        ("hai-mat.docx", office() + b"<script>alert(1)</script>", "file_is_two_things"),
        ("bom.png", bomb(), "picture_too_large"),
    ],
)
def test_anything_else_is_refused_for_its_own_reason(name, content, code):
    assert refusal(name, content) == code


def test_short_names_in_compressed_data_are_no_scripts():
    compressed = Random(9).randbytes(8_000_000)  # noqa: S311  (the same bytes each time)
    by_chance = b"\x8f\x02\xa3abcde\x9c/JS(\x01 \x03/XFA[\xff"

    taken = take("ban-quet.pdf", pdf(b"stream\n" + compressed + by_chance + b"\nendstream"))

    assert b"/JS" in compressed
    assert taken.kind is FileType.PDF


def test_a_document_is_no_picture():
    assert refusal("quyet-dinh.pdf", pdf(), Purpose.PICTURE) == "file_type_not_taken"


def test_a_file_above_the_limit_is_refused_with_both_figures(settings):
    settings.UPLOAD_MOST_BYTES = 20

    assert refusal("to.pdf", pdf()) == "file_too_large"


def test_a_package_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr("surveys.files.detection.MOST_UNPACKED", 1000)

    assert (
        refusal("bom.docx", office(more={"word/media.bin": bytes(5000)}))
        == "file_unpacks_too_large"
    )


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_a_picture_loses_everything_but_its_pixels(kind):
    content = picture(kind)
    assert PLACE.encode() in content

    taken = take(f"anh.{kind.lower()}", content).content

    with Image.open(BytesIO(taken)) as seen:
        assert (seen.size, dict(seen.getexif()), PLACE.encode() in taken) == ((40, 30), {}, False)


def test_a_script_behind_a_picture_is_gone():
    taken = take("anh.jpg", picture() + b"<script>alert(1)</script>").content

    assert b"<script>" not in taken


def test_a_picture_is_made_as_small_as_the_question_says():
    taken = checked(upload("anh.jpg", picture(size=(400, 100))), Purpose.PICTURE, longest_side=200)

    with Image.open(BytesIO(taken.content)) as seen:
        assert seen.size == (200, 50)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("27.2025.QĐ-UBND.pdf", "27.2025.QĐ-UBND.pdf"),
        ("../../etc/quyet-dinh.pdf", "quyet-dinh.pdf"),
        ("C:\\van ban\\quyet-dinh.pdf", "quyet-dinh.pdf"),
        ("a\x00b\u202ec.pdf", "abc.pdf"),
        ("Quye\u0302\u0301t.pdf", "Quyết.pdf"),
        ("quyet-dinh", "quyet-dinh.pdf"),
        (".htaccess.pdf", "htaccess.pdf"),
        ("a" * 300 + ".pdf", "a" * 195 + "….pdf"),
    ],
)
def test_the_name_is_kept_as_people_read_it(given, kept):
    file = upload("x.pdf", pdf())
    vars(file)["_name"] = given  # Django's own parser would have cut the path off already

    assert checked(file, Purpose.DOCUMENT).name == kept


def test_no_extension_that_is_taken_is_one_that_runs():
    assert not RUNNABLE & set(extensions_of(Purpose.DOCUMENT))


def test_bytes_of_our_own_making_are_not_searched_for_scripts():
    ours = pdf(b"stream\n/JavaScript\nendstream")

    taken = checked(upload("da-ky.pdf", ours + pdf(b"")), Purpose.SIGNED, ours=len(ours))

    assert taken.content.startswith(ours)


def test_what_was_added_to_our_bytes_is_searched_for_scripts():
    ours = pdf(b"")

    added = upload("da-ky.pdf", ours + pdf(b"/JS(0)"))

    with pytest.raises(FileRefused) as refused:
        checked(added, Purpose.SIGNED, ours=len(ours))

    assert refused.value.code == "file_has_macros"


def test_only_a_pdf_is_taken_as_a_signed_one():
    assert refusal("anh.png", picture(), Purpose.SIGNED) == "file_type_not_taken"
