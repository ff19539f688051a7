"""What every test shares: the browser and its language."""

import os
import shutil
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck, settings

from surveys.questionnaires import queries
from tests.live import _live_process, live_site

__all__ = ["_live_process", "live_site"]

# A test tells a fact, not a time: what is slow on a busy machine is not wrong.
settings.register_profile("facts", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("facts")

# Playwright's synchronous API runs an event loop; the ORM must still work beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def pytest_itemcollected(item):
    """Whatever opens a page is a browser test."""
    if {"page", "browser", "context"} & set(getattr(item, "fixturenames", ())):
        item.add_marker("browser")


@pytest.hookimpl(trylast=True)
def pytest_addoption(parser):
    """What another database cannot change need not be run on it."""
    parser.addoption("--database", action="store_true", help="only tests that use the database")


def pytest_collection_modifyitems(config, items):
    """Browser tests run last: Playwright's event loop does not end before the session does."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    if config.getoption("database"):
        config.hook.pytest_deselected(items=[item for item in items if not uses_database(item)])
        items[:] = [item for item in items if uses_database(item)]


def uses_database(item):
    """Whether the test is marked for the database, or asks for it by a fixture."""
    asked = {"db", "transactional_db"} & set(item.fixturenames)
    return bool(asked) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """PostgreSQL drops no database in use, and the session of a process that a test has killed ends
    when the server notices."""
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )


@pytest.fixture(autouse=True)
def _nothing_of_other_tests():
    """Ids start over with every test, and a request of an earlier one may have left its language."""
    queries._FORMS._entries.clear()
    translation.deactivate()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium; as root it has no sandbox to build."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert chromium, "Chromium is missing: apt-get install chromium, or set CHROMIUM to its path"
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "args": ["--no-sandbox"] if os.geteuid() == 0 else [],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """A Vietnamese official's browser."""
    return {**browser_context_args, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}


@pytest.fixture
def repository():
    """The top of the work tree."""
    return Path(__file__).resolve().parent.parent
