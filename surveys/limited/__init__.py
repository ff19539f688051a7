"""Reading what strangers send, in a process that may die of it.

    from surveys.limited import Unreadable, read_limited

    try:
        table = read_limited(rows_of, data, {"delimiter": ";"})
    except Unreadable as failure:
        ...  # failure.reason says what happened, failure.detail what the function said

``rows_of`` is a plain function of a module that imports no Django::

    def rows_of(data: bytes, *, delimiter: str) -> list[list[str]]: ...

It is called as ``rows_of(data, **options)`` in a child of its own. What it returns comes back as
JSON (tuples become lists), or as it is when it is ``bytes``. With ``raise Refused("…")`` it says why
it will not read the data; whatever else it raises is a failure to read.

Guarantees. The caller gets the result or Unreadable, within ``limits.seconds`` and what waiting for
a free child takes. The child has ``limits.memory_bytes`` of address space, opens no file for
writing, has no network (where the kernel lets us take it away), no environment and no file of the
caller. Nothing that happens in a child reaches the caller, the other children or their parent.

How. Each process that reads has one warm parent (``parent``): single-threaded, with the modules of
the functions loaded, so that a fork costs a millisecond or two. It starts with the first reading,
starts again if it dies, and ends with its owner, because then its socket closes. A process that was
forked from its owner starts its own.
"""

from surveys.limited.client import Reading, read_limited, reading_of, stop
from surveys.limited.outcome import LIMITS, Limits, Reason, Refused, Unreadable

__all__ = [
    "LIMITS",
    "Limits",
    "Reading",
    "Reason",
    "Refused",
    "Unreadable",
    "read_limited",
    "reading_of",
    "stop",
]
