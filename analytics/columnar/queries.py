"""What pages may ask of a copy without opening it. No pyarrow here."""

from analytics.columnar.models import ColumnarCopy
from surveys.campaigns.models import Round


def copy_of(round_: Round) -> ColumnarCopy | None:
    """The copy of a round, if there is one."""
    return ColumnarCopy.objects.filter(round=round_).first()


def data_version(round_: Round) -> str:
    """What the copy holds, as a short text: equal texts, equal rows in equal columns.

    A signature, a return or a changed agency gives another; compaction does not. "" where there is no
    copy yet.
    """
    copy = copy_of(round_)
    if copy is None:
        return ""
    layout = ".".join(f"{pk}-{known}" for pk, known in sorted(copy.layout.items()))
    return f"{copy.rows}:{copy.checksum}:{layout}"
