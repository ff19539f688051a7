"""Kinds of agencies and roles."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AgencyType(TextChoices):
    """What an agency is."""

    MINISTRY = "ministry", _("Ministry")
    MINISTERIAL_AGENCY = "ministerial_agency", _("Ministerial-level agency")
    GOVERNMENT_AGENCY = "government_agency", _("Government agency")
    PROVINCE = "province", _("Province")
    COMMUNE = "commune", _("Commune")
    DEPARTMENT = "department", _("Department")
    ENTERPRISE = "enterprise", _("Enterprise")
    COMMUNITY_TEAM = "community_team", _("Community digital team")
    ASSOCIATION = "association", _("Association")


class MembershipRole(TextChoices):
    """What a member does for an agency's responses."""

    COORDINATOR = "coordinator", _("Coordinator")
    CONTRIBUTOR = "contributor", _("Contributor")
    SIGNATORY = "signatory", _("Signatory")
    REVIEWER = "reviewer", _("Reviewer")


class Capacity(TextChoices):
    """For whom a person signs, as Decree 30/2020/ND-CP abbreviates it before the position."""

    OWN = "", _("In one's own capacity")
    COLLECTIVE = "TM.", _("On behalf of the collective (TM.)")
    DEPUTY = "KT.", _("In the head's place, as deputy (KT.)")
    ORDER = "TL.", _("By the head's order (TL.)")
    AUTHORISED = "TUQ.", _("By the head's authorisation (TUQ.)")


DELEGATED: Final = frozenset({Capacity.DEPUTY, Capacity.ORDER, Capacity.AUTHORISED})
"""The capacities that somebody else gave, by a document."""


class DepartmentRoleName(TextChoices):
    """What a person does for an owner of questionnaires and campaigns."""

    DESIGNER = "designer", _("Designer")
    VERIFIER = "verifier", _("Verifier")
    RESEARCHER = "researcher", _("Researcher")
    ADMINISTRATOR = "administrator", _("Administrator")


class IdentifierScheme(TextChoices):
    """Who gave an external identifier."""

    NSO = "nso", _("National Statistics Office code")
    ELECTRONIC = "electronic", _("Electronic agency code")
    TAX = "tax", _("Tax code")


class SuccessionKind(TextChoices):
    """How one agency became another."""

    MERGED = "merged", _("Merged into")
    SPLIT = "split", _("Split into")
    RENAMED = "renamed", _("Renamed to")


class ChangeKind(TextChoices):
    """What a document does to an agency."""

    RENAMED = "renamed", _("Renamed")
    MOVED = "moved", _("Moved in the tree")
    MERGED = "merged", _("Merged")
    SPLIT = "split", _("Split")


class Decision(TextChoices):
    """What becomes of an open task of an agency that was changed; answers stay in any case."""

    KEEP = "keep", _("Keeps answering")
    DROP = "drop", _("Is no longer asked")
    ALSO = "also", _("Keeps answering, and its successors are asked as well")
    INSTEAD = "instead", _("Its successors are asked instead")
