"""The pages of a move: the preview, the report, and what the agency reads."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from surveys.background.runner import run_pending
from surveys.campaigns.services import close_round
from surveys.definitions import dump
from surveys.models import Job, QuestionnaireVersion, Response, Round, RoundVariant
from surveys.organisations.enums import DepartmentRoleName, MembershipRole
from surveys.responses.services import CellEdit, migrate_draft
from tests.factories import DepartmentRoleFactory, MembershipFactory, UserFactory
from tests.surveys.campaigns.factories import (
    NOW,
    AssignmentFactory,
    QuestionnaireFactory,
    VersionFactory,
)
from tests.surveys.responses.factories import draft, save
from tests.surveys.responses.test_migrating import changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def response() -> Response:
    """A draft with an answer that a newer version drops and one that it doubts."""
    response = draft()
    save(
        response,
        "first",
        CellEdit("staff", "10"),
        CellEdit("note", "năm"),
        CellEdit("skills", ["cloud"]),
    )
    return response


@pytest.fixture
def newer(response) -> QuestionnaireVersion:
    """The next version of the draft's questionnaire."""
    return VersionFactory.create(
        questionnaire=response.version.questionnaire, number=2, definition=dump(changed())
    )


@pytest.fixture
def round_(response) -> Round:
    """The draft's round."""
    found: Round = response.assignment.round
    return found


@pytest.fixture
def designer(client, round_):
    """A designer of the round's owner, signed in."""
    user = UserFactory.create()
    DepartmentRoleFactory.create(
        user=user, owner=round_.campaign.owner, role=DepartmentRoleName.DESIGNER
    )
    client.force_login(user)
    return user


def test_the_preview_tells_each_draft_and_moves_nobody(client, designer, response, round_, newer):
    page = client.get(reverse("round_version", args=[round_.code]))

    (line,) = page.context["lines"]
    assert (line.kept, line.converted, line.review, line.dropped) == (
        2,
        0,
        ("Ghi chú",),
        ("Kỹ năng",),
    )
    assert Response.objects.get().version == response.version


def test_without_a_newer_version_there_is_nothing_to_move(client, designer, round_):
    page = client.get(reverse("round_version", args=[round_.code]))

    assert page.context["chosen"] is None


@pytest.mark.parametrize("wanted", ["1", "3", "two"])
def test_only_newer_versions_can_be_chosen(client, designer, round_, newer, wanted):
    assert (
        client.get(reverse("round_version", args=[round_.code]), {"to": wanted}).status_code == 404
    )


def test_confirming_starts_the_work_and_leads_to_the_report(client, designer, round_, newer):
    answer = client.post(reverse("round_version_change", args=[round_.code, 2]))

    assert answer.url == reverse("round_moves", args=[round_.code, 2])
    assert client.get(answer.url).context["is_pending"]
    run_pending()
    report = client.get(answer.url)
    assert (report.context["is_pending"], report.context["left"]) == (False, 0)
    assert [line.dropped for line in report.context["lines"]] == [("Kỹ năng",)]
    assert Job.objects.get(task="surveys.responses.tasks.migrate_drafts").owner == designer


def test_the_page_of_the_newer_version_leads_to_the_move(client, designer, round_, newer):
    address = reverse("version_rounds", args=[newer.questionnaire.code, 2])

    assert client.get(address).context["rows"] == [
        (round_, round_.version, reverse("round_version", args=[round_.code]) + "?to=2")
    ]


def test_the_version_that_a_round_asks_already_offers_no_move(client, designer, round_, newer):
    address = reverse("version_rounds", args=[newer.questionnaire.code, 1])

    assert client.get(address).context["rows"] == [(round_, round_.version, "")]


def test_a_closed_round_keeps_its_report_and_moves_nobody(client, designer, round_, newer):
    close_round(round_, actor=None, at=NOW, reason="Thử")

    assert not client.get(reverse("round_version", args=[round_.code])).context["may_move"]
    assert client.get(reverse("round_moves", args=[round_.code, 2])).status_code == 200


@pytest.mark.parametrize("name", ["round_version", "round_moves", "round_version_change"])
def test_an_answering_agency_does_not_see_the_move(client, response, round_, newer, name):
    user = UserFactory.create()
    agency = response.assignment.agency
    MembershipFactory.create(user=user, agency=agency, role=MembershipRole.COORDINATOR)
    client.force_login(user)
    arguments = [round_.code] if name == "round_version" else [round_.code, 2]

    assert client.get(reverse(name, args=arguments)).status_code == 403


def test_the_agency_reads_what_became_of_its_draft(client, response, newer):
    user = UserFactory.create()
    agency = response.assignment.agency
    MembershipFactory.create(user=user, agency=agency, role=MembershipRole.COORDINATOR)
    migrate_draft(response, to_version=newer, actor=user, at=NOW)
    client.force_login(user)

    page = client.get(reverse("assignment_detail", args=[response.assignment_id]))

    notice = page.context["moved"]
    assert (notice.number, notice.carried) == (2, 2)
    assert [(each.place, each.text) for each in notice.review] == [("Ghi chú", "năm")]
    assert [(each.place, each.text) for each in notice.dropped] == [("Kỹ năng", "cloud")]


def test_the_command_tells_without_moving(response, round_, newer, capsys):
    call_command("migrate_drafts", round_.code, "--version", "2", "--dry-run", "--json")

    told = json.loads(capsys.readouterr().out)
    assert told["drafts"] == [
        {
            "agency": response.assignment.agency.name,
            "from_version": 1,
            "kept": 2,
            "converted": [],
            "review": ["note"],
            "dropped": ["skills"],
        }
    ]
    assert Response.objects.get().version.number == 1


def test_the_command_moves_and_tells(response, round_, newer, capsys):
    call_command("migrate_drafts", round_.code, "--version", "2")

    line, last = capsys.readouterr().out.splitlines()
    told = "from version 1, 2 kept, 0 converted, 1 to look at, 1 dropped"
    assert line == f"{response.assignment.agency.name}: {told}"
    assert last == "1 drafts moved to version 2."
    assert Response.objects.get().version == newer


@pytest.mark.parametrize(
    ("code", "number", "words"),
    [("nothing", "2", "no round"), (None, "9", "no version 9"), (None, "1", "mới hơn")],
)
def test_the_command_refuses_in_words(round_, newer, code, number, words):
    if number == "1":
        call_command("migrate_drafts", round_.code, "--version", "2")

    with pytest.raises(CommandError, match=words):
        call_command("migrate_drafts", code or round_.code, "--version", number)


def variant_of(round_: Round) -> QuestionnaireVersion:
    """What the ministries are asked now; version 2 of it is published since."""
    version = VersionFactory.create(
        questionnaire=QuestionnaireFactory.create(owner=round_.campaign.owner)
    )
    VersionFactory.create(questionnaire=version.questionnaire, number=2)
    RoundVariant.objects.create(round=round_, version=version, types=["ministry"])
    return version


def test_a_variant_of_the_round_is_moved_by_itself(client, designer, round_):
    version = variant_of(round_)
    other = AssignmentFactory.create(round=round_, version=version)
    form = f"?form={version.questionnaire.code}"

    page = client.get(reverse("round_version", args=[round_.code]) + form)
    answer = client.post(reverse("round_version_change", args=[round_.code, 2]) + form)

    other.refresh_from_db()
    assert (page.context["now"], page.context["not_started"]) == (version, 1)
    assert answer.url == reverse("round_moves", args=[round_.code, 2]) + form
    assert client.get(answer.url).context["version"] == other.version
    assert other.version.number == 2


def test_a_questionnaire_that_the_round_does_not_ask_is_not_there(client, designer, round_):
    other = VersionFactory.create()

    address = reverse("round_version", args=[round_.code])
    assert client.get(address, {"form": other.questionnaire.code}).status_code == 404


def test_the_page_of_a_variant_s_version_leads_to_its_move(client, designer, round_):
    version = variant_of(round_)
    code = version.questionnaire.code

    page = client.get(reverse("version_rounds", args=[code, 2]))

    address = reverse("round_version", args=[round_.code])
    assert page.context["rows"] == [(round_, version, f"{address}?form={code}&to=2")]
