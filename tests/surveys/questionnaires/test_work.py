"""What is made of a version in the background: its XForm and its simulation."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.audit.enums import Event
from surveys.background.runner import run_pending
from surveys.models import AuditEvent, Job, QuestionnaireVersion
from surveys.organisations.enums import DepartmentRoleName
from surveys.questionnaires.enums import VersionStatus
from surveys.questionnaires.services import (
    SimulationImpossible,
    XFormNotReady,
    XFormOfDraft,
    ask_for_simulation,
    ask_for_xform,
    fetch_xform,
)
from tests.factories import DepartmentRoleFactory, UserFactory
from tests.surveys.campaigns.factories import NOW
from tests.surveys.questionnaires.factories import imported
from tests.surveys.xlsform.workbooks import workbook

pytestmark = pytest.mark.django_db

HEAD = ["type", "name", "label", "relevant", "calculation"]


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def published(*rows: list[str]) -> QuestionnaireVersion:
    """A published version with a question, and the rows given."""
    imported(workbook(survey=[HEAD, ["integer", "a", "A", "", ""], *rows]))
    QuestionnaireVersion.objects.update(status=VersionStatus.PUBLISHED)
    return QuestionnaireVersion.objects.get()


@pytest.fixture
def designer(client):
    """Signs a designer of the version's owner in."""

    def sign_in(version: QuestionnaireVersion):
        user = UserFactory.create()
        owner = version.questionnaire.owner
        DepartmentRoleFactory.create(user=user, owner=owner, role=DepartmentRoleName.DESIGNER)
        client.force_login(user)
        return user

    return sign_in


def addresses(version: QuestionnaireVersion, name: str, *more: int) -> str:
    return reverse(name, args=[version.questionnaire.code, version.number, *more])


def test_an_xform_is_made_in_the_background_and_fetched_by_who_asked(client, designer):
    version = published()
    person = designer(version)

    client.post(addresses(version, "version_xform"))
    run_pending()

    job = Job.objects.get()
    answer = client.get(addresses(version, "version_xform_file", job.pk))
    content = b"".join(answer.streaming_content)
    assert b'<data id="to-chuc" version="1">' in content
    assert job.result["size"] == len(content)
    assert AuditEvent.objects.get(kind=Event.XFORM_DOWNLOADED).actor == person


def test_an_xform_that_reads_a_lookup_table_is_packed_with_it(client, designer):
    rows = [HEAD, ["text", "a", "A"], ["calculate", "b", "", "", "pulldata('gia','c','k',${a})"]]
    imported(workbook(survey=rows, **{"lookup.gia": [["k", "c"], ["1", "x"]]}))
    QuestionnaireVersion.objects.update(status=VersionStatus.PUBLISHED)
    version = QuestionnaireVersion.objects.get()
    designer(version)
    client.post(addresses(version, "version_xform"))
    run_pending()

    answer = client.get(addresses(version, "version_xform_file", Job.objects.get().pk))

    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as packed:
        assert (answer["Content-Type"], packed.namelist()) == (
            "application/zip",
            ["form.xml", "gia.csv"],
        )


def test_an_xform_of_somebody_else_does_not_exist(client, designer):
    version = published()
    designer(version)
    client.post(addresses(version, "version_xform"))
    run_pending()
    designer(version)

    address = addresses(version, "version_xform_file", Job.objects.get().pk)

    assert client.get(address).status_code == 404


def test_an_xform_expires_and_is_removed_by_the_next_one(client, designer, settings):
    version = published()
    person = designer(version)
    ask_for_xform(version, actor=person, at=NOW)
    run_pending()
    old = Job.objects.get()
    Job.objects.update(finished_at=timezone.now() - timedelta(days=7))
    old.refresh_from_db()

    with pytest.raises(XFormNotReady):
        fetch_xform(old, actor=person, at=timezone.now())
    ask_for_xform(version, actor=person, at=NOW)
    run_pending()

    new = Job.objects.latest("pk")
    assert [path.name for path in (settings.MEDIA_ROOT / "xforms").iterdir()] == [f"{new.pk}.xform"]


def test_what_collect_cannot_do_is_shown_with_its_place(client, designer):
    version = published(["calculate", "b", "", "", "previous(${a})"])
    designer(version)

    client.post(addresses(version, "version_xform"))
    run_pending()

    page = client.get(addresses(version, "version_xform"))
    (problem,) = page.context["xform_problems"]
    assert (problem.code, problem.at) == ("function_not_in_odk", "survey!D3")
    assert page.context["xform_expires_at"] is None


def test_a_draft_goes_to_no_device():
    imported()

    with pytest.raises(XFormOfDraft):
        ask_for_xform(QuestionnaireVersion.objects.get(), actor=UserFactory.create(), at=NOW)


def test_a_simulation_tells_what_nobody_reached_with_a_link_to_it(client, designer):
    version = published(["integer", "b", "B", "${a} > 5 and ${a} < 3", ""])
    designer(version)

    client.post(addresses(version, "version_simulation"), {"respondents": "5", "seed": "7"})
    run_pending()

    page = client.get(addresses(version, "version_simulation"))
    result = page.context["simulation"].result
    assert (result["finished"], result["unreached"]) == (5, ["b"])
    assert [each.href for each in page.context["simulation_problems"]] == ["#at-b"]


def test_a_simulation_of_a_draft_that_changed_since_says_so(client, designer):
    version = published()
    designer(version)
    ask_for_simulation(version, respondents=2, seed=1, actor=None, at=NOW)
    run_pending()
    QuestionnaireVersion.objects.update(revision=9)

    page = client.get(addresses(version, "version_simulation"))

    assert page.context["simulation_outdated"]


@pytest.mark.parametrize(("respondents", "seed"), [(0, 1), (501, 1), (5, -1), (5, 1_000_000)])
def test_a_simulation_has_its_bounds(respondents, seed):
    with pytest.raises(SimulationImpossible):
        ask_for_simulation(published(), respondents=respondents, seed=seed, actor=None, at=NOW)


def test_numbers_that_are_none_are_refused_in_words(client, designer):
    version = published()
    designer(version)

    client.post(addresses(version, "version_simulation"), {"respondents": "many", "seed": ""})

    assert not Job.objects.exists()


def test_the_findings_of_the_check_lead_to_their_places(client, designer):
    version = published(["integer", "b", "B", "${a} > 5 and ${a} < 3", ""])
    designer(version)

    page = client.get(addresses(version, "version_detail"))

    links = {each.code: each.href for each in page.context["quality"]}
    assert links["never_shown"] == "#at-b"
    assert 'id="at-b"' in page.text
