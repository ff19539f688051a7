"""``make run`` ends what it started. Tried in a process of its own, as signals are."""

import os
import signal
import subprocess
import sys

import pytest

KEEP = """
import os, sys
from scripts.serve import keep_running
tell = "import os, time; os.write(1, b'%d' % os.getpid() + bytes([10])); "
wait = [sys.executable, "-c", tell + "time.sleep(60)"]
ended = [sys.executable, "-c", tell]
sys.exit(keep_running([wait, ended if sys.argv[1] == "one ends" else wait], dict(os.environ)))
"""


@pytest.fixture
def keeper(repository):
    started = []

    def start(case):
        command = [sys.executable, "-c", KEEP, case]
        process = subprocess.Popen(command, cwd=repository, stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_ending_it_ends_server_and_worker(keeper, asked):
    process = keeper("both run")
    children = [int(process.stdout.readline()) for _ in range(2)]

    process.send_signal(asked)

    assert process.wait(20) == 0
    assert [is_running(pid) for pid in children] == [False, False]


def test_when_one_ends_by_itself_so_does_the_other(keeper):
    process = keeper("one ends")
    children = [int(process.stdout.readline()) for _ in range(2)]

    assert process.wait(20) == 1
    assert [is_running(pid) for pid in children] == [False, False]
