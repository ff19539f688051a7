"""A list of people as it was sent: looked through first, applied once."""

import uuid
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from surveys.organisations.models.accounts import User


class PeopleUploadQuerySet(models.QuerySet["PeopleUpload"]):
    """Uploads by who may see them."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The person's own: what they may change is judged by their rights."""
        return self.filter(created_by=user.pk) if user.is_authenticated else self.none()


class PeopleUpload(models.Model):
    """The rows of one file, as texts; ``rows`` is a list of objects by column.

    They are judged against the database when they are shown and again when they are applied.
    ``result`` counts what applying did.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    filename = models.CharField(max_length=200)
    rows = models.JSONField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("surveys.User", on_delete=models.CASCADE, related_name="+")
    applied_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)

    objects = PeopleUploadQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.filename
