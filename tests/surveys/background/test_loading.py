"""A worker begins with loading what takes long."""

import subprocess
import sys

from huey.contrib.djhuey import HUEY

from config.jobs import LOADED

LISTED = """
import sys
from surveys.background.tasks import load_modules
load_modules()
print(*sorted(name for name in sys.argv[1:] if name in sys.modules))
"""


def test_a_worker_begins_with_it():
    assert "load_modules" in HUEY._startup


def test_it_loads_what_jobs_need_and_pandas_with_it(repository):
    code = f"import django; django.setup(){LISTED}"
    done = subprocess.run(
        [sys.executable, "-c", code, *LOADED, "pandas"],
        cwd=repository,
        check=True,
        capture_output=True,
        text=True,
    )

    assert done.stdout.split() == sorted([*LOADED, "pandas"])
