"""Choice lists that many questionnaires need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class ReadyList:
    """A list by its codes; each label in Vietnamese and English."""

    title: str | Promise
    labels: Mapping[str, tuple[str, str]]

    def choices(self, languages: Sequence[str]) -> list[dict[str, Any]]:
        """The choices as a draft holds them, in those of its languages that are known here."""
        return [
            {
                "name": code,
                "label": {
                    language: text
                    for language, text in zip(("vi", "en"), texts, strict=True)
                    if language in languages
                },
            }
            for code, texts in self.labels.items()
        ]


READY: Final[Mapping[str, ReadyList]] = {
    "co_khong": ReadyList(_("Yes, no"), {"co": ("Có", "Yes"), "khong": ("Không", "No")}),
    "dong_y_5": ReadyList(
        _("Agreement, five steps"),
        {
            "1": ("Rất không đồng ý", "Strongly disagree"),
            "2": ("Không đồng ý", "Disagree"),
            "3": ("Bình thường", "Neither agree nor disagree"),
            "4": ("Đồng ý", "Agree"),
            "5": ("Rất đồng ý", "Strongly agree"),
        },
    ),
    "hai_long_5": ReadyList(
        _("Satisfaction, five steps"),
        {
            "1": ("Rất không hài lòng", "Very dissatisfied"),
            "2": ("Không hài lòng", "Dissatisfied"),
            "3": ("Bình thường", "Neither satisfied nor dissatisfied"),
            "4": ("Hài lòng", "Satisfied"),
            "5": ("Rất hài lòng", "Very satisfied"),
        },
    ),
    "muc_do_5": ReadyList(
        _("Frequency, five steps"),
        {
            "1": ("Không bao giờ", "Never"),
            "2": ("Hiếm khi", "Rarely"),
            "3": ("Thỉnh thoảng", "Sometimes"),
            "4": ("Thường xuyên", "Often"),
            "5": ("Luôn luôn", "Always"),
        },
    ),
}
"""By the name that the list gets."""
