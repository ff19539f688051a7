"""Where the cases lie: beside the repository, or where CONFORMANCE_DIR says."""

import gzip
import json
import os
from pathlib import Path
from typing import Any, Final

import pytest

BESIDE: Final = Path(__file__).parents[2] / ".." / "shared" / "conformance"
FOLDER: Final = Path(os.environ.get("CONFORMANCE_DIR", BESIDE))

Case = dict[str, Any]


def cases_in(name: str) -> list[Case]:
    """Every case of a file; the asking test is skipped where the folder is absent."""
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"no {name} in {FOLDER}: the conformance cases are not here")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
