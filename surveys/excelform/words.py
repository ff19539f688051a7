"""What a workbook says of itself, in the languages of the interface."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Every text of a workbook that does not come from the questionnaire."""

    guide: str
    form: str
    agency: str
    period: str
    deadline: str
    basis: str
    made_at: str
    version: str
    version_number: str
    hand_in: str
    how: str
    rules: tuple[str, ...]
    missing_title: str
    missing: dict[str, str]
    key: str
    key_open: str
    key_read: str
    key_closed: str
    contents: str
    section: str
    answered: str
    of: str
    state: str
    done: str
    begun: str
    all: str
    open_section: str
    back: str
    number: str
    question: str
    answer: str
    unit: str
    previous: str
    previous_of: str
    missing_head: str
    reason: str
    expected: str
    explanation: str
    total: str
    tick_below: str
    rank_below: str
    ticked: str
    on_page: str
    computed: str
    too_long: str
    only_if: str
    required: str
    evidence: str
    carried: str
    unit_of_table: str
    choices_of: str
    not_asked: str
    rows_hint: str
    rows_counted: str
    item: str
    closed_hint: str
    missing_hint: str
    several_hint: str
    wrong_number: str
    wrong_whole: str
    wrong_date: str
    wrong_time: str
    wrong_choice: str
    wrong_range: str
    check_title: str
    page: str


VI: Final = Words(
    guide="Hướng dẫn",
    form="Phiếu Excel",
    agency="Cơ quan báo cáo",
    period="Kỳ báo cáo",
    deadline="Hạn gửi",
    basis="Căn cứ",
    made_at="Phiếu tạo lúc",
    version="Mẫu phiếu",
    version_number="phiên bản {number}",
    hand_in="Nơi nộp phiếu",
    how="Cách điền",
    rules=(
        "Chỉ nhập vào các ô nền trắng viền xanh. Có thể điền theo thứ tự bất kỳ, lưu lại và điền tiếp sau.",
        "Số: nhập như thường lệ, ví dụ 1.234,5 hoặc 1234,5; không ghi đơn vị vào ô số. Ngày: dd/mm/yyyy, ví dụ 31/12/2026.",
        "Câu chọn một: bấm mũi tên trong ô và chọn từ danh sách. Câu chọn nhiều: đánh dấu x vào từng dòng phù hợp.",
        "Ô trống không phải là số 0. Giá trị bằng không thì nhập số 0; không có số liệu thì dùng mã KAD, CCSL hoặc HC.",
        "Khi nộp phiếu, ô để trống không xóa dữ liệu đã có trên hệ thống, trừ khi anh/chị chọn xóa ở bước xem trước.",
        "Danh sách chưa đủ dòng: điền vào dòng trống có sẵn hoặc chèn thêm dòng vào giữa danh sách (Insert Row).",
        "Có thể dán dữ liệu từ tệp khác; nên dán giá trị (Paste Values) để giữ nguyên định dạng của phiếu.",
        "Tệp đính kèm, hình ảnh và tài liệu kiểm chứng được bổ sung trên trang của phiếu, không gửi trong tệp Excel.",
        "Điền xong, tải tệp này lên tại trang của phiếu. Hệ thống cho xem trước những gì mới, thay đổi hoặc chưa đọc được rồi mới lưu.",
    ),
    missing_title="Mã khi không có số liệu",
    missing={
        "KAD": "Không áp dụng đối với cơ quan",
        "CCSL": "Chưa có số liệu (ghi lý do hoặc ngày dự kiến có)",
        "HC": "Hạn chế công bố (ghi lý do)",
    },
    key="Ký hiệu",
    key_open="Ô để nhập câu trả lời",
    key_read="Ô chỉ để đọc: số liệu kỳ trước, số cộng, số do hệ thống tính",
    key_closed="Ô không phải trả lời",
    contents="Mục lục và tiến độ",
    section="Phần",
    answered="Đã trả lời",
    of="Tổng số câu",
    state="Tình trạng",
    done="Đủ",
    begun="Còn thiếu",
    all="Cả phiếu",
    open_section="Mở",
    back="← Về mục lục",
    number="Số",
    question="Câu hỏi",
    answer="Trả lời",
    unit="Đơn vị tính",
    previous="Kỳ trước",
    previous_of="Kỳ trước ({period})",
    missing_head="Mã nếu không có số liệu",
    reason="Lý do",
    expected="Ngày dự kiến có",
    explanation="Giải trình (nếu có)",
    total="Tổng số",
    tick_below="Đánh dấu x vào các dòng dưới",
    rank_below="Ghi thứ hạng 1, 2, 3… vào các dòng dưới",
    ticked="đã chọn",
    on_page="Đính kèm trên trang của phiếu",
    computed="Hệ thống tính khi nộp phiếu",
    too_long="Nội dung quá dài đối với một ô (hơn 32.767 ký tự): xem và sửa trên trang của phiếu",
    only_if="Chỉ trả lời nếu {condition}.",
    required="Bắt buộc",
    carried="Lấy từ kỳ trước nên đang khóa; cần sửa thì mở khóa trên trang của phiếu.",
    evidence="Cần tài liệu kiểm chứng: đính kèm trên trang của phiếu.",
    choices_of="“{column}” gồm: {choices}.",
    not_asked="Không phải trả lời",
    unit_of_table="Đơn vị tính: {unit}",
    rows_hint="Mỗi mục một dòng. Thiếu dòng thì chèn thêm vào giữa danh sách; dòng để trống được bỏ qua.",
    rows_counted="Số dòng theo câu trả lời của anh/chị trên hệ thống.",
    item="Nội dung",
    closed_hint="Ô gạch chéo: không phải trả lời.",
    missing_hint="Không có số liệu thì ghi mã vào ô: {codes}.",
    several_hint="Ô chọn nhiều: ghi các lựa chọn, cách nhau bằng dấu chấm phẩy (;).",
    wrong_number="Excel không đọc được đây là số. Ví dụ đúng: 1.234,5. Chọn Yes nếu vẫn muốn giữ.",
    wrong_whole="Ô này cần một số nguyên, ví dụ 1.234. Chọn Yes nếu vẫn muốn giữ.",
    wrong_date="Ô này cần ngày theo dạng dd/mm/yyyy, ví dụ 31/12/2026. Chọn Yes nếu vẫn muốn giữ.",
    wrong_time="Ô này cần giờ theo dạng hh:mm, ví dụ 09:30. Chọn Yes nếu vẫn muốn giữ.",
    wrong_choice="Nội dung không có trong danh sách. Bấm mũi tên bên phải ô để chọn.",
    wrong_range="Ô này cần số từ {low} đến {high}. Chọn Yes nếu vẫn muốn giữ.",
    check_title="Xem lại ô này",
    page="Trang",
)

EN: Final = Words(
    guide="Instructions",
    form="Excel questionnaire",
    agency="Reporting agency",
    period="Reporting period",
    deadline="Due",
    basis="Legal basis",
    made_at="Workbook made at",
    version="Questionnaire",
    version_number="version {number}",
    hand_in="Hand in at",
    how="How to fill in",
    rules=(
        "Type only into the white cells with a blue border. Any order will do; save and go on later.",
        "Numbers: as your Excel takes them, for example 1,234.5 (or 1.234,5 in a Vietnamese Excel), without the unit. Dates: dd/mm/yyyy, for example 31/12/2026.",
        "One choice: press the arrow in the cell and choose from the list. Several choices: put an x beside each that applies.",
        "An empty cell is not zero. Type 0 for zero; where there is no figure, use a code: KAD, CCSL or HC.",
        "Empty cells clear nothing of what the system already has, unless you say so in the preview.",
        "Where a list needs more rows, use the blank ones or insert rows in the middle of it (Insert Row).",
        "You may paste from other files; paste values (Paste Values) to keep the form as it is.",
        "Files, pictures and evidence are attached on the form's page, not in this workbook.",
        "When you are done, upload this file on the form's page. A preview shows what is new, changed or unreadable before anything is saved.",
    ),
    missing_title="Codes where there is no figure",
    missing={
        "KAD": "Does not apply to the agency",
        "CCSL": "No figure yet (give the reason or the expected date)",
        "HC": "May not be disclosed (give the reason)",
    },
    key="Signs",
    key_open="A cell for your answer",
    key_read="Only to be read: last round, totals, what the system works out",
    key_closed="No answer is wanted here",
    contents="Contents and progress",
    section="Section",
    answered="Answered",
    of="Questions",
    state="State",
    done="Complete",
    begun="Incomplete",
    all="Whole form",
    open_section="Open",
    back="← Contents",
    number="No.",
    question="Question",
    answer="Answer",
    unit="Unit",
    previous="Last round",
    previous_of="Last round ({period})",
    missing_head="Code if there is no figure",
    reason="Reason",
    expected="Expected on",
    explanation="Explanation (if any)",
    total="Total",
    tick_below="Put an x beside the rows below",
    rank_below="Put the ranks 1, 2, 3… beside the rows below",
    ticked="chosen",
    on_page="Attach on the form's page",
    computed="Worked out by the system when handed in",
    too_long="Too long for a cell (more than 32,767 characters): read and change it on the form's page",
    only_if="Only if {condition}.",
    required="Required",
    carried="Taken from the last round and locked; to change it, unlock it on the form's page.",
    evidence="Evidence is wanted: attach it on the form's page.",
    choices_of="“{column}” may be: {choices}.",
    not_asked="Not asked",
    unit_of_table="Unit: {unit}",
    rows_hint="One row each. If rows are missing, insert some in the middle of the list; blank rows are skipped.",
    rows_counted="The number of rows follows from your answer in the system.",
    item="Item",
    closed_hint="Hatched cells: no answer is wanted.",
    missing_hint="Where there is no figure, put a code into the cell: {codes}.",
    several_hint="Cells that take several choices: write them with semicolons (;) between.",
    wrong_number="Excel cannot read this as a number. For example: 1,234.5. Choose Yes to keep it all the same.",
    wrong_whole="A whole number is wanted here, for example 1,234. Choose Yes to keep it all the same.",
    wrong_date="A date is wanted here as dd/mm/yyyy, for example 31/12/2026. Choose Yes to keep it all the same.",
    wrong_time="A time is wanted here as hh:mm, for example 09:30. Choose Yes to keep it all the same.",
    wrong_choice="This is not in the list. Press the arrow at the right of the cell to choose.",
    wrong_range="A number from {low} to {high} is wanted here. Choose Yes to keep it all the same.",
    check_title="Please look again",
    page="Page",
)


def words_in(language: str) -> Words:
    """The words of a language; Vietnamese where there are none in it."""
    return EN if language == "en" else VI
