"""Work for a cluster's processes, which load no Django."""

import os
import time
from typing import Any

from analytics.columnar.partitions import Partition


def process_of(partition: Partition, _given: Any) -> tuple[int, int]:
    """Which process a partition is worked on in; slow enough for the other to get one as well."""
    time.sleep(0.05)
    return os.getpid(), partition.rows
