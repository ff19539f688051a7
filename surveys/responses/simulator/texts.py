"""Plausible words for text questions, chosen by what the question's label speaks of."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from surveys.engine import Question, text_in
from surveys.organisations.enums import AgencyType
from surveys.organisations.search import search_key
from surveys.responses.simulator.profile import Profile

FAMILIES: Final = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Vũ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Giàng",
    "Lò",
)
MIDDLES: Final = ("Văn", "Thị", "Minh", "Thanh", "Đức", "Thu", "Quốc", "Ngọc", "Hải")
GIVEN: Final = (
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Hà",
    "Hùng",
    "Lan",
    "Long",
    "Mai",
    "Nam",
    "Phương",
    "Tú",
)
TITLES: Final = ("Trưởng phòng", "Phó Trưởng phòng", "Chuyên viên", "Chuyên viên chính")
CENTRAL_UNITS: Final = (
    "Văn phòng",
    "Vụ Kế hoạch - Tài chính",
    "Vụ Tổ chức cán bộ",
    "Cục Công nghệ số",
)
PROVINCIAL_UNITS: Final = (
    "Văn phòng UBND tỉnh",
    "Sở Khoa học và Công nghệ",
    "Sở Nội vụ",
    "Sở Tài chính",
    "Sở Y tế",
)
TOOLS: Final = (
    "Kho dữ liệu dùng chung",
    "Trợ lý ảo hỗ trợ cán bộ",
    "Bản đồ số điều hành",
    "Hệ thống theo dõi nhiệm vụ",
    "Cổng dữ liệu mở",
    "Sổ tay kỹ năng số",
)
PURPOSES: Final = (
    "Theo dõi tiến độ nhiệm vụ chuyển đổi số của các đơn vị.",
    "Chia sẻ dữ liệu giữa các đơn vị và giảm nhập lại số liệu.",
    "Hỗ trợ cán bộ tra cứu văn bản và quy trình.",
)
DIFFICULTIES: Final = (
    "Thiếu nhân lực chuyên trách, nhất là về dữ liệu và an toàn thông tin.",
    "Kinh phí giao chậm; đề nghị hướng dẫn định mức chi cho nền tảng dùng chung.",
    "Nhiều biểu mẫu báo cáo còn trùng lặp; đề nghị dùng chung một nguồn số liệu.",
    "Đề nghị bồi dưỡng thường xuyên cho đầu mối cấp xã.",
)
ABSTRACTS: Final = (
    "Về việc kiện toàn đơn vị chuyên trách về chuyển đổi số",
    "Quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức",
)
COURSES: Final = (
    "Kỹ năng số cơ bản cho cán bộ, công chức",
    "An toàn thông tin cho người dùng cuối",
    "Phân tích dữ liệu bằng bảng tính",
    "Ứng dụng trí tuệ nhân tạo trong công việc hành chính",
    "Quản lý dự án chuyển đổi số",
)
ENTERPRISES: Final = (
    "Công ty TNHH Thương mại Hoa Ban",
    "Công ty cổ phần Chè Tây Bắc",
    "Công ty TNHH Cơ khí Sông Hồng",
    "Công ty cổ phần Du lịch Biển Xanh",
)
WISHES: Final = (
    "Đăng nhập một lần cho các nền tảng dùng chung.",
    "Cho phép lấy lại số liệu đã báo cáo kỳ trước.",
    "Có đầu mối hỗ trợ trả lời trong ngày làm việc.",
)
TAX_WEIGHTS: Final = (31, 29, 23, 19, 17, 13, 7, 5, 3)
"""By which the first nine digits of a tax code make its tenth."""

EXPLANATIONS: Final = (
    "Số liệu đã được rà soát, chênh lệch do thay đổi tổ chức bộ máy trong kỳ.",
    "Đã đối chiếu với quyết định giao; sẽ bổ sung tài liệu khi có yêu cầu.",
    "Phát sinh do điều chuyển nhân sự giữa các đơn vị trong kỳ.",
)
NO_FIGURE: Final = "Đang tổng hợp từ các đơn vị trực thuộc."

Writer = Callable[[random.Random, Profile, date], str]


def person(dice: random.Random, _profile: Profile, _today: date) -> str:
    """A name."""
    return f"{dice.choice(FAMILIES)} {dice.choice(MIDDLES)} {dice.choice(GIVEN)}"


def phone(dice: random.Random, _profile: Profile, _today: date) -> str:
    """A mobile number."""
    return f"09{dice.randrange(10**8):08d}"


def email(dice: random.Random, profile: Profile, _today: date) -> str:
    """An official address."""
    return f"cb{dice.randrange(10**5):05d}@{profile.agency.key}.gov.vn"


def document(dice: random.Random, profile: Profile, _today: date) -> str:
    """The number and symbol of a document of the agency."""
    is_province = profile.agency.type == AgencyType.PROVINCE
    return f"{dice.randint(12, 4800)}/QĐ-{'UBND' if is_province else profile.agency.short_name}"


def agency_name(_dice: random.Random, profile: Profile, _today: date) -> str:
    """The agency itself."""
    return profile.agency.name


def unit(dice: random.Random, profile: Profile, _today: date) -> str:
    """A unit below the agency."""
    is_province = profile.agency.type == AgencyType.PROVINCE
    return dice.choice(PROVINCIAL_UNITS if is_province else CENTRAL_UNITS)


def tax_code(dice: random.Random, _profile: Profile, _today: date) -> str:
    """A tax code whose tenth digit fits the first nine."""
    while True:
        digits = [0, *(dice.randint(0, 9) for _ in range(8))]
        rest = sum(w * d for w, d in zip(TAX_WEIGHTS, digits, strict=True)) % 11
        if rest:
            return "".join(map(str, [*digits, 10 - rest]))


def one_of(sentences: tuple[str, ...]) -> Writer:
    """Any of the sentences."""
    return lambda dice, _profile, _today: dice.choice(sentences)


def article(dice: random.Random, _profile: Profile, _today: date) -> str:
    """A place in a document."""
    return f"Khoản {dice.randint(1, 5)} Điều {dice.randint(2, 9)}"


def iso_day(dice: random.Random, _profile: Profile, today: date) -> str:
    """A day not long ago, as text."""
    return (today - timedelta(days=dice.randint(5, 400))).isoformat()


BY_WORD: Final[tuple[tuple[str, Writer], ...]] = (
    ("ho va ten", person),
    ("lanh dao duyet", person),
    ("dien thoai", phone),
    ("thu dien tu", email),
    ("email", email),
    ("so ky hieu", document),
    ("chuc vu", one_of(TITLES)),
    ("dieu khoan", article),
    ("co quan", agency_name),
    ("trich yeu", one_of(ABSTRACTS)),
    ("ma so thue", tax_code),
    ("ten doanh nghiep", one_of(ENTERPRISES)),
    ("ten khoa", one_of(COURSES)),
    ("don vi", unit),
    ("ten nen tang", one_of(TOOLS)),
    ("de lam gi", one_of(PURPOSES)),
    ("kho khan", one_of(DIFFICULTIES)),
    ("noi dung khac", one_of(COURSES)),
    ("nen lam ngay", one_of(WISHES)),
    ("kien nghi", one_of(WISHES)),
    ("y kien", one_of(WISHES)),
)
ANY: Final[tuple[Writer, ...]] = (
    one_of(PURPOSES),
    phone,
    email,
    document,
    person,
    iso_day,
    lambda dice, _profile, _today: str(dice.randint(1, 99)),
    lambda dice, _profile, _today: dice.choice("ABCDE"),
)


def writers(question: Question) -> Iterator[Writer]:
    """Ways to answer a text question, the likeliest first."""
    label = search_key(text_in(question.label, "vi"))
    yield from (writer for word, writer in BY_WORD if word in label)
    yield from ANY
