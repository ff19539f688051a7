"""Agencies as a tree, people, and what people are to agencies."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.models import (
    AbstractBaseUser,
    AnonymousUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from surveys.common.permissions import Permission
from surveys.organisations.enums import (
    AgencyType,
    DepartmentRoleName,
    IdentifierScheme,
    MembershipRole,
    SuccessionKind,
)
from surveys.organisations.matrix import grants


class UserManager(BaseUserManager["User"]):
    """Makes accounts; e-mail addresses are compared without case."""

    def create_user(
        self, email: str, password: str | None = None, *, full_name: str = ""
    ) -> "User":
        """A new account; without a password it cannot sign in until one is set."""
        user = self.model(email=self.normalize_email(email).lower(), full_name=full_name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account of an e-mail address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account; signs in by e-mail."""

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    full_name = models.CharField(_("full name"), max_length=120)
    language = models.CharField(max_length=5, default="vi")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        """The person's name."""
        return self.full_name

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """What the matrix says of its permissions: a superuser gets nothing extra there."""
        if perm in set(Permission):
            return grants(self, perm, obj)
        return super().has_perm(perm, obj)

    @property
    def initials(self) -> str:
        """Two letters for the avatar: the last two words of a Vietnamese name."""
        words = (self.full_name or self.email).split()
        return "".join(word[0] for word in words[-2:]).upper()


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Subtrees are range queries over ``path``."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Every agency for whoever is signed in; none for others."""
        return self if user.is_authenticated and user.is_active else self.none()

    def existing_on(self, day: date) -> Self:
        """Agencies that existed on the day; ask it of ``Agency.ever``."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        )

    def under(self, agency: "Agency") -> Self:
        """The agency and everything below it."""
        return self.filter(path__gte=agency.path, path__lt=f"{agency.path[:-1]}0")

    def of_types(self, types: Iterable[str]) -> Self:
        """Agencies of the given types."""
        return self.filter(type__in=list(types))


AgencyManager = models.Manager.from_queryset(AgencyQuerySet)


class CurrentAgencyManager(AgencyManager["Agency"]):
    """Agencies that have not been dissolved."""

    def get_queryset(self) -> AgencyQuerySet:
        """Without the agencies that have an end."""
        return AgencyQuerySet(self.model, using=self._db).filter(valid_to__isnull=True)


class Agency(models.Model):
    """An organisation that asks or is asked.

    ``Agency.objects`` gives those that exist, ``Agency.ever`` also those that were merged away.

    ``key`` is our own stable id (``bo-khcn``, ``tinh-01``, ``xa-00004``); official codes are
    ``AgencyIdentifier`` rows with validity, because codes are re-used with another meaning.
    ``path`` is the chain of ids from the root, each 8 digits, ended by ``/`` ("00000001/00000012/"),
    so that a subtree is the range ``[path, path with its last "/" replaced by "0")``.
    """

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    short_name = models.CharField(max_length=60, blank=True)
    type = models.CharField(max_length=20, choices=AgencyType)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=120, blank=True, db_index=True)
    official_order = models.PositiveIntegerField(default=0)
    search_key = models.CharField(max_length=400, db_index=True)
    sort_key = models.CharField(max_length=800, db_index=True)
    attributes = models.JSONField(default=dict, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = CurrentAgencyManager()
    ever = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["official_order", "sort_key"]
        indexes = [models.Index(fields=["type", "official_order"], name="agency_by_type")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
                name="agency_valid_to_after_from",
            )
        ]

    def __str__(self) -> str:
        return self.localised_name

    @property
    def localised_name(self) -> str:
        """The name in the reader's language; the Vietnamese one where there is no other."""
        return (self.name_en if get_language() == "en" else "") or self.name


class AgencyIdentifier(models.Model):
    """An external code of an agency, which holds from a day to a day (exclusive)."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=12, choices=IdentifierScheme)
    value = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value", "valid_from"], name="identifier_once_from_a_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="identifier_valid_to_after_from",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class AgencySuccession(models.Model):
    """One agency became (part of) another on a day."""

    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="precessions")
    kind = models.CharField(max_length=8, choices=SuccessionKind)
    on = models.DateField()
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="succession_between_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Membership(models.Model):
    """A person's part in an agency's responses."""

    user = models.ForeignKey("surveys.User", on_delete=models.CASCADE, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=MembershipRole)
    title = models.CharField(_("position"), max_length=120, blank=True)
    signs_as = models.CharField(_("signs as"), max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "agency", "role"], name="membership_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} of {self.agency}"


class DepartmentRole(models.Model):
    """A role within an owner of questionnaires, campaigns and indices."""

    user = models.ForeignKey(
        "surveys.User", on_delete=models.CASCADE, related_name="department_roles"
    )
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="department_roles")
    role = models.CharField(max_length=13, choices=DepartmentRoleName)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "owner", "role"], name="department_role_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} in {self.owner}"
