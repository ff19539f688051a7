"""The words of the papers, in both languages; what figures say comes from the pages that show them."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "kind": {"vi": "Báo cáo kết quả kỳ khảo sát", "en": "Report of a round"},
    "subtitle": {"vi": "{period}, số liệu đến {day}", "en": "{period}, data as of {day}"},
    "producer": {"vi": "Cơ quan thực hiện", "en": "Producer"},
    "basis": {"vi": "Căn cứ", "en": "Legal basis"},
    "collected": {"vi": "Thời gian thu thập", "en": "Collected"},
    "span": {"vi": "từ {start} đến {end}", "en": "{start} to {end}"},
    "signed_of": {"vi": "{signed} trên {asked} cơ quan", "en": "{signed} of {asked} agencies"},
    "signed": {"vi": "Đã ký, nộp", "en": "Signed and submitted"},
    "licence": {"vi": "Giấy phép", "en": "Licence"},
    "for": {"vi": "Người đọc", "en": "For"},
    "unpublished": {
        "vi": "Số liệu chưa công bố. Báo cáo này chỉ dùng trong cơ quan thực hiện.",
        "en": "These figures are not published. This report is for use within the producer only.",
    },
    "open": {
        "vi": "Kỳ khảo sát chưa đóng: số liệu còn thay đổi.",
        "en": "The round is not closed: figures may still change.",
    },
    "contents": {"vi": "Mục lục", "en": "Contents"},
    "summary": {"vi": "Tóm tắt", "en": "In short"},
    "response": {"vi": "Tỷ lệ trả lời", "en": "Response"},
    "type": {"vi": "Loại cơ quan", "en": "Type of agency"},
    "asked": {"vi": "Được hỏi", "en": "Asked"},
    "share": {"vi": "%", "en": "%"},
    "rate": {"vi": "Tỷ lệ", "en": "Rate"},
    "formula": {"vi": "Công thức", "en": "Formula"},
    "numbers": {"vi": "Thay số", "en": "Numbers put in"},
    "aapor": {
        "vi": "Tỷ lệ theo định nghĩa của AAPOR. I: đã nộp; P: trả lời từ một nửa; R: từ chối; NC: chưa mở; O: khác; UH, UO: chưa rõ có phải trả lời không.",
        "en": "Rates by AAPOR's definitions. I: submitted; P: at least half answered; R: refused; NC: not opened; O: other; UH, UO: not known whether they must answer.",
    },
    "summary_response": {
        "vi": "{signed} trên {asked} cơ quan đã ký, nộp ({share}).",
        "en": "{signed} of {asked} agencies have signed and submitted ({share}).",
    },
    "targets": {"vi": "Chỉ tiêu", "en": "Targets"},
    "indicator": {"vi": "Chỉ tiêu", "en": "Indicator"},
    "value": {"vi": "Giá trị", "en": "Value"},
    "target": {"vi": "Mục tiêu", "en": "Target"},
    "reached": {"vi": "Kết quả", "en": "Outcome"},
    "yes": {"vi": "đạt", "en": "reached"},
    "no": {"vi": "chưa đạt", "en": "not reached"},
    "hidden": {"vi": "không hiển thị", "en": "not shown"},
    "no_targets": {
        "vi": "Chưa có số liệu chỉ tiêu cho người đọc này.",
        "en": "There are no target figures for this reader yet.",
    },
    "questions": {"vi": "Kết quả từng câu hỏi", "en": "Results by question"},
    "withheld": {
        "vi": "Câu trả lời được giữ kín; chưa có số liệu nào được hiển thị khi kỳ khảo sát còn mở.",
        "en": "The answers are confidential; nothing is shown while the round is open.",
    },
    "nothing": {"vi": "Chưa có câu trả lời đã ký.", "en": "No answer is signed yet."},
    "ranking": {"vi": "Xếp hạng: {name}", "en": "Ranking: {name}"},
    "rank": {"vi": "Hạng", "en": "Rank"},
    "unit": {"vi": "Đơn vị", "en": "Unit"},
    "score": {"vi": "Điểm", "en": "Score"},
    "level": {"vi": "Mức", "en": "Level"},
    "interval": {"vi": "Khoảng hạng 90 %", "en": "90 % range of ranks"},
    "to": {"vi": "{low} đến {high}", "en": "{low} to {high}"},
    "interval_text": {
        "vi": "Khoảng hạng: các hạng mà đơn vị nhận trong 90 % số lần tính lại với phương pháp thay đổi ngẫu nhiên. Đơn vị có khoảng chồng nhau không khác nhau rõ rệt.",
        "en": "Range of ranks: those that a unit gets in 90 % of the computations with a method varied at random. Units whose ranges overlap do not differ clearly.",
    },
    "method": {"vi": "Phương pháp và giới hạn", "en": "Method and limits"},
    "population": {"vi": "Đối tượng", "en": "Population"},
    "coverage": {"vi": "Phạm vi", "en": "Coverage"},
    "mode": {"vi": "Cách thu thập", "en": "Mode of collection"},
    "protection": {"vi": "Bảo vệ bí mật", "en": "Protection"},
    "versions": {"vi": "Phiếu hỏi", "en": "Questionnaire"},
    "limits": {
        "vi": "Số liệu do cơ quan tự khai và ký; chỉ bản ký mới nhất của mỗi cơ quan được tính. Cơ quan không trả lời có thể khác cơ quan đã trả lời.",
        "en": "Figures are the agencies' own statements, signed by them; of each agency the newest signed answers count. Agencies that did not answer may differ from those that did.",
    },
    "provenance": {"vi": "Nguồn gốc", "en": "Provenance"},
    "round": {"vi": "Mã kỳ", "en": "Round"},
    "as_of": {"vi": "Tính đến", "en": "As of"},
    "data": {"vi": "Trạng thái dữ liệu", "en": "State of the data"},
    "policy": {"vi": "Quy tắc bảo vệ", "en": "Protection policy"},
    "manifest": {"vi": "SHA-256 của bản công bố", "en": "SHA-256 of the publication"},
    "run": {"vi": "Lần tính chỉ số", "en": "Index run"},
    "configuration": {"vi": "SHA-256 của cấu hình", "en": "SHA-256 of the configuration"},
    "run_data": {"vi": "SHA-256 của dữ liệu", "en": "SHA-256 of the data"},
    "citation": {"vi": "Trích dẫn", "en": "How to cite"},
    "page": {"vi": "Trang", "en": "Page"},
    "reference": {"vi": "{code}, tính đến {day}", "en": "{code}, as of {day}"},
}


def word(key: str, language: str, **told: object) -> str:
    """The words in one language."""
    return WORDS[key][language].format(**told)
