import pytest
from django.urls import reverse

from surveys.definitions import load
from surveys.xlsform import read_workbook
from tests.factories import UserFactory, department_person
from tests.surveys.questionnaires.factories import imported

pytestmark = pytest.mark.django_db


def test_the_page_of_a_version_offers_its_workbook(client):
    version = imported()
    client.force_login(department_person("designer"))

    page = client.get(reverse("version_detail", args=["to-chuc", 1])).content.decode()
    answer = client.get(reverse("version_xlsform", args=["to-chuc", 1]))

    assert reverse("version_xlsform", args=["to-chuc", 1]) in page
    assert answer["Content-Disposition"] == 'attachment; filename="to-chuc-1.xlsx"'
    found = read_workbook(b"".join(answer), "a.xlsx", code="to-chuc")
    assert found.definition == load(version.definition)


def test_a_stranger_finds_no_workbook(client):
    imported()
    client.force_login(UserFactory())

    assert client.get(reverse("version_xlsform", args=["to-chuc", 1])).status_code in {403, 404}
