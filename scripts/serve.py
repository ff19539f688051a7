"""``make run``: migrates, loads the demonstration once, then keeps a server and a worker running.

Ctrl-C ends both. When one of them ends by itself the other is ended too, and so is the command.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
MANAGE: Final = (sys.executable, str(ROOT / "manage.py"))
PATIENCE_SECONDS: Final = 15


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "SITE_URL": f"http://{options.host}:{options.port}",
        **os.environ,
    }
    print("Preparing the database and the demonstration…", flush=True)
    for command in (["migrate", "--verbosity", "0"], ["seed_demo"]):
        subprocess.run([*MANAGE, *command], cwd=ROOT, env=environment, check=True)
    server = [
        *(sys.executable, "-m", "uvicorn", "config.asgi:application", "--lifespan", "off"),
        *("--host", options.host, "--port", str(options.port)),
        *("--ws-max-size", "65536", "--log-level", "warning", "--timeout-graceful-shutdown", "3"),
    ]
    print(f"\nKhảo sát số: http://{options.host}:{options.port}  (Ctrl-C ends it)\n", flush=True)
    return keep_running([server, [*MANAGE, "run_huey", "--quiet"]], environment)


def keep_running(commands: Sequence[Sequence[str]], environment: Mapping[str, str]) -> int:
    """Run the commands side by side until one ends or somebody asks to stop; the exit status."""
    asked: list[int] = []
    # A handler that raised could do so between a child's start and its place in the list, and the child
    # would outlive this program. So it only notes what was asked.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _frame: asked.append(number))
    # Sessions of their own: the terminal's Ctrl-C reaches this program only, which ends them in turn.
    running = [
        subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
        for command in commands
    ]
    try:
        while all(process.poll() is None for process in running):
            if asked:
                return 0
            time.sleep(0.2)
        return 1
    finally:
        _end(running)


def _end(running: Sequence["subprocess.Popen[bytes]"]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


if __name__ == "__main__":
    raise SystemExit(main())
