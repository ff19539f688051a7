"""Every type of question and attribute, from the definition to what stands on the page."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from surveys.engine import (
    Choice,
    ChoiceList,
    Context,
    Definition,
    Element,
    FormState,
    Group,
    Kind,
    MissingCode,
    Question,
    Repeat,
    Table,
    compile_definition,
    initial_answers,
)
from surveys.rendering import Drawing, section_page
from tests.surveys.rendering.factories import NOW

LISTS = {
    "colours": ChoiceList("colours", (Choice("red", {"vi": "Đỏ"}), Choice("blue", {"vi": "Xanh"}))),
    "big": ChoiceList("big", tuple(Choice(f"c{n}", {"vi": f"Mục {n}"}) for n in range(9))),
}


def asked(kind: Kind, **fields: Any) -> Question:
    return Question(name="q", kind=kind, **{"label": {"vi": "Câu hỏi"}, **fields})


def html(*children: Element, answers: dict[str, Any] | None = None, **more: Any) -> str:
    """The page of a section with the elements; without answers it is a new draft."""
    language = more.pop("language", "vi")
    context = Context(
        today=NOW.date(), now=NOW, language=language, previous=more.pop("previous", None)
    )
    form = compile_definition(
        Definition(
            code="moi",
            title={"vi": "Mọi"},
            children=(Group(name="g", label={"vi": "Phần"}, children=children),),
            lists=LISTS,
            default_language=more.pop("default_language", "vi"),
            languages=("vi", "en", "fr"),
        )
    )
    assert form.problems == ()
    stored = initial_answers(form, context) if answers is None else answers
    state = FormState(form, answers=stored, context=context, **more)
    with override(language if language in {"vi", "en"} else "vi"):
        page = section_page(Drawing(state, language), "g")
        return "".join(
            render_to_string("rendering/block.html", {"item": block}) for block in page.blocks
        )


@pytest.mark.parametrize(
    ("question", "answer", "shown"),
    [
        (asked(Kind.TEXT), "Sở Y tế", 'value="Sở Y tế"'),
        (asked(Kind.TEXT, appearance="multiline"), "dài", "<textarea"),
        (asked(Kind.INTEGER), "1234", 'value="1.234"'),
        (asked(Kind.DECIMAL), "1234.5", 'value="1.234,5"'),
        (asked(Kind.DATE), "2026-12-05", 'value="5/12/2026"'),
        (asked(Kind.TIME), "09:30", 'value="09:30"'),
        (asked(Kind.DATETIME), "2026-12-05T09:30:00", "5/12/2026"),
        (asked(Kind.SELECT_ONE, list_name="colours"), "red", 'value="red" checked'),
        (asked(Kind.SELECT_ONE, list_name="big"), "c3", 'value="c3" selected'),
        (asked(Kind.SELECT_MULTIPLE, list_name="colours"), ["blue"], 'value="blue" checked'),
        (asked(Kind.RANK, list_name="colours"), ["blue", "red"], 'value="blue" selected'),
        (asked(Kind.RANGE, parameters={"start": "0.5", "end": "3"}), "1.5", "từ 0,5 đến 3"),
        (
            asked(Kind.RANGE, parameters={"start": "0", "end": "3", "step": "0.5"}),
            "1",
            "từng bước 0,5",
        ),
        (asked(Kind.ACKNOWLEDGE), "OK", "checked"),
        (asked(Kind.NOTE), None, "Câu hỏi"),
        (asked(Kind.CALCULATE, calculation="1 + 1"), None, ">2<"),
        (asked(Kind.INTEGER, read_only="yes"), "5", "readonly"),
        (asked(Kind.INTEGER, required="yes"), None, "aria-required"),
        (asked(Kind.INTEGER, unit={"vi": "người"}), "5", "người"),
        (asked(Kind.INTEGER, hint={"vi": "Gợi ý"}), None, "Gợi ý"),
        (asked(Kind.INTEGER, guidance={"vi": "Hướng dẫn kỹ"}), None, "Hướng dẫn kỹ"),
        (asked(Kind.INTEGER, missing=(MissingCode.NOT_YET,)), None, 'value="CCSL"'),
        (
            asked(Kind.INTEGER, warning=". < 5", warning_message={"vi": "Quá lớn"}),
            "9",
            'name="explanation:q"',
        ),
        (
            asked(Kind.INTEGER, constraint=". < 5", constraint_message={"vi": "Phải nhỏ"}),
            "9",
            "Phải nhỏ",
        ),
    ],
    ids=range(24),
)
def test_the_page_shows(question: Question, answer: object, shown: str):
    assert shown in html(question, answers={} if answer is None else {"q": answer})


@pytest.mark.parametrize(
    ("default", "value"),
    [("7", "7"), ("3 + 4", "7"), ("string-length('đơn vị') + 1", "7"), ("previous(${q})", "8")],
)
def test_a_new_draft_starts_with_its_defaults(default: str, value: str):
    page = html(asked(Kind.INTEGER, default=default), previous={"q": "8"})

    assert f'value="{value}"' in page


@pytest.mark.parametrize(
    ("language", "default", "label"),
    [("en", "fr", "Question"), ("en", "vi", "Câu"), ("fr", "vi", "Question")],
)
def test_what_is_not_translated_is_said_in_the_default_language(
    language: str, default: str, label: str
):
    question = asked(Kind.TEXT, label={"vi": "Câu", "fr": "Question"})

    assert f"<span>{label}" in html(question, language=language, default_language=default)


def test_groups_within_groups_stand_in_one_another():
    inner = Group(name="inner", label={"vi": "Trong"}, children=(asked(Kind.TEXT),))
    note = Question(name="n", kind=Kind.NOTE, label={"vi": "Chú ý"})
    repeat = Table(name="t", row_list="colours", columns=(Question(name="c", kind=Kind.TEXT),))
    page = html(Group(name="outer", label={"vi": "Ngoài"}, children=(note, inner, repeat)))

    assert [page.index(each) for each in ("Ngoài", "Chú ý", "Trong", "Câu hỏi", "Đỏ")] == sorted(
        page.index(each) for each in ("Ngoài", "Chú ý", "Trong", "Câu hỏi", "Đỏ")
    )


def test_guidance_stands_in_the_rows_of_a_list_and_above_a_table():
    told = {"guidance": {"vi": "Hướng dẫn kỹ"}}
    repeat = Repeat(name="r", children=(asked(Kind.TEXT, **told),))
    table = Table(name="t", row_list="colours", columns=(asked(Kind.INTEGER, **told),))

    assert "Hướng dẫn kỹ" in html(repeat, answers={"r": [{"_id": "a"}]})
    assert "Hướng dẫn kỹ" in html(table)


def test_guidance_of_a_group_stands_once():
    group = Group(
        name="f", label={"vi": "Nhóm"}, children=(asked(Kind.TEXT, guidance={"vi": "Kỹ"}),)
    )

    assert html(group).count("<p>Kỹ</p>") == 1
