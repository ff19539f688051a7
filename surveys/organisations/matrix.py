"""The permission matrix that the settings name, asked for one permission."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from surveys.common.permissions import PERMISSIONS, Permission


def grants(user: Any, permission: str, target: Any) -> bool:
    """Whether the matrix has the permission and gives it to the active person on the target."""
    if not user.is_active or permission not in PERMISSIONS:
        return False
    return bool(_matrix()[Permission(permission)](user, target))


@cache
def _matrix() -> dict[Permission, Any]:
    matrix: dict[Permission, Any] = import_string(settings.PERMISSION_MATRIX)
    return matrix
