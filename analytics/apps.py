"""Django's entry to the analytics app."""

from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    """Figures from signed responses; pandas loads in background tasks only."""

    name = "analytics"
