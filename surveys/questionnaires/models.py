"""Questionnaires and their versions."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from surveys.organisations.rules import Person, owners_of
from surveys.questionnaires.enums import DraftEditKind, VersionStatus


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    """Rows by owner."""

    def visible_to(self, user: Person) -> Self:
        """Questionnaires of the owners in which the person has a role."""
        return self.owned_by(owners_of(user))

    def owned_by(self, owners: list[int]) -> Self:
        """Questionnaires of the given owner agencies."""
        return self.filter(owner__in=owners)


class Questionnaire(models.Model):
    """A questionnaire with a code that stays the same over its versions."""

    code = models.SlugField(max_length=60, unique=True)
    owner = models.ForeignKey("surveys.Agency", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class QuestionnaireVersionQuerySet(models.QuerySet["QuestionnaireVersion"]):
    """Versions by their questionnaire's owner."""

    def visible_to(self, user: Person) -> Self:
        """Versions of the owners in which the person has a role."""
        return self.filter(questionnaire__owner__in=owners_of(user))


class QuestionnaireVersion(models.Model):
    """One version. ``definition`` is JSON by ``surveys.definitions``; immutable once published.

    ``revision`` is the number of the last edit of the draft, 0 before the first.
    """

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=9, choices=VersionStatus, default=VersionStatus.DRAFT)
    title = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    definition = models.JSONField()
    revision = models.PositiveIntegerField(default=0)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = QuestionnaireVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["questionnaire"],
                condition=Q(status=VersionStatus.DRAFT),
                name="one_draft_per_questionnaire",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def localised_title(self) -> str:
        """The title in the reader's language; the Vietnamese one where there is no other."""
        return (self.title_en if get_language() == "en" else "") or self.title


class DraftEdit(models.Model):
    """One edit of a draft, append-only: who changed what, and what undo takes back.

    ``operations`` are those of ``surveys.definitions.editing`` as they took place. ``touched`` names
    the nodes whose line or question is to be drawn anew, ``rearranged`` those whose children came,
    went or moved. ``reverses`` is the edit that an undo or a redo took back, or that was given up.
    """

    version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.CASCADE, related_name="edits"
    )
    number = models.PositiveIntegerField()
    edit_id = models.UUIDField()
    kind = models.CharField(max_length=7, choices=DraftEditKind, default=DraftEditKind.EDIT)
    reverses = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    operations = models.JSONField(default=list)
    touched = models.JSONField(default=list)
    rearranged = models.JSONField(default=list)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="draft_edit_number_once"),
            models.UniqueConstraint(fields=["version", "edit_id"], name="draft_edit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class DraftVisit(models.Model):
    """Where in a draft somebody is: one row for each person, told anew every quarter of a minute."""

    version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.CASCADE, related_name="visits"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    node = models.CharField(max_length=64, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "person"], name="draft_visit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.node}"
