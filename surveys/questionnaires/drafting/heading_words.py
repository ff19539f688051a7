"""What the words of a column's heading say: its unit, and what sort of answers it wants."""

import re
from typing import Final

from surveys.engine import Kind
from surveys.questionnaires.drafting.pasting import slug

UNITS: Final = frozenset(
    "% ‰ người đồng vnđ vnd usd ha km km2 km² m2 m² m3 m³ kg tấn tạ lít cái chiếc bộ lượt lần ngày giờ phút"
    " tháng năm quý tuần văn_bản hồ_sơ đơn_vị điểm dịch_vụ hệ_thống máy máy_tính tài_khoản thủ_tục nhiệm_vụ"
    " cuộc hội_nghị lớp khóa khoá dự_án doanh_nghiệp hộ xã thôn tổ trường sản_phẩm giao_dịch kwh mb gb tb mbps"
    " persons people million_vnd million billion hours days times items documents points".replace("_", "\u00a0")
    .split(" ")
)  # fmt: skip
"""Words that stand in brackets behind a heading and mean a unit; others are part of the heading."""
MANY: Final = re.compile(
    r"(?:nghìn|ngàn|triệu|tỷ|tỉ|trăm|1[.,]?000|thousand|million|billion)\b.*", re.IGNORECASE
)
SHARE: Final = "%"
JOIN: Final = " \N{EN DASH} "
"""Between a group of columns and a column of it."""
MONEY: Final = re.compile(r"\b(?:đồng|vnđ|vnd|usd)\b", re.IGNORECASE)

_BRACKETS: Final = re.compile(r"(?P<label>.*?)\s*[(\[](?P<inner>[^()\[\]]{1,40})[)\]]\s*")
_SAID: Final = re.compile(r"(?:đvt|đơn vị tính|đơn vị|unit)\s*:\s*(?P<unit>.+)", re.IGNORECASE)
_PERCENT: Final = re.compile(r"(?P<label>.+?)\s*%")

_TEXT: Final = re.compile(
    r"(?:ten|ho_ten|ho_va_ten|ghi_chu|noi_dung|ly_do|dia_chi|e_?mail|thu_dien_tu|dien_giai|giai_trinh|giai_thich"
    r"|so_hieu|so_ky_hieu|ky_hieu|mo_ta|chuc_vu|chuc_danh|dien_thoai|so_dien_thoai|link|lien_ket|can_cu|minh_chung"
    r"|tinh_hinh|ket_qua_chinh|name|full_name|note|notes|remark|remarks|description|address|phone|title|reason)(?:_|$)"
)
_DATE: Final = re.compile(
    r"(?:ngay|thoi_diem|date|day_of|han)(?:_|$)(?!cong|lam_viec)|.*_(?:ngay_ban_hanh|ngay_thang_nam)$"
)
_DECIMAL: Final = re.compile(
    r"(?:ty_le|ti_le|kinh_phi|so_tien|dien_tich|binh_quan|ty_trong|don_gia|gia_tri|share|rate|cost|amount|area)(?:_|$)"
)
_PROSE: Final = re.compile(r"(?:^|_)(?:ghi_chu|ghi_ro|ly_do|noi_dung)(?:_|$)")


def unit_of(heading: str) -> tuple[str, str]:
    """The heading without its unit, and the unit: ``Kinh phí (triệu đồng)``, ``Tỷ lệ %``.

    What stands in brackets and is no unit (``(nếu có)``) stays. Nothing of the text is lost: the
    heading is given back whole where it would be empty without its unit.
    """
    found = _BRACKETS.fullmatch(heading)
    if found and found["label"]:
        said = _SAID.fullmatch(found["inner"].strip())
        inner = said["unit"].strip() if said else found["inner"].strip()
        if said or is_unit(inner):
            return found["label"], inner
    percent = _PERCENT.fullmatch(heading)
    return (percent["label"], SHARE) if percent else (heading, "")


def is_unit(text: str) -> bool:
    """Whether the words are those of a unit."""
    return text.casefold().replace(" ", "\u00a0") in UNITS or MANY.fullmatch(text) is not None


def kind_of_heading(label: str, unit: str) -> Kind:
    """What a column of that heading asks for: whole numbers, unless its unit or words say otherwise."""
    if unit:
        return (
            Kind.DECIMAL
            if unit == SHARE or MONEY.search(unit) or MANY.fullmatch(unit)
            else Kind.INTEGER
        )
    words = slug(label.rpartition(JOIN.strip())[2], longest=200)
    if _DATE.match(words):
        return Kind.DATE
    if _TEXT.match(words) or _PROSE.search(words):
        return Kind.TEXT
    return Kind.DECIMAL if _DECIMAL.match(words) else Kind.INTEGER
