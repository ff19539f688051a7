"""The system checks of what settings name: the matrix, the tables, the functions."""

import re
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.checks import run_checks

from config.checks import (
    NAMED,
    job_errors,
    matrix_errors,
    name_errors,
    task_exists,
    topic_errors,
    typeface_errors,
)
from config.live import TOPICS
from config.permissions import MATRIX
from surveys.audit.enums import Event
from surveys.common.permissions import Permission


def test_the_matrix_has_one_row_for_each_permission() -> None:
    assert matrix_errors(MATRIX) == []


def test_a_missing_row_is_an_error() -> None:
    rows = {name: rule for name, rule in MATRIX.items() if name != Permission.ROUND_OPEN}

    assert [error.id for error in matrix_errors(rows)] == ["config.E001"]


def test_a_row_of_no_permission_is_an_error() -> None:
    rows = dict.fromkeys([*Permission, "round.burn"], MATRIX[Permission.PUBLIC])

    assert [error.id for error in matrix_errors(rows)] == ["config.E002"]


def test_a_task_is_found_without_importing_its_module() -> None:
    assert task_exists("config.checks.job_errors")


def test_tasks_that_do_not_exist_are_errors() -> None:
    jobs = {Event.ROUND_OPENED: ["config.checks.nothing", "nowhere.at.all", "surveys.nobody.task"]}

    assert [error.id for error in job_errors(jobs)] == ["config.E004"] * 3


def test_an_event_that_does_not_exist_is_an_error() -> None:
    assert [error.id for error in job_errors({"round.burnt": []})] == ["config.E003"]


def test_a_row_that_cannot_be_asked_is_an_error() -> None:
    rows = {**MATRIX, Permission.ROUND_OPEN: True}

    assert [error.id for error in matrix_errors(rows)] == ["config.E008"]


def test_the_live_topics_are_right() -> None:
    assert topic_errors(TOPICS) == []


def test_a_topic_that_nobody_can_name_or_ask_is_an_error() -> None:
    assert [error.id for error in topic_errors({"Round 1": None})] == ["config.E009", "config.E010"]


@pytest.mark.parametrize("setting", NAMED)
@pytest.mark.parametrize(
    ("value", "error"),
    [
        (None, "config.E005"),
        ("nowhere", "config.E006"),
        ("nowhere.at.all", "config.E006"),
        ("config.checks.nothing", "config.E006"),
        ("config.checks.__doc__", "config.E007"),
    ],
)
def test_a_setting_that_leads_nowhere_is_an_error_at_start_up(
    settings, setting: str, value: str | None, error: str
) -> None:
    setattr(settings, setting, value)

    assert [each.id for each in name_errors(setting)] == [error]
    assert error in {each.id for each in run_checks()}


def test_every_name_that_code_looks_up_in_the_settings_is_checked() -> None:
    code = [
        path.read_text("utf-8")
        for app in ("surveys", "analytics", "exporters")
        for path in Path(project.BASE_DIR, app).rglob("*.py")
    ]
    asked = {name for text in code for name in re.findall(r"import_string\(settings\.(\w+)", text)}

    assert asked == set(NAMED)


def test_a_typeface_that_is_not_installed_is_told() -> None:
    (error,) = typeface_errors([Path("fonts/Tinos_700Bold.ttf")])

    assert (error.id, error.msg) == ("documents.E001", "Tinos_700Bold.ttf is not installed")
