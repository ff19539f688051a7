"""Who did what: append-only events, chained by hash in the background."""

from typing import Any, ClassVar, NoReturn, Self

from django.conf import settings
from django.db import models


class AppendOnlyViolation(Exception):
    """Somebody tried to change or delete what was recorded: a mistake in the program."""


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Reads and appends; refuses to update and to delete."""

    def sealed(self) -> Self:
        """Events in the chain, in its order."""
        return self.filter(position__isnull=False).order_by("position")

    def unsealed(self) -> Self:
        """The tail that the sealer has not reached yet."""
        return self.filter(position__isnull=True).order_by("pk")

    def of(self, subject: models.Model) -> Self:
        """The events of one record, oldest first."""
        return self.filter(
            subject_type=subject._meta.label_lower, subject_id=str(subject.pk)
        ).order_by("at", "pk")

    def update(self, **_fields: Any) -> NoReturn:
        """Never: recorded events stay as they are."""
        raise AppendOnlyViolation

    def delete(self) -> NoReturn:
        """Never: recorded events stay."""
        raise AppendOnlyViolation

    def add_seal(self, event: "AuditEvent", *, position: int, seal: str) -> bool:
        """Put an unsealed event into the chain, once; False if another sealer was quicker."""
        unsealed = self.filter(pk=event.pk, position__isnull=True)
        return bool(models.QuerySet.update(unsealed, position=position, seal=seal))


class AuditEvent(models.Model):
    """One change of state. Rows are never changed, except that the sealer adds its seal once.

    ``position`` is the order of sealing, without gaps from 1. On PostgreSQL ids are not commit
    order, so an event with a lower id may well stand at a higher position.
    """

    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    request_id = models.CharField(max_length=40, blank=True)
    position = models.PositiveBigIntegerField(null=True, unique=True)
    seal = models.CharField(max_length=64, blank=True)

    objects: ClassVar[AuditEventQuerySet] = AuditEventQuerySet.as_manager()  # type: ignore[assignment]  # a manager with the queryset's methods

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="audit_by_subject"),
            models.Index(fields=["kind", "at"], name="audit_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type}:{self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append; a recorded event refuses."""
        if not self._state.adding:
            raise AppendOnlyViolation
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Never: recorded events stay."""
        raise AppendOnlyViolation
