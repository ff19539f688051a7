"""Kinds of agencies and roles."""

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
