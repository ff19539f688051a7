"""What somebody typed into a preview."""

from django.conf import settings
from django.db import models


class PreviewAnswers(models.Model):
    """One person's test answers to one draft: no response, in no figure, gone with the draft.

    ``definition`` is the document that they were given under, so that they can be taken over to the
    draft as it stands later. The other documents are as in ``Response``.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(
        "surveys.QuestionnaireVersion", on_delete=models.CASCADE, related_name="+"
    )
    definition = models.JSONField()
    answers = models.JSONField(default=dict)
    remarks = models.JSONField(default=dict)
    typed = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "version"], name="preview_answers_once")
        ]

    def __str__(self) -> str:
        return f"Preview {self.pk}"
