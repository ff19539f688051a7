"""Keeping column plans under a name."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from exporters.raw.models import NAME_LENGTH, ExportProfile
from exporters.raw.plans import ColumnPlan
from surveys.audit.enums import Event
from surveys.audit.services import record
from surveys.common.errors import DomainError
from surveys.organisations.models import Agency, User


class ProfileNotNamed(DomainError):
    """A profile without a name, or with one that is too long."""

    code = "profile_not_named"
    message = _("Give the profile a name of at most 120 characters.")
    status = 422


class ProfileExists(DomainError):
    """The owner has a profile of that name."""

    code = "profile_exists"
    message = _("There is a profile of that name already.")


@transaction.atomic
def save_profile(
    *, owner: Agency, name: str, plan: ColumnPlan, actor: User, at: datetime
) -> ExportProfile:
    """Keep a plan under a name; the owner's profile of that name takes it, if there is one.

    Raises ProfileNotNamed.
    """
    profile, _is_new = ExportProfile.objects.update_or_create(
        owner=owner,
        name=_named(name),
        defaults={"plan": plan.as_json(), "changed_at": at, "changed_by": actor},
    )
    data = {"name": profile.name, "plan": profile.plan}
    record(Event.EXPORT_PROFILE_SAVED, profile, actor=actor, at=at, data=data)
    return profile


@transaction.atomic
def rename_profile(profile: ExportProfile, *, name: str, actor: User, at: datetime) -> None:
    """Call a profile otherwise. Raises ProfileNotNamed or ProfileExists."""
    former, wanted = profile.name, _named(name)
    if ExportProfile.objects.filter(owner=profile.owner_id, name=wanted).exclude(pk=profile.pk):
        raise ProfileExists
    profile.name = wanted
    profile.changed_at, profile.changed_by = at, actor
    profile.save(update_fields=["name", "changed_at", "changed_by"])
    data = {"name": wanted, "former": former}
    record(Event.EXPORT_PROFILE_RENAMED, profile, actor=actor, at=at, data=data)


@transaction.atomic
def remove_profile(profile: ExportProfile, *, actor: User, at: datetime) -> None:
    """Forget a profile. Files that were ordered by it keep their plan."""
    record(Event.EXPORT_PROFILE_REMOVED, profile, actor=actor, at=at, data={"name": profile.name})
    profile.delete()


def _named(name: str) -> str:
    plain = " ".join(name.split())
    if not plain.isprintable() or not 0 < len(plain) <= NAME_LENGTH:
        raise ProfileNotNamed
    return plain
