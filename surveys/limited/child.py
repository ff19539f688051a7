"""The process that reads: it limits itself, calls the function, writes the answer, ends.

An answer is one byte that says how it is to be taken, and then its text: see ``Kind``.
"""

import ctypes
import json
import mmap
import os
import resource
import signal
from collections.abc import Callable
from enum import IntEnum
from typing import Any, Final

from surveys.limited.outcome import Limits, Refused

MAX_FILES: Final = 64
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_NO_NEW_PRIVS: Final = 38
_LIBC: Final = ctypes.CDLL(None, use_errno=True)


class Kind(IntEnum):
    """How an answer is to be taken."""

    JSON = 1
    BYTES = 2
    REFUSED = 3
    FAILED = 4
    MEMORY = 5
    TOO_MUCH = 6


def read(function: Callable[..., Any], request: int, answer: int, limits: Limits) -> None:
    """Answer the request in this process, under its limits; the caller ends the process then.

    ``request`` is a file of one line, the options as JSON, with the data behind it.
    """
    _limit(limits)
    kind, text = _answer(function, request)
    if len(text) >= limits.answer_bytes:
        kind, text = Kind.TOO_MUCH, b""
    _write_all(answer, bytes([kind]))
    _write_all(answer, text)


def _answer(function: Callable[..., Any], request: int) -> tuple[Kind, bytes]:
    try:
        with mmap.mmap(request, 0, access=mmap.ACCESS_READ) as content:
            options = json.loads(content.readline())
            data = content.read()
        result = function(data, **options)
        if isinstance(result, bytes):
            return Kind.BYTES, result
        # Escapes, because a text from a file can hold lone surrogates.
        return Kind.JSON, json.dumps(result, allow_nan=False).encode()
    except Refused as refusal:
        return Kind.REFUSED, str(refusal).encode(errors="replace")
    except MemoryError:
        return Kind.MEMORY, b""
    except BaseException as failure:  # a panic of a Rust library is no Exception
        return Kind.FAILED, type(failure).__name__.encode()


def _limit(limits: Limits) -> None:
    """No more than this, no core dump, and no life without the parent."""
    seconds = max(1, round(limits.seconds))
    for what, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, MAX_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    _LIBC.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def end_with_parent(parent: int) -> None:
    """Have the kernel kill this process when its parent ends; the parent has one thread only."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def _write_all(target: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(target, view) :]
