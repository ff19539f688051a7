"""The names of the sheets around the computing ones, in both languages."""

from collections.abc import Iterable, Mapping
from typing import Final

from exporters.books.assessment.sheet_names import sheet_name

NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "cover": {"vi": "Bìa", "en": "Cover"},
    "summary": {"vi": "Tổng quan", "en": "Summary"},
    "ranking": {"vi": "Xếp hạng", "en": "Ranking"},
    "profile": {"vi": "Hồ sơ đơn vị", "en": "Unit profile"},
    "heat": {"vi": "Bản đồ nhiệt", "en": "Heat map"},
    "targets": {"vi": "Mục tiêu", "en": "Targets"},
    "parts": {"vi": "Số liệu mục tiêu", "en": "Target data"},
    "response": {"vi": "Tình hình trả lời", "en": "Response"},
    "questions": {"vi": "Bảng tần số", "en": "Questions"},
    "uncertainty": {"vi": "Độ bất định", "en": "Uncertainty"},
    "outranking": {"vi": "So từng cặp", "en": "Outranking"},
    "touched": {"vi": "Ô đã xử lý", "en": "Treated cells"},
    "codebook": {"vi": "Bảng mã", "en": "Codebook"},
    "methods": {"vi": "Phương pháp", "en": "Methods"},
    "log": {"vi": "Nhật ký thay đổi", "en": "Change log"},
    "glossary": {"vi": "Thuật ngữ", "en": "Glossary"},
}


def names_in(language: str, taken: Iterable[str]) -> dict[str, str]:
    """The names, none of which is one of those taken, whatever its capitals."""
    known = {name.casefold() for name in taken}
    return {key: sheet_name(words[language], known) for key, words in NAMES.items()}
