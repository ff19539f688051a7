"""What a control was rendered with, as an opaque signature that travels with the form.

A whole-page POST brings it back, so that only what the person changed is saved, and each change is
compared with what that person had before their eyes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.signing import BadSignature, Signer

from surveys.engine import Cell, FormState

_SALT = "surveys.rendering.seen"


@dataclass(frozen=True, slots=True)
class Seen:
    """A cell, the two texts and the day (ISO) that may stand beside it."""

    cell: Cell = field(default_factory=Cell)
    reason: str = ""
    explanation: str = ""
    expected: str = ""


def seen_at(state: FormState, path: str, cell: Cell | None = None) -> Seen:
    """What a person sees at ``path``; ``cell`` for places that hold an answer."""
    remark = state.remarks.get(path, {})
    return Seen(
        cell or Cell(),
        remark.get("reason", ""),
        remark.get("explanation", ""),
        remark.get("expected", ""),
    )


def seen_in(record: Mapping[str, Any]) -> Seen:
    """What a person saw of a cell that a record holds, with the texts beside it."""
    cell = Cell(
        value=record.get("value"),
        missing=record.get("missing", ""),
        typed=record.get("typed", ""),
    )
    texts = (record.get(name, "") for name in ("reason", "explanation", "expected"))
    return Seen(cell, *texts)


def sign(path: str, seen: Seen) -> str:
    """The signature of what stands at ``path``."""
    content = [
        seen.cell.value,
        seen.cell.missing,
        seen.cell.typed,
        seen.reason,
        seen.explanation,
        seen.expected,
    ]
    while content and content[-1] in ("", None):
        content.pop()
    return _signer(path).sign_object(content)


def read(path: str, signature: str) -> Seen | None:
    """What was signed for ``path``; ``None`` if the signature is not ours."""
    try:
        content: list[Any] = _signer(path).unsign_object(signature)
    except (BadSignature, ValueError):
        return None
    full = content + [None, "", "", "", "", ""][len(content) :]
    value, missing, typed, reason, explanation, expected = full
    return Seen(Cell(value=value, missing=missing, typed=typed), reason, explanation, expected)


def _signer(path: str) -> Signer:
    return Signer(salt=f"{_SALT}:{path}")
