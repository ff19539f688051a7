"""Django's entry to the surveys app."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Questionnaires, campaigns and responses: what runs in the web process."""

    name = "surveys"

    def ready(self) -> None:
        from surveys.background import receivers  # noqa: F401, PLC0415  (connects event_recorded)
