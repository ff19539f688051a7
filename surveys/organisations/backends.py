"""Asks the permission matrix for ``user.has_perm(Permission.X, obj)``."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from surveys.organisations.matrix import grants


class MatrixBackend(BaseBackend):
    """One row of the matrix for each permission; a predicate of (user, object)."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Whether the matrix grants ``perm`` on ``obj``."""
        return grants(user_obj, perm, obj)
