"""What a writer is given: the file that was ordered, of what, for whom, as of when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from analytics.gate.enums import Audience
from analytics.models import IndexRun, Release
from surveys.campaigns.models import Round
from surveys.organisations.models import User

Found = TypeVar("Found", Round, IndexRun, Release)


class Subject(StrEnum):
    """What files are made of."""

    ROUND = "round"
    RUN = "run"
    RELEASE = "release"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which file: an exporter's ``name`` and one of its formats, a language, and what was chosen
    beside them."""

    name: str
    format: str
    language: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A file to be written.

    ``subject`` is what the exporter's ``Subject`` says; ``beside`` are further rounds that go into the
    same file, which its owner may have as well. ``options`` is what was chosen beside it, as the
    exporter's context understands it. ``audience`` is who the figures are protected for. ``as_of`` is
    the newest state that goes into the file (``exporters.orders.states``) and the only time a writer
    may write: equal orders over equal data give equal bytes.
    """

    name: str
    format: str
    language: str
    subject: Round | IndexRun | Release
    audience: Audience
    as_of: datetime
    options: Mapping[str, Any] = field(default_factory=dict)
    actor: User | None = None
    beside: tuple[Round, ...] = ()

    @property
    def round(self) -> Round:
        """The round that the subject is, or is of."""
        return self.subject if isinstance(self.subject, Round) else self.subject.round

    def subject_as(self, kind: type[Found]) -> Found:
        """The subject, which the exporter's line in the registry says is of that kind. TypeError."""
        if not isinstance(self.subject, kind):
            raise TypeError(f"{self.name} is not made of {type(self.subject).__name__}")
        return self.subject


Progress = Callable[[int, int, str], None]
"""``(done, total, message)``; raises where the work is to stop (taken over, cancelled)."""

Writer = Callable[[Order, Path, Progress], None]
"""Writes the ordered file to the path. What it raises as DomainError is told to the owner."""
