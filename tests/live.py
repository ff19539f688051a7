"""A site as it really runs: uvicorn in a process of its own, on the test database.

``ChannelsLiveServerTestCase`` forks with open SQLite handles and serves through another server than
the product's; here nothing is shared but the database.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

ROOT: Final = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS: Final = 30.0


@pytest.fixture(scope="session")
def _live_process(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    with django_db_blocker.unblock():
        database = _database_url()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": database,
    }
    arguments = ["config.asgi:application", "--port", str(port), "--log-level", "warning"]
    server = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", *arguments, "--lifespan", "off"],
        cwd=ROOT,
        env=environment,
    )
    try:
        _wait_for(port, server)
        yield url
    finally:
        server.terminate()
        server.wait(PATIENCE_SECONDS)


@pytest.fixture
def live_site(_live_process: str, transactional_db: None) -> str:
    """The address of a running site with WebSockets; it sees what the test commits."""
    return _live_process


def sign_in(context: Any, user: Any, url: str) -> None:
    """Sign a person in to a Playwright browser context, without the sign-in page."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": session.key, "value": session.value, "url": url}])


def _database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{database['NAME']}"
    user, host, port = database["USER"], database["HOST"], database["PORT"]
    return f"postgres://{user}:{database['PASSWORD']}@{host}:{port}/{database['NAME']}"


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, "the live server ended at once"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"nothing answers at port {port}")
