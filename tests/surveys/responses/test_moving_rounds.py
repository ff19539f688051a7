"""All drafts of a round move to a newer version, each by itself."""

from typing import Any

import pytest

from surveys.audit.enums import Event
from surveys.background.runner import run_pending
from surveys.campaigns.enums import AssignmentStatus
from surveys.campaigns.models import Assignment
from surveys.campaigns.services import change_version
from surveys.definitions import dump
from surveys.models import AuditEvent, DraftMove, Job, QuestionnaireVersion, Response
from surveys.questionnaires.enums import VersionStatus
from surveys.responses import services
from surveys.responses.moves import drafts_to_move, last_move, moves_of
from tests.factories import UserFactory
from tests.surveys.campaigns.factories import NOW, AssignmentFactory, VersionFactory
from tests.surveys.responses.factories import draft
from tests.surveys.responses.test_migrating import changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafts() -> list[Response]:
    """Three drafts of one open round."""
    first = draft()
    round_ = first.assignment.round
    others = [AssignmentFactory.create(round=round_) for _ in range(2)]
    return [first, *(services.start(each, actor=None, at=NOW) for each in others)]


@pytest.fixture
def newer(drafts) -> QuestionnaireVersion:
    """The next version of their questionnaire."""
    return VersionFactory.create(
        questionnaire=drafts[0].version.questionnaire, number=2, definition=dump(changed())
    )


def move_all(drafts: list[Response], version: QuestionnaireVersion) -> Any:
    """Move them here and now; what was told of the progress is dropped."""
    return services.migrate_drafts(
        drafts[0].assignment.round,
        to_version=version,
        actor=None,
        clock=lambda: NOW,
        progress=lambda _done, _total: None,
    )


def test_every_draft_moves(drafts, newer):
    assert move_all(drafts, newer) == services.Moved(moved=3, stayed=0)
    assert {each.version for each in Response.objects.all()} == {newer}


def test_what_was_sent_or_signed_stays(drafts, newer):
    Assignment.objects.filter(pk=drafts[0].assignment_id).update(status=AssignmentStatus.SUBMITTED)

    assert move_all(drafts, newer).moved == 2
    assert Response.objects.get(pk=drafts[0].pk).version == drafts[0].version


def test_the_second_time_nothing_is_left(drafts, newer):
    move_all(drafts, newer)

    assert move_all(drafts, newer) == services.Moved(moved=0, stayed=0)
    assert DraftMove.objects.count() == 3


def test_work_that_was_broken_off_goes_on_where_it_stopped(drafts, newer):
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        services.migrate_drafts(
            drafts[0].assignment.round,
            to_version=newer,
            actor=None,
            clock=lambda: NOW,
            progress=stop,
        )

    assert DraftMove.objects.count() == 1
    assert move_all(drafts, newer).moved == 2


def test_a_draft_that_cannot_be_moved_holds_up_nobody(drafts, newer):
    Response.objects.filter(pk=drafts[0].pk).update(answers=[])

    with pytest.raises(ExceptionGroup, match="1 of 3 drafts") as raised:
        move_all(drafts, newer)

    assert raised.value.exceptions[0].__notes__ == [f"draft {drafts[0].pk}"]
    assert DraftMove.objects.count() == 2


def test_nobody_is_moved_to_a_version_out_of_force(drafts, newer):
    newer.status = VersionStatus.RETIRED

    with pytest.raises(services.VersionNotNewer):
        move_all(drafts, newer)


def test_a_change_of_the_rounds_version_moves_its_drafts_in_the_background(drafts, newer):
    person = UserFactory.create()
    change_version(drafts[0].assignment.round, newer, actor=person, at=NOW)

    run_pending()

    job = Job.objects.get(task="surveys.responses.tasks.migrate_drafts")
    assert (job.status, job.result, job.total) == ("done", {"moved": 3, "stayed": 0}, 3)
    assert {each.actor for each in AuditEvent.objects.filter(kind=Event.RESPONSE_MIGRATED)} == {
        person
    }


def test_drafts_of_other_rounds_stay(drafts, newer):
    other = draft()

    move_all(drafts, newer)

    other.refresh_from_db()
    assert other.version.number == 1


def test_the_report_names_every_draft_that_moved(drafts, newer):
    round_ = drafts[0].assignment.round
    assert len(drafts_to_move(round_, newer)) == 3

    move_all(drafts, newer)

    assert list(drafts_to_move(round_, newer)) == []
    assert {each.response for each in moves_of(round_, newer)} == set(drafts)


def test_a_draft_knows_how_it_came_to_its_version(drafts, newer):
    assert last_move(drafts[0]) is None

    move_all(drafts, newer)

    move = last_move(Response.objects.get(pk=drafts[0].pk))
    assert move is not None
    assert move.from_version.number == 1
