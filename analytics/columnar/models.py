"""What the columnar copies consist of. The files themselves lie under ``settings.COLUMNAR_ROOT``."""

from django.db import models


class ColumnarCopy(models.Model):
    """The copy of a round: a list of segments of which later rows replace earlier ones.

    ``number`` counts its changes and orders its writers: whoever has read another number than stands
    here begins anew. ``rows`` and ``checksum`` (a sum modulo 2**64, in hexadecimal digits) are those
    of the rows that hold; ``layout`` is the hash of the columns of each version, by its key.
    """

    round = models.OneToOneField(
        "surveys.Round", on_delete=models.CASCADE, related_name="columnar_copy"
    )
    number = models.PositiveBigIntegerField(default=0)
    rows = models.PositiveBigIntegerField(default=0)
    checksum = models.CharField(max_length=16, default="0" * 16)
    newest_revision = models.PositiveBigIntegerField(default=0)
    layout = models.JSONField(default=dict)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Columnar copy of {self.round_id}"


class ColumnarSegment(models.Model):
    """One Parquet file of a copy. ``position`` orders the segments, the newest last.

    ``rows`` counts what stands in it, ``tombstones`` those of them that take a response out.
    """

    copy = models.ForeignKey(ColumnarCopy, on_delete=models.CASCADE, related_name="segments")
    position = models.PositiveBigIntegerField()
    file = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveBigIntegerField()
    tombstones = models.PositiveBigIntegerField(default=0)
    newest_revision = models.PositiveBigIntegerField(default=0)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["copy", "position"], name="segment_place_once")
        ]

    def __str__(self) -> str:
        return self.file
