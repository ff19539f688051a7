"""People who type into cells over HTTP, send again what was not answered, and keep books."""

import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import Event
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from surveys.engine import Cell
from surveys.models import Response, User
from surveys.rendering import Seen, sign

CSRF = "k" * 32
PATIENCE = 300.0


@dataclass
class Typist:
    """One person with cells of their own at a draft that colleagues write too.

    ``acknowledged`` holds every edit that the server said is stored: its id, path and value.
    ``refused`` holds answers that should not come.
    """

    person: User
    response: Response
    paths: tuple[str, ...]
    port: int
    acknowledged: list[tuple[str, str, str]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    repeats: int = 0

    def __post_init__(self) -> None:
        client = Client()
        client.force_login(self.person)
        self.cookie = f"sessionid={client.cookies['sessionid'].value}; csrftoken={CSRF}"
        self.address = reverse("cell_save", args=[self.response.assignment_id])
        self.stored: dict[str, str] = {}

    def type_until(self, stop: Event) -> None:
        """One edit after the other, each sent until it is answered."""
        number = 0
        while not stop.is_set():
            number += 1
            path = self.paths[number % len(self.paths)]
            self._save(f"{self.person.pk}-{number}", path, str(number))
            time.sleep(0.02)

    def _save(self, edit_id: str, path: str, value: str) -> None:
        seen = sign(path, Seen(Cell(value=self.stored.get(path))))
        body = urlencode(
            {"edit_id": edit_id, "path": path, "field": "value", "value": value, "seen": seen}
        )
        status = self._answered(body)
        if status == 200:
            self.acknowledged.append((edit_id, path, value))
            self.stored[path] = value
        else:
            self.refused.append(f"{edit_id}: {status}")

    def _answered(self, body: str) -> int:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": self.cookie,
            "X-CSRFToken": CSRF,
            "HX-Request": "true",
        }
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
            try:
                connection.request("POST", self.address, body, headers)
                answer = connection.getresponse()
                answer.read()
            except (OSError, HTTPException):
                self.repeats += 1
                time.sleep(0.05)
            else:
                if answer.status < 500:
                    return answer.status
            finally:
                connection.close()
        return 0
