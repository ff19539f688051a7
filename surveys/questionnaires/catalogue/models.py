"""The indicators of an owner."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from surveys.engine import Indicator, text_in
from surveys.organisations.rules import Person, owners_of
from surveys.questionnaires.catalogue.enums import Direction

CODE_LENGTH = 40
TARGET_LENGTH = 60
BASIS_LENGTH = 500


class CatalogueIndicatorQuerySet(models.QuerySet["CatalogueIndicator"]):
    """Rows by owner and by day."""

    def visible_to(self, user: Person) -> Self:
        """Indicators of the owners in which the person has a role."""
        return self.filter(owner__in=owners_of(user))

    def valid_on(self, day: date) -> Self:
        """Those that count on that day: from their first to their last, both included."""
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_to=None) | Q(valid_to__gte=day))


class CatalogueIndicator(models.Model):
    """One indicator. ``label`` and ``unit`` are texts by language, ``scoring`` the text of a rule of
    ``surveys.engine.scoring``, ``valid_to`` the last day of one that is retired.
    """

    owner = models.ForeignKey("surveys.Agency", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=CODE_LENGTH)
    label = models.JSONField()
    unit = models.JSONField(default=dict)
    direction = models.CharField(max_length=4, choices=Direction, default=Direction.UP)
    target = models.CharField(max_length=TARGET_LENGTH, blank=True)
    legal_basis = models.CharField(max_length=BASIS_LENGTH, blank=True)
    scoring = models.TextField(blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    created_at = models.DateTimeField()

    objects = CatalogueIndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "code"], name="indicator_code_once_per_owner"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="indicator_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def localised_label(self) -> str:
        """The name in the reader's language, else in another."""
        return text_in(self.label, get_language() or "vi")

    @property
    def localised_unit(self) -> str:
        """The unit in the reader's language, else in another."""
        return text_in(self.unit, get_language() or "vi")

    def as_engine(self) -> Indicator:
        """The indicator as definitions hold it; its formulas are a questionnaire's own."""
        return Indicator(
            code=self.code,
            label=self.label,
            unit=self.unit,
            direction=self.direction,
            target=self.target,
            legal_basis=self.legal_basis,
            scoring=self.scoring,
            valid_from=self.valid_from,
        )
