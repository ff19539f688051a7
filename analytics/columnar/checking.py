"""Whether a copy says what the live tables say. Loads pyarrow: tasks and commands only."""

from dataclasses import dataclass

from analytics.columnar.files import is_intact
from analytics.columnar.live import LiveRound
from analytics.columnar.queries import copy_of
from analytics.columnar.snapshots import Snapshot, checksum_of
from surveys.campaigns.models import Round


@dataclass(frozen=True, slots=True)
class CopyCheck:
    """Count and checksum of both sides, and the files that are not what was written.

    The checksum covers which revision of which response counts, the hash of its frozen text, and the
    columns of its unit; ``fits`` says whether the columns are those of the versions and the sums those that were noted.
    """

    rows: int
    live_rows: int
    checksum: str
    live_checksum: str
    damaged: tuple[str, ...] = ()
    fits: bool = True

    @property
    def is_sound(self) -> bool:
        """Whether the copy may be read as the live table's answers."""
        agree = (self.rows, self.checksum) == (self.live_rows, self.live_checksum)
        return agree and self.fits and not self.damaged


def check(round_: Round) -> CopyCheck:
    """Compare the copy of a round with the live tables; every file is read for its hash."""
    live = LiveRound(round_)
    live_rows, total = 0, 0
    for row in live.rows():
        live_rows += 1
        total += live.digest(row)
    copy = copy_of(round_)
    if copy is None:
        return CopyCheck(0, live_rows, checksum_of(0), checksum_of(total), fits=False)
    segments = list(copy.segments.all())
    damaged = tuple(segment.file for segment in segments if not is_intact(segment))
    rows, checksum = 0, checksum_of(0)
    if not damaged:
        holding = Snapshot(copy, segments).holding
        rows, checksum = len(holding.response), holding.checksum
    fits = live.layout.fits(copy.layout) and (rows, checksum) == (copy.rows, copy.checksum)
    return CopyCheck(rows, live_rows, checksum, checksum_of(total), damaged, fits)
