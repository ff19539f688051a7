"""The words of verification."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlanStatus(TextChoices):
    """Where the verification of a round stands."""

    PREPARING = "preparing", _("Being planned")
    HANDING_OUT = "handing_out", _("Being handed out")
    UNDER_WAY = "under_way", _("Under way")
    CLOSED = "closed", _("Closed")


class Which(TextChoices):
    """Which of the scored answers are verified."""

    EVERY = "every", _("Every scored answer")
    RISK = "risk", _("All at the top score, and a random share of the rest")
    AGENCIES = "agencies", _("Every answer of a random share of the agencies of each type")


class HandOut(TextChoices):
    """How the work is split evenly between verifiers."""

    BY_AGENCY = "agency", _("Whole agencies")
    BY_INDICATOR = "indicator", _("Whole indicators")


class Verdict(TextChoices):
    """What a verifier finds of an answer."""

    ACCEPTED = "accepted", pgettext_lazy("verdict", "Accepted")
    PARTLY = "partly", _("Partly accepted")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")
    NOT_RELEVANT = "not_relevant", _("Not relevant")


class ItemStatus(TextChoices):
    """Where the verification of one answer stands."""

    TO_JUDGE = "to_judge", _("To verify")
    DISPUTED = "disputed", _("Verifiers disagree")
    SETTLED = "settled", _("Verified")
    EXPLAINED = "explained", _("Explained by the agency")
    DECIDED = "decided", _("Decided")


class Settlement(TextChoices):
    """By what the finding came about."""

    SINGLE = "single", _("By one verifier")
    AGREED = "agreed", _("By two verifiers in agreement")
    RECONCILED = "reconciled", _("By the department, between two verifiers")


class Ruling(TextChoices):
    """What the department decides on an explanation."""

    UPHELD = "upheld", _("The finding stands")
    CHANGED = "changed", _("The finding is changed")
