"""The words of the assessment workbook, in both languages of the product.

They are not gettext messages: a workbook has the language that was asked for, whoever writes it.
"""

from typing import Final

WORDS: Final[dict[str, dict[str, str]]] = {
    "vi": {
        "product": "Khảo sát số",
        "sheet_data": "Dữ liệu",
        "sheet_states": "Trạng thái dữ liệu",
        "sheet_denominated": "Chia cho mẫu số",
        "sheet_filled": "Điền chỗ khuyết",
        "sheet_treated": "Sàng lọc, ngoại lai",
        "sheet_scales": "Tham số",
        "sheet_normalised": "Chuẩn hóa",
        "sheet_index": "Chỉ số",
        "sheet_weights": "Trọng số",
        "sheet_levels": "Mức",
        "sheet_verify": "Kiểm tra",
        "sheet_change": "Thay đổi",
        "title": "{index}: {sheet}",
        "note_data": "Nơi xuất phát của mọi công thức. Ô không có số mang mã lý do, không tính là 0; sửa một giá trị thì mọi bước sau được tính lại.",
        "key": "Mã đơn vị",
        "unit": "Đơn vị",
        "type": "Loại",
        "block": "Nhóm xếp hạng",
        "ranked": "Được xếp hạng (1/0)",
    },
    "en": {
        "product": "Digital Survey",
        "sheet_data": "Data",
        "sheet_states": "States of data",
        "sheet_denominated": "Denominators",
        "sheet_filled": "Filled blanks",
        "sheet_treated": "Screening, outliers",
        "sheet_scales": "Scales",
        "sheet_normalised": "Normalised",
        "sheet_index": "Index",
        "sheet_weights": "Weights",
        "sheet_levels": "Levels",
        "sheet_verify": "Verify",
        "sheet_change": "Change",
        "title": "{index}: {sheet}",
        "note_data": "Where every formula begins. A cell without a figure holds the code of the reason and never counts as 0; change a value and all later steps follow.",
        "key": "Unit key",
        "unit": "Unit",
        "type": "Type",
        "block": "Ranked within",
        "ranked": "Ranked (1/0)",
    },
}
