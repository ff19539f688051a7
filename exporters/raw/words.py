"""The words of raw data, in both languages of the product.

They are not gettext messages: a file has the language that was asked for, whoever writes it.
"""

from typing import Final

from exporters.raw.plans import Languages
from surveys.engine import MissingCode, Texts, text_in

JOINT: Final = " / "
"""Between two languages of one label."""

UNITS: Final[dict[str, Texts]] = {
    "round": {"vi": "Kỳ", "en": "Round"},
    "version": {"vi": "Phiên bản phiếu hỏi", "en": "Version of the questionnaire"},
    "questionnaire": {"vi": "Phiếu hỏi", "en": "Questionnaire"},
    "response": {"vi": "Mã phiếu trả lời", "en": "Response key"},
    "unit_key": {"vi": "Mã cơ quan", "en": "Agency key"},
    "unit_name": {"vi": "Tên cơ quan", "en": "Agency"},
    "unit_name_en": {"vi": "Tên cơ quan, tiếng Anh", "en": "Agency, in English"},
    "unit_type": {"vi": "Loại cơ quan", "en": "Type of agency"},
    "unit_province": {"vi": "Tỉnh, thành phố", "en": "Province"},
    "unit_parent": {"vi": "Cơ quan cấp trên", "en": "Superior agency"},
    "status": {"vi": "Trạng thái", "en": "Status"},
    "submitted_at": {"vi": "Thời điểm nộp", "en": "Submitted at"},
    "late_days": {"vi": "Số ngày chậm", "en": "Days late"},
    "revision": {"vi": "Số bản ký", "en": "Revision"},
    "revision_sha256": {"vi": "SHA-256 của bản ký", "en": "SHA-256 of the revision"},
    "row": {"vi": "Dòng", "en": "Row"},
    "row_id": {"vi": "Mã dòng", "en": "Row id"},
    "row_number": {"vi": "Dòng số", "en": "Row number"},
    "table": {"vi": "Bảng", "en": "Table"},
    "column": {"vi": "Cột", "en": "Column"},
    "label": {"vi": "Nhãn", "en": "Label"},
    "code": {"vi": "Mã không có số liệu", "en": "Missing code"},
    "reason": {"vi": "Lý do", "en": "Reason"},
    "expected": {"vi": "Ngày sẽ có", "en": "Expected on"},
    "explanation": {"vi": "Giải trình", "en": "Explanation"},
    "rounds": {"vi": "Các kỳ", "en": "Rounds"},
    "asked": {"vi": "Có hỏi", "en": "Asked"},
    "change": {"vi": "Thay đổi", "en": "Change"},
    "old": {"vi": "Trước", "en": "Before"},
    "new": {"vi": "Sau", "en": "After"},
}
"""The columns that are no question's, by name."""

WORDS: Final[dict[str, Texts]] = {
    "responses": {"vi": "Phiếu trả lời", "en": "Responses"},
    "remarks": {"vi": "Lý do và giải trình", "en": "Reasons and explanations"},
    "changes": {"vi": "Thay đổi qua các phiên bản", "en": "Changes over the versions"},
    "rows_of": {"vi": "số dòng", "en": "rows"},
    "missing_of": {"vi": "mã không có số liệu", "en": "missing code"},
    "rank_of": {"vi": "thứ hạng", "en": "rank"},
    "claimed": {"vi": "điểm tự chấm", "en": "self-score"},
    "verified": {"vi": "điểm thẩm định", "en": "verified score"},
    "verdict": {"vi": "kết luận", "en": "verdict"},
    "most": {"vi": "tối đa", "en": "at most"},
}

CODES: Final[dict[str, Texts]] = {
    MissingCode.NOT_APPLICABLE.value: {"vi": "Không áp dụng", "en": "Not applicable"},
    MissingCode.NOT_YET.value: {"vi": "Chưa có số liệu", "en": "No figure yet"},
    MissingCode.RESTRICTED.value: {"vi": "Hạn chế công bố", "en": "Restricted"},
    "-": {"vi": "Không được hỏi", "en": "Not asked"},
    "?": {"vi": "Không đọc được", "en": "Unreadable"},
}
"""What stands instead of a value, and why."""

CHANGES: Final[dict[str, Texts]] = {
    "first": {"vi": "Hỏi lần đầu", "en": "Asked for the first time"},
    "same": {"vi": "Như trước", "en": "As before"},
    "absent": {"vi": "Không hỏi", "en": "Not asked"},
    "removed": {"vi": "Thôi hỏi", "en": "No longer asked"},
    "returned": {"vi": "Hỏi lại", "en": "Asked again"},
    "renamed": {"vi": "Đổi tên", "en": "Renamed"},
    "moved": {"vi": "Chuyển chỗ", "en": "Moved"},
    "label": {"vi": "Đổi nhãn", "en": "Label changed"},
    "type": {"vi": "Đổi kiểu", "en": "Type changed"},
    "unit": {"vi": "Đổi đơn vị tính", "en": "Unit changed"},
    "choices_added": {"vi": "Thêm lựa chọn", "en": "Choices added"},
    "choices_removed": {"vi": "Bỏ lựa chọn", "en": "Choices removed"},
    "choices_relabelled": {"vi": "Đổi nhãn lựa chọn", "en": "Choices relabelled"},
}
"""What can have happened to a column from one version to the next."""


def told(texts: Texts, languages: Languages) -> str:
    """A text in the languages of a plan; once, where both say the same."""
    if languages is not Languages.BOTH:
        return text_in(texts, languages.value)
    both = (text_in(texts, each.value) for each in (Languages.VI, Languages.EN))
    return JOINT.join(dict.fromkeys(filter(None, both)))
