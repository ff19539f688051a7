"""Stored results: what pages show, computed outside the web process."""

from django.db import models


class RoundResult(models.Model):
    """The indicators of a round, as computed from its signed revisions by a background task.

    ``indicators`` is a list of dicts as ``analytics.methods.targets`` returns them; ``base`` says on
    what they rest (agencies asked, revisions read, time of the newest). ``protected`` is the same for
    those who may not see single answers, as it last passed the disclosure gate: ``indicators``,
    ``base``, ``computed_at`` and ``identity``, the class of the policy. Of confidential answers
    nothing else is kept.
    """

    round = models.OneToOneField("surveys.Round", on_delete=models.CASCADE, related_name="result")
    computed_at = models.DateTimeField()
    base = models.JSONField(default=dict)
    indicators = models.JSONField(default=list)
    protected = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"Result of {self.round_id}"
