"""A questionnaire with every kind of question, and form states over it."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from surveys.engine import (
    Choice,
    ChoiceList,
    Context,
    Definition,
    FormState,
    Group,
    Indicator,
    Kind,
    MissingCode,
    Question,
    Repeat,
    Table,
    Totals,
    compile_definition,
)
from surveys.rendering import Drawing, SectionPage, section_page


def choices(**labels: str) -> tuple[Choice, ...]:
    """Choices with Vietnamese labels."""
    return tuple(Choice(name=name, label={"vi": label}) for name, label in labels.items())


def question(name: str, kind: Kind, label: str, **fields: Any) -> Question:
    """A question with a Vietnamese label."""
    return Question(name=name, kind=kind, label={"vi": label}, **fields)


DEFINITION = Definition(
    code="moi-loai",
    title={"vi": "Mọi loại câu hỏi"},
    languages=("vi", "en"),
    children=(
        Group(
            name="general",
            label={"vi": "1. Thông tin chung", "en": "1. General"},
            hint={"vi": "Số liệu đến ngày chốt."},
            children=(
                question("intro", Kind.NOTE, "Đọc trước khi nhập."),
                question(
                    "has_unit",
                    Kind.SELECT_ONE,
                    "Đã có đơn vị chuyên trách chưa?",
                    number="A1",
                    list_name="state",
                    required="yes",
                    indicator="T1",
                    guidance={"vi": "Tính cả đơn vị kiêm nhiệm."},
                ),
                Group(
                    name="paper",
                    label={"vi": "Văn bản"},
                    relevant="${has_unit} = 'yes'",
                    children=(
                        question("paper_no", Kind.TEXT, "Số, ký hiệu"),
                        question("paper_day", Kind.DATE, "Ngày ban hành"),
                        question("summary", Kind.TEXT, "Trích yếu", appearance="multiline"),
                    ),
                ),
                question("model", Kind.SELECT_ONE, "Mô hình", number="A2", list_name="models"),
                question(
                    "duties", Kind.SELECT_MULTIPLE, "Chức năng", number="A3", list_name="state"
                ),
                question("order", Kind.RANK, "Thứ tự ưu tiên", list_name="state"),
                question(
                    "staff",
                    Kind.INTEGER,
                    "Biên chế",
                    number="A4",
                    unit={"vi": "người", "en": "people"},
                    constraint=". >= 0",
                    constraint_message={"vi": "Biên chế không thể âm."},
                    warning=". >= coalesce(previous(${staff}), 0)",
                    warning_message={"vi": "Giảm so với kỳ trước."},
                    missing=(MissingCode.NOT_APPLICABLE, MissingCode.NOT_YET),
                ),
                question("share", Kind.DECIMAL, "Tỷ lệ", unit={"vi": "%"}),
                question("double", Kind.CALCULATE, "Gấp đôi", calculation="${staff} * 2"),
                question("at", Kind.TIME, "Giờ họp"),
                question("rate", Kind.RANGE, "Mức", parameters={"start": "1", "end": "5"}),
                question("agree", Kind.ACKNOWLEDGE, "Cam kết"),
                question("scan", Kind.FILE, "Bản quét"),
            ),
        ),
        Group(
            name="lists",
            label={"vi": "2. Bảng và danh sách"},
            children=(
                Table(
                    name="people",
                    label={"vi": "Nhân lực"},
                    number="A6",
                    row_list="groups",
                    totals=Totals.BOTH,
                    closed="row() = 'data' and . = 'hired'",
                    constraint="sum(${official}) <= ${staff}",
                    constraint_message={"vi": "Tổng công chức lớn hơn biên chế."},
                    columns=(
                        question(
                            "official",
                            Kind.INTEGER,
                            "Công chức",
                            unit={"vi": "người", "en": "people"},
                        ),
                        question(
                            "hired", Kind.INTEGER, "Hợp đồng", unit={"vi": "người", "en": "people"}
                        ),
                        question(
                            "level",
                            Kind.SELECT_ONE,
                            "Mức",
                            unit={"vi": "người", "en": "people"},
                            list_name="models",
                        ),
                    ),
                ),
                Repeat(
                    name="contacts",
                    label={"vi": "Đầu mối"},
                    number="A9",
                    children=(
                        question("person", Kind.TEXT, "Họ và tên", required="yes"),
                        question("phone", Kind.TEXT, "Điện thoại"),
                    ),
                ),
            ),
        ),
    ),
    lists={
        "state": ChoiceList(name="state", choices=choices(yes="Đã ban hành", no="Chưa có")),
        "models": ChoiceList(
            name="models", choices=choices(**{f"m{n}": f"Mô hình {n}" for n in range(8)})
        ),
        "groups": ChoiceList(name="groups", choices=choices(dx="Chuyển đổi số", data="Dữ liệu")),
    },
    indicators=(Indicator(code="T1", label={"vi": "Đã kiện toàn"}, legal_basis="Mục tiêu 1.a"),),
)

FORM = compile_definition(DEFINITION)
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def state_with(previous: dict[str, Any] | None = None, **documents: Any) -> FormState:
    """Answers under the form, with those of the last round."""
    context = Context(today=date(2026, 11, 20), now=NOW, previous=previous)
    answers = documents.pop("answers", {})
    return FormState(FORM, answers=answers, context=context, **documents)


def page_of(
    state: FormState | None = None,
    section: str = "general",
    *,
    language: str = "vi",
    say_missing: bool = False,
    **drawing: Any,
) -> SectionPage:
    """The page of a section."""
    return section_page(
        Drawing(state or state_with(), language, **drawing), section, say_missing=say_missing
    )
