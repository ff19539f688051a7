"""What a run was made of: three hashes and a seed. The same four give the same bits."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
import scipy

from analytics.definitions import definition_hash
from analytics.definitions.model import IndexDefinition
from analytics.methods.index.cells import Cells

_SOURCES = (
    Path(__file__).parent,
    Path(__file__).parents[1] / "uncertainty",
    Path(__file__).parents[1] / "trends",
    Path(__file__).parents[2] / "definitions",
)


@dataclass(frozen=True, slots=True)
class RunIdentity:
    """``configuration``: the definition as canonical JSON; ``data``: the figures read; ``code``: the
    source of the methods and the versions of numpy and scipy; all SHA-256 in hexadecimal."""

    configuration: str
    data: str
    code: str
    seed: int


def identity(definition: IndexDefinition, cells: Cells, panel: Cells | None) -> RunIdentity:
    """The identity of a run over these cells."""
    return RunIdentity(
        configuration=definition_hash(definition),
        data=data_hash(cells, panel),
        code=code_hash(),
        seed=definition.uncertainty.seed,
    )


def data_hash(cells: Cells, panel: Cells | None = None) -> str:
    """The hash of the figures as read: columns by name, units in their order.

    ``1``, ``1.0`` and ``"1"`` are one figure, so that a CSV and the frame made of it agree; a blank and
    a refusal are two things.
    """
    digest = sha256()
    for each in (cells, panel):
        digest.update(b"cells" if each is not None else b"none")
        if each is not None:
            _feed(digest, each)
    return digest.hexdigest()


def _feed(digest: "sha256", cells: Cells) -> None:  # type: ignore[valid-type]
    parts = ["\x1f".join(cells.units).encode()]
    parts += [np.ascontiguousarray(cells.grid.values, dtype="<f8").tobytes()]
    parts += [np.ascontiguousarray(cells.grid.why, dtype="<i2").tobytes()]
    for name in sorted(cells.columns):
        parts += [name.encode(), np.ascontiguousarray(cells.columns[name], dtype="<f8").tobytes()]
    for name in sorted(cells.labels):
        parts += [name.encode(), "\x1f".join(cells.labels[name]).encode()]
    if cells.periods is not None:
        parts += [np.ascontiguousarray(cells.periods, dtype="<f8").tobytes()]
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))  # type: ignore[attr-defined]
        digest.update(part)  # type: ignore[attr-defined]


@cache
def code_hash() -> str:
    """The hash of every source file that has a say in an index, and of numpy's and scipy's versions."""
    digest = sha256(f"numpy {np.__version__} scipy {scipy.__version__}".encode())
    for folder in _SOURCES:
        for file in sorted(folder.rglob("*.py")):
            digest.update(file.relative_to(folder).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()
