"""What stands on the paper of a response."""

from datetime import UTC

import pytest

from surveys.documents.composition import PEN
from surveys.documents.response import PaperAnswer, PaperTable
from surveys.models import ErasableAnswer
from surveys.responses.papers.composing import CLOSED
from surveys.responses.papers.front import paper_of_draft, paper_of_revision
from surveys.responses.services import CellEdit, add_row, send_for_signature, sign
from tests.factories import UserFactory, member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import draft, finished, save, seen

pytestmark = pytest.mark.django_db
ERASED = "đã xóa theo thời hạn lưu giữ"


@pytest.fixture
def response():
    """A finished draft with one contact."""
    response = finished()
    row = add_row(response, repeat="contacts", edit_id="add", actor=None, at=NOW).row
    save(response, "contact", CellEdit(f"contacts/{row}/contact_name", "Giàng A Páo"))
    return response


def sent(response):
    """The revision that awaits the signature."""
    return send_for_signature(response, actor=None, at=NOW)


def answers(paper):
    """Answers by what is asked."""
    return {
        item.label: item
        for part in paper.parts
        for item in part.items
        if isinstance(item, PaperAnswer)
    }


def tables(paper):
    """Tables by their titles."""
    return {
        item.title: item
        for part in paper.parts
        for item in part.items
        if isinstance(item, PaperTable)
    }


def test_answers_stand_section_by_section(response):
    paper = paper_of_revision(sent(response), language="vi")

    assert [part.title for part in paper.parts] == ["Nhân lực", "Đầu mối", "Kinh phí"]
    assert answers(paper)["Số người"].text == "10"
    assert answers(paper)["Số nam"].text == "6"


def test_what_is_not_answered_is_said(response):
    note = answers(paper_of_revision(sent(response), language="vi"))["Ghi chú"]

    assert (note.text, note.is_blank) == ("Chưa trả lời", True)


def test_a_missing_figure_is_said_in_words_with_its_reason(response):
    save(
        response,
        "code",
        CellEdit("women", seen=seen("4"), missing="CCSL", reason="Đang chờ", expected="1/2/2027"),
    )
    women = answers(paper_of_revision(sent(response), language="vi"))["Số nữ"]

    assert women.text == "Chưa có số liệu"
    assert women.notes == ("Lý do: Đang chờ", "Dự kiến có ngày 1/2/2027")


def test_tables_are_tables_with_closed_cells_crossed_out(response):
    table = tables(paper_of_revision(sent(response), language="vi"))["Kinh phí"]

    assert [row.cells for row in table.rows] == [("", CLOSED), ("12,5", "")]


def test_explanations_stand_with_the_answer_and_in_a_list():
    response = finished()
    save(response, "odd", CellEdit("women", "7", seen=seen("4"), explanation="Ngành đặc thù"))
    paper = paper_of_revision(sent(response), language="vi")

    assert answers(paper)["Số nữ"].notes == ("Giải trình: Ngành đặc thù",)
    (listed,) = (part for part in paper.parts if part.title == "Giải trình")
    (table,) = listed.items
    assert isinstance(table, PaperTable)
    assert table.rows[0].cells == ("Số nữ", "Ngành đặc thù")


def test_personal_data_are_shown_while_they_are_there(response):
    table = tables(paper_of_revision(sent(response), language="vi"))["Danh sách đầu mối (1 dòng)"]

    assert table.rows[0].cells[0] == "Giàng A Páo"


def test_erased_personal_data_are_said_to_be_erased(response):
    revision = sent(response)
    ErasableAnswer.objects.all().delete()
    table = tables(paper_of_revision(revision, language="vi"))["Danh sách đầu mối (1 dòng)"]

    assert table.rows[0].cells[0] == ERASED


def test_the_paper_to_be_signed_names_the_one_person_who_can_sign(response):
    signatory = member(response.assignment.agency, "signatory")
    signatory.memberships.update(signs_as="KT. Bộ trưởng, Thứ trưởng")

    paper = paper_of_revision(sent(response), language="vi")

    assert paper.signature.lines == ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG")
    assert paper.signature.name == str(signatory)


def test_where_several_can_sign_the_paper_names_nobody(response):
    for _number in range(2):
        signatory = member(response.assignment.agency, "signatory")
        signatory.memberships.update(signs_as="Thứ trưởng")

    paper = paper_of_revision(sent(response), language="vi")

    assert (paper.signature.lines, paper.signature.name) == (("THỦ TRƯỞNG ĐƠN VỊ",), "")


def test_the_paper_to_be_signed_has_room_for_the_signature_and_is_no_draft(response):
    paper = paper_of_revision(sent(response), language="vi")

    assert (paper.signature.said, paper.signature.name, paper.watermark) == ((), "", "")
    assert paper.place_and_date.endswith(f"ngày {PEN} tháng {PEN} năm {PEN}{PEN}")


def test_the_signed_paper_names_signatory_and_receipt(response):
    signatory = UserFactory.create(full_name="Hoàng Minh Đức")
    sent(response)
    revision = sign(response, actor=None, at=NOW)
    revision.actor, revision.signs_as = signatory, "KT. Chủ tịch, Phó Chủ tịch"
    response.sign_offs.update(signs_as="KT. Chủ tịch, Phó Chủ tịch")
    paper = paper_of_revision(revision, language="vi")

    assert paper.signature.lines == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert paper.signature.name == str(signatory)
    assert paper.reference.startswith(str(revision.receipt))


def test_the_proof_is_the_revisions_hash_and_the_data_are_its_text(response):
    revision = sent(response)
    paper = paper_of_revision(revision, language="vi")

    assert paper.proof is not None
    assert paper.attachment is not None
    assert paper.proof.sha256 == revision.sha256
    assert paper.attachment.content == revision.canonical


def test_the_same_revision_gives_the_same_paper(response):
    revision = sent(response)

    assert paper_of_revision(revision, language="vi") == paper_of_revision(revision, language="vi")


def test_a_draft_is_marked_as_one_and_proves_nothing():
    paper = paper_of_draft(draft(), at=NOW, language="vi")

    assert (paper.watermark, paper.signature.said) == ("BẢN NHÁP", ("Chưa ký",))
    assert (paper.proof, paper.attachment) == (None, None)
    assert paper.at == NOW.astimezone(UTC)


def test_what_cannot_be_read_stands_on_the_paper_of_a_draft_as_it_was_typed():
    response = draft()
    save(response, "junk", CellEdit("staff", "2l"))
    response.refresh_from_db()

    assert answers(paper_of_draft(response, at=NOW, language="vi"))["Số người"].text == (
        "không đọc được “2l”"
    )


def test_papers_are_in_the_language_that_is_asked_for(response):
    paper = paper_of_revision(sent(response), language="en")

    assert (paper.title, paper.page_word) == ("Official report", "Page")
