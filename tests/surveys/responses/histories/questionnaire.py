"""Forty places to type into, on one page."""

from typing import Final

from surveys.engine import ChoiceList, Definition, Group, Kind, Question, Table
from tests.surveys.responses.factories import choices

SINGLE: Final = (Kind.INTEGER, Kind.TEXT, Kind.DECIMAL, Kind.SELECT_MULTIPLE)
ROWS: Final = ("north", "middle", "south")
COLUMNS: Final = ("planned", "spent", "left", "note")

QUESTIONS: Final = tuple(
    Question(
        name=f"q{number}",
        kind=SINGLE[number % 4],
        label={"vi": f"Câu {number}"},
        list_name="skills" if SINGLE[number % 4] is Kind.SELECT_MULTIPLE else "",
    )
    for number in range(28)
)
TABLE: Final = Table(
    name="budget",
    label={"vi": "Kinh phí"},
    row_list="regions",
    columns=tuple(
        Question(
            name=name,
            kind=Kind.TEXT if name == "note" else Kind.DECIMAL,
            label={"vi": name},
        )
        for name in COLUMNS
    ),
)
DEFINITION: Final = Definition(
    code="forty",
    title={"vi": "Bốn mươi chỗ"},
    children=(Group(name="all", label={"vi": "Tất cả"}, children=(*QUESTIONS, TABLE)),),
    lists={
        "skills": ChoiceList(name="skills", choices=choices("data", "cloud", "security")),
        "regions": ChoiceList(name="regions", choices=choices(*ROWS)),
    },
)
MANY: Final = frozenset(q.name for q in QUESTIONS if q.kind is Kind.SELECT_MULTIPLE)
PATHS: Final = tuple(
    [q.name for q in QUESTIONS] + [f"budget/{row}/{column}" for row in ROWS for column in COLUMNS]
)
