"""The permission matrix: one row for each permission, one predicate of (user, object) each."""

from collections.abc import Callable
from typing import Any, Final

from surveys.common.permissions import Permission

Predicate = Callable[[Any, Any], bool]

MATRIX: Final[dict[Permission, Predicate]] = {}
