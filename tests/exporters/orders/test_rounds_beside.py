"""Several rounds in one file: each is held against the right, when asked, written and fetched."""

import pytest

from exporters.models import Export
from exporters.order import Wish
from exporters.orders.services import (
    AnswersConfidential,
    ExportNotReady,
    ExportRefused,
    order_of,
    refuse_missing,
    request_export,
)
from surveys.background.runner import run_pending
from tests.exporters.raw.answered import FULL, Answered
from tests.factories import DepartmentFactory, department_person
from tests.surveys.campaigns.factories import NOW, CampaignFactory, RoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def rounds():
    world = Answered()
    found = [world.round(f"ky-{year}", year=year) for year in (2025, 2026)]
    for round_ in found:
        world.answer(round_, FULL)
    return found


@pytest.fixture
def designer(rounds):
    return department_person("designer", owner=rounds[0].campaign.owner)


def asked(round_, designer, *beside):
    wish = Wish(name="raw", format="csv", language="vi", options={"rounds": list(beside)})
    return request_export(subject=round_, wish=wish, actor=designer, at=NOW)


def test_the_writer_is_given_the_rounds_beside(rounds, designer):
    export = asked(rounds[1], designer, "ky-2025")

    assert order_of(export).beside == (rounds[0],)


def test_a_round_that_there_is_not_is_refused(rounds, designer):
    with pytest.raises(ExportRefused):
        asked(rounds[1], designer, "ky-2024")


def test_a_round_of_another_owner_is_refused(rounds, designer):
    owner = DepartmentFactory.create(key="bo-khcn")
    RoundFactory.create(code="ky-khac", campaign=CampaignFactory.create(owner=owner))

    with pytest.raises(ExportRefused):
        asked(rounds[1], designer, "ky-khac")


def test_a_confidential_round_is_refused(rounds, designer):
    RoundFactory.create(
        code="ky-mat",
        campaign=CampaignFactory.create(owner=rounds[0].campaign.owner, anonymity="confidential"),
    )

    with pytest.raises(AnswersConfidential):
        asked(rounds[1], designer, "ky-mat")


def test_the_file_is_dead_once_a_round_beside_is_no_longer_the_persons(rounds, designer):
    export = asked(rounds[1], designer, "ky-2025")
    run_pending()
    campaign = CampaignFactory.create(owner=DepartmentFactory.create(key="bo-khcn"))
    rounds[0].campaign = campaign
    rounds[0].save()

    with pytest.raises(ExportNotReady):
        refuse_missing(Export.objects.get(pk=export.pk), at=NOW)
