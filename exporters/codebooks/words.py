"""The words of codebooks and of what lies beside data, in both languages at once.

They are not gettext messages: one file has both languages, whoever asked for it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from surveys.engine.model import Texts, text_in

LANGUAGES: Final = ("vi", "en")

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    # What the study is.
    "product": {"vi": "Khảo sát số", "en": "Digital Survey"},
    "codebook": {"vi": "Bảng mã", "en": "Codebook"},
    "codebook_of": {"vi": "Bảng mã: {title}", "en": "Codebook: {title}"},
    "study": {"vi": "Cuộc khảo sát", "en": "Study"},
    "title": {"vi": "Tên", "en": "Title"},
    "identifier": {"vi": "Mã", "en": "Identifier"},
    "abstract": {"vi": "Mục đích", "en": "Purpose"},
    "producer": {"vi": "Cơ quan thực hiện", "en": "Producer"},
    "basis": {"vi": "Căn cứ", "en": "Legal basis"},
    "universe": {"vi": "Đối tượng", "en": "Population"},
    "coverage": {"vi": "Phạm vi", "en": "Coverage"},
    "mode": {"vi": "Cách thu thập", "en": "Mode of collection"},
    "frequency": {"vi": "Tần suất", "en": "Frequency"},
    "licence": {"vi": "Giấy phép", "en": "Licence"},
    "citation": {"vi": "Trích dẫn", "en": "How to cite"},
    "protection": {"vi": "Bảo vệ bí mật", "en": "Protection"},
    "as_of": {"vi": "Tính đến", "en": "As of"},
    "edition": {"vi": "Lần công bố", "en": "Edition"},
    "published_on": {"vi": "Ngày công bố", "en": "Published on"},
    "left_out": {
        "vi": "Câu hỏi về dữ liệu cá nhân không có trong dữ liệu",
        "en": "Questions on personal data that are not in the data",
    },
    "census": {
        "vi": "Hỏi toàn bộ {asked} cơ quan thuộc đối tượng; không có sai số chọn mẫu.",
        "en": "All {asked} agencies of the population were asked; there is no sampling error.",
    },
    "sample": {
        "vi": "Mẫu ngẫu nhiên {size} cơ quan, chọn với mầm {seed}{strata}; hỏi {asked} cơ quan.",
        "en": "A random sample of {size} agencies, drawn by the seed {seed}{strata}; {asked} agencies were asked.",
    },
    "strata": {
        "vi": ", phân tầng theo tỷ lệ theo {fields}",
        "en": ", stratified in proportion by {fields}",
    },
    "mode_text": {
        "vi": "Cơ quan tự trả lời bằng biểu mẫu điện tử hoặc phiếu Excel; người có thẩm quyền ký trước khi gửi.",
        "en": "Agencies answer by themselves, in an electronic form or an Excel questionnaire; an authorised person signs before sending.",
    },
    "universe_text": {"vi": "{types}.", "en": "{types}."},
    "no_licence": {
        "vi": "Chưa công bố. Chỉ dùng trong cơ quan thực hiện.",
        "en": "Not published. For use within the producer only.",
    },
    "cited": {
        "vi": "{producer} ({year}). {title} [bộ dữ liệu]{edition}. Mã: {identifier}. {address}",
        "en": "{producer} ({year}). {title} [data set]{edition}. Identifier: {identifier}. {address}",
    },
    "cited_edition": {"vi": ", lần công bố {number}", "en": ", edition {number}"},
    "protected_all": {
        "vi": "Số liệu đầy đủ, chỉ dành cho người được xem từng câu trả lời. Không có dữ liệu cá nhân.",
        "en": "Figures in full, for those only who may see every answer. No personal data.",
    },
    "protected_public": {
        "vi": "Cơ quan trả lời là cơ quan nhà nước, kết quả được công khai theo tên. Số liệu đếm dưới {people} người không được hiển thị. Không có dữ liệu cá nhân.",
        "en": "The respondents are public bodies whose results are published by name. Counts of fewer than {people} people are not shown. No personal data.",
    },
    "protected_cells": {
        "vi": "Số liệu của dưới {minimum} cơ quan và mọi số liệu từ đó suy ra được chúng không được hiển thị. Không có dữ liệu cá nhân.",
        "en": "Figures of fewer than {minimum} agencies are not shown, nor any from which they could be worked out. No personal data.",
    },
    "not_counted": {
        "vi": "Bảng mã này không có số liệu trả lời.",
        "en": "No answers are counted in this codebook.",
    },
    # Its rounds and versions.
    "waves": {"vi": "Các kỳ", "en": "Rounds"},
    "period": {"vi": "Kỳ", "en": "Period"},
    "reference_date": {"vi": "Số liệu đến ngày", "en": "Data as of"},
    "opened_on": {"vi": "Bắt đầu thu thập", "en": "Collection began"},
    "closed_on": {"vi": "Kết thúc thu thập", "en": "Collection ended"},
    "asked": {"vi": "Được hỏi", "en": "Asked"},
    "signed": {"vi": "Đã ký, nộp", "en": "Signed"},
    "rates": {"vi": "Tỷ lệ trả lời (AAPOR)", "en": "Response rates (AAPOR)"},
    "rate": {"vi": "Tỷ lệ", "en": "Rate"},
    "formula": {"vi": "Công thức", "en": "Formula"},
    "numbers": {"vi": "Thay số", "en": "Numbers put in"},
    "value": {"vi": "Giá trị", "en": "Value"},
    "versions": {"vi": "Các phiên bản phiếu hỏi", "en": "Versions of the questionnaire"},
    "version": {"vi": "Phiên bản", "en": "Version"},
    "questionnaire": {"vi": "Phiếu hỏi", "en": "Questionnaire"},
    "note": {"vi": "Ghi chú", "en": "Note"},
    # Files.
    "files": {"vi": "Các bảng dữ liệu", "en": "Data files"},
    "file": {"vi": "Bảng", "en": "File"},
    "cases": {"vi": "Số dòng", "en": "Rows"},
    "columns": {"vi": "Số cột", "en": "Columns"},
    "file_answers": {"vi": "Câu trả lời: {title}", "en": "Answers: {title}"},
    "file_rows": {"vi": "Các dòng của: {title}", "en": "Rows of: {title}"},
    "file_indicators": {"vi": "Chỉ tiêu", "en": "Indicators"},
    # Variables.
    "variables": {"vi": "Các biến", "en": "Variables"},
    "variable": {"vi": "Biến", "en": "Variable"},
    "number": {"vi": "Câu", "en": "Question no."},
    "section": {"vi": "Phần", "en": "Section"},
    "label": {"vi": "Nhãn", "en": "Label"},
    "label_vi": {"vi": "Nhãn (tiếng Việt)", "en": "Label (Vietnamese)"},
    "label_en": {"vi": "Nhãn (tiếng Anh)", "en": "Label (English)"},
    "question": {"vi": "Câu hỏi", "en": "Question"},
    "hint": {"vi": "Gợi ý", "en": "Hint"},
    "instructions": {"vi": "Hướng dẫn", "en": "Instructions"},
    "asked_of": {"vi": "Hỏi khi", "en": "Asked if"},
    "kind": {"vi": "Kiểu", "en": "Type"},
    "unit": {"vi": "Đơn vị tính", "en": "Unit"},
    "range": {"vi": "Giới hạn", "en": "Range"},
    "from": {"vi": "từ {lowest}", "en": "from {lowest}"},
    "to": {"vi": "đến {highest}", "en": "to {highest}"},
    "codes": {"vi": "Mã trả lời", "en": "Codes"},
    "code": {"vi": "Mã", "en": "Code"},
    "meaning": {"vi": "Nghĩa", "en": "Meaning"},
    "stored": {"vi": "Trong tệp", "en": "In the file"},
    "missing": {"vi": "Mã không có số liệu", "en": "Missing codes"},
    "is_missing": {"vi": "không có số liệu", "en": "missing"},
    "checks": {"vi": "Điều kiện kiểm tra", "en": "Checks"},
    "derivation": {"vi": "Cách tính", "en": "Derivation"},
    "reads": {"vi": "Tính từ", "en": "Computed from"},
    "source": {"vi": "Nguồn", "en": "Source"},
    "indicators": {"vi": "Chỉ tiêu dùng đến", "en": "Feeds the indicators"},
    "count": {"vi": "Số trả lời", "en": "Count"},
    "share": {"vi": "% trả lời", "en": "% of answers"},
    "hidden": {"vi": "không hiển thị", "en": "not shown"},
    "answers": {"vi": "Trả lời", "en": "Answers"},
    "answered": {"vi": "Đã trả lời", "en": "Answered"},
    "blank": {"vi": "Bỏ trống", "en": "Left blank"},
    "history": {"vi": "Thay đổi qua các phiên bản", "en": "Changes between versions"},
    "since": {"vi": "Từ phiên bản {number}: {what}", "en": "Since version {number}: {what}"},
    "breaking": {"vi": "không so sánh được với trước", "en": "not comparable with before"},
    "contents": {"vi": "Mục lục", "en": "Contents"},
    # Kinds.
    "kind_number": {"vi": "số", "en": "number"},
    "kind_integer": {"vi": "số nguyên", "en": "whole number"},
    "kind_date": {"vi": "ngày", "en": "date"},
    "kind_moment": {"vi": "thời điểm", "en": "date and time"},
    "kind_category": {"vi": "chọn một", "en": "one of the codes"},
    "kind_categories": {"vi": "chọn nhiều", "en": "several of the codes"},
    "kind_text": {"vi": "chữ", "en": "text"},
    "kind_flag": {"vi": "có/không", "en": "yes or no"},
    # Measures.
    "measure_mean": {"vi": "Trung bình", "en": "Mean"},
    "measure_median": {"vi": "Trung vị", "en": "Median"},
    "measure_sd": {"vi": "Độ lệch chuẩn", "en": "Standard deviation"},
    "measure_least": {"vi": "Nhỏ nhất", "en": "Smallest"},
    "measure_greatest": {"vi": "Lớn nhất", "en": "Largest"},
    "measure_sum": {"vi": "Tổng", "en": "Total"},
    "measure_earliest": {"vi": "Sớm nhất", "en": "Earliest"},
    "measure_latest": {"vi": "Muộn nhất", "en": "Latest"},
    # Texts of variables.
    "rows_of": {"vi": "{label}: số dòng", "en": "{label}: number of rows"},
    "joined_and": {"vi": "{one}, và {other}", "en": "{one}, and {other}"},
    "cells_open": {"vi": "các ô không bị khóa", "en": "cells that are not closed"},
    "numerator": {"vi": "Tử số: {words}", "en": "Numerator: {words}"},
    "denominator": {"vi": "Mẫu số: {words}", "en": "Denominator: {words}"},
    "over_units": {
        "vi": "Chia cho số cơ quan được hỏi",
        "en": "Divided by the number of agencies asked",
    },
    "over_answered": {
        "vi": "Chia cho số cơ quan đã trả lời (trung bình)",
        "en": "Divided by the number of agencies that answered (a mean)",
    },
    "over_sum": {"vi": "Chia cho tổng các mẫu số", "en": "Divided by the sum of the denominators"},
    "indicator_source": {
        "vi": "Máy chủ tính từ câu trả lời đã ký{basis}",
        "en": "Computed by the server from the signed answers{basis}",
    },
    "answer_source": {
        "vi": "Cơ quan trả lời",
        "en": "The agency's own answer",
    },
    "computed_source": {
        "vi": "Tính từ các câu trả lời khác của cùng cơ quan",
        "en": "Computed from other answers of the same agency",
    },
    # The catalogue for open-data portals.
    "catalogue": {
        "vi": "Danh mục dữ liệu mở: khảo sát chuyển đổi số",
        "en": "Open data catalogue: surveys on digital transformation",
    },
    "catalogue_text": {
        "vi": "Các bộ dữ liệu đã công bố từ khảo sát chính thức, có bảng mã, giấy phép và cách trích dẫn.",
        "en": "Data sets published from official surveys, with codebook, licence and citation.",
    },
    "keyword_survey": {"vi": "khảo sát", "en": "survey"},
    "keyword_digital": {"vi": "chuyển đổi số", "en": "digital transformation"},
}


def said(key: str, **told: object) -> Texts:
    """The words in both languages. What is told may be texts by language itself."""
    return {
        language: text.format(
            **{
                name: text_in(value, language) if isinstance(value, Mapping) else value
                for name, value in told.items()
            }
        )
        for language, text in WORDS[key].items()
    }


def word(key: str, language: str, **told: object) -> str:
    """The words in one language."""
    return said(key, **told)[language]


def shown_day(day: date) -> str:
    """A day as it is written in both languages: 30/4/2026."""
    return f"{day.day}/{day.month}/{day.year}"
