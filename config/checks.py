"""System checks of the two tables that stand on top: the permission matrix and the job table.

Tasks are looked up without being imported, because their modules may load pandas.
"""

import ast
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string

from surveys.audit.enums import Event
from surveys.common.permissions import Permission


@register()
def check_permission_matrix(**_kwargs: Any) -> list[CheckMessage]:
    """Every permission has a row, and every row is a permission's."""
    return matrix_errors(import_string(settings.PERMISSION_MATRIX))


@register()
def check_job_table(**_kwargs: Any) -> list[CheckMessage]:
    """Every task that follows from an event exists."""
    return job_errors(import_string(settings.JOB_TABLE))


def matrix_errors(matrix: Mapping[Any, Any]) -> list[CheckMessage]:
    """What is wrong with a permission matrix."""
    missing = [permission for permission in Permission if permission not in matrix]
    unknown = [row for row in matrix if row not in set(Permission)]
    return [
        *(Error(f"No row says who has {name!r}.", id="config.E001") for name in missing),
        *(Error(f"{name!r} is no permission.", id="config.E002") for name in unknown),
    ]


def job_errors(jobs: Mapping[Any, Sequence[str]]) -> list[CheckMessage]:
    """What is wrong with a job table."""
    unknown = [event for event in jobs if event not in set(Event)]
    lost = [task for tasks in jobs.values() for task in tasks if not task_exists(task)]
    return [
        *(Error(f"{event!r} is no audit event.", id="config.E003") for event in unknown),
        *(Error(f"The task {task!r} does not exist.", id="config.E004") for task in lost),
    ]


def task_exists(dotted: str) -> bool:
    """Whether the module of a dotted name defines the function, without importing the module."""
    module, _dot, name = dotted.rpartition(".")
    try:
        spec = find_spec(module)
    except (ModuleNotFoundError, ValueError):
        return False
    if spec is None or spec.origin is None:
        return False
    body = ast.parse(Path(spec.origin).read_text(encoding="utf-8")).body
    return any(name in _names(node) for node in body)


def _names(node: ast.stmt) -> set[str]:
    """The names a statement at the top of a module gives."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return {node.name}
        case ast.Import() | ast.ImportFrom():
            return {alias.asname or alias.name for alias in node.names}
        case ast.Assign():
            return {target.id for target in node.targets if isinstance(target, ast.Name)}
        case _:
            return set()
