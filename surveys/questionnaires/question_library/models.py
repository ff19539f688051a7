"""The items of an owner's library."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import get_language

from surveys.engine import text_in
from surveys.organisations.rules import Person, owners_of
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.question_library.enums import ItemKind

KEY_LENGTH = 20
TOPIC_LENGTH = 100


class LibraryItemQuerySet(models.QuerySet["LibraryItem"]):
    """Rows by owner."""

    def visible_to(self, user: Person) -> Self:
        """Items of the owners in which the person has a role."""
        return self.filter(owner__in=owners_of(user))


class LibraryItem(models.Model):
    """An element with all it needs, to be copied into drafts.

    ``content`` is an excerpt of ``surveys.definitions.editing`` with one element and no hidden ids.
    ``codes`` holds the codes of its indicators with a blank around each, ``words`` what it is found
    by, without marks. ``origin_version`` and ``origin_uid`` name the element that it was saved from.
    ``revision`` counts the contents, from 1.
    """

    key = models.SlugField(max_length=KEY_LENGTH, unique=True)
    owner = models.ForeignKey("surveys.Agency", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=ItemKind)
    title = models.JSONField()
    topic = models.CharField(max_length=TOPIC_LENGTH, blank=True)
    tags = models.JSONField(default=list)
    content = models.JSONField()
    codes = models.TextField(blank=True)
    words = models.TextField(blank=True)
    origin_version = models.ForeignKey(
        QuestionnaireVersion, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    origin_uid = models.CharField(max_length=40, blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    updated_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    objects = LibraryItemQuerySet.as_manager()

    class Meta:
        ordering = ["topic", "pk"]
        indexes = [models.Index(fields=["owner", "topic"], name="library_item_by_topic")]

    def __str__(self) -> str:
        return self.key

    @property
    def localised_title(self) -> str:
        """The title in the reader's language, else in another."""
        return text_in(self.title, get_language() or "vi")

    @property
    def indicator_codes(self) -> list[str]:
        """The codes of the indicators that its questions feed."""
        return self.codes.split()
