"""Competence of officials: gaps, situations, anonymity."""

import pytest

from tests.surveys.questionnaires.ready_forms import answered, findings_at, measured, ready_form

CODE = "canhan_1690"
RIGHT = {
    "b23_mail": "bao",
    "b23_list": "muc_dich",
    "b23_figures": "doi_chieu",
    "b23_paper": "du_dieu_kien",
    "b23_ai": "an_danh",
}


def test_a_gap_is_what_is_needed_less_what_there_is():
    cells = {"du_lieu": {"b22_now": "1", "b22_needed": "3"}}

    state = answered(CODE, {"b20_role": "nghiep_vu", "b22_competence": cells})

    assert state.value("b22_competence/du_lieu/b22_gap") == "2"
    assert measured(state, "CN_KC_DU_LIEU") == ("2", "1")
    assert measured(state, "CN_KC_ATTT")[0] is None


@pytest.mark.parametrize(("role", "closed"), [("lanh_dao", False), ("dau_moi", True)])
def test_digital_leadership_is_asked_of_leaders_only(role: str, closed: bool):
    state = answered(CODE, {"b20_role": role})

    assert state.is_closed("b22_competence/lanh_dao/b22_now") is closed


@pytest.mark.parametrize("question", RIGHT)
def test_a_situation_has_one_answer_that_counts(question: str):
    form = ready_form(CODE)
    choices = form.choices_of(form.question(question))

    assert [choice.name for choice in choices if choice.score == "1"] == [RIGHT[question]]
    assert {choice.score for choice in choices} == {"0", "1"}


def test_the_answer_that_counts_does_not_always_stand_in_the_same_place():
    form = ready_form(CODE)

    places = [
        [choice.name for choice in form.choices_of(form.question(name))].index(right)
        for name, right in RIGHT.items()
    ]

    assert len(set(places)) > 2


def test_situations_are_counted():
    state = answered(CODE, {**RIGHT, "b23_ai": "khong"})

    assert measured(state, "CN_TH") == ("4", "5")


def test_nobody_is_named_who_does_not_agree():
    form = ready_form(CODE)
    personal = {
        name for name, part in form.parts.items() if getattr(part.element, "personal_data", False)
    }

    silent = answered(CODE, {"b27_consent": "khong"})
    agreeing = answered(CODE, {"b27_consent": "dong_y"})

    assert personal == {"b27_name", "b27_email"}
    assert [silent.is_relevant(name) for name in sorted(personal)] == [False, False]
    assert [agreeing.is_relevant(name) for name in sorted(personal)] == [True, True]


def test_three_courses_are_the_most():
    state = answered(CODE, {"b26_courses": ["tong_quan", "ai", "attt", "du_an"]})

    assert findings_at(state, "b26_courses") == [("constraint_failed", "hard")]
