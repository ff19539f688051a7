"""What the benchmarks of exports share: the data, and a child process for each writer."""

import atexit
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from exporters.tables import DataTable
from tests.exporters.made import made_batches, made_columns

AT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
COLUMNS = made_columns(120)
FOLDER = "EXPORT_BENCHMARK_FOLDER"


@dataclass(frozen=True)
class Cost:
    """What a child used: CPU and wall seconds of the work, peak memory in MiB of the process."""

    cpu: float
    wall: float
    peak: float

    def __str__(self) -> str:
        """As it stands in a table."""
        return f"{self.cpu:>9.2f}{self.wall:>9.2f}{self.peak:>7.0f}"


def add_product_to_path() -> None:
    """Let the product be imported; this module has done it for itself already."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def data_file(rows: int) -> Path:
    """So many rows of 120 columns as Parquet, made once in a process of its own."""
    if FOLDER not in os.environ:
        folder = tempfile.TemporaryDirectory(prefix="benchmark-")
        atexit.register(folder.cleanup)
        os.environ[FOLDER] = folder.name
    file = Path(os.environ[FOLDER]) / f"{rows}.parquet"
    if not file.exists():
        subprocess.run([sys.executable, __file__, str(rows), str(file)], check=True)
    return file


def table_in(source: Path) -> DataTable:
    """The rows of a Parquet file as a table."""
    return DataTable(
        name="answers",
        title="Trả lời",
        columns=COLUMNS,
        batches=lambda: batches_in(source),
        rows=pq.ParquetFile(source).metadata.num_rows,
    )


def batches_in(source: Path) -> Iterator[pa.RecordBatch]:
    """The rows of a Parquet file, one of its groups after the other: a reader of all of them together
    needs more memory the more there are, which is not the writer's."""
    for group in range(pq.ParquetFile(source).num_row_groups):
        with pq.ParquetFile(source) as file:
            yield from file.iter_batches(batch_size=8_192, row_groups=[group])


def sums_of(source: Path, names: tuple[str, ...]) -> list[float]:
    """The sums of columns."""
    table = pq.read_table(source, columns=list(names))
    return [float(pyarrow.compute.sum(table[name]).as_py()) for name in names]


def in_a_child(script: str, name: str, source: Path, target: Path) -> Cost:
    """Run ``script --child name source target``; what it told by ``tell_cost_of``."""
    done = subprocess.run(
        [sys.executable, script, "--child", name, str(source), str(target)],
        check=True,
        capture_output=True,
        text=True,
    )
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def tell_cost_of(work: Callable[[], None]) -> None:
    """Do the work and tell what it cost, for the parent process."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    cost = Cost(
        cpu=time.process_time() - cpu,
        wall=time.perf_counter() - wall,
        peak=peak_of_memory(),
    )
    print(json.dumps(asdict(cost)))


def peak_of_memory() -> float:
    """The most memory that this program has held, in MiB.

    ``ru_maxrss`` begins with what the parent held when it made this process.
    """
    lines = Path("/proc/self/status").read_text().splitlines()
    (held,) = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
    return int(held) / 1024


def make(rows: int, file: Path) -> None:
    """Write the made rows."""
    writer = None
    for batch in made_batches(COLUMNS, rows):
        writer = writer or pq.ParquetWriter(file, batch.schema)
        writer.write_batch(batch)
    if writer is None:
        pq.write_table(pa.table({}), file)
    else:
        writer.close()


if __name__ == "__main__":
    make(int(sys.argv[1]), Path(sys.argv[2]))
