"""Signed PDFs as they were handed in, and the digital signatures that came of them."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surveys.campaigns.models import Assignment
from surveys.organisations.rules import Person


class SignedPdfStatus(models.TextChoices):
    """What became of a signed PDF."""

    WAITING = "waiting", _("Being verified")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Not accepted")


class SignedPdfQuerySet(models.QuerySet["SignedPdf"]):
    """Signed PDFs by who may see them."""

    def visible_to(self, user: Person) -> Self:
        """Those of the responses whose answers the person sees."""
        return self.filter(response__assignment__in=Assignment.objects.answers_visible_to(user))


class SignedPdf(models.Model):
    """A PDF that somebody handed in as the signed answers; the id is its name in the private storage.

    ``revision`` is what the person had before them. ``authority`` says as what they sign
    (``Authority.as_json``). ``flaws`` are why it was refused: values of ``documents.signed.Flaw``, or
    codes of refusals, whose ``words`` stand beside them. The content of a refused one is deleted, and
    that of an accepted one when personal data that it shows are erased (``is_erased``).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(
        "surveys.Response", on_delete=models.PROTECT, related_name="signed_pdfs"
    )
    revision = models.ForeignKey(
        "surveys.ResponseRevision", on_delete=models.PROTECT, related_name="signed_pdfs"
    )
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    is_scanned = models.BooleanField(default=False)
    authority = models.JSONField(default=dict)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(
        max_length=8, choices=SignedPdfStatus, default=SignedPdfStatus.WAITING
    )
    decided_at = models.DateTimeField(null=True)
    flaws = models.JSONField(default=list)
    words = models.TextField(blank=True)
    is_erased = models.BooleanField(default=False)

    objects: ClassVar[SignedPdfQuerySet] = SignedPdfQuerySet.as_manager()  # type: ignore[assignment]  # a manager with the queryset's methods

    class Meta:
        ordering = ["uploaded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "sha256"],
                condition=~Q(status="refused"),
                name="signed_pdf_once_unless_refused",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.status})"

    @property
    def has_content(self) -> bool:
        """Whether the file is still kept."""
        return self.status != SignedPdfStatus.REFUSED and not self.is_erased


class DigitalSignature(models.Model):
    """A verified digital signature of the answers, append-only but for its last checking.

    ``sign_off`` is the act, whose revision it proves: that revision's text and hash are those of the
    one that was sent, whose PDF was signed. ``paper_size`` and ``paper_sha256`` are that PDF's, with
    which the signed file begins. ``report`` is what ``documents.signed.verifying.verify`` found;
    ``fingerprint`` the SHA-256 of the last signer's certificate. ``warnings`` are codes of what the
    department should look at. ``failures`` are the flaws found when it was last checked again.
    """

    sign_off = models.OneToOneField(
        "surveys.SignOff", on_delete=models.PROTECT, related_name="digital"
    )
    pdf = models.OneToOneField(SignedPdf, on_delete=models.PROTECT, related_name="signature")
    paper_size = models.PositiveBigIntegerField()
    paper_sha256 = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    report = models.JSONField()
    warnings = models.JSONField(default=list)
    verified_at = models.DateTimeField()
    checked_at = models.DateTimeField()
    failures = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Digital signature of revision {self.sign_off.revision_id}"
