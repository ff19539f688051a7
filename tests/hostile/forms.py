"""Sound workbooks with hostile questionnaires."""

from collections.abc import Sequence

from tests.hostile.case import Case
from tests.hostile.package import workbook

Rows = Sequence[Sequence[object]]

HEAD = ("type", "name", "label", "relevant", "constraint", "calculation", "repeat_count")


def cases() -> list[Case]:
    return [*_expressions(), *_structures(), *_names(), *_texts(), *_sizes()]


def form(
    name: str,
    rows: Rows,
    expected: tuple[str, str] | None,
    *,
    head: Sequence[object] = HEAD,
    slow: bool = False,
    **sheets: Rows,
) -> Case:
    return Case(name, lambda: workbook(survey=[head, *rows], **sheets), expected, slow=slow)


def expression(name: str, text: str, expected: tuple[str, str] | None) -> Case:
    """A constraint on the second of two questions."""
    rows = [("integer", "a", "A"), ("text", "b", "B", "", text)]
    return form(name, rows, expected)


def _expressions() -> list[Case]:
    at = "survey!E3"
    return [
        expression("regex_of_doubled_repeats", "regex(., '^(a+)+$')", None),
        expression("regex_of_alternatives", "regex(., '^(a|aa)+$')", None),
        expression(
            "regex_of_huge_counts",
            "regex(., '((a{1,100}){1,100}){1,100}')",
            ("pattern_unreadable", at),
        ),
        expression("regex_with_a_backreference", r"regex(., '(a)\1')", ("pattern_unreadable", at)),
        expression(
            "hundred_thousand_parentheses",
            "(" * 16_000 + "1" + ")" * 16_000,
            ("expression_too_long", at),
        ),
        expression(
            "constraint_of_seventy_thousand_characters",
            ". > 1 and " * 7_000 + ". > 1",
            ("expression_too_long", at),
        ),
        expression(
            "fifty_thousand_references", "${a} + " * 9_000 + "1", ("expression_too_long", at)
        ),
        expression("unknown_reference", "${khong_co} > 1", ("reference_unknown", at)),
        expression("reference_without_end", "${a > 1", ("expression_unreadable", at)),
        expression("power_of_powers", "pow(9, pow(9, 9)) > 1", None),
        expression(
            "instance_of_a_file",
            "instance('file:///etc/passwd')/root/item[name = 1]/label = 1",
            None,
        ),
        expression(
            "lookup_in_a_missing_table",
            "pulldata('../../etc/passwd', 'a', 'b', .) = 1",
            None,
        ),
        form(
            "values_in_a_circle",
            [("calculate", "a", "", "", "", "${b}"), ("calculate", "b", "", "", "", "${a}")],
            ("cycle", "survey!F2"),
        ),
        form(
            "value_of_itself", [("calculate", "a", "", "", "", "${a} + 1")], ("cycle", "survey!F2")
        ),
    ]


def _structures() -> list[Case]:
    def nested(number: int) -> Rows:
        return [
            *[("begin_group", f"g{n}", "G") for n in range(number)],
            ("note", "n", "N"),
            *[("end_group", "") for _ in range(number)],
        ]

    repeat = [
        ("begin_repeat", "r", "R", "", "", "", "1000000000"),
        ("note", "n", "N"),
        ("end_repeat", ""),
    ]
    return [
        form("a_thousand_nested_groups", nested(1_000), ("nested_too_deep", "survey!A22")),
        form("ten_thousand_nested_groups", nested(10_000), ("nested_too_deep", "survey!A22")),
        form("a_billion_repeats", repeat, None),
        form(
            "group_never_ended",
            [("begin_group", "g", "G"), ("note", "n", "N")],
            ("begin_unmatched", "survey!A2"),
        ),
        form(
            "end_without_begin",
            [("note", "n", "N"), ("end_group", "")],
            ("end_unmatched", "survey!A3"),
        ),
        form(
            "or_other",
            [("select_one l or_other", "q", "Q")],
            None,
            choices=[("list_name", "name", "label"), ("l", "a", "A")],
        ),
        form(
            "list_that_is_missing",
            [("select_one khong_co", "q", "Q")],
            ("list_unknown", "survey!A2"),
        ),
        form(
            "external_csv_that_is_missing",
            [("select_one_from_file khong_co.csv", "q", "Q")],
            None,
        ),
        form("headers_alone", [], ("survey_empty", "survey!A1")),
        Case(
            "no_survey",
            lambda: workbook(choices=[("list_name", "name", "label")]),
            ("sheet_missing", "survey!A1"),
        ),
        Case(
            "survey_of_one_empty_cell",
            lambda: workbook(survey=[("",)]),
            ("column_missing", "survey!A1"),
        ),
    ]


def _names() -> list[Case]:
    def named(name: str, expected: tuple[str, str] | None, *, label: str = "Q") -> Case:
        return form(f"name_{label}", [("integer", name, "Q")], expected)

    at = "survey!B2"
    return [
        named("__proto__", None, label="of_the_prototype"),
        named("constructor", None, label="of_the_constructor"),
        named("_uuid", None, label="of_the_uuid"),
        named("meta", ("name_reserved", at), label="meta"),
        named("a b", ("name_invalid", at), label="with_a_blank"),
        named("😀", ("name_invalid", at), label="of_a_face"),
        named("../../a", ("name_invalid", at), label="that_climbs"),
        named("a" * 90_000, ("name_too_long", at), label="of_ninety_thousand_letters"),
        form(
            "names_twice",
            [("integer", "a", "A"), ("integer", "a", "B")],
            ("name_twice", "survey!B3"),
        ),
        form("names_that_differ_by_capitals", [("integer", "a", "A"), ("integer", "A", "B")], None),
    ]


def _texts() -> list[Case]:
    def labelled(name: str, text: str) -> Case:
        return form(f"label_{name}", [("integer", "q", text)], None)

    return [
        labelled("with_a_script", "<script>alert(1)</script>"),
        labelled("with_markdown", "**a** [b](javascript:alert(1))"),
        labelled("with_the_end_of_cdata", "]]> <![CDATA[ a"),
        labelled("with_an_output", '<output value="/data/a"/>'),
        labelled("like_a_formula", '=HYPERLINK("http://127.0.0.1","a")'),
        labelled("decomposed", "Số người"),
        labelled("right_to_left", "a\u202eb\u2066c"),
        form(
            "media_that_climbs",
            [("integer", "q", "Q", "../../../../etc/passwd")],
            None,
            head=("type", "name", "label", "media::image"),
        ),
        form(
            "media_of_the_cloud",
            [("integer", "q", "Q", "http://169.254.169.254/")],
            None,
            head=("type", "name", "label", "media::image"),
        ),
        form(
            "settings_that_climb",
            [("integer", "q", "Q")],
            None,
            settings=[
                ("form_title", "form_id", "submission_url"),
                ("T", "../x", "http://169.254.169.254/"),
            ],
        ),
    ]


def _sizes() -> list[Case]:
    languages = [f"label::Language {n} (l{n})" for n in range(500)]
    many = [("list_name", "name", "label"), *[("l", f"c{n}", f"C {n}") for n in range(49_000)]]
    return [
        form(
            "five_hundred_languages",
            [("integer", "q", *["Q"] * 500)],
            None,
            head=("type", "name", *languages),
        ),
        form(
            "twenty_thousand_questions",
            [("integer", f"q{n}", f"Q {n}") for n in range(20_000)],
            None,
            slow=True,
        ),
        form(
            "forty_nine_thousand_choices",
            [("select_one l", "q", "Q")],
            None,
            choices=many,
            slow=True,
        ),
        form(
            "hundred_thousand_choices",
            [("select_one l", "q", "Q")],
            ("sheet_too_large", "choices!A50001"),
            choices=[*many, *[("l", f"d{n}", "D") for n in range(51_000)]],
            slow=True,
        ),
        form(
            "five_thousand_mistakes",
            [("intger", f"q{n}", "Q", "${x}", "(((") for n in range(5_000)],
            ("type_unknown", "survey!A2"),
        ),
    ]
