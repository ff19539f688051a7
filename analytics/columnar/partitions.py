"""A copy in parts that can be read and counted anywhere: one row group of one file each.

Knows no Django. What it needs goes along with it, so that a worker of a cluster needs nothing but the
file, under the same path.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from analytics.columnar.columns import group_of, parquet_file


@dataclass(frozen=True, slots=True)
class Partition:
    """One row group: where it lies, its rows, and which of them hold (packed bits; None: all)."""

    path: str
    group: int
    rows: int
    holding: bytes | None = None

    def read(self, schema: pa.Schema) -> pa.Table:
        """The rows that hold. Raises OSError or ArrowInvalid for a file that cannot be read."""
        mask = None
        if self.holding is not None:
            bits = np.unpackbits(np.frombuffer(self.holding, dtype=np.uint8), count=self.rows)
            mask = bits.astype(bool)
        return group_of(parquet_file(self.path), self.group, mask, schema)


def partition(path: str, group: int, rows: int, mask: np.ndarray | None) -> Partition:
    """A partition of which the rows hold that ``mask`` (booleans, one a row) says; None: all."""
    holding = None if mask is None or mask.all() else np.packbits(mask).tobytes()
    return Partition(path, group, rows, holding)
