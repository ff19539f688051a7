"""What the bell and the inbox show."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from surveys.inbox import queries
from surveys.inbox.enums import NoticeKind
from surveys.inbox.services import topic
from surveys.organisations.rules import Person


@dataclass(frozen=True)
class Bell:
    """How many notices wait, and on which live topic that changes."""

    count: int
    topic: str

    @property
    def shown(self) -> str:
        """The number on the bell."""
        return f"{queries.MOST_SHOWN - 1}+" if self.count >= queries.MOST_SHOWN else str(self.count)


def bell_of(user: Person) -> Bell | None:
    """The person's bell; strangers have none. One query."""
    if user.is_anonymous:
        return None
    return Bell(queries.unread_count(user), topic(user.pk))


@dataclass(frozen=True)
class InboxFilters:
    """What of the inbox is wanted; both stand in the address."""

    unread: bool = False
    kind: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "InboxFilters":
        """From an address; a word that is unknown counts as not given."""
        kind = query.get("kind", "")
        return cls(
            unread=query.get("unread") == "1", kind=kind if kind in NoticeKind.values else ""
        )

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        return self.unread or bool(self.kind)

    @property
    def of_all(self) -> str:
        """The query of the address that shows read ones too."""
        return replace(self, unread=False).query

    @property
    def of_unread(self) -> str:
        """The query of the address that shows unread ones only."""
        return replace(self, unread=True).query

    @property
    def query(self) -> str:
        """The query of the address; only what was chosen."""
        words = {"unread": "1" if self.unread else "", "kind": self.kind}
        return "?" + urlencode({word: value for word, value in words.items() if value})
