"""The form of a campaign: nothing that stood there is lost by saving it."""

from datetime import date

import pytest
from django.urls import reverse

from surveys.models import Campaign, CampaignVariant
from tests.factories import department_person
from tests.surveys.campaigns.factories import NOW, CampaignFactory, QuestionnaireFactory

pytestmark = pytest.mark.django_db
TYPES = ("ministry", "province", "commune")


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def campaign():
    return CampaignFactory.create(first_cutoff=date(2026, 12, 31))


@pytest.fixture
def designer(client, campaign):
    client.force_login(department_person("designer", owner=campaign.owner))
    return client


def with_variants(campaign):
    """Three further questionnaires, each for a type of its own."""
    for kind in TYPES:
        other = QuestionnaireFactory.create(owner=campaign.owner)
        CampaignVariant.objects.create(campaign=campaign, questionnaire=other, types=[kind])


def saved(designer, campaign, **changes):
    """The answer to the form sent back as it stands, with changes."""
    address = reverse("campaign_edit", args=[campaign.code])
    form = designer.get(address).context["form"]
    shown = {field.name: field.value() for field in form}
    days = {name: f"{value:%d/%m/%Y}" for name, value in shown.items() if isinstance(value, date)}
    given = {
        name: value for name, value in shown.items() if value is not None and value is not False
    }
    basis = {"basis_on": "26/12/2023", "basis_number": "1690", "basis_issuer": "TTg"}
    return designer.post(address, given | days | basis | {"basis_abstract": "Đề án"} | changes)


def test_a_third_variant_outlives_saving(designer, campaign):
    with_variants(campaign)

    saved(designer, campaign)

    assert [each.types for each in campaign.variants.order_by("pk")] == [[kind] for kind in TYPES]


def test_a_questionnaire_without_types_is_refused_instead_of_forgotten(designer, campaign):
    other = QuestionnaireFactory.create(owner=campaign.owner)

    answer = saved(designer, campaign, variant_1=str(other.pk))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["variant_1_types"])


def test_types_without_a_questionnaire_are_refused_instead_of_forgotten(designer, campaign):
    answer = saved(designer, campaign, variant_1_types=["ministry"])

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["variant_1"])


def test_clearing_the_first_cut_off_asks_before_the_plan_is_dropped(designer, campaign):
    answer = saved(designer, campaign, first_cutoff="")

    assert answer.status_code == 422
    assert 'name="drops_plan"' in answer.content.decode()
    assert Campaign.objects.get().plan is not None


def test_the_plan_is_dropped_once_that_is_confirmed(designer, campaign):
    saved(designer, campaign, first_cutoff="", drops_plan="on")

    assert Campaign.objects.get().plan is None
