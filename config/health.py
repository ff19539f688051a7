"""Whether the process lives (``/healthz``) and whether it may get requests (``/readyz``)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.files.scanning import scanner_state

TOLERANCE: Final = timedelta(seconds=1)


class HealthView(PermissionMixin):
    """The process answers; nothing else is asked."""

    permission_required = Permission.PUBLIC

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Always 200."""
        return HttpResponse("ok\n", content_type="text/plain")


class ReadyView(PermissionMixin):
    """The database answers, its tables are those of this release, and its clock is ours."""

    permission_required = Permission.PUBLIC

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """200 when every check holds, else 503; the body names the checks."""
        checks = {name: check() for name, check in CHECKS.items()}
        status = 200 if all(checks.values()) else 503
        # A scanner that is silent stops uploads, not the pages.
        return JsonResponse({**checks, "malware_scanner": scanner_state()}, status=status)


def database_answers() -> bool:
    """Whether the database executes a statement."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def migrations_are_applied() -> bool:
    """Whether no migration of this release is missing."""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def clock_agrees() -> bool:
    """Whether our clock is within a second of the database's: deadlines depend on it."""
    try:
        return abs(database_time() - timezone.now()) <= TOLERANCE
    except DatabaseError:
        return False


def database_time() -> datetime:
    """The database's clock."""
    statement = (
        "SELECT clock_timestamp()"
        if connection.vendor == "postgresql"
        else "SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        value = cursor.fetchone()[0]
    time = datetime.fromisoformat(value) if isinstance(value, str) else value
    return time if time.tzinfo else time.replace(tzinfo=UTC)


CHECKS: Final[dict[str, Callable[[], bool]]] = {
    "database": database_answers,
    "migrations": migrations_are_applied,
    "clock": clock_agrees,
}
