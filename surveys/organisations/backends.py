"""Asks the permission matrix for ``user.has_perm(Permission.X, obj)``."""

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.utils.module_loading import import_string

from surveys.common.permissions import Permission


@cache
def _matrix() -> dict[Permission, Any]:
    matrix: dict[Permission, Any] = import_string(settings.PERMISSION_MATRIX)
    return matrix


class MatrixBackend(BaseBackend):
    """One row of the matrix for each permission; a predicate of (user, object)."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Whether the matrix grants ``perm`` on ``obj``."""
        if not user_obj.is_active or perm not in set(Permission):
            return False
        return bool(_matrix()[Permission(perm)](user_obj, obj))
