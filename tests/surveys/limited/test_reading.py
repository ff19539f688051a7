import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from surveys.limited import Limits, Reason, Unreadable, read_limited, reading_of, stop
from tests.surveys.limited import functions


def failure_of(
    function: Callable[..., Any], data: bytes = b"", **limits: Any
) -> tuple[Reason, str]:
    with pytest.raises(Unreadable) as failure:
        read_limited(function, data, limits=Limits(**limits))
    return failure.value.reason, failure.value.detail


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # One that has ended and waits to be buried by somebody else does not live.
    state = Path(f"/proc/{pid}/stat").read_text("ascii", errors="replace").rpartition(")")[2]
    return state.split()[0] != "Z"


def ends_soon(pid: int) -> bool:
    deadline = time.monotonic() + 5
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not is_alive(pid)


def test_the_result_of_the_function_comes_back():
    assert read_limited(functions.length_of, b"abc", {"factor": 2}) == 6


def test_bytes_come_back_as_they_are():
    data = bytes(range(256)) * 4_096

    assert read_limited(functions.reversed_, data) == data[::-1]


def test_text_that_no_encoding_takes_comes_back():
    assert read_limited(functions.surrogates, b"") == "\ud800"


def test_a_reading_says_what_it_took():
    reading = reading_of(functions.length_of, b"")

    assert 0 < reading.peak_bytes < 512 * 1024 * 1024
    assert reading.cpu_seconds < 1


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (functions.refuse, (Reason.REFUSED, "Số dòng không khớp.")),
        (functions.fail, (Reason.FAILED, "KeyError")),
        (functions.eat_memory, (Reason.MEMORY, "")),
        (functions.not_a_number, (Reason.FAILED, "ValueError")),
        (functions.abort, (Reason.CRASHED, "SIGABRT")),
    ],
    ids=["refuses", "fails", "memory", "nan", "aborts"],
)
def test_what_happens_in_a_child_becomes_a_reason(function, expected):
    assert failure_of(function) == expected


def test_a_child_that_never_ends_is_killed_in_time():
    assert failure_of(functions.never_end, seconds=0.3) == (Reason.TIME, "")


def test_a_child_that_sleeps_too_long_is_killed_in_time():
    assert failure_of(functions.sleep, b"20", seconds=0.3) == (Reason.TIME, "")


def test_an_answer_that_is_too_large_is_refused():
    assert failure_of(functions.answer_much, answer_bytes=900) == (Reason.TOO_MUCH, "")


def test_a_child_writes_no_file(tmp_path: Path):
    target = tmp_path / "a"

    assert failure_of(functions.write_a_file, str(target).encode())[0] in {
        Reason.CRASHED,
        Reason.FAILED,
    }
    assert not target.exists() or target.read_bytes() == b""


def test_a_child_has_no_network_where_the_kernel_agrees():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1]).encode()
        if not reading_of(functions.length_of, b"").isolated:
            pytest.skip("this kernel keeps the network in place")

        assert failure_of(functions.reach_the_network, port) == (Reason.FAILED, "OSError")


def test_a_child_knows_nothing_of_the_environment():
    assert read_limited(functions.environment, b"").keys() <= {"LC_CTYPE"}


def test_a_child_has_no_file_of_another_request():
    slow = threading.Thread(target=read_limited, args=(functions.sleep, b"0.3"))
    slow.start()

    # Nothing, nothing, nothing; the request, the answer; and the directory itself.
    assert read_limited(functions.open_files, b"") == 6
    slow.join()


def test_the_parent_outlives_a_child_that_aborts():
    before = read_limited(functions.parent, b"")

    failure_of(functions.abort)

    assert read_limited(functions.parent, b"") == before


def test_a_parent_that_was_killed_is_started_again():
    before = read_limited(functions.parent, b"")
    os.kill(before, signal.SIGKILL)

    assert read_limited(functions.parent, b"") != before


def test_a_child_that_kills_its_parent_is_given_up():
    assert failure_of(functions.kill_the_parent) == (Reason.BUSY, "")
    assert read_limited(functions.length_of, b"a") == 1


def test_many_threads_read_at_once():
    found: list[int] = []

    def read(number: int) -> None:
        found.append(read_limited(functions.length_of, bytes(number)))

    threads = [threading.Thread(target=read, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(found) == list(range(20))


def test_a_short_request_does_not_wait_for_a_long_one():
    slow = threading.Thread(target=read_limited, args=(functions.sleep, b"3"))
    slow.start()

    read_limited(functions.length_of, b"")

    assert slow.is_alive()
    slow.join()


def test_stopping_leaves_no_process():
    pid = read_limited(functions.parent, b"")

    stop()

    assert not is_alive(pid)


def test_a_forked_process_starts_a_parent_of_its_own():
    ours = read_limited(functions.parent, b"")
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.write(writer, str(read_limited(functions.parent, b"")).encode())
            stop()
        finally:
            os._exit(0)
    os.close(writer)
    os.waitpid(pid, 0)
    with os.fdopen(reader) as file:
        theirs = int(file.read())

    assert theirs != ours
    assert read_limited(functions.parent, b"") == ours


@pytest.mark.parametrize("ending", ["pass", "import os; os.kill(os.getpid(), 9)"])
def test_the_parent_ends_with_its_owner(repository: Path, ending: str):
    program = (
        "from surveys.limited import read_limited; from tests.surveys.limited import functions;"
        f"print(read_limited(functions.parent, b''), flush=True); {ending}"
    )
    owner = subprocess.run(
        [sys.executable, "-c", program],
        cwd=repository,
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert ends_soon(int(owner.stdout))


def test_a_child_ends_with_its_parent():
    found: list[int] = []

    def ask() -> None:
        with pytest.raises(Unreadable):
            read_limited(functions.sleep, b"30", limits=Limits(seconds=20))

    parent = read_limited(functions.parent, b"")
    thread = threading.Thread(target=ask)
    thread.start()
    children = Path(f"/proc/{parent}/task/{parent}/children")
    while not found:
        found = [int(pid) for pid in children.read_text("ascii").split()]
        time.sleep(0.01)
    # Twice: a request is tried again with a parent that was started anew.
    stop()
    assert ends_soon(found[0])
    while thread.is_alive():
        stop()
        time.sleep(0.05)
    thread.join()
