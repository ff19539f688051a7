"""The sentence over a ranking, made of its figures."""

import pytest
from django.utils import translation

from analytics.indices.ranking.headline import headline, middle_width
from analytics.indices.ranking.standings import Standing


def unit(rank, score=50.0, places=None, name=""):
    """A unit of a ranking; ``places``: its rank interval."""
    low, high = places or (None, None)
    return Standing(
        pk=rank or 0,
        position=rank or 0,
        key=f"u{rank}",
        vietnamese_name=name or f"Đơn vị {rank}",
        english_name="",
        type="province",
        block="",
        score=score if rank else None,
        level=None,
        rank=rank,
        rank_label=str(rank or ""),
        rank_low=low,
        rank_high=high,
        agency_id=None,
    )


def said(*units):
    with translation.override("vi"):
        return headline(units, 1)


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ([], "Chưa đơn vị nào được xếp hạng"),
        ([unit(None)], "Chưa đơn vị nào được xếp hạng"),
        (
            [unit(1, 63.44), unit(None)],
            "Đơn vị 1 đạt 63,4 điểm, là đơn vị duy nhất được xếp hạng",
        ),
        ([unit(1), unit(1)], "Tất cả 2 đơn vị có cùng điểm"),
        ([unit(1), unit(2)], "Đơn vị 1 dẫn đầu"),
        ([unit(1, name="A"), unit(1, name="B"), unit(3)], "A và B cùng đứng đầu"),
        ([unit(1)] * 4 + [unit(5)], "4 đơn vị cùng đứng đầu"),
        (
            [unit(1, places=(1, 2)), unit(2, places=(1, 3)), unit(3, places=(2, 3))],
            "Đơn vị 1 và Đơn vị 2 dẫn đầu",
        ),
        (
            [unit(1, places=(1, 3)), unit(2, places=(2, 2)), unit(3, places=(1, 3))],
            "Đơn vị 1 dẫn đầu, Đơn vị 3 cũng có thể đứng đầu",
        ),
        (
            [unit(n, places=(1, 5)) for n in range(1, 6)],
            "Đơn vị 1 dẫn đầu, nhưng 5 đơn vị có thể đứng đầu",
        ),
    ],
)
def test_who_leads_is_said_as_far_as_the_figures_tell(units, expected):
    assert said(*units) == expected


def test_the_middle_is_the_middle_third():
    ends = [unit(n, places=(n, n)) for n in (1, 2, 3, 7, 8, 9)]
    middle = [unit(n, places=(n - 2.5, n + 2.5)) for n in (4, 5, 6)]
    ranked = sorted([*ends, *middle], key=lambda each: each.rank)

    assert middle_width(ranked) == 6
    assert said(*ranked).endswith("; ở giữa bảng, thứ hạng dao động khoảng 6 bậc")


def test_a_middle_without_any_width_is_told_in_words():
    ranked = [unit(n, places=(n, n)) for n in range(1, 10)]

    assert said(*ranked).endswith("; ở giữa bảng, thứ hạng không dao động")


def test_few_units_and_units_without_intervals_have_no_middle():
    assert middle_width([unit(n, places=(1, 8)) for n in range(1, 9)]) is None
    assert middle_width([unit(n) for n in range(1, 20)]) is None
