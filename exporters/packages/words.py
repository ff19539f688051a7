"""The words of README and LICENCE, in both languages at once."""

from collections.abc import Mapping
from typing import Final

from surveys.engine.model import Texts, text_in

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "about": {
        "vi": "Bộ dữ liệu này gồm các bảng và mọi điều cần biết để hiểu chúng.",
        "en": "This data set consists of tables and of all that is needed to understand them.",
    },
    "made_of": {"vi": "Số liệu tính đến {day}.", "en": "The data are as of {day}."},
    "cite": {"vi": "TRÍCH DẪN", "en": "HOW TO CITE"},
    "licence": {"vi": "GIẤY PHÉP", "en": "LICENCE"},
    "no_licence": {
        "vi": "Dữ liệu chưa công bố. Chỉ dùng trong cơ quan thực hiện, không chuyển cho người khác.",
        "en": "The data are not published. They are for use within the producer and are not passed on.",
    },
    "by_approval": {
        "vi": "Chỉ dùng cho mục đích và trong thời hạn được phê duyệt. Không chuyển cho người khác.",
        "en": "For the purpose and the time of the approval only. Not to be passed on.",
    },
    "files": {"vi": "CÁC TỆP", "en": "FILES"},
    "tables": {"vi": "CÁC BẢNG", "en": "TABLES"},
    "table": {
        "vi": "{places}: {title}, {rows} dòng, {columns} cột",
        "en": "{places}: {title}, {rows} rows, {columns} columns",
    },
    "file_readme": {"vi": "tệp này", "en": "this file"},
    "file_licence": {"vi": "được làm gì với dữ liệu", "en": "what may be done with the data"},
    "file_xml": {
        "vi": "bảng mã theo DDI-Codebook 2.5, cho chương trình",
        "en": "the codebook as DDI-Codebook 2.5, for programs",
    },
    "file_html": {
        "vi": "bảng mã để đọc và in trong trình duyệt",
        "en": "the codebook to read and to print in a browser",
    },
    "file_xlsx": {"vi": "bảng mã dạng Excel", "en": "the codebook as a workbook"},
    "file_dcat": {
        "vi": "bản ghi DCAT-AP cho cổng dữ liệu mở",
        "en": "the DCAT-AP record for open-data portals",
    },
    "file_sums": {
        "vi": "mã băm của mọi tệp; kiểm tra bằng: sha256sum --check SHA256SUMS",
        "en": "the hashes of all files; check them by: sha256sum --check SHA256SUMS",
    },
    "variables": {"vi": "CÁC BIẾN", "en": "VARIABLES"},
    "variables_text": {
        "vi": "Mỗi cột là một biến. Câu hỏi, mã trả lời, điều kiện hỏi và thay đổi qua các phiên bản: xem bảng mã.",
        "en": "Each column is a variable. Questions, codes, conditions and changes between versions are in the codebook.",
    },
    "renamed": {
        "vi": "Tên cột khác trong tệp này: {names}",
        "en": "Columns that have another name in this file: {names}",
    },
    "coded": {
        "vi": "Mã được thay bằng số trong tệp này, xem số của từng mã trong bảng mã: {names}",
        "en": "Codes that stand as numbers in this file; which is which stands in the codebook: {names}",
    },
    "shortened": {
        "vi": "Đã rút ngắn vì giới hạn của định dạng, xem đủ trong bảng mã: {names}",
        "en": "Shortened for lack of room in the format, in full in the codebook: {names}",
    },
    "missing": {"vi": "MÃ KHÔNG CÓ SỐ LIỆU", "en": "MISSING CODES"},
    "no_missing": {
        "vi": "Không có mã nào. Ô trống: không trả lời hoặc không được hỏi.",
        "en": "There are none. An empty cell: not answered, or not asked.",
    },
    "empty": {
        "vi": "Ô trống: không trả lời hoặc không được hỏi.",
        "en": "An empty cell: not answered, or not asked.",
    },
    "protection": {"vi": "BẢO VỆ BÍ MẬT", "en": "DISCLOSURE CONTROL"},
    "contact": {"vi": "LIÊN HỆ", "en": "CONTACT"},
    "data_of": {"vi": "{title}: dữ liệu", "en": "{title}: data"},
}


def word(key: str, language: str, **told: object) -> str:
    """The words in one language. What is told may be texts by language itself."""
    return WORDS[key][language].format(
        **{
            name: text_in(value, language) if isinstance(value, Mapping) else value
            for name, value in told.items()
        }
    )


def both(key: str, **told: object) -> Texts:
    """The words in both languages."""
    return {language: word(key, language, **told) for language in WORDS[key]}
