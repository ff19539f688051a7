"""The disclosure policy of a round, and the log of what was released under it."""

from typing import Any, Final, NoReturn

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from analytics.gate.enums import Audience, Identity
from surveys.audit.models import AppendOnlyViolation

FEWEST: Final = 3
"""With a threshold of 2, each of two respondents would know the other's answer."""


class DisclosurePolicy(models.Model):
    """What protects respondents of a round. Rows are never changed: the newest one holds.

    ``minimum`` organisations and ``minimum_people`` persons must stand behind a figure; of sums,
    ``p`` percent of the largest contribution must be left for the others, and the
    ``dominance_n`` largest may make up ``dominance_k`` percent at most (None: no such rule).
    ``base_rounding``: to which multiple bases are rounded in filtered tables (1: not at all).
    ``groups`` hides an answer that all of a group gave, ``zeros`` what nobody gave.
    """

    round = models.ForeignKey(
        "surveys.Round", on_delete=models.PROTECT, related_name="disclosure_policies"
    )
    identity = models.CharField(max_length=9, choices=Identity, default=Identity.PROTECTED)
    minimum = models.PositiveSmallIntegerField(
        default=5, validators=[MinValueValidator(FEWEST), MaxValueValidator(100)]
    )
    minimum_people = models.PositiveSmallIntegerField(
        default=10, validators=[MinValueValidator(FEWEST), MaxValueValidator(1000)]
    )
    p = models.PositiveSmallIntegerField(
        null=True, default=10, validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    dominance_n = models.PositiveSmallIntegerField(
        null=True, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    dominance_k = models.PositiveSmallIntegerField(
        null=True, validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    base_rounding = models.PositiveSmallIntegerField(
        default=5, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    groups = models.BooleanField(default=False)
    zeros = models.BooleanField(default=False)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(minimum__gte=FEWEST), name="policy_minimum"),
            models.CheckConstraint(
                condition=Q(dominance_n__isnull=True, dominance_k__isnull=True)
                | Q(dominance_n__isnull=False, dominance_k__isnull=False),
                name="policy_dominance_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.identity}, {self.minimum}"


class AppendOnlyQuerySet(models.QuerySet["ReleasedTable"]):
    """Reads and appends; refuses to update and to delete."""

    def update(self, **_fields: Any) -> NoReturn:
        """Never: the log stays as it is."""
        raise AppendOnlyViolation

    def delete(self) -> NoReturn:
        """Never: the log stays."""
        raise AppendOnlyViolation


class ReleasedTable(models.Model):
    """What an audience was shown: the log against which the next table is held.

    ``what`` names what was counted: only figures of the same can be put beside each other. ``data``
    is the state of the answers. ``content`` is the tables as shown and as they are, compressed
    (``analytics.gate.packing``); ``hidden`` how many cells are hidden in them. ``refusal``: it was
    not shown, and why.
    """

    round = models.ForeignKey("surveys.Round", on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=11, choices=Audience)
    what = models.CharField(max_length=700)
    filters = models.JSONField(default=dict)
    data = models.CharField(max_length=64, blank=True)
    policy = models.JSONField(default=dict)
    units = models.PositiveIntegerField()
    unit_hash = models.CharField(max_length=64)
    cells = models.PositiveIntegerField(default=0)
    hidden = models.PositiveIntegerField(default=0)
    content = models.BinaryField(default=bytes)
    refusal = models.CharField(max_length=40, blank=True)
    released_at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["round", "what", "audience"], name="released_by_what")]

    def __str__(self) -> str:
        return f"{self.what} of {self.round_id} to {self.audience}"

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Never: the log stays."""
        raise AppendOnlyViolation


class ReleasedSet(models.Model):
    """Units behind figures that were shown: those of the whole table, or of a group in it."""

    release = models.ForeignKey(ReleasedTable, on_delete=models.PROTECT, related_name="sets")
    unit_hash = models.CharField(max_length=64)
    units = models.PositiveIntegerField()
    packed = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.units} units of {self.release_id}"
