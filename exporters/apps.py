"""Django's entry to the exporters app."""

from django.apps import AppConfig


class ExportersConfig(AppConfig):
    """Workbooks and open formats; file libraries load in background tasks only."""

    name = "exporters"

    def ready(self) -> None:
        from exporters.orders import tasks  # noqa: F401, PLC0415  (names the periodic task)
