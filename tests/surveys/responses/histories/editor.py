"""One person's browser at the draft: what it shows, what waits in it, what it was told."""

import re
from dataclasses import dataclass, field
from html import unescape
from itertools import count
from typing import Any

from django.test import Client
from django.urls import reverse

from surveys.engine import Cell
from surveys.models import Response, User
from surveys.rendering import read
from tests.surveys.responses.histories.questionnaire import MANY

MARKED = re.compile(r'data-path="([^"]+)" data-seen="([^"]+)"')
Answer = str | list[str]


@dataclass
class Typed:
    """An edit as it waits in a browser, and what stood in the cell when its author typed it.

    ``sent`` tells that it may have reached the server; ``seen`` is unknown while another edit of the
    cell waits before it.
    """

    edit_id: str
    path: str
    value: Answer
    before: Cell
    seen: str | None
    sent: bool = False


@dataclass
class Editor:
    """A browser: signatures and cells as they are shown, the queue, and what came of every edit."""

    user: User
    response: Response
    client: Client = field(default_factory=Client)
    is_online: bool = True
    shown: dict[str, Cell] = field(default_factory=dict)
    signatures: dict[str, str] = field(default_factory=dict)
    queue: list[Typed] = field(default_factory=list)
    stored: list[Typed] = field(default_factory=list)
    told: list[Typed] = field(default_factory=list)
    numbers: Any = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.client.force_login(self.user)
        self.load()

    def load(self) -> None:
        """Open the section; what waits in the browser goes on waiting."""
        url = reverse("section", args=[self.response.assignment_id, "all"])
        page = self.client.get(url).content.decode()
        for path, signature in MARKED.findall(page):
            if not any(edit.path == path for edit in self.queue):
                self.look(path, unescape(signature))

    def look(self, path: str, signature: str) -> None:
        """The page shows what the signature says."""
        found = read(path, signature)
        assert found is not None, f"the page signed nothing for {path}"
        self.shown[path], self.signatures[path] = found.cell, signature

    def type(self, path: str, value: Answer) -> None:
        """Leave a cell with another value; it is sent when the browser is online."""
        waiting = [edit for edit in self.queue if edit.path == path]
        if waiting and not waiting[-1].sent:
            waiting[-1].value = value
            return
        number = f"{self.user.pk}-{next(self.numbers)}"
        before = _as_typed(waiting[-1]) if waiting else self.shown[path]
        seen = None if waiting else self.signatures[path]
        self.queue.append(Typed(number, path, value, before, seen))

    def send(self, *, loses_answer: bool = False) -> None:
        """Send what waits, in its order; a lost answer leaves its edit in the queue."""
        while self.queue and self.is_online:
            edit = self.queue[0]
            edit.seen = edit.seen or self.signatures[edit.path]
            edit.sent = True
            answer = self._post(edit)
            if loses_answer:
                return
            self._settle(edit, answer)

    def _post(self, edit: Typed) -> Any:
        data = {
            "edit_id": edit.edit_id,
            "user": self.user.pk,
            "path": edit.path,
            "field": "value",
            "many": "1" if edit.path in MANY else "",
            "seen": edit.seen,
            "value": edit.value,
        }
        url = reverse("cell_save", args=[self.response.assignment_id])
        return self.client.post(url, data, headers={"HX-Request": "true"})

    def _settle(self, edit: Typed, answer: Any) -> None:
        if answer.status_code == 200:
            self.queue.remove(edit)
            self.stored.append(edit)
            self.look(edit.path, answer.headers["X-Seen"])
            behind = [each for each in self.queue if each.path == edit.path and each.seen is None]
            if behind and "X-Left" in answer.headers:
                behind[0].seen = answer.headers["X-Left"]
            return
        assert answer.status_code in {409, 422}, answer.status_code
        lost = [each for each in self.queue if each.path == edit.path]
        self.queue = [each for each in self.queue if each.path != edit.path]
        self.told += lost
        conflict = re.search(r'data-conflict[^>]* data-seen="([^"]+)"', answer.content.decode())
        if conflict:
            self.look(edit.path, unescape(conflict[1]))


def _as_typed(edit: Typed) -> Cell:
    """What a page shows of an edit that waits: the text as it was typed."""
    return Cell(value=edit.value)
