"""What a reading may take, and how it can fail."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may take: seconds by the clock and of CPU, address space, size of the answer."""

    seconds: float = 10.0
    memory_bytes: int = 512 * 1024 * 1024
    answer_bytes: int = 64 * 1024 * 1024


LIMITS: Final = Limits()


class Reason(StrEnum):
    """Why there is no result."""

    REFUSED = "refused"
    """The function will not read the data; ``detail`` holds its words."""
    FAILED = "failed"
    """The function raised something else; ``detail`` is the name of the exception."""
    MEMORY = "memory"
    TIME = "time"
    CRASHED = "crashed"
    """The child was killed by a signal; ``detail`` is its name."""
    TOO_MUCH = "too_much"
    """The answer is larger than ``answer_bytes``."""
    BUSY = "busy"
    """No child became free, or no parent could be started: worth another try later."""


class Unreadable(Exception):
    """The data could not be read; ``reason`` says what happened.

    The child had used this CPU and this much memory at its peak; nothing, if there was none.
    """

    cpu_seconds = 0.0
    peak_bytes = 0

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail


class Refused(Exception):
    """Raised by a function that will not read its data; the message says why."""
