"""People with accounts."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from surveys.common.permissions import PERMISSIONS
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
        if perm in PERMISSIONS:
            return grants(self, perm, obj)
        return super().has_perm(perm, obj)

    @property
    def initials(self) -> str:
        """Two letters for the avatar: the last two words of a Vietnamese name."""
        words = (self.full_name or self.email).split()
        return "".join(word[0] for word in words[-2:]).upper()
