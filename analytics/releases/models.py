"""Publications of rounds."""

from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from analytics.releases.enums import LICENCE_ADDRESSES, Licence, ReleaseStatus
from surveys.engine import text_in
from surveys.organisations.rules import Person, owners_of

TITLE_LENGTH: Final = 200
NOTES_LENGTH: Final = 4000
REASON_LENGTH: Final = 500

WAS_PUBLISHED: Final = Q(approved_at__isnull=False)


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Publications by who may read them."""

    def published(self) -> Self:
        """What was ever approved: it stays to be read, marked where it was corrected or withdrawn."""
        return self.filter(WAS_PUBLISHED)

    def visible_to(self, user: Person) -> Self:
        """What was published, to everybody signed in; proposals, to those with a role in the owner."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(WAS_PUBLISHED | Q(round__campaign__owner__in=owners_of(user)))


class Release(models.Model):
    """The results of a round as they are published: ``with_targets`` those of the Decision's targets,
    and the scores of ``run``, if one is chosen.

    ``title`` and ``notes`` are texts by language. ``manifest`` names by hash all that is published;
    ``manifest_sha256`` is what the approver has seen. ``corrects`` is the publication that this one
    takes the place of. Of a round, one is proposed at a time, and one is in force.
    """

    round = models.ForeignKey("surveys.Round", on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=ReleaseStatus, default=ReleaseStatus.PROPOSED)
    run = models.ForeignKey(
        "analytics.IndexRun", null=True, on_delete=models.PROTECT, related_name="releases"
    )
    with_targets = models.BooleanField(default=True)
    licence = models.CharField(max_length=15, choices=Licence, default=Licence.CC_BY)
    licence_text = models.TextField(blank=True)
    title = models.JSONField()
    notes = models.JSONField(default=dict)
    released_on = models.DateField()
    corrects = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="corrections"
    )
    manifest = models.JSONField()
    manifest_sha256 = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawal_reason = models.CharField(max_length=REASON_LENGTH, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-released_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "number"], name="release_once_per_round_and_number"
            ),
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(status=ReleaseStatus.PROPOSED),
                name="release_proposed_once_per_round",
            ),
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(status=ReleaseStatus.APPROVED),
                name="release_in_force_once_per_round",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")),
                name="release_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(status=ReleaseStatus.PROPOSED, approved_at=None)
                | Q(
                    status__in=[ReleaseStatus.APPROVED, ReleaseStatus.SUPERSEDED],
                    approved_at__isnull=False,
                )
                | Q(status=ReleaseStatus.WITHDRAWN, withdrawn_at__isnull=False),
                name="release_times_go_with_status",
            ),
        ]

    def __str__(self) -> str:
        return f"Publication {self.number} of {self.round_id}"

    @property
    def localised_title(self) -> str:
        """The title in the reader's language, else in another."""
        return text_in(self.title, get_language() or "vi")

    @property
    def localised_notes(self) -> str:
        """The notes in the reader's language, else in another."""
        return text_in(self.notes, get_language() or "vi")

    @property
    def licence_address(self) -> str:
        """Where the text of the licence stands; blank where it stands nowhere else."""
        return LICENCE_ADDRESSES.get(Licence(self.licence), "")

    @property
    def was_published(self) -> bool:
        """Whether it ever went out."""
        return self.approved_at is not None
