"""System checks of what lower contexts ask by the name of a setting.

Tasks are looked up without being imported, because their modules may load pandas.
"""

import ast
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string

from surveys.audit.enums import Event
from surveys.common.permissions import Permission
from surveys.documents.fonts import missing_fonts
from surveys.live.topics import TOPIC
from surveys.organisations.rounds import KnowsRounds

NAMED: Final[dict[str, type]] = {
    "PERMISSION_MATRIX": Mapping,
    "JOB_TABLE": Mapping,
    "JOB_MODULES": tuple,
    "JOB_ANNOUNCER": Callable,  # type: ignore[dict-item]  # an ABC, good for isinstance
    "LIVE_TOPICS": Mapping,
    "NOTICE_PLACES": Mapping,
    "WEBHOOK_SUBJECTS": Mapping,
    "AGENCY_ROUNDS": KnowsRounds,
    "VERSION_USE": Callable,  # type: ignore[dict-item]
    "MAIL_LINK": Callable,  # type: ignore[dict-item]
    "ANSWERS_HELD": Callable,  # type: ignore[dict-item]
    "DEMO_ANALYSIS": Callable,  # type: ignore[dict-item]
    "DEMO_PUBLICATION": Callable,  # type: ignore[dict-item]
}
"""Each setting that holds a dotted name, with what must stand there."""


@register()
def check_names(**_kwargs: Any) -> list[CheckMessage]:
    """Every setting of ``NAMED`` leads to what it should."""
    return [error for setting in NAMED for error in name_errors(setting)]


@register()
def check_typeface(**_kwargs: Any) -> list[CheckMessage]:
    """The typeface of printed documents is there; without it they would be set in another."""
    return typeface_errors(missing_fonts())


@register()
def check_permission_matrix(**_kwargs: Any) -> list[CheckMessage]:
    """Every permission has a row, and every row is a permission's."""
    return matrix_errors(_table("PERMISSION_MATRIX")) if _leads("PERMISSION_MATRIX") else []


@register()
def check_job_table(**_kwargs: Any) -> list[CheckMessage]:
    """Every task that follows from an event exists."""
    return job_errors(_table("JOB_TABLE")) if _leads("JOB_TABLE") else []


@register()
def check_live_topics(**_kwargs: Any) -> list[CheckMessage]:
    """Every kind of topic can be asked for, and has somebody who answers."""
    return topic_errors(_table("LIVE_TOPICS")) if _leads("LIVE_TOPICS") else []


def name_errors(setting: str) -> list[CheckMessage]:
    """What is wrong with the dotted name that a setting of ``NAMED`` holds."""
    dotted = getattr(settings, setting, None)
    if not isinstance(dotted, str):
        return [Error(f"{setting} must hold a dotted name, not {dotted!r}.", id="config.E005")]
    try:
        found = import_string(dotted)
    except ImportError as failure:
        return [Error(f"{setting}: {failure}", id="config.E006")]
    wanted = NAMED[setting]
    if not isinstance(found, wanted):
        return [Error(f"{setting}: {dotted} is no {wanted.__name__.lower()}.", id="config.E007")]
    return []


def matrix_errors(matrix: Mapping[Any, Any]) -> list[CheckMessage]:
    """What is wrong with a permission matrix."""
    missing = [permission for permission in Permission if permission not in matrix]
    unknown = [row for row in matrix if row not in set(Permission)]
    silent = [row for row, predicate in matrix.items() if not callable(predicate)]
    return [
        *(Error(f"No row says who has {name!r}.", id="config.E001") for name in missing),
        *(Error(f"{name!r} is no permission.", id="config.E002") for name in unknown),
        *(Error(f"The row {name!r} cannot be asked.", id="config.E008") for name in silent),
    ]


def job_errors(jobs: Mapping[Any, Sequence[str]]) -> list[CheckMessage]:
    """What is wrong with a job table."""
    unknown = [event for event in jobs if event not in set(Event)]
    lost = [task for tasks in jobs.values() for task in tasks if not task_exists(task)]
    return [
        *(Error(f"{event!r} is no audit event.", id="config.E003") for event in unknown),
        *(Error(f"The task {task!r} does not exist.", id="config.E004") for task in lost),
    ]


def topic_errors(topics: Mapping[Any, Any]) -> list[CheckMessage]:
    """What is wrong with a table of live topics: a kind no topic can have, or nobody to ask."""
    unheard = [kind for kind in topics if not TOPIC.fullmatch(f"{kind}:1")]
    silent = [kind for kind, predicate in topics.items() if not callable(predicate)]
    return [
        *(Error(f"No live topic can begin with {kind!r}.", id="config.E009") for kind in unheard),
        *(Error(f"The topic {kind!r} cannot be asked.", id="config.E010") for kind in silent),
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


def typeface_errors(missing: Sequence[Path]) -> list[CheckMessage]:
    """An error for every file of the typeface that is not installed."""
    return [
        Error(f"{file.name} is not installed", hint="Run: make install", id="documents.E001")
        for file in missing
    ]


def _leads(setting: str) -> bool:
    """Whether the setting is worth a look; where it is not, ``check_names`` has said why."""
    return not name_errors(setting)


def _table(setting: str) -> Mapping[Any, Any]:
    table: Mapping[Any, Any] = import_string(getattr(settings, setting))
    return table


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
