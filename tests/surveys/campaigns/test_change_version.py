"""A round goes on to a newer version of its questionnaire."""

import pytest

from surveys.audit.enums import Event
from surveys.campaigns.enums import AssignmentStatus, RoundStatus
from surveys.campaigns.services import (
    QuestionnaireNotPublished,
    VersionOfAnotherQuestionnaire,
    VersionOlder,
    change_version,
)
from surveys.campaigns.workflow import RoundAlreadyClosed, RoundNotOpen
from surveys.models import AuditEvent, Job, Round, RoundVariant
from surveys.questionnaires.enums import VersionStatus
from tests.factories import UserFactory
from tests.surveys.campaigns.factories import (
    NOW,
    AssignmentFactory,
    RoundFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_() -> Round:
    """An open round that asks version 1."""
    return RoundFactory.create(status=RoundStatus.OPEN)


@pytest.fixture
def newer(round_):
    """Version 2 of its questionnaire."""
    return VersionFactory.create(questionnaire=round_.campaign.questionnaire, number=2)


def test_the_round_asks_the_newer_version(round_, newer):
    change_version(round_, newer, actor=None, at=NOW)

    assert Round.objects.get().version == newer


def test_who_has_not_begun_begins_with_it(round_, newer):
    waiting = AssignmentFactory.create(round=round_, total=99)
    drafting = AssignmentFactory.create(round=round_, status=AssignmentStatus.DRAFT)

    change_version(round_, newer, actor=None, at=NOW)

    waiting.refresh_from_db()
    drafting.refresh_from_db()
    assert (waiting.version, waiting.total) == (newer, 3)
    assert drafting.version.number == 1


def test_it_is_recorded_and_starts_the_work_on_the_drafts(round_, newer):
    person = UserFactory.create()
    AssignmentFactory.create(round=round_)

    event = change_version(round_, newer, actor=person, at=NOW)

    assert AuditEvent.objects.get(kind=Event.ROUND_VERSION_CHANGED) == event
    assert event.data == {
        "code": round_.code,
        "from": 1,
        "to": 2,
        "version": newer.pk,
        "not_started": 1,
    }
    assert Job.objects.get().task == "surveys.responses.tasks.migrate_drafts"


def test_it_can_be_asked_for_again_for_those_left_behind(round_, newer):
    change_version(round_, newer, actor=None, at=NOW)

    assert change_version(round_, newer, actor=None, at=NOW).data["from"] == 2


def test_it_does_not_go_back(round_, newer):
    older = round_.version
    change_version(round_, newer, actor=None, at=NOW)

    with pytest.raises(VersionOlder):
        change_version(round_, older, actor=None, at=NOW)


@pytest.mark.parametrize("status", [VersionStatus.DRAFT, VersionStatus.RETIRED])
def test_only_what_is_in_force_is_asked(round_, newer, status):
    newer.status = status

    with pytest.raises(QuestionnaireNotPublished):
        change_version(round_, newer, actor=None, at=NOW)


def test_it_is_a_version_of_the_same_questionnaire(round_):
    with pytest.raises(VersionOfAnotherQuestionnaire):
        change_version(round_, VersionFactory.create(number=2), actor=None, at=NOW)


@pytest.mark.parametrize(
    ("status", "refusal"),
    [(RoundStatus.PLANNED, RoundNotOpen), (RoundStatus.CLOSED, RoundAlreadyClosed)],
)
def test_the_round_is_open(round_, newer, status, refusal):
    Round.objects.update(status=status)

    with pytest.raises(refusal):
        change_version(round_, newer, actor=None, at=NOW)


@pytest.fixture
def variant(round_) -> RoundVariant:
    """Version 1 of another questionnaire, which the ministries are asked."""
    version = VersionFactory.create()
    return RoundVariant.objects.create(round=round_, version=version, types=["ministry"])


def test_who_is_asked_another_questionnaire_stays_with_it(round_, newer, variant):
    other = AssignmentFactory.create(round=round_, version=variant.version)

    change_version(round_, newer, actor=None, at=NOW)

    other.refresh_from_db()
    assert other.version == variant.version


def test_a_variant_goes_on_to_its_own_newer_version(round_, variant):
    own = AssignmentFactory.create(round=round_)
    other = AssignmentFactory.create(round=round_, version=variant.version)
    newer = VersionFactory.create(questionnaire=variant.version.questionnaire, number=2)

    event = change_version(round_, newer, actor=None, at=NOW)

    for each in (variant, own, other, round_):
        each.refresh_from_db()
    assert (variant.version, other.version) == (newer, newer)
    assert own.version == round_.version != newer
    assert event.data["not_started"] == 1


def test_a_variant_does_not_go_back(round_, variant):
    older = variant.version
    RoundVariant.objects.update(
        version=VersionFactory.create(questionnaire=older.questionnaire, number=2)
    )

    with pytest.raises(VersionOlder):
        change_version(round_, older, actor=None, at=NOW)
