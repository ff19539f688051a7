"""Functions that children call: good ones and bad ones."""

import os
import signal
import socket
import time
from pathlib import Path
from typing import Any

from surveys.limited import Refused


def length_of(data: bytes, *, factor: int = 1) -> int:
    return len(data) * factor


def reversed_(data: bytes) -> bytes:
    return data[::-1]


def surrogates(_data: bytes) -> str:
    return "\ud800"


def refuse(_data: bytes) -> None:
    raise Refused("Số dòng không khớp.")


def fail(_data: bytes) -> None:
    raise KeyError("a")


def eat_memory(_data: bytes) -> int:
    return len(b"x" * (1 << 32))


def never_end(_data: bytes) -> None:
    while True:
        pass


def sleep(data: bytes) -> float:
    time.sleep(float(data))
    return time.monotonic()


def abort(_data: bytes) -> None:
    os.abort()


def answer_much(_data: bytes) -> str:
    return "x" * 1_000


def not_a_number(_data: bytes) -> float:
    return float("nan")


def write_a_file(data: bytes) -> None:
    with Path(data.decode()).open("wb") as file:
        file.write(b"x")


def reach_the_network(data: bytes) -> None:
    with socket.create_connection(("127.0.0.1", int(data)), timeout=1):
        pass


def kill_the_parent(_data: bytes) -> None:
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(5)


def environment(_data: bytes) -> dict[str, str]:
    return dict(os.environ)


def parent(_data: bytes) -> int:
    return os.getppid()


def open_files(_data: bytes) -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208  (the call itself opens one)


def myself(_data: bytes) -> list[Any]:
    return [os.getpid(), os.getppid()]
