"""What a question is called in a summary, away from its group."""

import pytest

from surveys.engine import Definition, Group, Kind, Question, compile_definition
from surveys.rendering import name_of

FORM = compile_definition(
    Definition(
        code="ten",
        title={"vi": "Tên"},
        children=(
            Group(
                name="phan",
                label={"vi": "Phần"},
                children=(
                    Question(name="rieng", kind=Kind.TEXT, label={"vi": "Riêng"}),
                    Group(
                        name="bien_che",
                        label={"vi": "Biên chế"},
                        children=(
                            Question(
                                name="a4", kind=Kind.INTEGER, number="A4", label={"vi": "Năm trước"}
                            ),
                            Question(name="a4_nay", kind=Kind.INTEGER, label={"vi": "Năm nay"}),
                        ),
                    ),
                    Group(
                        name="van_ban",
                        label={"vi": "Văn bản"},
                        children=(Question(name="so", kind=Kind.TEXT, label={"vi": "Số"}),),
                    ),
                ),
            ),
        ),
    )
)


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("rieng", "Riêng"),
        ("a4", "A4. Năm trước"),
        ("a4_nay", "A4. Năm nay"),
        ("so", "Văn bản: Số"),
        ("bien_che", "Biên chế"),
    ],
)
def test_a_question_goes_by_its_number_or_its_group(name, called):
    assert name_of(FORM, FORM.element(name), "vi") == called
