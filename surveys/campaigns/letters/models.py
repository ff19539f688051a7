"""The texts of a campaign's letters, as its designers wrote them."""

from dataclasses import fields

from django.db import models

from surveys.campaigns.letters.enums import SigningCapacity
from surveys.campaigns.letters.wording import LetterTexts


class LetterText(models.Model):
    """A campaign's own texts; see ``LetterTexts``. Names in braces are filled in for each agency."""

    campaign = models.OneToOneField(
        "surveys.Campaign", on_delete=models.CASCADE, related_name="letter_text"
    )
    superior = models.CharField(max_length=200, blank=True)
    issuer = models.CharField(max_length=200)
    symbol = models.CharField(max_length=60, blank=True)
    number = models.CharField(max_length=20, blank=True)
    dated = models.DateField(null=True)
    place = models.CharField(max_length=100)
    subject = models.CharField(max_length=500)
    basis = models.TextField(blank=True)
    paragraphs = models.TextField()
    deadline = models.CharField(max_length=500, blank=True)
    closing = models.CharField(max_length=500, blank=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    capacity = models.CharField(max_length=4, choices=SigningCapacity, blank=True)
    instead_of = models.CharField(max_length=200, blank=True)
    signer_title = models.CharField(max_length=200)
    signer_name = models.CharField(max_length=100)
    copies = models.TextField(blank=True)
    archive = models.CharField(max_length=100, blank=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Letter of {self.campaign}"

    @property
    def texts(self) -> LetterTexts:
        """The texts as plain data."""
        return LetterTexts(**{each.name: getattr(self, each.name) for each in fields(LetterTexts)})
