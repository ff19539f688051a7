"""What is built: the questionnaire on the nine platforms and the activities of the Network."""

from typing import Final

CODE: Final = "y-kien-chin-nen-tang"
TITLE: Final = "Ý kiến chín nền tảng"
TITLE_EN: Final = "Feedback on nine platforms"
SECTIONS: Final = (
    "Về anh/chị",
    "Nền tảng anh/chị dùng",
    "Đánh giá nền tảng đã dùng",
    "Hoạt động Mạng lưới",
)
NOTE: Final = "Bản đầu tiên, hỏi sáu tháng một lần"

PLATFORMS: Final = {
    "n1": "N1. Bồi dưỡng, tập huấn",
    "n2": "N2. Tuyên truyền, phổ biến",
    "n3": "N3. Quản lý dự án",
    "n4": "N4. Khảo sát, thu thập ý kiến",
    "n5": "N5. Đo lường, giám sát",
    "n6": "N6. Kết nối, chia sẻ dữ liệu",
    "n7": "N7. Quản lý tri thức",
    "n8": "N8. Trợ lý ảo",
    "n9": "N9. An toàn thông tin mạng",
}
UNITS: Final = {
    "bo": "Bộ, ngành trung ương",
    "tinh": "Cơ quan cấp tỉnh",
    "xa": "Ủy ban nhân dân cấp xã",
    "dnnn": "Doanh nghiệp nhà nước",
}
ROLES: Final = {
    "lanh_dao": "Lãnh đạo, quản lý",
    "chuyen_trach": "Chuyên trách chuyển đổi số",
    "kiem_nhiem": "Đầu mối kiêm nhiệm",
}
ACCESS: Final = {"co": "Có", "khong": "Không", "khong_biet": "Không biết"}
FREQUENCY: Final = {
    "hang_ngay": "Hằng ngày",
    "hang_tuan": "Hằng tuần",
    "hang_thang": "Hằng tháng",
    "chua": "Chưa dùng",
}
ASPECTS: Final = {
    "huu_ich": "D4. Có ích cho công việc",
    "de_dung": "D5. Dễ dùng",
    "on_dinh": "D6. Ổn định, nhanh",
    "dung_lai": "D7. Không phải nhập lại dữ liệu",
    "ho_tro": "D8. Được hỗ trợ kịp thời",
}
SCALE: Final = {
    "1": "Rất kém",
    "2": "Kém",
    "3": "Trung bình",
    "4": "Tốt",
    "5": "Rất tốt",
    "kdg": "Không đánh giá",
}
PROBLEMS: Final = {
    "khong": "Không gặp khó khăn",
    "cham": "Chậm, gián đoạn",
    "nhap_lai": "Phải nhập lại dữ liệu",
    "kho_dung": "Nhiều bước, khó hiểu",
}
ACTIVITIES: Final = {
    "giao_ban": "Giao ban",
    "hoi_thao": "Hội thảo chuyên đề",
    "hoc_tap": "Khảo sát, học tập",
    "thu_nghiem": "Thử nghiệm nền tảng",
    "chuyen_gia": "Hỗ trợ chuyên gia",
    "ton_vinh": "Tôn vinh",
}
NONE: Final = "chua"
NO_ACTIVITY: Final = "Chưa tham gia"
USEFUL: Final = {"1": "Không có ích", "2": "Ít có ích", "3": "Có ích", "4": "Rất có ích"}
TOPICS: Final = {
    "du_lieu": "Dữ liệu dùng chung",
    "ai": "Trí tuệ nhân tạo",
    "attt": "An toàn thông tin",
    "cap_xa": "Chuyển đổi số cấp xã",
}
TIMES: Final = {
    "khong": "Không lần nào",
    "t1_2": "Một đến hai lần",
    "t3_5": "Ba đến năm lần",
    "tren_5": "Trên năm lần",
}
ASKERS: Final = {"bo": "Bộ, ngành", "tinh": "Cấp tỉnh", "xa": "Cấp xã", "noi_bo": "Trong cơ quan"}


def cells_of(choices: dict[str, str]) -> str:
    """Codes and labels as Excel copies them."""
    return "\n".join(f"{code}\t{label}" for code, label in choices.items())


def block_of(corner: str, column: str, rows: dict[str, str]) -> str:
    """A table's head and its rows as Excel copies them."""
    return "\n".join([f"{corner}\t{column}", *(f"{label}\t" for label in rows.values())])


def frequency_of(platform: str) -> str:
    """The cell that says how often a platform is used."""
    return f"cell(${{d3_muc}}, '{platform}')"


def is_used(platform: str) -> str:
    """Whether the platform is used at all."""
    cell = frequency_of(platform)
    return " or ".join(f"{cell} = '{code}'" for code in FREQUENCY if code != "chua")
