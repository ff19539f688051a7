"""The system checks of the permission matrix and the job table."""

from config.checks import job_errors, matrix_errors, task_exists
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
