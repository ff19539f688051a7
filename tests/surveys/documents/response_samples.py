"""A response with everything that can stand on paper."""

from datetime import UTC, datetime

from surveys.documents.response import (
    PaperAnswer,
    PaperAttachment,
    PaperColumn,
    PaperHeading,
    PaperPart,
    PaperProof,
    PaperRow,
    PaperSignature,
    PaperTable,
    ResponsePaper,
)

CANONICAL = '{"answers":{"staff":"24"}}'
HASH = "9f2c41ab" * 8
LONG = (
    "Tỉnh đã ban hành kế hoạch và phân công các sở, ngành, địa phương thực hiện; kết quả "
    "được theo dõi hằng tháng. "
) * 60


def table(columns: int, rows: int, *, title: str = "6. Nhân lực") -> PaperTable:
    """A table of figures."""
    return PaperTable(
        title=title,
        corner="Nhóm công việc",
        columns=tuple(
            PaperColumn(f"Biên chế nhóm {n} (người)", is_figure=True) for n in range(columns)
        ),
        rows=(
            *(
                PaperRow(
                    f"Dòng thứ {n} của bảng",
                    tuple(f"{n}.{c:03}.{(n * c) % 1000:03}" for c in range(columns)),
                )
                for n in range(rows)
            ),
            PaperRow("Tổng cộng", ("1.234.567,5",) * columns, is_total=True),
        ),
        notes=("Dòng thứ 2, nhóm 3: chưa có số liệu, dự kiến có ngày 15/2/2027",),
    )


PAPER = ResponsePaper(
    language="vi",
    at=datetime(2026, 11, 22, 3, tzinfo=UTC),
    superior="Ủy ban nhân dân tỉnh Lào Cai",
    issuer="Sở Khoa học và Công nghệ",
    number="Số:      /BC",
    place_and_date="Lào Cai, ngày 22 tháng 11 năm 2026",
    title="Phiếu thu thập thông tin",
    subjects=("Năng lực tổ chức về chuyển đổi số", "Quý IV/2026"),
    basis="(Theo Quyết định số 12/QĐ-BTN ngày 09 tháng 01 năm 2026 của Bộ Thử nghiệm)",
    facts=(("Cơ quan trả lời", "Tỉnh Lào Cai"), ("Số liệu tính đến", "30/9/2026")),
    heads=("Câu", "Nội dung", "Trả lời"),
    parts=(
        PaperPart(
            "1. Tổ chức và biên chế",
            (
                PaperAnswer(number="A1", label="Văn bản kiện toàn", text="Đã ban hành"),
                PaperAnswer(
                    number="A4",
                    label="Biên chế thực có",
                    text="24 người",
                    notes=("Giải trình: chuyển 2 biên chế về Trung tâm", "Minh chứng: 56/QĐ-UBND"),
                ),
                PaperAnswer(number="A5", label="Số tăng thêm", text="Chưa trả lời", is_blank=True),
                PaperAnswer(number="A6", label="Khó khăn, kiến nghị", text=LONG),
            ),
        ),
        PaperPart("2. Nhân lực", (PaperHeading("Theo nhóm"), table(4, 6))),
        PaperPart("3. Bảng rộng", (table(12, 20, title="7. Mười hai cột"),)),
        PaperPart("4. Bảng rất rộng", (table(20, 12, title="8. Hai mươi cột"),)),
    ),
    signature=PaperSignature(
        lines=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        said=("Đã ký trên hệ thống lúc 10:00 ngày 22/11/2026",),
        name="Hoàng Minh Đức",
    ),
    copies_title="Nơi nhận:",
    copies=("- Cục Chuyển đổi số quốc gia;", "- Lưu: VT."),
    reference="Biên nhận KS-2026-000123, lần 2",
    page_word="Trang",
    proof=PaperProof(
        title="Mã kiểm tra của câu trả lời",
        sha256=HASH,
        lines=("Cách kiểm tra: tính SHA-256 của tệp đính kèm.",),
    ),
    attachment=PaperAttachment(
        name="cau-tra-loi.json", content=CANONICAL, description="Câu trả lời"
    ),
    keywords=(f"sha256:{HASH}",),
)
