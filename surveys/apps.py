"""Django's entry to the surveys app."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Questionnaires, campaigns and responses: what runs in the web process."""

    name = "surveys"

    def ready(self) -> None:
        from surveys.audit import tasks as audit_tasks  # noqa: F401, PLC0415  (names the task)
        from surveys.background import receivers  # noqa: F401, PLC0415  (connects event_recorded)
        from surveys.campaigns import tasks as campaigns  # noqa: F401, PLC0415  (names the task)
        from surveys.inbox import tasks as inbox  # noqa: F401, PLC0415  (names the task)
        from surveys.live import tasks as live_tasks  # noqa: F401, PLC0415  (names the task)
        from surveys.mailing import receivers as mails  # noqa: F401, PLC0415  (wakes the queue)
        from surveys.organisations import receivers as sign_ins  # noqa: F401, PLC0415  (audits them)
        from surveys.responses import tasks as responses  # noqa: F401, PLC0415  (names the task)
        from surveys.webhooks import tasks as webhooks  # noqa: F401, PLC0415  (names the task)
