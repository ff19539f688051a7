"""The warm parent: forks a child for each request, ends those that take too long, reports on all.

Run by ``client`` with a socket as standard input. A request is one message with three files: the
request itself, where the answer goes, where the report goes. The parent touches nothing of what the
request holds. It ends, and its children with it, when the socket closes.
"""

import ctypes
import gc
import json
import os
import resource
import selectors
import signal
import socket
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Final

from surveys.limited import child
from surveys.limited.outcome import Limits

MESSAGE_BYTES: Final = 4096
CHILDREN: Final = max(2, os.cpu_count() or 1)
"""Children at the same time; further requests wait."""

_FILES: Final = 3
_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000


def main() -> None:
    """Serve the socket on standard input until it closes."""
    os.setsid()
    isolated = _leave_network()
    with socket.socket(fileno=os.dup(0)) as control:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for taken in (0, 1):
            os.dup2(nowhere, taken)
        Parent(control, isolated=isolated).serve()


def _leave_network() -> bool:
    """Give up the network for good, if the kernel lets us; no child has one then."""
    libc = ctypes.CDLL(None, use_errno=True)
    return any(
        libc.unshare(flags) == 0 for flags in (_CLONE_NEWUSER | _CLONE_NEWNET, _CLONE_NEWNET)
    )


@dataclass(frozen=True, slots=True)
class _Request:
    """A function to call, and the files of the request."""

    function: str
    limits: Limits
    content: int
    answer: int
    report: int

    def close(self) -> None:
        for file in (self.content, self.answer, self.report):
            os.close(file)


@dataclass(frozen=True, slots=True)
class _Child:
    """A child at work, and until when it may be."""

    pid: int
    request: _Request
    ends_at: float


@dataclass
class Parent:
    """One thread, one loop: nothing here ever waits for anything but the loop's own events."""

    control: socket.socket
    isolated: bool
    waiting: deque[_Request] = field(default_factory=deque)
    running: dict[int, _Child] = field(default_factory=dict)
    late: set[int] = field(default_factory=set)

    def serve(self) -> None:
        """Take requests until the owner is gone."""
        with selectors.DefaultSelector() as selector:
            selector.register(self.control, selectors.EVENT_READ)
            while True:
                for key, _events in selector.select(self._patience()):
                    if key.fileobj is self.control:
                        if not self._take():
                            return
                    else:
                        selector.unregister(key.fileobj)
                        self._finish(key.fd)
                self._end_late()
                while self.waiting and len(self.running) < CHILDREN:
                    if (handle := self._start(self.waiting.popleft())) is not None:
                        selector.register(handle, selectors.EVENT_READ)

    def _take(self) -> bool:
        """Queue the next request; False when the owner has closed the socket."""
        message, files, _flags, _address = socket.recv_fds(self.control, MESSAGE_BYTES, _FILES)
        if not message:
            return False
        order = json.loads(message)
        self.waiting.append(_Request(order["function"], Limits(**order["limits"]), *files))
        return True

    def _start(self, request: _Request) -> int | None:
        """Fork a child for it; a handle that becomes readable when the child has ended."""
        try:
            function = _function(request.function)
        except (ImportError, AttributeError) as failure:
            self._report(request, {"error": f"{type(failure).__name__}: {failure}"})
            return None
        # Nothing that exists now is ever collected, so that no child copies its pages to look at it.
        gc.freeze()
        owner = os.getpid()
        pid = os.fork()
        if pid == 0:
            self._become_child(function, request, owner)
        handle = os.pidfd_open(pid)
        self.running[handle] = _Child(pid, request, time.monotonic() + request.limits.seconds)
        return handle

    def _become_child(self, function: Callable[..., Any], request: _Request, owner: int) -> None:
        """Read and end; whatever happens, a child never returns into the loop."""
        try:
            child.end_with_parent(owner)
            os.dup2(1, 2)  # what a library says before it aborts is nobody's business
            _keep_only(request.content, request.answer)
            child.read(function, request.content, request.answer, request.limits)
        finally:
            os._exit(0)

    def _patience(self) -> float | None:
        """Seconds until the first child is late."""
        if not self.running:
            return None
        return max(0.0, min(child.ends_at for child in self.running.values()) - time.monotonic())

    def _end_late(self) -> None:
        now = time.monotonic()
        for handle, late in self.running.items():
            if late.ends_at <= now and handle not in self.late:
                self.late.add(handle)
                signal.pidfd_send_signal(handle, signal.SIGKILL)

    def _finish(self, handle: int) -> None:
        """Bury a child and report how it ended."""
        ended = self.running.pop(handle)
        os.close(handle)
        _pid, status, used = os.wait4(ended.pid, 0)
        killed = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        report = {
            "signal": signal.Signals(killed).name if killed else "",
            "late": handle in self.late or killed == signal.SIGXCPU,
            "cpu_seconds": used.ru_utime + used.ru_stime,
            "peak_bytes": used.ru_maxrss * 1024,
            "isolated": self.isolated,
        }
        self.late.discard(handle)
        self._report(ended.request, report)

    def _report(self, request: _Request, report: dict[str, Any]) -> None:
        try:
            os.write(request.report, json.dumps(report).encode())
        except BrokenPipeError:
            return  # the one who asked has gone
        finally:
            request.close()


def _keep_only(*files: int) -> None:
    """Close every other file: a pipe of another request would not end before this child does."""
    most, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    kept = sorted({0, 1, 2, *files})
    for low, high in zip(kept, [*kept[1:], most], strict=True):
        os.closerange(low + 1, high)


def _function(path: str) -> Callable[..., Any]:
    """The function of ``package.module:name``; loaded once, here, for all children."""
    module, name = path.split(":")
    function: Callable[..., Any] = getattr(import_module(module), name)
    return function
