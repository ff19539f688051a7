"""Whether what was published is what was intended."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils import timezone

from surveys.definitions import load
from surveys.engine import Context, Form, FormState, Question, compile_definition
from surveys.models import QuestionnaireVersion
from surveys.questionnaires.enums import VersionStatus
from tests.browser.building import feedback

KINDS: Final = {
    "d1_don_vi": "select_one",
    "d1_vai_tro": "select_one",
    "d2_tiep_can": "select_one",
    "d3_muc": "select_one",
    **{f"muc_{number}": "select_one" for number in range(1, 10)},
    "d9_nps": "range",
    "d10_kho_khan": "select_multiple",
    "d10_anh": "image",
    "d10_mo_ta": "text",
    "d9_vi_sao": "text",
    "d20_hoat_dong": "select_multiple",
    "d21_muc": "select_one",
    "d22_chu_de": "select_multiple",
    "d23_lan": "select_one",
    "d23_tu_dau": "select_multiple",
    "d24_de_nghi": "text",
}
"""In the order of the questionnaire."""
LISTS: Final = {
    "d1_don_vi": feedback.UNITS,
    "d1_vai_tro": feedback.ROLES,
    "d2_tiep_can": feedback.ACCESS,
    "d3_muc": feedback.FREQUENCY,
    "muc_1": feedback.SCALE,
    "muc_9": feedback.SCALE,
    "d10_kho_khan": feedback.PROBLEMS,
    "d20_hoat_dong": {**feedback.ACTIVITIES, feedback.NONE: feedback.NO_ACTIVITY},
    "d21_muc": feedback.USEFUL,
    "d22_chu_de": feedback.TOPICS,
    "d23_lan": feedback.TIMES,
    "d23_tu_dau": feedback.ASKERS,
}
WITH_OTHER: Final = {"d1_don_vi", "d10_kho_khan", "d22_chu_de"}
REQUIRED: Final = {
    "d1_don_vi",
    "d2_tiep_can",
    "d3_muc",
    *(f"muc_{number}" for number in range(1, 10)),
    "d9_nps",
    "d10_kho_khan",
    "d20_hoat_dong",
    "d23_lan",
}


def expect_intended(version: QuestionnaireVersion) -> None:
    """The sections, kinds, lists and marks, and what the conditions show."""
    stored = load(version.definition)
    form = compile_definition(stored)
    assert (version.status, version.number) == (VersionStatus.PUBLISHED, 1)
    assert version.note == feedback.NOTE
    assert form.definition.title == {"vi": feedback.TITLE, "en": feedback.TITLE_EN}
    assert [section.label["vi"] for section in form.sections] == list(feedback.SECTIONS)
    questions = [each for each in stored.elements() if isinstance(each, Question)]
    assert {each.name: each.kind.value for each in questions} == KINDS
    assert [each.name for each in questions] == list(KINDS)
    assert {each.name for each in questions if each.required == "yes"} == REQUIRED
    assert {each.name for each in questions if each.or_other} == WITH_OTHER
    for name, choices in LISTS.items():
        assert choices_of(form, name) == choices, name
    expect_conditions(form)


def choices_of(form: Form, name: str) -> dict[str, str]:
    """Codes and labels of a question's list, without "other"."""
    question = form.element(name)
    assert isinstance(question, Question)
    assert question.list_name
    listed = form.definition.lists[question.list_name].choices
    return {choice.name: choice.label["vi"] for choice in listed}


def expect_conditions(form: Form) -> None:
    """Only what was used is rated; each question follows from its answers."""
    used = {"d3_bang": {"n1": {"d3_muc": "hang_ngay"}, "n4": {"d3_muc": "chua"}}}
    assert shown(form, used, "d4_") == ["d4_1"]
    used["d3_bang"]["n9"] = {"d3_muc": "hang_thang"}
    assert shown(form, used, "d4_") == ["d4_1", "d4_9"]
    assert shown(form, {}, "d10_anh") == []
    assert shown(form, {"d10_kho_khan": ["nhap_lai"], "d9_nps": "7"}, "d10_anh") == []
    assert shown(form, {"d10_kho_khan": ["nhap_lai"], "d9_nps": "6"}, "d10_anh") == ["d10_anh"]
    assert shown(form, {"d10_kho_khan": ["nhap_lai", "cham"], "d9_nps": "9"}, "d10_anh") == [
        "d10_anh"
    ]
    assert shown(form, {"d20_hoat_dong": [feedback.NONE]}, "d21_bang") == []
    assert shown(form, {"d20_hoat_dong": ["giao_ban", "ton_vinh"]}, "d21_bang") == ["d21_bang"]
    assert shown(form, {"d23_lan": "khong"}, "d23_tu_dau") == []
    assert shown(form, {"d23_lan": "t3_5"}, "d23_tu_dau") == ["d23_tu_dau"]


def shown(form: Form, answers: Mapping[str, Any], beginning: str) -> list[str]:
    """The elements of that beginning that are shown to who answers so."""
    now = timezone.now()
    state = FormState(form, answers=dict(answers), context=Context(now.date(), now))
    names = [each.name for each in form.definition.elements() if each.name.startswith(beginning)]
    return [name for name in names if state.is_relevant(name)]
