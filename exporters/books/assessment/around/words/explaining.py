"""What the sheets say that explain the others: codebook, methods, glossary."""

from collections.abc import Mapping
from typing import Final

from exporters.books.assessment.around.words.both import Both

CODEBOOK: Final[Both] = {
    "indicators": {"vi": "Chỉ tiêu của chỉ số", "en": "Indicators of the index"},
    "variables": {"vi": "Biến của phiếu hỏi", "en": "Variables of the questionnaires"},
    "code": {"vi": "Mã / Code", "en": "Code"},
    "vi": {"vi": "Tên (tiếng Việt)", "en": "Name (Vietnamese)"},
    "en": {"vi": "Tên (tiếng Anh)", "en": "Name (English)"},
    "measured": {"vi": "Đơn vị tính", "en": "Unit"},
    "direction": {"vi": "Chiều", "en": "Direction"},
    "source": {"vi": "Nguồn", "en": "Source"},
    "rule": {"vi": "Quy tắc / biểu thức", "en": "Rule / expression"},
    "range": {"vi": "Khoảng cho phép", "en": "Possible range"},
    "goalposts": {"vi": "Cận", "en": "Goalposts"},
    "target": {"vi": "Mục tiêu", "en": "Target"},
    "applies": {"vi": "Áp dụng cho", "en": "Applies to"},
    "base": {"vi": "Số đơn vị có giá trị", "en": "Units with a value"},
    "all": {"vi": "mọi loại", "en": "all types"},
    "number": {"vi": "Câu", "en": "Question"},
    "kind": {"vi": "Kiểu", "en": "Type"},
    "codes_vi": {"vi": "Mã trả lời (tiếng Việt)", "en": "Codes (Vietnamese)"},
    "codes_en": {"vi": "Mã trả lời (tiếng Anh)", "en": "Codes (English)"},
    "missing": {"vi": "Mã không có số liệu", "en": "Missing codes"},
    "answered": {"vi": "Số trả lời", "en": "Answered"},
    "note": {
        "vi": "KAD: không áp dụng; CCSL: chưa có số liệu; HC: hạn chế công bố. Ô trống: chưa trả lời.",
        "en": "KAD: not applicable; CCSL: no data yet; HC: restricted. Empty: not answered.",
    },
}

METHODS: Final[Both] = {
    "tree": {"vi": "Cây chỉ số", "en": "The tree"},
    "aggregated": {"vi": "Cách tổng hợp", "en": "Aggregation"},
    "weight": {"vi": "Trọng số", "en": "Weight"},
    "effective": {"vi": "Tỷ trọng trong chỉ số", "en": "Share in the index"},
    "rules": {"vi": "Quy tắc", "en": "Rules"},
    "levels": {"vi": "Các mức", "en": "Levels"},
    "rule": {"vi": "Bước", "en": "Step"},
    "vi": {"vi": "Tiếng Việt", "en": "Vietnamese"},
    "en": {"vi": "Tiếng Anh", "en": "English"},
    "description": {"vi": "Mô tả", "en": "Description"},
    "scale": {"vi": "Thang điểm", "en": "Scale"},
    "missing": {"vi": "Giá trị khuyết", "en": "Missing values"},
    "not_applicable": {"vi": "Không áp dụng", "en": "Not applicable"},
    "screening": {"vi": "Sàng lọc đơn vị", "en": "Screening of units"},
    "treatment": {"vi": "Giá trị ngoại lai", "en": "Outliers"},
    "normalisation": {"vi": "Chuẩn hóa", "en": "Normalisation"},
    "weighting": {"vi": "Trọng số", "en": "Weights"},
    "ranking": {"vi": "Xếp hạng", "en": "Ranking"},
    "ranking_text": {
        "vi": "Điểm cao xếp trước; bằng điểm thì cùng hạng nhỏ nhất (1, 2, 2, 4); so ở 12 chữ số có nghĩa.",
        "en": "The highest score comes first; equals share the least rank (1, 2, 2, 4); compared to 12 significant digits.",
    },
    "uncertainty": {"vi": "Độ bất định", "en": "Uncertainty"},
    "uncertainty_text": {
        "vi": "{runs} lần mô phỏng Monte Carlo, hạt giống {seed}; mỗi trọng số thay đổi ngẫu nhiên ±{share} %.",
        "en": "{runs} Monte Carlo runs, seed {seed}; every weight varies at random by ±{share}%.",
    },
    "formulas": {"vi": "Công thức sống", "en": "Live formulas"},
    "formulas_text": {
        "vi": "Các bước viết được bằng công thức đều là công thức nối về trang Dữ liệu; bước khác là giá trị máy chủ tính, nền xám. Trang Kiểm tra so hai bên.",
        "en": "Steps that can be written as formulas are formulas that lead back to the Data sheet; others are values of the server, in grey. The Verify sheet holds both side by side.",
    },
    "numbers": {"vi": "Dấu thập phân", "en": "Decimal signs"},
    "numbers_text": {
        "vi": "Số, ngày và tỷ lệ là giá trị thật; dấu chấm, dấu phẩy hiện theo vùng cài trong máy của người đọc (Việt Nam: 1.234,5).",
        "en": "Numbers, dates and shares are true values; separators follow the region set on the reader's computer (Viet Nam: 1.234,5).",
    },
    "node": {"vi": "Nút", "en": "Node"},
    "level": {"vi": "Mức", "en": "Level"},
    "start": {"vi": "Từ", "en": "From"},
    "gates": {"vi": "Điều kiện thêm", "en": "Further conditions"},
    "gates_text": {
        "vi": "{n} điều kiện, xem trang Mức",
        "en": "{n} conditions, see the Levels sheet",
    },
}

TERMS: Final[tuple[tuple[Mapping[str, str], Mapping[str, str]], ...]] = (
    (
        {"vi": "Chỉ số tổng hợp", "en": "Composite index"},
        {
            "vi": "Một điểm duy nhất ghép từ nhiều chỉ tiêu theo cây, trọng số và cách tổng hợp đã chốt.",
            "en": "One score put together from many indicators by a tree, weights and aggregations that are frozen.",
        },
    ),
    (
        {"vi": "Chuẩn hóa", "en": "Normalisation"},
        {
            "vi": "Đưa các chỉ tiêu khác đơn vị tính về cùng một thang, luôn theo chiều cao hơn là tốt hơn.",
            "en": "Bringing indicators of different units to one scale on which more is always better.",
        },
    ),
    (
        {"vi": "Cận", "en": "Goalposts"},
        {
            "vi": "Hai giá trị cố định ứng với hai đầu thang; giữ nguyên giữa các kỳ để so sánh được.",
            "en": "Two fixed values that stand for the two ends of the scale; kept over rounds so that they compare.",
        },
    ),
    (
        {"vi": "Trọng số hiệu dụng", "en": "Effective weight"},
        {
            "vi": "Phần của một chỉ tiêu trong cả chỉ số: tích các tỷ trọng từ gốc xuống.",
            "en": "An indicator's share in the whole index: the product of the shares from the root down.",
        },
    ),
    (
        {"vi": "Độ phủ", "en": "Coverage"},
        {
            "vi": "Tỷ lệ thành phần có giá trị của một nút ở một đơn vị.",
            "en": "The share of a node's children that have a value for a unit.",
        },
    ),
    (
        {"vi": "Khoảng hạng 5 %-95 %", "en": "Interval of ranks, 5% to 95%"},
        {
            "vi": "Chín phần mười số lần mô phỏng cho thứ hạng nằm trong khoảng này.",
            "en": "Nine in ten simulated runs give the unit a rank inside of it.",
        },
    ),
    (
        {"vi": "Mức", "en": "Level"},
        {
            "vi": "Bậc năng lực theo ngưỡng điểm và điều kiện kèm theo; lấy mức cao nhất thỏa mọi điều kiện.",
            "en": "A step of capacity by thresholds and further conditions; the highest whose conditions all hold.",
        },
    ),
    (
        {"vi": "Phần trăm mức tối đa", "en": "Per cent of the most possible"},
        {
            "vi": "Điểm tính từ giá trị thấp nhất (0 %) đến cao nhất (100 %) mà nút có thể đạt.",
            "en": "A score counted from the least (0%) to the most (100%) that the node can be.",
        },
    ),
    (
        {"vi": "Tổng điều tra", "en": "Census"},
        {
            "vi": "Mọi đơn vị thuộc đối tượng đều được hỏi nên không có sai số chọn mẫu.",
            "en": "Every unit of the population is asked, so there is no sampling error.",
        },
    ),
)

IN_CELLS: Final[Both] = {
    "BELOW_COVERAGE": {"vi": "Quá ít số liệu", "en": "Too few data"},
    "CONSTANT": {"vi": "Mọi đơn vị như nhau", "en": "The same for all"},
    "REFUSED": {"vi": "Hạn chế công bố", "en": "Restricted"},
    "TEXT_IN_NUMBER": {"vi": "Có chữ, không có số", "en": "Text, no figure"},
    "OUT_OF_RANGE": {"vi": "Ngoài khoảng", "en": "Out of range"},
    "NOT_COMPUTABLE": {"vi": "Không tính được", "en": "Not computable"},
    "OTHER_TYPE": {"vi": "Loại đơn vị khác", "en": "Another type"},
    "NO_DENOMINATOR": {"vi": "Thiếu mẫu số", "en": "No denominator"},
    "ZERO_DENOMINATOR": {"vi": "Mẫu số bằng 0", "en": "Denominator 0"},
    "SCREENED": {"vi": "Không xét", "en": "Left out"},
    "NO_REFERENCE": {"vi": "Thiếu đối chiếu", "en": "No reference"},
    "NOT_POSITIVE": {"vi": "Bằng 0 hoặc âm", "en": "0 or less"},
    "ZERO_IN_GEOMETRIC": {"vi": "Có giá trị 0, âm", "en": "Holds 0 or less"},
    "ZERO_IN_HARMONIC": {"vi": "Có giá trị 0", "en": "Holds 0"},
    "NEGATIVE_IN_HARMONIC": {"vi": "Có giá trị âm", "en": "Holds less than 0"},
    "NEGATIVE_IN_POWER": {"vi": "Có giá trị âm", "en": "Holds less than 0"},
    "NO_PREDECESSOR": {"vi": "Thiếu đơn vị cũ", "en": "No predecessor"},
}
"""What cells say in place of a reason whose sentence is too long for them."""

GLOSSARY: Final[Both] = {
    "term": {"vi": "Thuật ngữ / mã", "en": "Term / code"},
    "meaning_vi": {"vi": "Nghĩa (tiếng Việt)", "en": "Meaning (Vietnamese)"},
    "meaning_en": {"vi": "Nghĩa (tiếng Anh)", "en": "Meaning (English)"},
    "in_cells": {"vi": "Trong ô ghi", "en": "In cells"},
    "terms": {"vi": "Thuật ngữ", "en": "Terms"},
    "reasons": {"vi": "Mã lý do thay cho số", "en": "Codes that stand in place of figures"},
    "looks": {"vi": "Màu và kiểu ô", "en": "Colours and kinds of cells"},
    "input": {
        "vi": "Ô đổi được: trọng số, đơn vị được chọn",
        "en": "A cell to be changed: weights, the chosen unit",
    },
    "server": {
        "vi": "Giá trị do máy chủ tính, không phải công thức",
        "en": "A value of the server, no formula",
    },
    "muted": {"vi": "Phụ trợ, để các ô khác tra cứu", "en": "Of help to other cells"},
    "example": {"vi": "ví dụ", "en": "example"},
}
