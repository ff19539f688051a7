"""The one gate: rules, earlier releases, refusals, and who sees figures as they are."""

import pytest

from analytics.gate.compute import AskedFor, protect_for
from analytics.gate.enums import Audience, Identity, Refusal
from analytics.gate.models import DisclosurePolicy, ReleasedTable
from analytics.methods.disclosure import Axis, Figures, cell_key, crosstab
from surveys.audit.models import AppendOnlyViolation, AuditEvent
from surveys.campaigns.enums import Anonymity
from tests.surveys.campaigns.factories import NOW, RoundFactory

pytestmark = pytest.mark.django_db

MINISTRIES = tuple("abcde")
YES = dict(zip(MINISTRIES, (12, 3, 25, 40, 9), strict=True))
NO = dict(zip(MINISTRIES, (8, 14, 1, 10, 11), strict=True))
UNITS = range(1000, 1133)


@pytest.fixture
def round_():
    return RoundFactory.create()


def by_ministry():
    counts: dict[tuple[str, ...], int] = {("yes", k): n for k, n in YES.items()}
    counts |= {("no", k): n for k, n in NO.items()}
    axes = [Axis("answer", ("yes", "no"), answers=True), Axis("ministry", MINISTRIES)]
    return crosstab("answer by ministry", axes, counts)


def plain(**within):
    counts: dict[tuple[str, ...], int] = {("yes",): sum(YES.values()), ("no",): sum(NO.values())}
    return crosstab("answer", [Axis("answer", ("yes", "no"), answers=True)], counts, within=within)


def asked(units=UNITS, **others):
    return AskedFor(what="question:answer", units=units, **others)


def released(round_, audience=Audience.RESEARCHERS, table=None, **others):
    tables = [table or by_ministry()]
    return protect_for(round_, audience, tables, asked(**others), at=NOW)


def test_small_cells_and_those_that_give_them_away_are_hidden_alike(round_):
    found = released(round_)

    assert {key for key, value in found.figures.items() if value is None} == {
        cell_key({"answer": "yes", "ministry": "b"}),
        cell_key({"answer": "no", "ministry": "c"}),
        cell_key({"answer": "no", "ministry": "b"}),
        cell_key({"answer": "yes", "ministry": "c"}),
    }


def test_who_may_see_every_answer_sees_the_figures_as_they_are(round_):
    found = released(round_, Audience.DEPARTMENT)

    assert (found.value(cell_key({"answer": "yes", "ministry": "b"})), found.is_protected) == (
        3,
        False,
    )


def test_of_a_confidential_campaign_nobody_sees_figures_as_they_are(round_):
    round_.campaign.anonymity = Anonymity.CONFIDENTIAL

    found = released(round_, Audience.DEPARTMENT)

    assert found.value(cell_key({"answer": "yes", "ministry": "b"})) is None


def test_a_release_is_logged_with_its_units_and_what_is_hidden(round_):
    released(round_)

    line = ReleasedTable.objects.get()
    assert (line.units, line.cells, line.hidden, line.policy["minimum"]) == (133, 18, 4, 5)
    assert AuditEvent.objects.filter(kind="disclosure.released").count() == 1


def test_the_log_can_neither_be_changed_nor_deleted(round_):
    released(round_)

    with pytest.raises(AppendOnlyViolation):
        ReleasedTable.objects.all().delete()
    with pytest.raises(AppendOnlyViolation):
        ReleasedTable.objects.update(audience=Audience.PUBLIC)


def test_a_table_of_a_few_units_less_is_refused(round_):
    released(round_, table=plain())

    found = released(round_, table=plain(), units=UNITS[3:], filters={"type": "ministry"})

    assert (found.refusal, found.figures) == (Refusal.DIFFERENCE, {})


def test_the_refusal_is_in_the_log_and_shows_nothing_to_hold_the_next_one_against(round_):
    released(round_, table=plain())
    released(round_, table=plain(), units=UNITS[3:])

    assert released(round_, table=plain()).refusal is None
    assert [line.refusal for line in ReleasedTable.objects.all()] == ["", "difference", ""]


def test_what_the_public_has_seen_is_held_against_what_researchers_ask(round_):
    released(round_, Audience.PUBLIC, table=plain())

    assert released(round_, units=UNITS[1:], table=plain()).refusal is Refusal.DIFFERENCE


def test_what_researchers_have_seen_is_not_held_against_the_public(round_):
    released(round_, table=plain())

    assert released(round_, Audience.PUBLIC, units=UNITS[1:], table=plain()).refusal is None


def test_a_group_shown_beside_others_is_held_against_a_later_filter(round_):
    key = cell_key({"ministry": "d"})
    released(round_, groups={key: UNITS[:50]})

    assert released(round_, table=plain(type="x"), units=UNITS[:48]).refusal is Refusal.DIFFERENCE


def test_what_two_filters_tell_of_a_third_is_held_against_it(round_):
    """Of all 95 and of 70 of them enough answered no; of the other 25 only three."""

    def of(units, **within):
        members = {("yes",): [u for u in units if u % 9], ("no",): [u for u in units if not u % 9]}
        axis = Axis("answer", ("yes", "no"), answers=True)
        return crosstab("a", [axis], Figures(members=members), within=within)

    def shown(units, **within):
        return released(round_, table=of(units, **within), units=units, filters=within)

    assert shown(range(95)).hidden == 0
    assert shown(range(70), size="small").hidden == 2
    assert shown(range(70, 95), size="large").hidden == 2


def test_figures_of_something_else_are_not_held_against_each_other(round_):
    released(round_, table=plain())

    other = AskedFor(what="question:other", units=UNITS[1:])
    assert protect_for(round_, Audience.RESEARCHERS, [plain()], other, at=NOW).refusal is None


def test_fewer_respondents_than_the_threshold_are_refused(round_):
    counts: dict[tuple[str, ...], int] = {("yes",): 4}
    table = crosstab("answer", [Axis("answer", ("yes", "no"))], counts)

    assert released(round_, table=table, units=range(4)).refusal is Refusal.TOO_FEW


def test_a_total_that_was_shown_is_not_hidden_to_protect_a_later_table(round_):
    released(round_, table=plain())

    found = released(round_)

    assert found.value(cell_key({"answer": "yes"})) == 89


def test_what_was_hidden_once_stays_hidden_in_a_table_of_that_ministry(round_):
    released(round_)
    counts: dict[tuple[str, ...], int] = {("yes",): YES["c"], ("no",): NO["c"]}
    one = crosstab("c", [Axis("answer", ("yes", "no"))], counts, within={"ministry": "c"})

    found = released(round_, table=one, units=UNITS[:26], filters={"ministry": "c"})

    assert list(found.figures.values()) == [None, None, 26]


def test_the_base_of_a_filtered_table_is_rounded(round_):
    filtered = released(round_, table=plain(type="x"), filters={"type": "x"})

    assert (filtered.base, released(round_).base) == (135, 133)


def test_percentages_over_less_than_a_hundred_have_no_decimals(round_):
    few = released(round_, table=plain(type="x"), units=range(60))

    assert (few.decimals, released(round_).decimals) == (0, None)


def test_public_bodies_that_are_known_by_name_are_not_hidden(round_):
    DisclosurePolicy.objects.create(round=round_, identity=Identity.PUBLISHED, set_at=NOW)

    assert None not in released(round_).figures.values()
