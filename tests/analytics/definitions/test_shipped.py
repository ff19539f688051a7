"""The three definitions that come with the product, against what is published of them."""

from dataclasses import replace

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from analytics.definitions import check, read, write
from analytics.definitions.shipped import SHIPPED, shipped
from analytics.definitions.specs import Boundary
from analytics.methods.index import compute
from surveys.questionnaires.ready import FOLDER

PILLARS = {"kh": 13, "cl": 1, "ht": 16, "vh": 13, "vn": 10, "dl": 7}
MOST = {"kh": 65, "cl": 25, "ht": 80, "vh": 65, "vn": 50, "dl": 35}


@pytest.mark.parametrize("code", SHIPPED)
def test_each_is_sound_and_reads_as_written(code):
    definition = shipped(code)

    assert check(definition) == ()
    assert definition.code == code
    assert read(write(definition)) == definition


def test_another_code_is_refused():
    with pytest.raises(ValueError, match="other"):
        shipped("other")


# DBI-1970-SME


def spread(pillar, points):
    """The points of a pillar over its criteria, as evenly as they go."""
    if pillar == "cl":
        return {"cl_01": points}
    count = PILLARS[pillar]
    each, rest = divmod(points, count)
    return {f"{pillar}_{n + 1:02d}": each + (n < rest) for n in range(count)}


def enterprise(**points):
    return {
        name: value
        for pillar in PILLARS
        for name, value in spread(pillar, points.get(pillar, 0)).items()
    }


def dbi(*enterprises):
    return compute(shipped("dbi-1970-sme"), pd.DataFrame(enterprises))


def level(**points):
    return dbi(enterprise(**points)).levels["dbi"].level(0)


def test_the_sixty_criteria_are_those_of_the_questionnaire():
    workbook = CalamineWorkbook.from_path(str(FOLDER / "doanhnghiep_1970.xlsx"))
    header, *rows = workbook.get_sheet_by_name("survey").to_python()
    asked = [str(dict(zip(header, row, strict=True))["name"]) for row in rows]
    codes = [each.code for each in shipped("dbi-1970-sme").indicators]

    assert codes == [
        name for name in asked if name[:2] in PILLARS and len(name) == 5 and name[3:].isdigit()
    ]
    assert len(codes) == 60


def test_all_points_are_320():
    tables = dbi(enterprise(**MOST))

    assert tables.scores.value("0", "dbi") == 320
    assert {pillar: tables.scores.value("0", pillar) for pillar in PILLARS} == MOST
    assert tables.levels["dbi"].level(0) == 5


@pytest.mark.parametrize("pillar", PILLARS)
@pytest.mark.parametrize(
    ("step", "share"), [(0, 0.1), (1, 0.2), (2, 0.4), (3, 0.6), (4, 0.8), (5, 1)]
)
def test_a_boundary_of_a_pillar_belongs_to_the_level_below(pillar, step, share):
    most = MOST[pillar]
    at = share * most
    if pillar == "cl" and at % 5:
        at = at // 5 * 5
    tables = dbi(enterprise(**{pillar: int(at)}), enterprise(**{pillar: min(int(at) + 1, most)}))
    if pillar != "cl":
        assert tables.levels[pillar].level(1) == min(step + 1, 5)
    assert tables.levels[pillar].level(0) == (step if at == int(share * most) and at else 0)


def test_the_worked_example_of_the_form_is_level_three():
    assert dbi(enterprise(kh=39)).levels["kh"].level(0) == 3


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ({}, 0),
        ({"kh": 7, "ht": 9, "vh": 7, "vn": 6}, 1),  # 29 points, four pillars at 1
        ({"kh": 7, "ht": 9, "vh": 7}, 0),  # 23 points, three pillars at 1
        ({"kh": 65, "ht": 80}, 0),  # 145 points, two pillars only
        ({"kh": 14, "ht": 17, "vh": 14, "vn": 20}, 2),  # 65 points, four pillars at 2
        ({"kh": 14, "ht": 17, "vh": 14, "vn": 19}, 1),  # 64 points are not above 64
        ({"kh": 27, "ht": 33, "vh": 27, "vn": 21, "dl": 21}, 3),  # 129 points, five pillars at 3
        ({"kh": 39, "ht": 48, "vh": 30, "vn": 11}, 2),  # 128 points are not above 128
        ({"kh": 45, "ht": 55, "vh": 45, "vn": 35, "dl": 25}, 4),  # 205 points, five at 4
        ({"kh": 65, "ht": 80, "vh": 35, "vn": 30}, 3),  # 210 points, two pillars at 4 only
        ({"kh": 65, "ht": 80, "vh": 65, "vn": 50}, 3),  # 260 points, four pillars are not five
        ({"kh": 53, "cl": 25, "ht": 65, "vh": 53, "vn": 41, "dl": 29}, 5),  # 266, all six at 5
        ({"kh": 65, "cl": 20, "ht": 80, "vh": 65, "vn": 50, "dl": 35}, 4),  # 315, strategy at 4
    ],
)
def test_the_level_needs_the_total_and_the_pillars(points, expected):
    assert level(**points) == expected


def test_there_is_no_result_before_all_criteria_are_answered():
    answers = enterprise(**MOST)
    del answers["dl_07"]
    tables = dbi(enterprise(**MOST), answers)

    assert tables.scores.value("1", "dbi") is None
    assert tables.levels["dbi"].level(1) is None
    assert tables.scores.value("1", "kh") == 65


def test_what_the_next_level_takes_is_said():
    tables = dbi(enterprise(kh=27, ht=33, vh=27, vn=21, dl=20))
    unmet = tables.levels["dbi"].unmet(0)

    assert tables.levels["dbi"].level(0) == 2
    assert [(each.kind, each.compare, each.needed, float(each.values[0])) for each in unmet] == [
        ("from", ">", 128.0, 128.0)
    ]


# DTI-922


MAXIMA = {
    "nhan_thuc_so": 100,
    "the_che_so": 100,
    "ha_tang_so": 100,
    "nhan_luc_so": 100,
    "an_toan_thong_tin": 100,
    "do_thi_thong_minh": 0,
    "chinh_quyen_so": 200,
    "kinh_te_so": 150,
    "xa_hoi_so": 150,
}


def dti(*provinces):
    return compute(shipped("dti-922-province"), pd.DataFrame(provinces))


def test_the_maxima_are_the_verified_ones():
    definition = shipped("dti-922-province")

    assert {leaf.indicator: leaf.weight for leaf in definition.tree.leaves()} == MAXIMA
    assert sum(MAXIMA.values()) == 1000


def test_the_index_is_the_sum_of_points_over_a_thousand():
    province = dict(zip(MAXIMA, [0.9, 0.8, 0.7, 0.6, 0.5, 0.1, 0.75, 0.65, 0.55], strict=True))
    # 90 + 80 + 70 + 60 + 50 + 150 + 97.5 + 82.5 points
    tables = dti(province, province | {"do_thi_thong_minh": 1})

    assert tables.scores.column("dti") == pytest.approx([0.68, 0.68], abs=1e-14)


def test_a_pillar_is_the_common_points_and_its_own():
    province = dict(zip(MAXIMA, [0.9, 0.8, 0.7, 0.6, 0.5, 0.1, 0.75, 0.65, 0.55], strict=True))
    scores = dti(province).scores

    assert scores.value("0", "tru_cot_chinh_quyen_so") == pytest.approx((350 + 150) / 700)
    assert scores.value("0", "tru_cot_kinh_te_so") == pytest.approx((350 + 97.5) / 650)
    assert scores.value("0", "tru_cot_xa_hoi_so") == pytest.approx((350 + 82.5) / 650)


def test_all_three_pillars_can_be_above_the_index():
    high, low = (
        dict.fromkeys(MAXIMA, 0.9),
        {"chinh_quyen_so": 0.3, "kinh_te_so": 0.3, "xa_hoi_so": 0.3},
    )
    scores = dti(high | low).scores

    assert all(
        scores.value("0", node) > scores.value("0", "dti")
        for node in scores.columns
        if node != "dti"
    )


def test_a_merged_province_has_the_mean_of_its_main_indicators():
    old = dict(zip(MAXIMA, [0.9, 0.8, 0.7, 0.6, 0.5, 0.1, 0.75, 0.65, 0.55], strict=True))
    boundary = Boundary(into="new", sources=("0", "1"))
    definition = replace(shipped("dti-922-province"), boundaries=(boundary,))
    tables = compute(
        definition, pd.DataFrame([old, dict.fromkeys(MAXIMA, 0.5), dict.fromkeys(MAXIMA, 0.6)])
    )

    assert tables.units == ("2", "new")
    assert tables.scores.value("new", "dti") == pytest.approx((0.68 + 0.5) / 2)
    assert tables.normalised.value("new", "nhan_thuc_so") == pytest.approx(0.7)
    assert tables.ranks["dti"].overall_labels == ("1", "2")


# Decision 1690


def test_an_agency_that_has_reached_every_target_has_all():
    definition = shipped("capacity-1690")
    full = {each.code: 5 if each.code == "T2030a" else 100 for each in definition.indicators}
    tables = compute(
        definition, pd.DataFrame([full | {"type": "province"}, dict.fromkeys(full, 0)])
    )

    assert tables.scores.value("0", "capacity") == 100
    assert tables.levels["capacity"].level(0) == 4
    assert tables.levels["capacity"].level(1) == 1


def test_what_provinces_are_asked_is_not_held_against_ministries():
    definition = shipped("capacity-1690")
    full = {each.code: 5 if each.code == "T2030a" else 100 for each in definition.indicators}
    tables = compute(definition, pd.DataFrame([full | {"IV1d": 0, "type": "ministry"}]))

    assert tables.scores.value("0", "capacity") == 100
