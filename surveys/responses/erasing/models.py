"""How far the erasing of a round's personal data is."""

from django.db import models


class RoundErasure(models.Model):
    """The erasing after one closing of a round: ``cursor`` is the last response that is done.

    ``counts`` adds up what was erased, also over runs that were broken off. A round that is opened
    again is erased again after its new closing.
    """

    round = models.ForeignKey("surveys.Round", on_delete=models.PROTECT, related_name="erasures")
    closed_at = models.DateTimeField()
    cursor = models.PositiveBigIntegerField(default=0)
    counts = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "closed_at"], name="erasure_once_per_closing")
        ]

    def __str__(self) -> str:
        return f"Erasure of round {self.round_id}"
