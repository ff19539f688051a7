"""The connection to the mail server, and the pace at which it is used."""

import logging
import time
from collections.abc import Callable
from typing import Any, Final

from django.core.mail import EmailMessage, get_connection

from surveys.mailing.verdicts import said

MOST_TROUBLES: Final = 3

logger = logging.getLogger(__name__)


class Line:
    """One connection for many mails, opened when it is needed and anew after trouble."""

    def __init__(self) -> None:
        self._backend: Any = get_connection()
        self._troubles = 0
        self.problem = ""

    def is_ready(self) -> bool:
        """Whether the server answers; opens the connection if need be, else ``problem`` says why.

        Not ready either after three mails in a row during which the connection broke.
        """
        if self._troubles >= MOST_TROUBLES:
            return False
        try:
            self._backend.open()
        except OSError as error:  # smtplib's exceptions are among them
            self.problem = said(error)
            logger.warning("The mail server does not answer: %s", self.problem)
            return False
        return True

    def hand_over(self, message: EmailMessage) -> None:
        """Give the mail to the server; when this returns, the server has taken it over."""
        self._backend.send_messages([message])
        self._troubles = 0

    def broke(self, problem: str) -> None:
        """The connection is of no use any more; the next mail gets a new one."""
        self._troubles += 1
        self.problem = problem
        self.close()

    def close(self) -> None:
        """Hang up, politely where the server is still there."""
        try:
            self._backend.close()
        except OSError as error:
            logger.info("The mail server was gone before we hung up: %s", said(error))


class Pace:
    """Keeps a worker to so many mails a second; 0: as fast as it goes."""

    def __init__(
        self,
        per_second: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._gap = 1 / per_second if per_second else 0.0
        self._clock, self._sleep = clock, sleep
        self._next = clock()

    def wait(self) -> None:
        """Until the next mail may go."""
        rest = self._next - self._clock()
        if rest > 0:
            self._sleep(rest)
        self._next = max(self._next, self._clock() - self._gap) + self._gap
