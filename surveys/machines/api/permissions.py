"""The permission matrix, asked for an address of the API; a token is asked for its scope besides."""

from dataclasses import dataclass
from typing import Any, Protocol

from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from surveys.common.permissions import Permission
from surveys.machines.api.problems import ScopeMissing
from surveys.machines.enums import Scope
from surveys.machines.models import ApiToken


@dataclass(frozen=True, slots=True)
class Need:
    """What one method of an address asks: a row of the matrix, and of tokens a scope."""

    permission: Permission
    scope: Scope


class Guarded(Protocol):
    """A view that says what it needs."""

    def need_of(self, method: str) -> Need:
        """What a method needs."""

    def get_permission_object(self) -> Any:
        """The object that the permission is asked of."""


class MatrixPermission(BasePermission):
    """What the view names: a row of the matrix and, for tokens, a scope."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Raises ScopeMissing for a token that is not good for it; the matrix has the last word."""
        guarded: Guarded = view  # type: ignore[assignment]  # every address of the API is an ApiView
        need = guarded.need_of(request.method or "GET")
        if isinstance(request.auth, ApiToken) and not request.auth.has_scope(need.scope):
            raise ScopeMissing(need.scope.value)
        if need.permission is Permission.PUBLIC:
            return True
        if not request.user.is_authenticated:
            return False
        if need.permission is Permission.SIGNED_IN:
            return True
        return bool(request.user.has_perm(need.permission, guarded.get_permission_object()))
