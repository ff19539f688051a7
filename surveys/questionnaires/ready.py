"""The ready questionnaires that come with the product: what a designer may start from.

The workbook of each is its source. It stands in ``library/`` and is read as any workbook is.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FOLDER: Final = Path(__file__).parent / "library"


@dataclass(frozen=True, slots=True)
class Ready:
    """One of them. ``minutes`` is what an answer usually takes, ``purpose`` a sentence or two."""

    code: str
    title: str | Promise
    purpose: str | Promise
    minutes: int

    @property
    def filename(self) -> str:
        """What its workbook is called."""
        return f"{self.code}.xlsx"

    def read(self) -> bytes:
        """The workbook."""
        return (FOLDER / self.filename).read_bytes()


READY: Final = (
    Ready(
        "tochuc_1690",
        _("Organisational capacity for digital transformation"),
        _("Yearly report of ministries and provinces: unit in charge, people, budget, platforms."),
        35,
    ),
    Ready(
        "nhanluc_1690",
        _("Human resources and training needs for digital transformation"),
        _(
            "Yearly report of an agency on its people, their training and the needs of next year;"
            " gives the share of people trained (T2030b)."
        ),
        25,
    ),
    Ready(
        "canhan_1690",
        _("Digital competence and learning needs of officials"),
        _("For each official, without a name: competence, gaps, five situations, courses wanted."),
        8,
    ),
    Ready(
        "doanhnghiep_1970",
        _("Digital readiness of small and medium enterprises"),
        _(
            "Self-assessment of an enterprise on 6 pillars and 60 criteria, scored up to 320 points"
            " and six levels after Decision 1970/QĐ-BTTTT."
        ),
        30,
    ),
    Ready(
        "phanhoi_1690",
        _("Feedback on the nine platforms and on Network activities"),
        _("Half-yearly, without a name and for phones: platforms used, problems, activities."),
        8,
    ),
)
"""In the order in which they are offered."""


def ready_questionnaire(code: str) -> Ready | None:
    """The ready questionnaire of that code."""
    return next((each for each in READY if each.code == code), None)
