"""A mail server for the tests that hand mails over."""

from collections.abc import Iterator

import pytest

from tests.surveys.mailing.smtp import Postman, mail_server


@pytest.fixture
def postman() -> Iterator[Postman]:
    """The server on loopback, to which Django's settings lead."""
    with mail_server() as server:
        yield server
