"""The life of an export: asked for once, stopped, asked for again, kept for a week, then gone."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from exporters.models import Export
from exporters.order import Wish
from exporters.orders import services
from exporters.orders.enums import ExportState, Removal
from exporters.orders.tasks import sweep_files
from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.audit.services import record
from surveys.background.models import Job
from surveys.background.runner import run_pending
from surveys.background.services import JobOver
from surveys.models import Notice
from surveys.organisations import services as organisations
from tests.answered import NOW
from tests.factories import department_person

pytestmark = pytest.mark.django_db

LATER = timedelta(minutes=5)


def kinds():
    found = AuditEvent.objects.filter(kind__startswith="export.").order_by("pk")
    return list(found.values_list("kind", flat=True))


def fresh(export):
    return Export.objects.select_related("job", "round__campaign", "owner").get(pk=export.pk)


def failed(export):
    Job.objects.filter(pk=export.job_id).update(status="failed", error="ValueError: x")
    return fresh(export)


def test_the_same_order_over_the_same_data_gives_the_file_that_is_there(ask, ready):
    again = ask(at=timezone.now() + LATER)

    assert again == ready
    assert kinds()[-1] == "export.reused"
    assert Job.objects.filter(task__endswith="write_export").count() == 1


def test_the_same_order_twice_at_once_is_written_once(ask):
    assert ask() == ask(at=NOW + LATER)


@pytest.mark.parametrize("change", [{"language": "en"}, {"options": {"a": 1}}])
def test_another_order_is_another_file(ask, ready, change):
    assert ask(**change) != ready


def test_a_colleague_gets_a_file_of_their_own(ready):
    colleague = department_person("designer", owner=ready.round.campaign.owner)
    wish = Wish(name="round", format="xlsx", language="vi")

    other = services.request_export(
        subject=ready.round, wish=wish, actor=colleague, at=timezone.now()
    )

    assert other != ready


def test_after_anything_that_a_file_could_show_it_is_written_anew(ask, ready):
    record(Event.AGENCY_CHANGED, ready.round, actor=None, at=timezone.now())

    assert ask(at=timezone.now() + LATER) != ready


def test_signing_in_makes_no_file_another(ask, ready):
    record(Event.SIGNED_IN, ready.owner, actor=ready.owner, at=timezone.now())

    assert ask(at=timezone.now() + LATER) == ready


def test_a_file_that_is_kept_no_longer_is_not_given_again(ask, ready):
    services.remove_expired(at=ready.expires_at)

    assert ask(at=ready.expires_at + LATER) != ready


def test_who_may_not_have_a_file_cannot_ask_for_it(round_):
    researcher = department_person("researcher", owner=round_.campaign.owner)
    wish = Wish(name="round", format="xlsx", language="vi")

    with pytest.raises(services.ExportRefused):
        services.request_export(subject=round_, wish=wish, actor=researcher, at=NOW)


def test_who_loses_the_right_while_it_waits_gets_no_file(ask, person):
    export = ask()
    person.department_roles.all().delete()

    run_pending()

    stopped = fresh(export)
    assert (stopped.state(NOW), stopped.file) == (ExportState.FAILED, "")
    assert stopped.job.error == "Bạn không có hoặc không còn quyền nhận tệp này."


def test_a_waiting_file_is_stopped(ask, person):
    export = ask()

    services.cancel(export, actor=person, at=NOW)
    run_pending()

    assert fresh(export).state(NOW) == ExportState.STOPPED
    assert kinds() == ["export.requested", "export.cancelled"]


def test_a_file_that_is_there_is_not_stopped(ready):
    with pytest.raises(JobOver):
        services.cancel(ready, actor=ready.owner, at=NOW)


def test_a_file_is_not_stopped_between_its_keeping_and_the_end_of_its_job(ready):
    Job.objects.filter(pk=ready.job_id).update(status="running")

    with pytest.raises(JobOver):
        services.cancel(fresh(ready), actor=ready.owner, at=NOW)

    assert Job.objects.get(pk=ready.job_id).status == "running"


def test_what_failed_is_asked_for_again_with_the_same_wish(ask):
    old = failed(ask(language="en", options={"a": 1}))

    new = services.retry(old, at=NOW + LATER)

    assert (new.retry_of, new.owner, new.language, new.options) == (old, old.owner, "en", {"a": 1})
    assert kinds()[-1] == "export.retried"
    run_pending()
    assert fresh(new).state(NOW + LATER) == ExportState.READY


def test_what_was_stopped_is_asked_for_again(ask, person):
    old = ask()
    services.cancel(old, actor=person, at=NOW)

    assert services.retry(fresh(old), at=NOW + LATER) != old


def test_what_is_there_or_on_its_way_is_not_asked_for_again(ask):
    export = ask()

    with pytest.raises(services.NothingToRetry):
        services.retry(export, at=NOW)
    run_pending()
    with pytest.raises(services.NothingToRetry):
        services.retry(fresh(export), at=timezone.now())


def test_after_seven_days_the_file_is_gone_and_its_row_says_so(ready, files):
    assert ready.expires_at - ready.finished_at == timedelta(days=7)
    assert services.remove_expired(at=ready.expires_at - timedelta(seconds=1)) == 0

    assert services.remove_expired(at=ready.expires_at) == 1

    gone = fresh(ready)
    assert (gone.file, gone.removal, gone.removed_at) == ("", Removal.EXPIRED, ready.expires_at)
    assert gone.state(ready.expires_at) == ExportState.EXPIRED
    assert kinds()[-1] == "export.expired"


def test_the_file_leaves_the_disk_when_the_row_has_forgotten_it(
    ready, files, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_expired(at=ready.expires_at)

    assert not (files / ready.file).exists()


def test_the_file_goes_at_once_when_its_owner_loses_the_right(
    ready, files, django_capture_on_commit_callbacks
):
    role = ready.owner.department_roles.get()
    with django_capture_on_commit_callbacks(execute=True):
        organisations.revoke_department_role(role, actor=ready.owner, at=timezone.now())
        run_pending()

    gone = fresh(ready)
    assert (gone.file, gone.removal) == ("", Removal.WITHDRAWN)
    assert not (files / ready.file).exists()


def test_files_whose_owners_keep_the_right_stay(ready):
    assert services.remove_withheld(at=timezone.now()) == 0


def test_a_file_that_no_row_names_is_removed_after_an_hour(ready, files):
    young, old = files / "99-young.xlsx", files / "99-old.xlsx"
    young.write_bytes(b"x")
    old.write_bytes(b"x")
    hour_ago = timezone.now().timestamp() - 3601
    os.utime(old, (hour_ago, hour_ago))
    os.utime(files / ready.file, (hour_ago, hour_ago))

    assert services.remove_orphans(at=timezone.now()) == 1

    assert (young.exists(), old.exists(), (files / ready.file).exists()) == (True, False, True)


def test_the_sweep_finds_nothing_where_nothing_was_written(db, files):
    sweep_files.call_local()

    assert not files.exists()


def test_whoever_waited_long_is_told(ask):
    export = ask(at=timezone.now() - timedelta(minutes=1))

    run_pending()

    notice = Notice.objects.get(user=export.owner, kind="file_ready")
    assert (notice.about, notice.url) == (f"export:{export.pk}", "/exports/")


def test_whoever_still_looks_at_the_page_is_not_told(ask):
    ask(at=timezone.now())

    run_pending()

    assert not Notice.objects.filter(kind="file_ready").exists()


def test_every_step_is_recorded(ready):
    again = failed(
        services.request_export(
            subject=ready.round,
            wish=Wish(name="round", format="xlsx", language="en"),
            actor=ready.owner,
            at=timezone.now(),
        )
    )
    retried = services.retry(again, at=timezone.now())
    services.cancel(retried, actor=ready.owner, at=timezone.now())
    services.fetch(ready, actor=ready.owner, at=timezone.now())
    services.remove_expired(at=ready.expires_at)

    assert kinds() == [
        "export.requested",
        "export.finished",
        "export.requested",
        "export.retried",
        "export.cancelled",
        "export.downloaded",
        "export.expired",
    ]
