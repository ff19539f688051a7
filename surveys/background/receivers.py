"""Background work hangs on audit events: one Job row per (event, task), in the same transaction."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.dispatch import receiver
from django.utils.module_loading import import_string

from surveys.audit.models import AuditEvent
from surveys.audit.signals import event_recorded
from surveys.background.models import Job
from surveys.background.tasks import run_job


@receiver(event_recorded)
def insert_jobs(event: AuditEvent, **_kwargs: Any) -> None:
    """Insert what ``settings.JOB_TABLE`` says follows; after commit the queue is only woken.

    Where waking fails (the queue is down) it is logged, and the sweep finds the row.
    """
    tasks = import_string(settings.JOB_TABLE).get(event.kind, ())
    if not tasks:
        return
    known = set(Job.objects.filter(event=event).values_list("task", flat=True))
    jobs = Job.objects.bulk_create(
        Job(
            event=event,
            task=task,
            owner_id=event.actor_id,
            payload=event.data,
            created_at=event.at,
        )
        for task in tasks
        if task not in known
    )
    for job in jobs:
        transaction.on_commit(partial(run_job, job.pk), robust=True)
