"""The columns of a copy over versions: stable names, nothing lost."""

from analytics.columnar.layout import VersionForm, layout_of
from surveys.engine import (
    Choice,
    ChoiceList,
    Definition,
    Kind,
    Question,
    compile_definition,
)


def version(pk, *questions, choices="ab"):
    listed = tuple(Choice(code, {"vi": f"{code}{pk}"}) for code in choices)
    return VersionForm(
        pk,
        pk,
        compile_definition(
            Definition(
                code="q",
                title={"vi": "Phiếu"},
                children=questions,
                lists={"l": ChoiceList("l", listed)},
            )
        ),
    )


def asked(name, kind):
    many = kind in {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE}
    return Question(name=name, kind=kind, label={"vi": name}, list_name="l" if many else "")


STAFF = asked("staff", Kind.INTEGER)


def test_a_question_that_is_read_otherwise_gets_a_second_column():
    layout = layout_of([version(1, STAFF), version(3, asked("staff", Kind.TEXT))])

    assert list(layout.columns) == ["staff", "staff__v3"]


def test_later_versions_fill_the_column_that_can_be_read_their_way():
    layout = layout_of(
        [
            version(1, STAFF),
            version(2, asked("staff", Kind.TEXT)),
            version(3, asked("staff", Kind.TEXT)),
            version(4, STAFF),
        ]
    )

    filled = {pk: [name for name, _variable in each] for pk, each in layout.by_version.items()}
    assert filled == {1: ["staff"], 2: ["staff__v2"], 3: ["staff__v2"], 4: ["staff"]}


def test_a_question_that_bears_the_name_of_a_second_column_keeps_its_answers_to_itself():
    layout = layout_of(
        [
            version(1, STAFF),
            version(2, asked("staff", Kind.TEXT), asked("staff__v2", Kind.TEXT)),
        ]
    )

    assert list(layout.columns) == ["staff", "staff__v2", "staff__v2__v2"]


def test_a_choice_that_is_gone_stays_after_those_that_are_offered():
    kind = asked("kind", Kind.SELECT_ONE)
    layout = layout_of([version(1, kind, choices="ab"), version(2, kind, choices="bc")])

    told = [(each.name, each.label["vi"]) for each in layout.columns["kind"].choices]
    assert told == [("b", "b2"), ("c", "c2"), ("a", "a1")]


def test_a_question_that_is_gone_keeps_its_column():
    layout = layout_of([version(1, STAFF, asked("note", Kind.TEXT)), version(2, STAFF)])

    assert list(layout.columns) == ["staff", "note"]
