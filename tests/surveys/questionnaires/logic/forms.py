"""A small questionnaire with rules of every kind."""

from typing import Final

from surveys.engine import (
    Choice,
    ChoiceList,
    Definition,
    Form,
    Group,
    Kind,
    Question,
    Repeat,
    Table,
    compile_definition,
)

LISTS: Final = {
    "status": ChoiceList(
        "status",
        (
            Choice("done", {"vi": "Đã ban hành", "en": "Issued"}),
            Choice("sent", {"vi": "Đang trình", "en": "Submitted"}),
            Choice("none", {"vi": "Chưa có", "en": "None"}),
        ),
    ),
    "area": ChoiceList(
        "area",
        (
            Choice("it", {"vi": "Hạ tầng", "en": "Infrastructure"}, extra={"level": "done"}),
            Choice("data", {"vi": "Dữ liệu", "en": "Data"}, extra={"level": "sent"}),
        ),
    ),
    "groups": ChoiceList(
        "groups",
        (
            Choice("g1", {"vi": "Bộ", "en": "Ministry"}),
            Choice("g2", {"vi": "Tỉnh", "en": "Province"}),
        ),
    ),
}


def vi(text: str, english: str = "") -> dict[str, str]:
    return {"vi": text, "en": english or text}


DEFINITION: Final = Definition(
    code="q",
    title={"vi": "Phiếu"},
    languages=("vi", "en"),
    lists=LISTS,
    children=(
        Group(
            name="part",
            label=vi("Phần một"),
            uid="u-part",
            children=(
                Question(
                    name="doc",
                    kind=Kind.SELECT_ONE,
                    list_name="status",
                    number="A1",
                    label=vi("Văn bản", "Document"),
                    uid="u-doc",
                ),
                Question(
                    name="areas",
                    kind=Kind.SELECT_MULTIPLE,
                    list_name="area",
                    number="A2",
                    label=vi("Lĩnh vực", "Areas"),
                    relevant="${doc} = 'done' or ${doc} = 'sent'",
                    required="${doc} = 'done'",
                    choice_filter="level = ${doc}",
                    uid="u-areas",
                ),
                Question(
                    name="staff",
                    kind=Kind.INTEGER,
                    number="A3",
                    label=vi("Biên chế", "Posts"),
                    constraint=". >= 0",
                    uid="u-staff",
                ),
                Question(
                    name="actual",
                    kind=Kind.DECIMAL,
                    number="A4",
                    label=vi("Thực có", "Actual"),
                    warning=". <= ${staff} * 1.1",
                    uid="u-actual",
                ),
                Question(
                    name="gap",
                    kind=Kind.CALCULATE,
                    number="A5",
                    label=vi("Chênh lệch", "Gap"),
                    calculation="${staff} - ${actual}",
                    uid="u-gap",
                ),
                Question(
                    name="signed",
                    kind=Kind.DATE,
                    number="A6",
                    label=vi("Ngày ký", "Signed on"),
                    constraint=". > date('2023-12-26') and . <= today()",
                    uid="u-signed",
                ),
                Question(
                    name="code",
                    kind=Kind.TEXT,
                    label=vi("Mã", "Code"),
                    constraint="regex(., '[A-Z]+')",
                    uid="u-code",
                ),
                Question(
                    name="equipment",
                    kind=Kind.TEXT,
                    label=vi("Thiết bị", "Equipment"),
                    relevant="selected(${areas}, 'it')",
                    uid="u-equipment",
                ),
                Table(
                    name="table",
                    number="A8",
                    label=vi("Bảng", "Table"),
                    row_list="groups",
                    closed="row() = 'g2' and . = 'women'",
                    constraint="sum(${men}) <= ${staff}",
                    columns=(
                        Question(
                            name="men", kind=Kind.INTEGER, label=vi("Nam", "Men"), uid="u-men"
                        ),
                        Question(
                            name="women",
                            kind=Kind.INTEGER,
                            label=vi("Nữ", "Women"),
                            warning=". <= ${men}",
                            uid="u-women",
                        ),
                    ),
                    uid="u-table",
                ),
                Repeat(
                    name="offices",
                    number="A9",
                    label=vi("Bộ phận", "Offices"),
                    repeat_count="${staff}",
                    children=(
                        Question(
                            name="office",
                            kind=Kind.TEXT,
                            label=vi("Tên", "Name"),
                            relevant="${staff} > 3",
                            uid="u-office",
                        ),
                    ),
                    uid="u-offices",
                ),
            ),
        ),
    ),
)


def the_form() -> Form:
    return compile_definition(DEFINITION)
