"""What was done at the steps of the sign-off chain."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surveys.organisations.enums import Capacity


class SignOffAct(models.TextChoices):
    """What a person did at a step."""

    APPROVE = "approve", _("Approved")
    SIGN = "sign", _("Signed")
    RETURN = "return", _("Returned")


class SignOff(models.Model):
    """One act at one step of the chain, append-only: who, when, as what, and on which authority.

    ``revision`` is what the person had before them; of a signature, what it froze. ``position`` is
    the step's place in the round's chain and ``step`` its key. The document is the one by which a
    person signs in another's place; ``substitution`` the record it was taken from, if any.
    """

    response = models.ForeignKey(
        "surveys.Response", on_delete=models.PROTECT, related_name="sign_offs"
    )
    revision = models.ForeignKey(
        "surveys.ResponseRevision", on_delete=models.PROTECT, related_name="sign_offs"
    )
    position = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=60)
    act = models.CharField(max_length=7, choices=SignOffAct)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    with_reservation = models.BooleanField(default=False)
    comment = models.TextField(blank=True)
    capacity = models.CharField(max_length=4, choices=Capacity, blank=True)
    signs_as = models.CharField(max_length=200, blank=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    document_number = models.CharField(max_length=100, blank=True)
    document_on = models.DateField(null=True)
    document_issuer = models.CharField(max_length=200, blank=True)
    substitution = models.ForeignKey(
        "surveys.Substitution", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "position"],
                condition=~Q(act=SignOffAct.RETURN),
                name="sign_off_once_per_step",
            ),
            models.CheckConstraint(
                condition=Q(with_reservation=False) | ~Q(comment=""),
                name="sign_off_reservation_is_said",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} of response {self.response_id} at {self.step}"
