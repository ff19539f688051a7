"""Parts of the organisations' questionnaire that the library of the demo begins with."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ReadyItem:
    """The element of that name, and what is said of it; data of the demo, in both languages."""

    name: str
    title: dict[str, str]
    topic: str
    tags: tuple[str, ...]


READY_ITEMS: Final = (
    ReadyItem(
        "g2_compiler",
        {"vi": "Người lập phiếu", "en": "Who compiled the report"},
        "Thông tin chung",
        ("liên hệ", "dữ liệu cá nhân"),
    ),
    ReadyItem(
        "a4_posts",
        {"vi": "Biên chế đơn vị chuyên trách", "en": "Posts of the unit in charge"},
        "Tổ chức và biên chế",
        ("biên chế", "kỳ trước"),
    ),
    ReadyItem(
        "a6_people",
        {
            "vi": "Nhân lực theo nhóm công việc và loại hình",
            "en": "People by work and employment",
        },
        "Nhân lực",
        ("bảng", "công chức", "viên chức"),
    ),
    ReadyItem(
        "a9_contacts",
        {"vi": "Danh sách đầu mối chuyển đổi số", "en": "Digital transformation contacts"},
        "Nhân lực",
        ("đầu mối", "danh sách"),
    ),
    ReadyItem(
        "s4_steering",
        {"vi": "Chỉ đạo và kế hoạch", "en": "Steering and planning"},
        "Chỉ đạo, điều hành",
        ("Ban Chỉ đạo", "kế hoạch"),
    ),
    ReadyItem(
        "a12_budget",
        {"vi": "Kinh phí chuyển đổi số theo nguồn", "en": "Budget by source"},
        "Kinh phí",
        ("dự toán", "thực hiện"),
    ),
    ReadyItem(
        "a15_systems",
        {
            "vi": "Hệ thống thông tin theo cấp độ an toàn",
            "en": "Information systems by security level",
        },
        "An toàn thông tin",
        ("cấp độ", "hệ thống thông tin"),
    ),
    ReadyItem(
        "a18_ratings",
        {"vi": "Tự đánh giá hiệu quả phối hợp", "en": "Self-rated cooperation"},
        "Mạng lưới",
        ("thang đo", "mức độ"),
    ),
)
