"""Jobs by what they are about."""

from django.db.models import Model, QuerySet

from surveys.background.models import Job


def jobs_about(subject: Model, task: str) -> QuerySet[Job]:
    """The jobs of a task whose event is about the subject, the newest first."""
    return Job.objects.filter(
        task=task,
        event__subject_type=subject._meta.label_lower,
        event__subject_id=str(subject.pk),
    ).order_by("-pk")
