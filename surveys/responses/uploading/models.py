"""A file on its way."""

import uuid
from datetime import timedelta
from typing import ClassVar, Final, Self
from uuid import UUID

from django.conf import settings
from django.db import models

from surveys.organisations.rules import Person

KEPT: Final = timedelta(hours=20)
"""How long a broken upload waits; its pieces are swept away after a day, with what no file knows."""


class ArrivingFileQuerySet(models.QuerySet["ArrivingFile"]):
    """Files on their way, by whose they are."""

    def of(self, user: Person, assignment_id: int) -> Self:
        """The person's own, for one assignment."""
        return self.filter(user=user.pk, response__assignment=assignment_id)


class ArrivingFile(models.Model):
    """A file of which pieces have come; nobody else sees it and no answer names it yet.

    ``pieces`` holds the offset of each piece in its order, ``received`` what there is altogether. A
    piece lies on the disk under an id made of the file's and its offset, so that one sent twice lies
    there once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey("surveys.Response", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    pieces = models.JSONField(default=list)
    begun_at = models.DateTimeField()

    objects: ClassVar[ArrivingFileQuerySet] = ArrivingFileQuerySet.as_manager()  # type: ignore[assignment]  # a manager with the queryset's methods

    class Meta:
        indexes = [models.Index(fields=["begun_at"], name="arriving_file_by_age")]

    def __str__(self) -> str:
        return f"{self.name}: {self.received} of {self.size}"

    @property
    def is_whole(self) -> bool:
        """Whether every byte has come."""
        return self.received == self.size

    def piece_id(self, offset: int) -> UUID:
        """Under which id the piece at an offset lies."""
        return uuid.uuid5(self.id, str(offset))
