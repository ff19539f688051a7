"""Questions that seem to ask for personal data and are not marked so."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from surveys.engine.form import Form
from surveys.engine.model import Kind, Question
from surveys.engine.problems import Problem, Severity

TYPED: Final = frozenset({Kind.TEXT, Kind.DATE, Kind.FILE, Kind.IMAGE})
NUMERIC: Final = frozenset({Kind.INTEGER, Kind.DECIMAL})

LABELS: Final = (
    r"họ\s*(?:và\s*)?(?:chữ đệm\s*(?:và\s*)?)?tên",
    r"tên (?:người|cán bộ|công chức|viên chức|đầu mối|liên hệ|lãnh đạo)",
    r"điện thoại(?! thông minh)",
    r"di động",
    r"e-?mail",
    r"thư điện tử",
    r"hộp thư",
    r"cccd",
    r"cmnd",
    r"căn cước",
    r"chứng minh (?:nhân dân|thư)",
    r"số định danh cá nhân",
    r"hộ chiếu",
    r"ngày(?:,? tháng,? năm)? sinh",
    r"năm sinh",
    r"quê quán",
    r"địa chỉ (?:nhà|nơi ở|thường trú|tạm trú|liên hệ|cá nhân)",
    r"nơi (?:ở|thường trú|tạm trú|cư trú)",
    r"số tài khoản",
    r"mã số thuế cá nhân",
    r"bảo hiểm (?:xã hội|y tế) số",
    r"full name|first name|surname|family name|name of (?:the )?(?:person|contact|compiler)",
    r"(?:tele|mobile )?phone(?! calls?)",
    r"passport|identity (?:card|number)|national id",
    r"date of birth|birth ?date",
    r"home address|bank account",
)
"""In labels, with their tones: without them "họ tên" is also "hồ tên"."""

NAMES: Final = (
    r"ho_?(?:va_?)?ten",
    r"full_?name",
    r"(?:so_?)?dien_?thoai|sdt|so_?dt",
    r"(?:tele|mobile_?)?phone",
    r"e_?mail",
    r"thu_?dien_?tu",
    r"cccd|cmnd|can_?cuoc|so_?dinh_?danh",
    r"ho_?chieu|passport",
    r"ngay_?sinh|nam_?sinh|birth_?date|date_?of_?birth|dob",
    r"dia_?chi_?(?:nha|lien_?he)|home_?address",
    r"so_?tai_?khoan|bank_?account",
)
IDENTIFIERS: Final = re.compile(r"điện thoại|di động|cccd|cmnd|căn cước|định danh cá nhân|phone")
"""What people type as a number and is none; other figures count things."""

COUNTS: Final = re.compile(
    r"^(?:tổng )?số (?:lượng|lượt|người|đơn vị|tài khoản|hộp thư|máy)|^number"
)

_IN_LABEL: Final = re.compile(rf"(?<!\w)(?:{'|'.join(LABELS)})(?!\w)")
_IN_NAME: Final = re.compile(rf"(?:^|[_.\-0-9])(?:{'|'.join(NAMES)})(?:$|[_.\-0-9])")


def unmarked_personal_data(form: Form, places: Mapping[str, str]) -> Iterator[Problem]:
    """Typed answers whose label or name speaks of a person and that are not ``personal_data``.

    Choices and counts are left alone: they identify nobody.
    """
    for element in form.definition.elements():
        if isinstance(element, Question) and not element.personal_data and _is_personal(element):
            advice = "It seems to ask for personal data. Write yes in the column personal_data."
            at = f"{places[element.name]}.personal_data"
            yield Problem("personal_data_unmarked", at, element.name, advice, Severity.WARNING)


def _is_personal(question: Question) -> bool:
    labels = [unicodedata.normalize("NFC", each).casefold() for each in question.label.values()]
    if question.kind in NUMERIC:
        is_count = any(COUNTS.search(label.strip()) for label in labels)
        return not is_count and any(IDENTIFIERS.search(label) for label in labels)
    if question.kind not in TYPED:
        return False
    name = _folded(question.name)
    return _IN_NAME.search(name) is not None or any(_IN_LABEL.search(each) for each in labels)


def _folded(name: str) -> str:
    """Without tones, in small letters, with ``camelCase`` taken apart."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).casefold().replace("đ", "d")
    marked = unicodedata.normalize("NFD", apart)
    return "".join(sign for sign in marked if not unicodedata.combining(sign))
