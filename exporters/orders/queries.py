"""Exports as lists."""

from django.db.models import QuerySet

from exporters.orders.models import Export
from surveys.organisations.models import User


def exports_of(user: User) -> QuerySet[Export]:
    """A person's own exports, newest first."""
    return Export.objects.filter(owner=user).select_related("round__campaign", "job")
