"""The page of raw data: a plan is made, shown, kept and ordered."""

import pytest
from django.urls import reverse

from exporters.models import Export, ExportProfile
from exporters.raw.plans import ColumnPlan, Values, read_plan
from exporters.raw.services import save_profile
from surveys.background.runner import run_pending
from tests.exporters.raw.answered import FULL, Answered
from tests.factories import department_person
from tests.surveys.campaigns.factories import NOW

pytestmark = pytest.mark.django_db
PLAN = {
    "chosen": "1",
    "format": "csv",
    "values": "labels",
    "several": "split",
    "missing": "cell",
    "grids": "both",
    "header": "name",
    "languages": "vi",
    "remarks": "on",
    "questions": ["kind", "works"],
}


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
def designer(client, rounds):
    person = department_person("designer", owner=rounds[0].campaign.owner)
    client.force_login(person)
    return person


def page(round_):
    return reverse("round_download", args=[round_.code])


def test_the_page_shows_what_comes_of_the_plan_as_it_comes(client, designer, rounds):
    answer = client.get(page(rounds[1]))

    preview = answer.context["preview"]
    assert (preview.rows, preview.tables) == (1, ("budget", "works"))
    assert "budget.now.plan" in answer.content.decode() or preview.hidden


def test_the_preview_is_of_the_plan_in_the_address(client, designer, rounds):
    shown = client.post(page(rounds[1]), PLAN | {"act": "preview"}, follow=True)

    names = [each.column.name for each in shown.context["preview"].columns]
    assert ("kind" in names, "works.rows" in names, "staff" in names) == (True, True, False)


def test_further_rounds_are_counted_in(client, designer, rounds):
    shown = client.get(page(rounds[1]), PLAN | {"rounds": ["ky-2025"]})

    assert shown.context["preview"].rows == 2


def test_the_file_is_ordered_with_its_plan_and_rounds(client, designer, rounds):
    client.post(page(rounds[1]), PLAN | {"act": "order", "rounds": ["ky-2025"]})
    run_pending()

    export = Export.objects.get()
    assert read_plan(export.options["plan"]).questions == ("kind", "works")
    assert (export.options["rounds"], export.size > 0) == (["ky-2025"], True)


def test_a_plan_is_kept_and_used(client, designer, rounds):
    client.post(page(rounds[1]), PLAN | {"act": "save", "name": "Cho báo cáo"})

    profile = ExportProfile.objects.get()
    shown = client.get(page(rounds[1]), {"profile": profile.pk})
    assert shown.context["form"].plan() == read_plan(profile.plan)
    assert profile.name in shown.content.decode()


@pytest.fixture
def profile(designer, rounds):
    return save_profile(
        owner=rounds[0].campaign.owner,
        name="Cũ",
        plan=ColumnPlan(values=Values.LABELS),
        actor=designer,
        at=NOW,
    )


def test_a_profile_is_renamed(client, profile, rounds):
    client.post(page(rounds[1]), {"act": "rename", "profile": profile.pk, "name": "Mới"})

    assert ExportProfile.objects.get().name == "Mới"


def test_a_profile_is_removed(client, profile, rounds):
    client.post(page(rounds[1]), {"act": "remove", "profile": profile.pk})

    assert not ExportProfile.objects.exists()


def test_a_profile_of_another_owner_does_not_exist(client, profile, rounds):
    stranger = Answered()
    round_ = stranger.round("ky-khac")
    answer = client.post(page(round_), {"act": "remove", "profile": profile.pk + 1})

    assert answer.status_code == 404


def test_what_is_no_plan_is_told_on_the_page(client, designer, rounds):
    answer = client.post(page(rounds[1]), PLAN | {"act": "order", "values": "x"})

    assert (answer.status_code, Export.objects.exists()) == (422, False)


def test_researchers_have_no_raw_data(client, rounds):
    client.force_login(department_person("researcher", owner=rounds[0].campaign.owner))

    assert client.get(page(rounds[1])).status_code == 403


def test_a_confidential_round_has_no_raw_data(client, designer, rounds):
    rounds[1].campaign.anonymity = "confidential"
    rounds[1].campaign.save()

    assert client.get(page(rounds[1])).status_code == 403
