"""Who sent a request."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from surveys.organisations.models import User


def person_of(request: HttpRequest) -> User:
    """The signed-in person. Raises PermissionDenied for nobody: views ask the matrix before."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
