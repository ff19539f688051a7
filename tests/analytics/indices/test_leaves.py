"""Values of units, read from what was signed, verified, uploaded and catalogued."""

from decimal import Decimal
from typing import Any

import pytest

from analytics.answers import signed_answers
from analytics.definitions import read
from analytics.indices import services
from analytics.indices.cells import State
from analytics.indices.enums import Scores
from analytics.indices.leaves import RoundUnit, read_values
from analytics.indices.services.tables import TableUnfit
from surveys.common.errors import DomainError
from surveys.models import Agency, Assignment, CatalogueIndicator, Round
from surveys.questionnaires.catalogue.services import adopt_indicators, change_indicator
from surveys.verification.enums import PlanStatus, Verdict
from surveys.verification.models import VerificationCase, VerificationItem, VerificationPlan
from tests.analytics.indices.factories import NOW, document, draft
from tests.answered import answered_round
from tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_() -> Round:
    return answered_round()


def units(
    round_: Round, indicator: dict[str, Any], *, scores: Scores = Scores.SELF
) -> list[RoundUnit]:
    """The units with the values of one indicator, "x"."""
    stated = {"code": "x", "direction": "up", **indicator}
    version = draft(indicators=[stated], tree={"code": "index", "children": [{"indicator": "x"}]})
    return read_values(read(version.definition), round_, index=version.index, scores=scores).units


def score_t1a(round_: Round) -> None:
    """The owner's catalogue scores T1a."""
    adopt_indicators(round_.version, codes={"T1a"}, actor=None, at=NOW)
    row = CatalogueIndicator.objects.get(code="T1a")
    facts = row.as_engine()
    object.__setattr__(facts, "scoring", "choices(da=10, dang=5, chua=0)")
    change_indicator(row, facts=facts, actor=None, at=NOW)


def test_a_question_gives_its_figure(round_):
    found = {
        u.agency_id: u.values["x"]
        for u in units(round_, {"source": {"kind": "question", "name": "a4_current"}})
        if u.is_signed
    }

    assert found == {
        each.agency_id: float(each.answers["a4_current"]) for each in signed_answers(round_)
    }


def test_a_choice_gives_its_score(round_):
    worth = {"da": 1.0, "dang": 0.5, "chua": 0.0}
    found = {
        u.agency_id: u.values["x"]
        for u in units(round_, {"source": {"kind": "question", "name": "a1_reorganised"}})
        if u.is_signed
    }

    assert found == {
        each.agency_id: worth[each.answers["a1_reorganised"]] for each in signed_answers(round_)
    }


def test_a_choice_that_the_index_scores_itself_stays_a_code(round_):
    source = {"kind": "question", "name": "a1_reorganised", "scoring": "choices(da=1, chua=0)"}

    found = {u.values["x"] for u in units(round_, {"source": source}) if u.is_signed}

    assert found <= {"da", "dang", "chua"}


def test_who_has_not_signed_has_nothing_and_says_so(round_):
    silent = [
        (u.values, u.states["x"])
        for u in units(round_, {"source": {"kind": "indicator", "name": "T1a"}})
        if not u.is_signed
    ]

    assert silent == [({}, State.NOT_SIGNED)] * 2


def test_an_indicator_of_other_types_does_not_apply(round_):
    found = units(
        round_, {"source": {"kind": "indicator", "name": "T1a"}, "applies_to": ["province"]}
    )

    states = {u.type: u.states["x"] for u in found if u.type != "province"}
    assert set(states.values()) == {State.NOT_APPLICABLE}


def test_points_are_those_that_the_answers_claim(round_):
    score_t1a(round_)
    worth = {"da": 10.0, "dang": 5.0, "chua": 0.0}

    found = {
        u.agency_id: u.values["x"]
        for u in units(round_, {"source": {"kind": "score", "name": "T1a"}})
        if u.is_signed
    }

    assert found == {
        each.agency_id: worth[each.answers["a1_reorganised"]] for each in signed_answers(round_)
    }


@pytest.mark.parametrize(("scores", "is_lowered"), [(Scores.SELF, False), (Scores.VERIFIED, True)])
def test_verified_points_are_taken_where_the_run_wants_them(round_, scores, is_lowered):
    score_t1a(round_)
    given = next(iter(signed_answers(round_)))
    plan = VerificationPlan.objects.create(
        round=round_, status=PlanStatus.UNDER_WAY, planned_at=NOW
    )
    case = VerificationCase.objects.create(
        plan=plan,
        assignment=Assignment.objects.get(round=round_, agency=given.agency_id),
        revision_id=given.revision_id,
    )
    VerificationItem.objects.create(
        case=case,
        position=0,
        code="T1a",
        label={},
        rule="",
        questions=[],
        most=10,
        verdict=Verdict.PARTLY,
        verified=Decimal("2.5"),
        settlement="single",
    )

    found = units(round_, {"source": {"kind": "score", "name": "T1a"}}, scores=scores)

    own = next(u.values["x"] for u in found if u.agency_id == given.agency_id)
    assert (own == 2.5) == is_lowered


def test_a_column_of_the_newest_table_is_read(round_):
    version = draft(
        indicators=[
            {"code": "x", "direction": "up", "source": {"kind": "column", "name": "Dân số"}}
        ],
        tree={"code": "index", "children": [{"indicator": "x"}]},
    )
    key = Agency.objects.filter(type="province").values_list("key", flat=True)[0]
    for population in (b"10", b'"2,5"'):
        data = f"mã,Dân số\n{key},".encode() + population
        services.keep_table(version.index, data=data, filename="a.csv", actor=None, at=NOW)

    found = read_values(
        read(version.definition), round_, index=version.index, scores=Scores.SELF
    ).units

    assert {u.key: u.values["x"] for u in found if u.values} == {key: 2.5}


def test_the_catalogue_knows_how_many_communes_a_province_has(round_):
    province = Agency.objects.filter(type="province").order_by("pk")[0]
    for _number in range(3):
        AgencyFactory.create(type="commune", parent=province)

    found = units(round_, {"source": {"kind": "column", "name": "agency.communes"}})

    counts = {u.agency_id: u.values["x"] for u in found}
    assert sorted(counts.values()) == [0.0] * 5 + [3.0]
    assert counts[province.pk] == 3.0


def test_a_column_that_is_nowhere_is_not_among_the_columns(round_):
    version = draft(
        indicators=[{"code": "x", "direction": "up", "source": {"kind": "column", "name": "y"}}]
    )

    values = read_values(read(version.definition), round_, index=version.index, scores=Scores.SELF)
    assert values.columns == ()


def test_reading_more_units_asks_no_more_queries(django_assert_max_num_queries):
    round_ = answered_round(responses=6)
    version = draft()

    with django_assert_max_num_queries(8):
        read_values(read(document()), round_, index=version.index, scores=Scores.SELF)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", ""),
        (b"code\n", ""),
        (b"code,a\nnobody,1\n", "nobody"),
        (b"code,a,a\nco-quan,1,2\n", "a"),
        (b"code,\nco-quan,1\n", ""),
        (b"\xff\xfe\x00\x00", ""),
        (b"PK\x03\x04 no workbook", ""),
    ],
)
def test_a_table_that_is_none_is_refused_as_a_whole(data, word):
    AgencyFactory.create(key="co-quan")
    index = draft().index

    with pytest.raises(DomainError) as refusal:
        services.keep_table(index, data=data, filename="a.csv", actor=None, at=NOW)

    assert (refusal.value.status, word in str(refusal.value)) == (422, True)
    assert index.tables.count() == 0


def test_an_agency_in_two_lines_is_refused():
    AgencyFactory.create(key="co-quan")

    with pytest.raises(TableUnfit):
        services.keep_table(
            draft().index,
            data=b"code,a\nco-quan,1\nco-quan,2\n",
            filename="a.csv",
            actor=None,
            at=NOW,
        )


def test_a_removed_table_is_read_no_longer(round_):
    version = draft()
    AgencyFactory.create(key="co-quan")
    table = services.keep_table(
        version.index, data=b"code,a\nco-quan,1\n", filename="a.csv", actor=None, at=NOW
    )

    services.remove_table(table, actor=None, at=NOW)

    assert version.index.tables.filter(removed_at=None).count() == 0
