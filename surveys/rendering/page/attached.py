"""What is attached to an answer: its file, and the evidence behind it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedLine:
    """A file, a document or a link in words. ``key`` names it; ``url`` leads to it, "" to nothing;
    ``copy_url`` to what stood behind a link when it was cited.
    """

    key: str
    text: str
    about: str = ""
    url: str = ""
    icon: str = "file-earmark"
    copy_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePanel:
    """The evidence behind one answer, and whether there must be some."""

    lines: tuple[AttachedLine, ...] = ()
    is_required: bool = False
    read_only: bool = False
    accept: str = ""
    limit: str = ""
