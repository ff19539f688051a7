"""Agencies as a tree, their codes, and what became of them."""

from collections.abc import Iterable
from datetime import date
from typing import Final, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from surveys.organisations.enums import AgencyType, IdentifierScheme, SuccessionKind
from surveys.organisations.models.accounts import User

PATH_LENGTH: Final = 120
"""Characters of a path: thirteen levels."""


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Subtrees are range queries over ``path``."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Every agency for whoever is signed in; none for others."""
        return self if user.is_authenticated and user.is_active else self.none()

    def existing_on(self, day: date) -> Self:
        """Agencies that existed on the day; ask it of ``Agency.ever``."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        )

    def under(self, agency: "Agency") -> Self:
        """The agency and everything below it."""
        return self.filter(path__gte=agency.path, path__lt=f"{agency.path[:-1]}0")

    def of_types(self, types: Iterable[str]) -> Self:
        """Agencies of the given types."""
        return self.filter(type__in=list(types))


AgencyManager = models.Manager.from_queryset(AgencyQuerySet)


class CurrentAgencyManager(AgencyManager["Agency"]):
    """Agencies that have not been dissolved."""

    def get_queryset(self) -> AgencyQuerySet:
        """Without the agencies that have an end."""
        return AgencyQuerySet(self.model, using=self._db).filter(valid_to__isnull=True)


class Agency(models.Model):
    """An organisation that asks or is asked.

    ``Agency.objects`` gives those that exist, ``Agency.ever`` also those that were merged away.

    ``key`` is our own stable id (``bo-khcn``, ``tinh-01``, ``xa-00004``); official codes are
    ``AgencyIdentifier`` rows with validity, because codes are re-used with another meaning.
    ``path`` is the chain of ids from the root, each 8 digits, ended by ``/`` ("00000001/00000012/"),
    so that a subtree is the range ``[path, path with its last "/" replaced by "0")``.
    ``by_document`` agencies were changed here by a document; loading the files leaves them alone.
    """

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    short_name = models.CharField(max_length=60, blank=True)
    type = models.CharField(max_length=20, choices=AgencyType)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=PATH_LENGTH, blank=True, db_index=True)
    official_order = models.PositiveIntegerField(default=0)
    search_key = models.CharField(max_length=400, db_index=True)
    sort_key = models.CharField(max_length=800, db_index=True)
    attributes = models.JSONField(default=dict, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    by_document = models.BooleanField(default=False)

    objects = CurrentAgencyManager()
    ever = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["official_order", "sort_key"]
        indexes = [models.Index(fields=["type", "official_order"], name="agency_by_type")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
                name="agency_valid_to_after_from",
            )
        ]

    def __str__(self) -> str:
        return self.localised_name

    @property
    def localised_name(self) -> str:
        """The name in the reader's language; the Vietnamese one where there is no other."""
        return (self.name_en if get_language() == "en" else "") or self.name


class AgencyIdentifier(models.Model):
    """An external code of an agency, which holds from a day to a day (exclusive)."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=12, choices=IdentifierScheme)
    value = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value", "valid_from"], name="identifier_once_from_a_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="identifier_valid_to_after_from",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class AgencySuccession(models.Model):
    """One agency became (part of) another on a day."""

    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="precessions")
    kind = models.CharField(max_length=8, choices=SuccessionKind)
    on = models.DateField()
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="succession_between_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
