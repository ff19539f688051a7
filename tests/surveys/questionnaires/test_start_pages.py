"""A questionnaire is started: blank, a copy, a ready one, from a workbook."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from surveys.models import Agency, Questionnaire, QuestionnaireVersion
from surveys.organisations.enums import DepartmentRoleName
from surveys.questionnaires.queries import form_of, free_code
from surveys.questionnaires.ready import READY
from tests.factories import DepartmentFactory, department_person
from tests.surveys.questionnaires.factories import BAD, GOOD, imported

pytestmark = pytest.mark.django_db

NEW = "/questionnaires/new/"


@pytest.fixture
def owner() -> Agency:
    return DepartmentFactory()


@pytest.fixture
def designer(owner: Agency, client: Client) -> Client:
    client.force_login(department_person(DepartmentRoleName.DESIGNER, owner=owner))
    return client


def start(client: Client, of: Agency, **given: Any):
    told = {"source": "blank", "title_vi": "Phiếu đầu mối", "code": "", "owner": of.pk}
    return client.post(NEW, told | given)


def made() -> QuestionnaireVersion:
    return QuestionnaireVersion.objects.latest("pk")


def file(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("phieu_cua_toi.xlsx", data)


def test_a_blank_one_leads_to_the_builder(designer, owner):
    answer = start(designer, owner)

    assert (answer.url, made().title) == (
        reverse("draft_builder", args=["phieu-dau-moi"]),
        "Phiếu đầu mối",
    )


def test_who_starts_from_the_library_finds_it_open_in_the_builder(designer, owner):
    answer = start(designer, owner, source="library")

    assert (answer.url, form_of(made()).definition.children) == (
        reverse("draft_builder", args=["phieu-dau-moi"]) + "#from-library",
        (),
    )


def test_a_copy_has_the_questions_of_the_version_and_its_own_title(designer, owner):
    source = imported(owner=owner)
    start(designer, owner, source="copy", version=source.pk, title_vi="Bản sao", code="sao")

    copy = made()
    assert (copy.title, copy.questionnaire.code, form_of(copy).element("de_an").label) == (
        "Bản sao",
        "sao",
        form_of(source).element("de_an").label,
    )


@pytest.mark.parametrize("ready", READY, ids=[ready.code for ready in READY])
def test_a_ready_one_is_a_draft_under_its_own_title(designer, owner, ready):
    answer = start(designer, owner, source="ready", ready=ready.code, title_vi="")

    assert (answer.status_code, made().questionnaire.code) == (302, ready.code.replace("_", "-"))


def test_a_workbook_becomes_a_draft_under_the_title_that_was_typed(designer, owner):
    start(designer, owner, source="workbook", workbook=file(GOOD), title_vi="Tên khác")

    version = made()
    assert (version.title, version.title_en) == ("Tên khác", "Organisation")


def test_without_a_title_the_code_is_that_of_the_file(designer, owner):
    start(designer, owner, source="workbook", workbook=file(GOOD), title_vi="")

    assert made().questionnaire.code == "phieu-cua-toi"


def test_a_workbook_with_errors_names_them_and_writes_nothing(designer, owner):
    answer = start(designer, owner, source="workbook", workbook=file(BAD))

    assert (answer.status_code, len(answer.context["problems"]), Questionnaire.objects.count()) == (
        422,
        1,
        0,
    )


def test_a_workbook_does_not_replace_the_draft_of_a_questionnaire(designer, owner):
    imported(owner=owner)
    answer = start(designer, owner, source="workbook", workbook=file(GOOD), code="to-chuc")

    assert list(answer.context["form"].errors) == ["code"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title_vi": ""}, "title_vi"),
        ({"title_vi": "x" * 301}, "title_vi"),
        ({"code": "Có dấu"}, "code"),
        ({"code": "to-chuc"}, "code"),
        ({"source": "copy"}, "version"),
        ({"source": "copy", "version": "0"}, "version"),
        ({"source": "ready"}, "ready"),
        ({"source": "ready", "ready": "none"}, "ready"),
        ({"source": "workbook"}, "workbook"),
        ({"source": "riddle"}, "source"),
        ({"owner": "0"}, "owner"),
    ],
)
def test_what_is_wrong_stands_at_its_field(designer, owner, given, field):
    imported(owner=owner)
    answer = start(designer, owner, **given)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_what_another_source_needs_does_not_matter(designer, owner):
    assert start(designer, owner, version="0", ready="none").status_code == 302


def test_the_version_of_another_owner_is_not_copied(designer, owner):
    other = imported(owner=DepartmentFactory(key="tinh"))
    answer = start(designer, owner, source="copy", version=other.pk)

    assert list(answer.context["form"].errors) == ["version"]


@pytest.mark.parametrize(("text", "found"), [("to chuc", 1), ("khong co", 0), ("", 1)])
def test_versions_to_copy_are_found_by_words(designer, owner, text, found):
    imported(owner=owner)
    imported(owner=DepartmentFactory(key="tinh"), code="cua-tinh")
    part = designer.get(reverse("questionnaire_new_versions"), {"find": text})

    assert len(part.context["versions"]) == found


def test_a_version_that_no_database_numbers_is_not_chosen(designer, owner):
    assert start(designer, owner, source="copy", version="9" * 5000).status_code == 422


def test_searching_without_scripts_keeps_what_was_typed(designer, owner):
    imported(owner=owner)
    answer = start(designer, owner, source="copy", search="1", find="to chuc")

    assert (answer.status_code, answer.context["form"]["title_vi"].value()) == (
        200,
        "Phiếu đầu mối",
    )


def test_who_only_follows_starts_nothing(client, owner):
    client.force_login(department_person(DepartmentRoleName.RESEARCHER, owner=owner))

    assert client.get(NEW).status_code == 403


@pytest.mark.parametrize(
    ("wanted", "code"),
    [("to-chuc", "to-chuc-2"), ("moi", "moi"), ("", "phieu"), ("x" * 60, "x" * 60)],
)
def test_a_free_code_counts_on(owner, wanted, code):
    imported(owner=owner)

    assert free_code(wanted) == code


def test_the_list_leads_to_a_new_questionnaire(designer):
    assert f'href="{NEW}"' in designer.get(reverse("questionnaire_list")).content.decode()


def test_the_page_of_a_version_leads_to_a_copy_of_it(designer, owner):
    source = imported(owner=owner)
    address = f"{NEW}?like={source.pk}"
    version = designer.get(reverse("version_detail", args=["to-chuc", 1])).content.decode()

    form = designer.get(address).context["form"]
    assert (f'href="{address}"' in version, form.marked_source, form["version"].value()) == (
        True,
        "copy",
        str(source.pk),
    )
