"""A draft is tried as its respondents will see it."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from surveys.definitions.editing import Change, Tree
from surveys.models import PreviewAnswers, QuestionnaireVersion, Response, User
from surveys.organisations.enums import DepartmentRoleName
from surveys.questionnaires import drafting, services
from surveys.questionnaires.queries import form_of
from surveys.rendering import Drawing, seen_at, sign
from surveys.responses.preview.path import path_taken
from surveys.responses.preview.queries import preview_state
from tests.factories import department_person
from tests.surveys.questionnaires.factories import CHOICES, NOW, SETTINGS, imported
from tests.surveys.xlsform.workbooks import workbook

pytestmark = pytest.mark.django_db

HEAD = ["type", "name", "label", "label::English (en)", "relevant", "required", "constraint"]
SURVEY = workbook(
    survey=[
        HEAD,
        ["begin_group", "phan_a", "Phần A", "Part A"],
        ["integer", "bien_che", "Biên chế", "Posts", "", "yes", ". >= 0"],
        ["select_one co_khong", "de_an", "Có đề án?", "Plan?"],
        ["text", "so_hieu", "Số hiệu", "Number", "${de_an} = 'co'"],
        ["file", "tep", "Tệp", "File"],
        ["begin_repeat", "ban", "Ban", "Teams"],
        ["text", "ten", "Tên", "Name"],
        ["end_repeat"],
        ["end_group"],
        ["begin_group", "phan_b", "Phần B", "Part B", "${bien_che} > 10"],
        ["text", "y_kien", "Ý kiến", "Opinion"],
        ["end_group"],
    ],
    choices=CHOICES,
    settings=SETTINGS,
)


@pytest.fixture
def draft() -> QuestionnaireVersion:
    return imported(SURVEY)


@pytest.fixture
def designer(draft: QuestionnaireVersion, client: Client) -> User:
    person = department_person(DepartmentRoleName.DESIGNER, owner=draft.questionnaire.owner)
    client.force_login(person)
    return person


def state(draft: QuestionnaireVersion, person: User):
    draft.refresh_from_db()
    return preview_state(draft, person, at=NOW, language="vi")


def answer(client: Client, draft: QuestionnaireVersion, person: User, path: str, value: str):
    now = state(draft, person)
    body = {
        "edit_id": uuid4().hex,
        "path": path,
        "value": value,
        "seen": sign(path, seen_at(now, path, now.cell(path))),
    }
    return client.post(reverse("draft_preview_cells", args=["to-chuc"]), body)


def edit(draft: QuestionnaireVersion, name: str, field: str, old: Any, new: Any) -> None:
    change = Change(form_of(draft).element(name).uid, field, old, new)
    services.edit_draft(draft, edit_id=uuid4(), operations=[change], actor=None, at=NOW)
    draft.refresh_from_db()


def test_the_tab_frames_the_first_section(client, designer):
    page = client.get(reverse("draft_preview", args=["to-chuc"])).content.decode()

    framed = re.search(r'<iframe[^>]* src="([^"]+)"', page)
    assert framed is not None
    assert framed[1] == reverse("draft_preview_section", args=["to-chuc", "phan_a"])


@pytest.mark.parametrize(
    ("name", "arguments", "framed"),
    [
        ("draft_preview", ["to-chuc"], ("DENY", "'none'")),
        ("draft_preview_section", ["to-chuc", "phan_a"], ("SAMEORIGIN", "'self'")),
        ("draft_preview_check", ["to-chuc"], ("SAMEORIGIN", "'self'")),
    ],
)
def test_only_the_pages_in_the_frame_may_be_framed(name, arguments, framed, client, designer):
    page = client.get(reverse(name, args=arguments))

    ancestors = re.search("frame-ancestors ([^;]+)", page["Content-Security-Policy"])
    assert ancestors is not None
    assert (page["X-Frame-Options"], ancestors[1]) == framed


def test_an_answer_is_kept_and_makes_no_response(client, draft, designer):
    told = answer(client, draft, designer, "bien_che", "5")

    assert (told.status_code, state(draft, designer).value("bien_che")) == (200, "5")
    assert not Response.objects.exists()


def test_an_answer_shows_what_hangs_on_it(client, draft, designer):
    told = answer(client, draft, designer, "de_an", "co").content.decode()

    assert 'id="q-so_hieu"' in told
    assert "Số hiệu" in told


def test_an_answer_brings_a_section_to_the_task_list(client, draft, designer):
    told = answer(client, draft, designer, "bien_che", "11").content.decode()

    assert reverse("draft_preview_section", args=["to-chuc", "phan_b"]) in told


def test_a_hidden_section_leads_to_one_that_is_shown(client, draft, designer):
    page = client.get(reverse("draft_preview_section", args=["to-chuc", "phan_b"]))

    assert page.url == reverse("draft_preview_section", args=["to-chuc", "phan_a"])


def test_text_that_is_no_number_is_kept_and_told(client, draft, designer):
    answer(client, draft, designer, "bien_che", "năm")

    assert state(draft, designer).cell("bien_che").typed == "năm"


def test_a_file_is_not_stored(client, draft, designer):
    told = answer(client, draft, designer, "tep", str(uuid4()))

    assert told.status_code == 422


def test_a_seen_that_is_not_ours_is_refused(client, draft, designer):
    body = {"edit_id": "1", "path": "bien_che", "value": "5", "seen": "x"}

    assert client.post(reverse("draft_preview_cells", args=["to-chuc"]), body).status_code == 400


def test_a_section_is_filled_in_without_javascript(client, draft, designer):
    now = state(draft, designer)
    body = {
        "seen:bien_che": sign("bien_che", seen_at(now, "bien_che", now.cell("bien_che"))),
        "bien_che": "12",
    }

    answer = client.post(reverse("draft_preview_section", args=["to-chuc", "phan_a"]), body)

    assert answer.url == reverse("draft_preview_section", args=["to-chuc", "phan_b"])


def test_rows_come_move_and_go(client, draft, designer):
    rows = reverse("draft_preview_rows", args=["to-chuc", "add"])
    client.post(rows, {"repeat": "ban"})
    client.post(rows, {"repeat": "ban"})
    first, second = state(draft, designer).rows("ban")

    client.post(reverse("draft_preview_rows", args=["to-chuc", "move"]), {"down": f"ban/{first}"})
    moved = state(draft, designer).rows("ban")
    client.post(reverse("draft_preview_rows", args=["to-chuc", "delete"]), {"row": f"ban/{first}"})

    assert (moved, state(draft, designer).rows("ban")) == ((second, first), (second,))


@pytest.mark.parametrize(
    ("act", "body", "status"),
    [
        ("add", {"repeat": "phan_a"}, 409),
        ("add", {"repeat": "nobody"}, 409),
        ("delete", {"row": "ban/none"}, 404),
        ("move", {"up": "bien_che/none"}, 404),
        ("explode", {}, 404),
    ],
)
def test_what_is_no_row_is_refused(act, body, status, client, draft, designer):
    answer = client.post(reverse("draft_preview_rows", args=["to-chuc", act]), body)

    assert answer.status_code == status


def test_the_same_seed_fills_in_the_same_answers(client, draft, designer):
    fill = reverse("draft_preview_fill", args=["to-chuc"])
    client.post(fill, {"seed": "7"})
    first = state(draft, designer).answers
    client.post(fill, {"seed": "8"})

    client.post(fill, {"seed": "7"})

    assert (state(draft, designer).answers, bool(first)) == (first, True)


@pytest.mark.parametrize("seed", ["", "-1", "x", "1000000", "9" * 50])
def test_a_seed_that_is_none_fills_in_nothing(seed, client, draft, designer):
    client.post(reverse("draft_preview_fill", args=["to-chuc"]), {"seed": seed})

    assert not PreviewAnswers.objects.exists()


def test_a_draft_with_errors_is_shown_but_not_filled_in_at_random(client, draft, designer):
    edit(draft, "so_hieu", "relevant", "${de_an} = 'co'", "${nobody} = 1")

    shown = client.get(reverse("draft_preview_section", args=["to-chuc", "phan_a"]))
    filled = client.post(
        reverse("draft_preview_fill", args=["to-chuc"]), {"seed": "1"}, follow=True
    )

    assert shown.status_code == 200
    assert [message.level_tag for message in filled.context["messages"]] == ["error"]


def test_beginning_anew_forgets_the_answers(client, draft, designer):
    answer(client, draft, designer, "bien_che", "5")

    client.post(reverse("draft_preview_reset", args=["to-chuc"]))

    assert not PreviewAnswers.objects.exists()


def test_answers_are_kept_for_each_person_alone(client, draft, designer):
    answer(client, draft, designer, "bien_che", "5")
    other = department_person(DepartmentRoleName.DESIGNER, owner=draft.questionnaire.owner)

    assert state(draft, other).value("bien_che") is None


def test_answers_outlive_a_change_of_labels(client, draft, designer):
    answer(client, draft, designer, "bien_che", "5")

    edit(draft, "bien_che", "label.vi", "Biên chế", "Số biên chế")

    assert state(draft, designer).value("bien_che") == "5"


def test_answers_follow_a_question_to_its_new_name(client, draft, designer):
    answer(client, draft, designer, "bien_che", "5")
    node = form_of(draft).element("bien_che").uid
    plan = drafting.plan(Tree(draft.definition), "rename", {"node": node, "name": "tong_bien_che"})
    services.edit_draft(draft, edit_id=uuid4(), operations=plan.operations, actor=None, at=NOW)

    assert state(draft, designer).value("tong_bien_che") == "5"


def test_an_answer_that_no_longer_fits_is_kept_as_typed(client, draft, designer):
    answer(client, draft, designer, "so_hieu", "abc")
    edit(draft, "so_hieu", "kind", "text", "integer")

    assert state(draft, designer).cell("so_hieu").typed == "abc"


def test_the_check_names_what_is_missing_and_leads_there(client, draft, designer):
    page = client.get(reverse("draft_preview_check", args=["to-chuc"])).content.decode()

    assert f"{reverse('draft_preview_section', args=['to-chuc', 'phan_a'])}?check=1#" in page


def test_the_path_says_what_is_hidden_and_with_which_values(client, draft, designer):
    answer(client, draft, designer, "de_an", "khong")

    path = path_taken(Drawing(state(draft, designer), "vi"))
    [step] = [each for stretch in path for each in stretch.steps if each.name == "so_hieu"]

    assert (step.is_shown, step.reasons[0].holds, step.reasons[0].expression) == (
        False,
        False,
        "${de_an} = 'co'",
    )
    assert "Có đề án?" in step.reasons[0].words
    assert [(each.label, each.value) for each in step.reasons[0].readings] == [
        ("Có đề án?", "Không")
    ]


def test_the_path_tells_a_hidden_section(draft, designer):
    path = path_taken(Drawing(state(draft, designer), "vi"))

    assert [stretch.is_shown for stretch in path] == [True, False]


@pytest.mark.parametrize("role", ["verifier", "researcher"])
def test_who_only_follows_has_no_preview(role, client, draft):
    client.force_login(department_person(role, owner=draft.questionnaire.owner))

    assert client.get(reverse("draft_preview", args=["to-chuc"])).status_code == 403


@pytest.mark.parametrize("name", ["phần_a", "phan.a", "phan-a"])
def test_every_name_that_a_section_may_have_is_an_address(designer, draft, client, name):
    change = Change(form_of(draft).element("phan_a").uid, "name", "phan_a", name)
    services.edit_draft(draft, edit_id=uuid4(), operations=[change], actor=designer, at=NOW)

    page = client.get(reverse("draft_preview_section", args=["to-chuc", name]))

    assert page.status_code == 200
    assert reverse("section", args=[1, name]).endswith("/")
    assert client.get(reverse("draft_preview", args=["to-chuc"])).status_code == 200
