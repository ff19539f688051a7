"""The configuration as an app: it carries the system checks of the tables that stand on top."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Checks at start-up what the settings name."""

    name = "config"

    def ready(self) -> None:
        from config import checks  # noqa: F401, PLC0415  (registers them)
