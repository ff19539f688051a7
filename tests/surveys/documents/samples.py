"""A letter that has every part, and the texts of files."""

from datetime import date
from io import BytesIO

from docx import Document
from docx.table import Table
from pypdf import PdfReader

from surveys.documents import Authority, Capacity, Letter, Signature

LETTER = Letter(
    superior="Bộ Thử nghiệm",
    issuer="Cục Khảo sát",
    number="18",
    symbol="CKS-TH",
    place="Hà Nội",
    dated=date(2026, 2, 5),
    subject="đề nghị cung cấp thông tin về năng lực số",
    addressees=("Ủy ban nhân dân tỉnh Lào Cai",),
    basis=("Căn cứ Quyết định số 12/QĐ-BTN ngày 09 tháng 01 năm 2026 của Bộ Thử nghiệm;",),
    paragraphs=("Cục Khảo sát tổ chức khảo sát quý I.", "Đề nghị Quý cơ quan phân công đầu mối."),
    deadline="Thời hạn trả lời: trước 24 giờ 00 ngày 15 tháng 4 năm 2026.",
    link="https://khaosat.example.vn/r/K7Q2M9",
    closing="Trân trọng cảm ơn.",
    signature=Signature(
        "Phó Cục trưởng", "Nguyễn Thị Hằng", (Authority(Capacity.ACTING, "Cục trưởng"),)
    ),
    copies=("Như trên", "Bộ trưởng (để báo cáo)"),
    archive="TH (3)",
)


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, in one line."""
    pages = PdfReader(BytesIO(pdf)).pages
    return [" ".join(page.extract_text().replace("\u200b", "").split()) for page in pages]


def paragraphs_of(docx: bytes) -> list[str]:
    """The texts of all paragraphs in the order of reading, those of tables too; no empty ones."""
    document = Document(BytesIO(docx))
    texts: list[str] = []
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            cells = [cell for row in part.rows for cell in row.cells]
            texts += [each.text for cell in cells for each in cell.paragraphs]
        else:
            texts.append(part.text)
    return [text for text in texts if text]
