"""A questionnaire that takes files and evidence, and what is attached to its responses."""

from surveys.engine import (
    Cell,
    Choice,
    ChoiceList,
    Definition,
    EvidenceNeed,
    Group,
    Kind,
    Question,
    Repeat,
    Table,
)
from surveys.files.checking import CheckedFile, checked
from surveys.files.policy import Purpose
from surveys.models import Response
from surveys.organisations.models import User
from surveys.responses.services import (
    DocumentSource,
    Edit,
    FileSource,
    LinkSource,
    SaveOutcome,
    add_evidence,
    answer_with_file,
)
from tests.surveys.campaigns.factories import NOW
from tests.surveys.files.samples import pdf, upload
from tests.surveys.responses.factories import draft, open_assignment

DEFINITION = Definition(
    code="phieu-tep",
    title={"vi": "Phiếu có tệp"},
    children=(
        Group(
            name="papers",
            label={"vi": "Văn bản"},
            children=(
                Question(name="plan", kind=Kind.FILE, label={"vi": "Kế hoạch"}, required="yes"),
                Question(
                    name="photo",
                    kind=Kind.IMAGE,
                    label={"vi": "Ảnh phòng máy chủ"},
                    parameters={"max-pixels": "200"},
                ),
                Question(
                    name="issued",
                    kind=Kind.INTEGER,
                    label={"vi": "Số văn bản đã ban hành"},
                    evidence=EvidenceNeed.REQUIRED,
                ),
                Question(
                    name="note",
                    kind=Kind.TEXT,
                    label={"vi": "Ghi chú"},
                    evidence=EvidenceNeed.OPTIONAL,
                ),
                Question(
                    name="card",
                    kind=Kind.FILE,
                    label={"vi": "Giấy tờ của đầu mối"},
                    personal_data=True,
                ),
            ),
        ),
        Group(
            name="rows_page",
            label={"vi": "Danh sách"},
            children=(
                Repeat(
                    name="systems",
                    label={"vi": "Hệ thống"},
                    children=(
                        Question(name="system", kind=Kind.TEXT, label={"vi": "Tên"}),
                        Question(name="manual", kind=Kind.FILE, label={"vi": "Tài liệu"}),
                    ),
                ),
                Table(
                    name="levels",
                    label={"vi": "Cấp độ"},
                    row_list="kinds",
                    columns=(Question(name="proof", kind=Kind.FILE, label={"vi": "Hồ sơ"}),),
                ),
            ),
        ),
    ),
    lists={
        "kinds": ChoiceList(name="kinds", choices=(Choice(name="one", label={"vi": "Cấp độ 1"}),))
    },
)

DOCUMENT = DocumentSource(number="27/2025/QĐ-UBND", issuer="UBND tỉnh")
LINK = LinkSource(url="https://congbao.example.vn/27")


def with_files() -> Response:
    """A draft of it."""
    return draft(open_assignment(DEFINITION))


def document(name: str = "ke-hoach.pdf", body: bytes = b"1 0 obj<<>>endobj") -> CheckedFile:
    """A PDF that was taken."""
    return checked(upload(name, pdf(body)), Purpose.DOCUMENT)


def answer(
    response: Response,
    path: str = "plan",
    file: CheckedFile | None = None,
    *,
    seen: str | None = None,
    edit_id: str = "file",
    actor: User | None = None,
) -> SaveOutcome:
    """The file made the answer, now."""
    return answer_with_file(
        response,
        path=path,
        file=file or document(),
        seen=Cell(value=seen),
        edit=Edit(edit_id=edit_id, actor=actor, at=NOW),
    )


def prove(
    response: Response,
    path: str = "issued",
    source: FileSource | DocumentSource | LinkSource = DOCUMENT,
    *,
    edit_id: str = "proof",
) -> SaveOutcome:
    """A piece of evidence behind an answer, now."""
    edit = Edit(edit_id=edit_id, actor=None, at=NOW)
    return add_evidence(response, path=path, source=source, edit=edit)
