"""The page of a round's letters."""

import pytest
from django.urls import reverse

from surveys.background.runner import run_pending
from surveys.campaigns.letters import pages
from surveys.campaigns.letters.queries import texts_of
from surveys.campaigns.letters.wording import NAMES
from surveys.models import Job, LetterText, Round
from surveys.organisations.enums import AgencyType
from tests.factories import AgencyFactory, department_person, member
from tests.surveys.campaigns.factories import AssignmentFactory, RoundFactory
from tests.surveys.campaigns.letters.samples import write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def round_(client) -> Round:
    """A planned round of one province; a designer of its owner is signed in."""
    planned = RoundFactory.create(code="ky-1")
    AgencyFactory.create(key="tinh-01", name="Tỉnh Một", type=AgencyType.PROVINCE)
    client.force_login(department_person("designer", owner=planned.campaign.owner))
    return planned


def typed(round_: Round, **changed: str) -> dict[str, str]:
    """What the form sends for the product's words with a signatory."""
    texts = texts_of(round_.campaign)
    names = ["issuer", "place", "subject", "basis", "paragraphs", "deadline", "closing", "copies"]
    shown = {name: getattr(texts, name) for name in names}
    return shown | {"signer_title": "Cục trưởng", "signer_name": "Lê Văn An"} | changed


def test_the_page_starts_from_the_products_words(client, round_):
    page = client.get(reverse("round_letter", args=["ky-1"])).content.decode()

    assert "Căn cứ {basis} {abstract};" in page
    assert "<svg" in page


def test_every_name_in_braces_is_explained():
    assert tuple(pages.NAMES) == NAMES


def test_saving_keeps_the_texts(client, round_):
    client.post(reverse("round_letter", args=["ky-1"]), typed(round_, place="Huế"))

    assert LetterText.objects.get().place == "Huế"


def test_an_unknown_name_is_shown_at_its_field_and_nothing_is_lost(client, round_):
    address = reverse("round_letter", args=["ky-1"])
    answer = client.post(address, typed(round_, closing="Trước {dedline}.", place="Huế"))
    form = answer.context["form"]

    assert answer.status_code == 422
    assert list(form.errors) == ["closing"]
    assert form["place"].value() == "Huế"
    assert not LetterText.objects.exists()


def test_a_letter_is_asked_for_made_and_fetched(client, round_):
    write(round_.campaign)
    client.post(reverse("round_letters", args=["ky-1"]), {"format": "pdf", "agency": ""})
    waiting = client.get(reverse("round_letters", args=["ky-1"])).content.decode()
    run_pending()
    ready = client.get(reverse("round_letters", args=["ky-1"])).content.decode()
    file = reverse("round_letters_file", args=["ky-1", Job.objects.get().pk])
    answer = client.get(file)

    content = b"".join(answer.streaming_content)

    assert content.startswith(b"%PDF")
    assert "every 2s" in waiting
    assert file not in waiting
    assert "every 2s" not in ready
    assert file in ready
    assert answer["Content-Type"] == "application/pdf"
    assert (
        answer["Content-Disposition"]
        == 'attachment; filename="tinh-01-uy-ban-nhan-dan-tinh-mot.pdf"'
    )


def test_a_colleagues_file_does_not_exist(client, round_):
    write(round_.campaign)
    client.post(reverse("round_letters", args=["ky-1"]), {"format": "pdf", "agency": ""})
    run_pending()
    client.force_login(department_person("designer", owner=round_.campaign.owner))
    file = reverse("round_letters_file", args=["ky-1", Job.objects.get().pk])

    assert client.get(file).status_code == 404


def test_before_the_letter_is_written_asking_is_refused_in_words(client, round_):
    address = reverse("round_letters", args=["ky-1"])
    answer = client.post(address, {"format": "pdf", "agency": ""}, follow=True)

    assert [str(each) for each in answer.context["messages"]] == ["Soạn và lưu công văn trước."]


def test_members_of_agencies_and_researchers_do_not_write_letters(client, round_):
    asked = AssignmentFactory.create(round=round_)
    people = [
        member(asked.agency, "coordinator"),
        department_person("researcher", owner=round_.campaign.owner),
        department_person("designer", owner=AgencyFactory()),
    ]
    statuses = []
    for person in people:
        client.force_login(person)
        statuses.append(client.get(reverse("round_letter", args=["ky-1"])).status_code)

    assert statuses == [403, 403, 404]


def test_the_rounds_page_shows_its_short_link_as_a_code(client, round_):
    page = client.get(reverse("round_overview", args=["ky-1"])).content.decode()

    assert "/r/" in page
    assert 'viewBox="0 0' in page
