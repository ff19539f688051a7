import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from surveys.models import Questionnaire, QuestionnaireVersion
from surveys.questionnaires import services
from tests.factories import AgencyFactory, DepartmentFactory, UserFactory, department_person
from tests.surveys.questionnaires.factories import BAD, GOOD, NOW, imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def designer(client):
    person = department_person("designer")
    client.force_login(person)
    return person


def upload(client, data: bytes, **given: object):
    form = {
        "workbook": SimpleUploadedFile("phieu.xlsx", data),
        "code": "to-chuc",
        "owner": DepartmentFactory().pk,
        **given,
    }
    return client.post(reverse("questionnaire_import"), form)


def test_the_empty_list_says_what_to_do(client, designer):
    page = client.get(reverse("questionnaire_list")).content.decode()

    assert reverse("questionnaire_import") in page


def test_the_list_leads_to_the_newest_version(client, designer):
    version = imported()

    page = client.get(reverse("questionnaire_list")).content.decode()

    assert reverse("version_detail", args=["to-chuc", version.number]) in page


def test_the_list_leads_to_the_builder(client, designer):
    imported()

    page = client.get(reverse("questionnaire_list")).content.decode()

    assert reverse("draft_builder", args=["to-chuc"]) in page


def test_a_published_version_offers_the_next_draft(client, designer):
    version = imported()
    services.publish(version, actor=None, at=NOW)

    page = client.get(reverse("version_detail", args=["to-chuc", 1])).content.decode()

    assert reverse("draft_start", args=["to-chuc"]) in page


def test_a_good_workbook_leads_to_its_draft_in_the_builder(client, designer):
    answer = upload(client, GOOD)

    assert answer.status_code == 302
    assert answer.url == reverse("draft_builder", args=["to-chuc"])
    assert QuestionnaireVersion.objects.get().created_by == designer


def test_a_bad_workbook_gives_a_table_of_problems_and_nothing_is_written(client, designer):
    answer = upload(client, BAD)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert all(word in page for word in ("type_unknown", "survey", "Có phải là integer không?"))
    assert not Questionnaire.objects.exists()


@pytest.mark.parametrize("given", [{"code": "Tổ chức"}, {"workbook": ""}, {"owner": "0"}])
def test_a_form_with_a_wrong_field_is_shown_again(client, designer, given):
    answer = upload(client, GOOD, **given)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == list(given)


def test_an_owner_in_which_one_has_no_role_cannot_be_chosen(client, designer):
    answer = upload(client, GOOD, owner=AgencyFactory().pk)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["owner"])


def test_a_code_of_another_owner_is_refused_beside_the_field(client, designer):
    imported(owner=AgencyFactory())

    answer = upload(client, GOOD)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["code"])


def test_a_version_is_shown_with_its_sections_questions_and_checks(client, designer):
    imported()

    page = client.get(reverse("version_detail", args=["to-chuc", 1])).content.decode()

    words = (
        "Phần A",
        "A4",
        "Biên chế được giao",
        "Không được âm",
        ". &gt;= 0",
        "Đã có đề án chưa?",
    )
    assert [word for word in words if word not in page] == []


def test_a_version_can_be_read_in_english(client, designer):
    imported()
    client.cookies["django_language"] = "en"

    page = client.get(reverse("version_detail", args=["to-chuc", 1])).content.decode()

    assert [word for word in ("Organisation", "Part A", "Posts") if word not in page] == []


@pytest.mark.parametrize("role", ["verifier", "researcher"])
def test_who_only_follows_may_read_but_not_import_or_publish(client, role):
    imported()
    client.force_login(department_person(role))
    detail = reverse("version_detail", args=["to-chuc", 1])

    statuses = [
        client.get(detail).status_code,
        client.get(reverse("questionnaire_import")).status_code,
        client.post(reverse("draft_publish", args=["to-chuc"])).status_code,
    ]

    assert statuses == [200, 403, 403]
    assert reverse("draft_publish", args=["to-chuc"]) not in client.get(detail).content.decode()


def test_a_stranger_finds_no_version(client):
    imported()
    client.force_login(department_person("designer", owner=AgencyFactory()))

    statuses = [
        client.get(reverse("version_detail", args=["to-chuc", 1])).status_code,
        client.post(reverse("draft_publish", args=["to-chuc"])).status_code,
    ]

    assert statuses == [404, 404]


def test_a_person_without_a_department_role_is_refused(client):
    client.force_login(UserFactory())

    assert client.get(reverse("questionnaire_list")).status_code == 403


def test_nobody_is_asked_to_sign_in(client):
    assert client.get(reverse("questionnaire_list")).status_code == 302
