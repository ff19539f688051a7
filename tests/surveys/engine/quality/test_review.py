"""What compiles and is still wrong."""

import pytest

from surveys.engine import (
    Choice,
    ChoiceList,
    Element,
    Group,
    Indicator,
    Kind,
    Question,
    Repeat,
    Severity,
    Table,
    compile_definition,
)
from surveys.engine.quality import Catalogued, review
from tests.surveys.engine.factories import (
    LISTS,
    calculate,
    choice_list,
    definition,
    form,
    integer,
    select,
    several,
    text,
)

USED = {name: LISTS[name] for name in ("yes_no",)}
TOWNS = ChoiceList(
    "towns",
    (
        Choice("hue", {"vi": "Huế"}, extra={"side": "yes"}),
        Choice("vinh", {"vi": "Vinh"}, extra={"side": "perhaps"}),
    ),
)


def found(*children: Element, **attributes: object) -> list[tuple[str, str]]:
    """The findings as (code, place)."""
    attributes.setdefault("lists", {})
    reviewed = review(form(*children, **attributes))
    return [(problem.code, problem.at) for problem in reviewed.problems]


ASKED = select("asked", "yes_no")


@pytest.mark.parametrize(
    ("children", "expected"),
    [
        ([text("a", relevant="false()")], [("never_shown", "a.relevant")]),
        ([text("a", relevant="no")], [("never_shown", "a.relevant")]),
        ([ASKED, text("a", relevant="${asked} = 'yes'")], []),
        (
            [ASKED, text("a", relevant="${asked} = 'yes' and ${asked} = 'no'")],
            [("never_shown", "a.relevant")],
        ),
        (
            [Group(name="g", relevant="false()", children=(text("a"), text("b")))],
            [
                ("never_shown", "g.relevant"),
                ("parent_never_shown", "g/a"),
                ("parent_never_shown", "g/b"),
            ],
        ),
        (
            [
                ASKED,
                Group(
                    name="g",
                    relevant="${asked} = 'yes'",
                    children=(text("a", relevant="${asked} = 'no'"),),
                ),
            ],
            [("never_shown", "g/a.relevant")],
        ),
        (
            [
                ASKED,
                integer("why", relevant="${asked} = 'yes'"),
                text("a", relevant="${asked} = 'no' and ${why} > 3"),
            ],
            [("never_shown", "a.relevant")],
        ),
        (
            [
                ASKED,
                integer("why", relevant="${asked} = 'yes'"),
                text("a", relevant="${asked} = 'no' or ${why} > 3"),
            ],
            [],
        ),
        (
            [integer("age", constraint=". >= 18"), text("a", relevant="${age} < 10")],
            [("shown_after_refused", "a.relevant")],
        ),
        (
            [ASKED, Repeat(name="r", relevant="1 = 2", children=(text("a"),))],
            [("never_shown", "r.relevant"), ("parent_never_shown", "r/a")],
        ),
    ],
)
def test_what_nobody_can_come_to_is_named(children, expected):
    assert found(*children, lists=USED if ASKED in children else {}) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            integer("a", constraint=". > 5 and . < 3"),
            [("constraint_contradictory", "a.constraint")],
        ),
        (integer("a", constraint=". > 5 and . < 7"), []),
        (integer("a", constraint=". = ''"), [("constraint_contradictory", "a.constraint")]),
        (integer("a", constraint="false()"), [("constraint_contradictory", "a.constraint")]),
        (integer("a", warning=". > 5 and . < 6"), [("warning_contradictory", "a.warning")]),
        (integer("a", constraint=". >= 1", default="0"), [("default_refused", "a.default")]),
        (integer("a", constraint=". >= 1", default="1"), []),
        (
            text("a", constraint="regex(., '[0-9]+')", default="x"),
            [("default_refused", "a.default")],
        ),
        (
            Question(
                name="a",
                kind=Kind.RANGE,
                parameters={"start": "1", "end": "5"},
                constraint=". > 5",
            ),
            [("constraint_contradictory", "a.constraint")],
        ),
        (
            Question(
                name="a", kind=Kind.DATE, constraint=". > date('2026-01-02') and . < '2026-01-01'"
            ),
            [("constraint_contradictory", "a.constraint")],
        ),
    ],
)
def test_a_check_that_refuses_everything_or_its_own_default_is_named(question, expected):
    assert found(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (select("a", "yes_no", constraint=". != 'no'"), ["no"]),
        (select("a", "yes_no", constraint=". != ''"), []),
        (several("a", "yes_no", constraint="not(selected(., 'yes'))"), ["yes"]),
        (several("a", "yes_no", constraint="count-selected(.) <= 1"), []),
    ],
)
def test_a_choice_that_is_offered_and_refused_is_named(question, expected):
    problems = review(form(question, lists=USED)).problems

    assert [each.name for each in problems if each.code == "choice_refused"] == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (integer("a", constraint=". >= 2 and . < ${b}", default="1"), ["default_refused"]),
        (integer("a", constraint=". >= 2 and . < ${b}", default="2"), []),
        (integer("a", constraint=". >= 2 or . < ${b}", default="1"), []),
        (integer("a", constraint=". >= 2 and . < ${b}", default="${b}"), []),
        (select("a", "yes_no", constraint=". != 'no' and ${b} > 1"), ["choice_refused"]),
        (select("a", "yes_no", constraint=". != 'no' or ${b} > 1"), []),
        (several("a", "yes_no", constraint="not(selected(., 'no')) and ${b} > 1"), []),
        (text("a", constraint=". != 'x' and ${b} > 1", default="'x'"), []),
        (integer("a", warning=". > 5 and . < ${b}", default="1"), []),
        (text("a", constraint="date(.) < today()", default="'nonsense'"), []),
        (text("a", constraint="date(.) < '2020-01-01'", default="'x'"), ["default_refused"]),
        (integer("a", constraint="position(..) = 1 or . > 5"), []),
    ],
)
def test_a_check_that_looks_at_other_answers_refuses_what_it_refuses_with_any(question, expected):
    children = (integer("b"), Repeat(name="r", children=(question,)))
    lists = USED if question.list_name else {}

    assert [code for code, _ in found(*children, lists=lists)] == expected


def test_a_check_that_only_fails_where_it_is_asked_is_named():
    children = (integer("a"), integer("b", relevant="${a} < 3", constraint=". < 9 and ${a} > 5"))

    assert found(*children) == [("constraint_contradictory", "b.constraint")]


@pytest.mark.parametrize(
    ("children", "lists", "expected"),
    [
        ([text("a")], USED, [("list_unused", "choices/yes_no")]),
        ([ASKED], USED, []),
        ([calculate("c", "1 + 1")], {}, [("calculation_unused", "c.calculation")]),
        ([calculate("c", "1 + 1", label={"vi": "Tổng"})], {}, []),
        ([calculate("c", "1 + 1"), text("a", relevant="${c} = 2")], {}, []),
        ([calculate("c", "1 + 1"), text("a", label={"vi": "Có ${c} người"})], {}, []),
        ([calculate("c", "1 + 1", warning=". > 1")], {}, []),
        (
            [ASKED, select("town", "towns", choice_filter="side = ${asked}")],
            {**USED, "towns": TOWNS},
            [("choice_never_offered", "town.choice_filter")],
        ),
        (
            [
                ASKED,
                select("town", "towns", choice_filter="side = ${asked}"),
                several("visited", "towns"),
            ],
            {**USED, "towns": TOWNS},
            [],
        ),
        (
            [Table(name="t", row_list="rows", columns=(integer("n"),))],
            {"rows": choice_list("rows", "north")},
            [],
        ),
    ],
)
def test_what_nothing_needs_is_named(children, lists, expected):
    assert found(*children, lists=lists) == expected


def test_each_missing_translation_is_named_with_its_language():
    question = text("a", label={"vi": "Tên", "en": "Name"}, hint={"vi": "Gợi ý"})

    assert found(question, languages=("vi", "en"), title={"vi": "Phiếu", "en": "Form"}) == [
        ("translation_missing", "a.hint::en")
    ]


def test_a_choice_and_a_title_without_translation_are_named():
    places = [
        at for _, at in found(ASKED, languages=("vi", "en"), lists=USED, title={"en": "Form"})
    ]

    assert places == [
        "settings.form_title::vi",
        "choices/yes_no/yes.label::en",
        "choices/yes_no/no.label::en",
    ]


def named(*children: Element, **attributes: object) -> list[tuple[str, str]]:
    """The findings as (code, name)."""
    attributes.setdefault("lists", {})
    reviewed = review(form(*children, **attributes))
    return [(problem.code, problem.name) for problem in reviewed.problems]


@pytest.mark.parametrize(
    ("children", "attributes", "expected"),
    [
        ([text("a")], {"lists": USED}, [("list_unused", "yes_no")]),
        ([text("a", label={"vi": "từ " * 41})], {}, [("label_long", "a")]),
        ([text("a", label={"vi": "Họ tên"})], {}, [("personal_data_unmarked", "a")]),
        ([text("a", relevant="false()")], {}, [("never_shown", "a")]),
        ([calculate("c", "1 + 1")], {}, [("calculation_unused", "c")]),
        ([text("a", label={"en": "Name"})], {}, [("translation_missing", "a")]),
        ([text("a")], {"title": {"en": "Form"}}, [("translation_missing", "test")]),
        (
            [ASKED],
            {"lists": {"yes_no": ChoiceList("yes_no", (Choice("y", {"en": "Y"}),))}},
            [("translation_missing", "y")],
        ),
        (
            [integer("a", indicator="I")],
            {"indicators": (Indicator("I", {"vi": "Một"}, unit={"en": "%"}),)},
            [("translation_missing", "I")],
        ),
        (
            [Question(name=f"f{n}", kind=Kind.FILE) for n in range(200)],
            {},
            [("questionnaire_long", "test")],
        ),
    ],
)
def test_a_finding_names_what_it_is_about(children, attributes, expected):
    assert named(*children, **attributes) == expected


@pytest.mark.parametrize(
    ("language", "words", "is_long"),
    [("vi", 40, False), ("vi", 41, True), ("en", 30, False), ("en", 31, True), ("fr", 31, True)],
)
def test_how_many_words_are_long_hangs_on_the_language(language, words, is_long):
    question = text("a", label={language: "từ " * words})
    reviewed = review(form(question, lists={}, languages=(language,)))

    assert ("label_long" in [each.code for each in reviewed.problems]) is is_long


@pytest.mark.parametrize(("files", "is_long"), [(159, False), (160, False), (161, True)])
def test_two_hours_are_not_too_long(files, is_long):
    reviewed = found(*(Question(name=f"f{n}", kind=Kind.FILE) for n in range(files)))

    assert (("questionnaire_long", "") in reviewed) is is_long


@pytest.mark.parametrize(
    "element",
    [
        calculate("c", "pulldata('yes_no', 'label', 'name', 'yes')", label={"vi": "Có"}),
        calculate("c", "instance('yes_no')/root/item[name = 'yes']/label", label={"vi": "Có"}),
        integer("c", constraint=". = pulldata('yes_no', 'score', 'name', 'yes')"),
        integer("c", relevant="pulldata('yes_no', 'score', 'name', 'yes') = 1"),
        integer("c", warning="concat(pulldata('yes_no', 'score', 'name', 'yes'), 1) != ''"),
        integer("c", required="pulldata('yes_no', 'score', 'name', 'yes') = 1"),
        Repeat(
            name="r",
            repeat_count="pulldata('yes_no', 'score', 'name', 'yes')",
            children=(text("a"),),
        ),
    ],
)
def test_a_list_that_an_expression_looks_up_is_used(element):
    assert "list_unused" not in [code for code, _ in found(element, lists=USED)]


@pytest.mark.parametrize(
    "field",
    ["label", "hint", "guidance", "required_message", "constraint_message", "warning_message"],
)
def test_a_calculation_that_a_text_shows_is_used(field):
    shown = text("a", **{field: {"vi": "Có ${ c } người"}})

    assert found(calculate("c", "1 + 1"), shown) == []


@pytest.mark.parametrize(
    "label",
    [
        "Họ và tên",
        "Họ và chữ đệm và tên",
        "Tên người liên hệ",
        "Số di động",
        "E-mail",
        "Thư điện tử",
        "Hộp thư",
        "CCCD",
        "CMND",
        "Căn cước công dân",
        "Chứng minh nhân dân",
        "Số định danh cá nhân",
        "Hộ chiếu",
        "Ngày sinh",
        "Năm sinh",
        "Quê quán",
        "Địa chỉ nhà",
        "Nơi ở",
        "Số tài khoản",
        "Mã số thuế cá nhân",
        "Bảo hiểm xã hội số",
        "Full name",
        "Surname of the head",
        "Name of the contact",
        "Mobile phone",
        "Passport number",
        "Date of birth",
        "Birth date",
        "Home address",
        "Bank account",
    ],
)
def test_a_label_that_speaks_of_a_person_is_recognised(label):
    assert found(text("a", label={"vi": label})) == [("personal_data_unmarked", "a.personal_data")]


@pytest.mark.parametrize(
    "name",
    [
        "ho_ten",
        "hovaten",
        "full_name",
        "so_dien_thoai",
        "sdt",
        "so_dt",
        "telephone",
        "phone",
        "e_mail",
        "thu_dien_tu",
        "cccd",
        "can_cuoc",
        "so_dinh_danh",
        "ho_chieu",
        "passport",
        "ngay_sinh",
        "nam_sinh",
        "birth_date",
        "dob",
        "dia_chi_nha",
        "home_address",
        "so_tai_khoan",
        "bank_account",
        "a1_phone_2",
        "NgaySinh",
    ],
)
def test_a_name_that_speaks_of_a_person_is_recognised(name):
    assert named(text(name)) == [("personal_data_unmarked", name)]


FED = Indicator("I1", {"vi": "Một"}, numerator="${c}", denominator="1")


@pytest.mark.parametrize(
    ("children", "indicators", "expected"),
    [
        ([integer("a")], (), []),
        (
            [integer("a", indicator="I2"), text("b")],
            (Indicator("I2", {"vi": "Hai"}),),
            [],
        ),
        (
            [integer("a", indicator="I3, I2")],
            (Indicator("I2", {"vi": "Hai"}),),
            [("indicator_unknown", "a.indicator")],
        ),
        (
            [text("a")],
            (Indicator("I2", {"vi": "Hai"}),),
            [("indicator_without_question", "indicators/I2")],
        ),
        ([integer("a"), calculate("c", "${a} + 1")], (FED,), []),
        ([integer("c")], (Indicator("I1", {"vi": "Một"}, numerator="${c} * 100"),), []),
        (
            [integer("c")],
            (Indicator("I1", {"vi": "Một"}, numerator="5 * 100", denominator="1"),),
            [
                ("indicator_without_question", "indicators/I1"),
                ("question_without_indicator", "c.indicator"),
            ],
        ),
        (
            [integer("a"), calculate("c", "1 + 1")],
            (FED,),
            [("question_without_indicator", "a.indicator")],
        ),
    ],
)
def test_indicators_and_questions_that_miss_each_other_are_named(children, indicators, expected):
    assert found(*children, indicators=indicators) == expected


CATALOGUE = (Catalogued("K1", "steps(10=1)"), Catalogued("K2"))


@pytest.mark.parametrize(
    ("children", "indicators", "expected"),
    [
        (
            [integer("a", indicator="K1")],
            (),
            [("indicator_without_question", "indicators/K2")],
        ),
        ([integer("a", indicator="K1, K2")], (), []),
        (
            [integer("a", indicator="K2"), text("b", indicator="K1")],
            (),
            [("scoring_unfit", "b.indicator")],
        ),
        (
            [integer("a", indicator="K1 K2 K3")],
            (),
            [("indicator_unknown", "a.indicator")],
        ),
        (
            [text("a", indicator="K1 K2")],
            (Indicator("K1", {"vi": "Một"}),),
            [],
        ),
        (
            [integer("a")],
            (Indicator("K1", {"vi": "Một"}, numerator="${a}"),),
            [("indicator_without_question", "indicators/K2")],
        ),
    ],
)
def test_the_catalogue_is_held_against_the_questions(children, indicators, expected):
    review_ = review(form(*children, indicators=indicators), CATALOGUE)

    assert [
        (problem.code, problem.at)
        for problem in review_.problems
        if "indicator" in problem.code or "scoring" in problem.code
    ] == expected


@pytest.mark.parametrize(
    ("name", "label", "kind", "is_found"),
    [
        ("a", "Họ và tên người lập", Kind.TEXT, True),
        ("a", "Họ tên", Kind.TEXT, True),
        ("a", "Số điện thoại", Kind.INTEGER, True),
        ("a", "Số CCCD", Kind.TEXT, True),
        ("a", "Địa chỉ thường trú", Kind.TEXT, True),
        ("a", "Ngày, tháng, năm sinh", Kind.DATE, True),
        ("a", "Contact phone", Kind.TEXT, True),
        ("g2_email", "Liên hệ", Kind.TEXT, True),
        ("contactPhone", "Liên hệ", Kind.TEXT, True),
        ("hoTen", "Liên hệ", Kind.TEXT, True),
        ("a", "Tên nền tảng, công cụ", Kind.TEXT, False),
        ("a", "Hồ tên gì", Kind.TEXT, False),
        ("a", "Số lượng điện thoại đã cấp", Kind.INTEGER, False),
        ("a", "Số người dùng email công vụ", Kind.INTEGER, False),
        ("a", "Có dùng email không", Kind.ACKNOWLEDGE, False),
        ("emailed_reports", "Báo cáo", Kind.INTEGER, False),
        ("a", "Ngày ban hành", Kind.DATE, False),
    ],
)
def test_personal_data_is_recognised_by_name_and_label(name, label, kind, is_found):
    question = Question(name=name, kind=kind, label={"vi": label})

    assert bool(found(question)) is is_found


def test_personal_data_that_is_marked_is_in_order():
    assert found(text("a", label={"vi": "Họ tên"}, personal_data=True)) == []


def test_a_label_that_nobody_reads_in_one_go_is_named():
    assert found(text("a", label={"vi": "từ " * 41})) == [("label_long", "a.label::vi")]


def test_a_questionnaire_of_hours_is_named():
    children = [Question(name=f"f{n}", kind=Kind.FILE) for n in range(200)]

    assert found(*children) == [("questionnaire_long", "")]


def test_the_minutes_add_up_reading_and_answering():
    burden = review(form(integer("a", label={"vi": "một " * 30}), text("b"))).burdens[0]

    assert (burden.words, burden.reading_seconds, burden.answering_seconds) == (30, 6, 35)


def test_cells_of_a_table_cost_half_a_question():
    table = Table(name="t", row_list="rows", columns=(integer("n"),))

    assert review(form(table)).burdens[0].answering_seconds == 20


def test_english_is_read_at_its_own_speed():
    asked = form(text("a", label={"vi": "một", "en": "word " * 238}), languages=("vi", "en"))

    assert [each.reading_seconds for each in review(asked).burdens] == [1, 60]


def test_a_contradiction_is_an_error_and_the_rest_are_warnings():
    problems = review(form(integer("a", constraint="false()"), text("b", relevant="no"))).problems

    assert {each.code: each.severity for each in problems if each.code != "list_unused"} == {
        "constraint_contradictory": Severity.ERROR,
        "never_shown": Severity.WARNING,
    }


def test_a_form_with_wrong_expressions_is_reviewed_for_the_rest():
    wrong = definition(
        text("a", relevant="${gone} = 1", label={"vi": "Họ tên"}),
        text("b", relevant="((", constraint="nothing()"),
        lists={},
    )

    problems = review(compile_definition(wrong)).problems

    assert [each.code for each in problems] == ["personal_data_unmarked"]


def test_a_check_of_a_choice_from_a_list_that_is_missing_is_reviewed():
    asked = select("a", "nowhere", constraint=". != 'no'")

    problems = review(compile_definition(definition(asked, lists={}))).problems

    assert "choice_refused" not in {each.code for each in problems}
