"""The owner's side: sends a request to the warm parent and waits for the answer."""

import atexit
import json
import os
import selectors
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from surveys.limited.child import Kind
from surveys.limited.outcome import LIMITS, Limits, Reason, Unreadable

QUEUE_SECONDS: Final = 30.0
"""How long a request may wait for a free child."""

_ATTEMPTS: Final = 2
_CHUNK: Final = 1024 * 1024
_ROOT: Final = str(Path(__file__).resolve().parents[2])
_PROGRAM: Final = (
    f"import sys; sys.path.insert(0, {_ROOT!r}); from surveys.limited.parent import main; main()"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a function returned, and what it took: CPU seconds, memory at its peak in bytes.

    ``isolated`` says whether the child had no network.
    """

    result: Any
    cpu_seconds: float
    peak_bytes: int
    isolated: bool


def read_limited(
    function: Callable[..., Any],
    data: bytes,
    options: Mapping[str, Any] | None = None,
    *,
    limits: Limits = LIMITS,
) -> Any:
    """The result of ``function(data, **options)`` as a limited child found it.

    ``function`` is a plain function of a module; ``options`` can be written as JSON. Raises
    Unreadable when there is no result.
    """
    return reading_of(function, data, options, limits=limits).result


def reading_of(
    function: Callable[..., Any],
    data: bytes,
    options: Mapping[str, Any] | None = None,
    *,
    limits: Limits = LIMITS,
) -> Reading:
    """Like ``read_limited``, with what the reading took; see there."""
    order = {
        "function": f"{function.__module__}:{function.__qualname__}",
        "limits": asdict(limits),
    }
    content = os.memfd_create("request")
    try:
        with os.fdopen(os.dup(content), "wb") as file:
            file.write(json.dumps(dict(options or {})).encode() + b"\n")
            file.write(data)
        for _attempt in range(_ATTEMPTS):
            parent = _warm_parent()
            try:
                answer, report = parent.ask(json.dumps(order).encode(), content, limits)
            except ParentGone:
                _forget(parent)
            else:
                return _reading(answer, report)
    finally:
        os.close(content)
    raise Unreadable(Reason.BUSY)


def stop() -> None:
    """End the warm parent of this process, if there is one; the next reading starts another."""
    with _STATE.lock:
        parent, _STATE.parent = _STATE.parent, None
    if parent is not None:
        parent.end()


class ParentGone(Exception):
    """The warm parent has ended, or does not answer."""


class WarmParent:
    """A parent of our own, started with its modules yet to load."""

    def __init__(self) -> None:
        self.socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            # No environment: what reads strangers' files knows no secret of ours.
            self.pid = os.posix_spawn(
                sys.executable,
                [sys.executable, "-I", "-X", "utf8", "-c", _PROGRAM],
                {},
                file_actions=[(os.POSIX_SPAWN_DUP2, theirs.fileno(), 0)],
            )
        finally:
            theirs.close()
        self.handle = os.pidfd_open(self.pid)

    def ask(self, order: bytes, content: int, limits: Limits) -> tuple[bytes, Mapping[str, Any]]:
        """The answer and the report on the child.

        Raises ParentGone, and Unreadable when the answer is too large or does not come.
        """
        answer, their_answer = os.pipe()
        report, their_report = os.pipe()
        try:
            try:
                socket.send_fds(self.socket, [order], [content, their_answer, their_report])
            except OSError as failure:
                raise ParentGone from failure
            finally:
                os.close(their_answer)
                os.close(their_report)
            found = _received((answer, report), limits)
        finally:
            os.close(answer)
            os.close(report)
        if not found[report]:
            raise ParentGone
        return bytes(found[answer]), json.loads(found[report])

    def end(self) -> None:
        """Kill and bury it; its children end with it."""
        self.socket.close()
        try:
            signal.pidfd_send_signal(self.handle, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            return  # it was buried by somebody who waits for every child
        finally:
            os.close(self.handle)


def _received(pipes: tuple[int, int], limits: Limits) -> dict[int, bytearray]:
    """What comes out of both pipes until they close."""
    found = {pipe: bytearray() for pipe in pipes}
    ends_at = time.monotonic() + QUEUE_SECONDS + limits.seconds
    with selectors.DefaultSelector() as selector:
        for pipe in pipes:
            selector.register(pipe, selectors.EVENT_READ)
        while selector.get_map():
            events = selector.select(max(0.0, ends_at - time.monotonic()))
            if not events:
                raise Unreadable(Reason.BUSY)
            for key, _mask in events:
                chunk = os.read(key.fd, _CHUNK)
                found[key.fd] += chunk
                if len(found[key.fd]) > limits.answer_bytes:
                    raise Unreadable(Reason.TOO_MUCH)
                if not chunk:
                    selector.unregister(key.fd)
    return found


def _reading(answer: bytes, report: Mapping[str, Any]) -> Reading:
    """The result; raises Unreadable with why there is none."""
    if failure := _failure(answer, report):
        failure.cpu_seconds = report.get("cpu_seconds", 0.0)
        failure.peak_bytes = report.get("peak_bytes", 0)
        raise failure
    kind, text = answer[0], answer[1:]
    result = text if kind == Kind.BYTES else json.loads(text)
    return Reading(result, report["cpu_seconds"], report["peak_bytes"], report["isolated"])


def _failure(answer: bytes, report: Mapping[str, Any]) -> Unreadable | None:
    if error := report.get("error"):
        return Unreadable(Reason.FAILED, error)
    if report["late"]:
        return Unreadable(Reason.TIME)
    if report["signal"] or not answer:
        return Unreadable(Reason.CRASHED, report["signal"])
    if answer[0] in _REASONS:
        return Unreadable(_REASONS[Kind(answer[0])], answer[1:].decode(errors="replace"))
    return None


_REASONS: Final = {
    Kind.REFUSED: Reason.REFUSED,
    Kind.FAILED: Reason.FAILED,
    Kind.MEMORY: Reason.MEMORY,
    Kind.TOO_MUCH: Reason.TOO_MUCH,
}


class _State:
    """The parent of this process, and who may start one."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.parent: WarmParent | None = None


_STATE = _State()


def _warm_parent() -> WarmParent:
    with _STATE.lock:
        if _STATE.parent is None:
            _STATE.parent = WarmParent()
        return _STATE.parent


def _forget(parent: WarmParent) -> None:
    """Bury a parent that is gone, once, whoever noticed first."""
    with _STATE.lock:
        if _STATE.parent is not parent:
            return
        _STATE.parent = None
    parent.end()


def _begin_anew() -> None:
    """In a process forked from the owner: its parent is not ours, and its lock may be held."""
    if _STATE.parent is not None:
        _STATE.parent.socket.close()
        os.close(_STATE.parent.handle)
    _STATE.lock = threading.Lock()
    _STATE.parent = None


os.register_at_fork(after_in_child=_begin_anew)
atexit.register(stop)
