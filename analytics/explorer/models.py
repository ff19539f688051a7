"""What was asked of a round with its stored result, and the themes into which people put its texts."""

from django.conf import settings
from django.db import models


class Tabulation(models.Model):
    """A question put to a round's answers, and its result once a job has computed it.

    ``asking`` is ``analytics.explorer.asking.Asking`` as JSON, ``digest`` its SHA-256. The result rests on
    the answers of ``data_version`` and was protected by ``policy`` for ``audience``: what that audience may
    not see is not in it. ``result`` is None until then.
    """

    round = models.ForeignKey("surveys.Round", on_delete=models.CASCADE, related_name="tabulations")
    digest = models.CharField(max_length=64)
    asking = models.JSONField()
    data_version = models.CharField(max_length=80)
    policy = models.CharField(max_length=64)
    audience = models.CharField(max_length=20)
    result = models.JSONField(null=True)
    asked_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True)
    job = models.ForeignKey(
        "surveys.Job", null=True, on_delete=models.SET_NULL, related_name="tabulations"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "digest", "audience", "data_version", "policy"],
                name="tabulation_once_per_asking_and_base",
            )
        ]

    def __str__(self) -> str:
        return f"{self.asking.get('question')} of {self.round_id} for {self.audience}"


class Theme(models.Model):
    """A theme into which answers in words are put by hand, for one question of one round."""

    round = models.ForeignKey("surveys.Round", on_delete=models.CASCADE, related_name="themes")
    variable = models.CharField(max_length=200)
    name = models.CharField(max_length=120)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "variable", "name"], name="theme_once_per_question"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Coding(models.Model):
    """Somebody put an agency's answer into a theme. ``revision`` is the signed answers that were read."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="codings")
    agency = models.ForeignKey("surveys.Agency", on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(
        "surveys.ResponseRevision", on_delete=models.CASCADE, related_name="+"
    )
    coded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    coded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["theme", "agency"], name="coding_once_per_answer")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.theme}"
