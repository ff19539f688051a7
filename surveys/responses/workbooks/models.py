"""Workbooks that came back."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from surveys.campaigns.models import Assignment
from surveys.organisations.rules import Person


class WorkbookUploadQuerySet(models.QuerySet["WorkbookUpload"]):
    """Uploads by who may see them."""

    def visible_to(self, user: Person) -> Self:
        """Those into the responses whose assignments the person sees."""
        return self.filter(response__assignment__in=Assignment.objects.answers_visible_to(user))


class WorkbookUpload(models.Model):
    """A filled-in Excel questionnaire; the id is the content's name in the private storage.

    ``version_number`` is that of the questionnaire that it fills in.
    ``lines`` are the answers found in it beside what was stored then (see ``lines.line_json``), and
    never change: what is applied is what was shown. ``is_of_another`` says that the workbook does not
    name the agency. ``result`` says what applying it gave; it is applied once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(
        "surveys.Response", on_delete=models.PROTECT, related_name="workbooks"
    )
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    is_scanned = models.BooleanField(default=False)
    version_number = models.PositiveIntegerField()
    made_at = models.DateTimeField(null=True)
    is_of_another = models.BooleanField(default=False)
    lines = models.JSONField(default=list)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    result = models.JSONField(default=dict)

    objects: ClassVar[WorkbookUploadQuerySet] = WorkbookUploadQuerySet.as_manager()  # type: ignore[assignment]  # a manager with the queryset's methods

    class Meta:
        ordering = ["-uploaded_at", "pk"]

    def __str__(self) -> str:
        return self.name
