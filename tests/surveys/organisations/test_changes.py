"""Agencies renamed, moved, merged and split by documents."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.audit.enums import Event
from surveys.models import (
    Agency,
    AgencyChange,
    AgencyIdentifier,
    AgencySuccession,
    AuditEvent,
    Membership,
)
from surveys.organisations.queries import find_agencies, names_on
from surveys.organisations.services import LoadReport, load_organisations
from surveys.organisations.services.changes import (
    AgencyDissolved,
    BelowItself,
    ChangeInFuture,
    ChangeTooEarly,
    Document,
    MergedWithItself,
    Name,
    NewUnit,
    NotDivided,
    NothingChanged,
    TreeTooDeep,
    merge_agencies,
    move_agency,
    rename_agency,
    split_agency,
)
from tests.factories import AgencyFactory, member

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
ON = date(2026, 11, 1)
SIZES = st.integers(4, 9)


def document(on: date = ON) -> Document:
    """A resolution that takes effect on the day."""
    return Document("12/NQ-HĐND", date(2026, 10, 20), "HĐND tỉnh Lào Cai", on)


def by(**more: Any) -> Mapping[str, Any]:
    """Who, when and by what document."""
    return {"document": document(), "actor": None, "at": AT, **more}


def tree(*shape: int) -> list[Agency]:
    """Agencies by the position of their parent in the list; -1 for roots."""
    agencies: list[Agency] = []
    for parent in shape:
        agencies.append(AgencyFactory(parent=agencies[parent] if parent >= 0 else None))
    return agencies


def broken_paths() -> list[str]:
    """Agencies whose path is not their parent's with their own step behind."""
    return [
        agency.key
        for agency in Agency.ever.select_related("parent")
        if agency.path != f"{agency.parent.path if agency.parent else ''}{agency.pk:08}/"
    ]


def test_a_renamed_agency_keeps_its_id_and_knows_its_name_on_every_day() -> None:
    agency = AgencyFactory(name="Sở Thông tin", name_en="Old")

    rename_agency(agency, Name("Sở Khoa học", "New"), **by())

    assert agency.name == "Sở Khoa học"
    assert names_on(agency, date(2026, 10, 31)) == {"vi": "Sở Thông tin", "en": "Old"}
    assert names_on(agency, ON) == {"vi": "Sở Khoa học", "en": "New"}


def test_two_renamings_leave_three_names_with_their_days() -> None:
    agency = AgencyFactory(name="Một")
    rename_agency(agency, Name("Hai"), **by(document=document(date(2026, 3, 1))))
    rename_agency(agency, Name("Ba"), **by())

    days = (date(2020, 1, 1), date(2026, 3, 1), date(2026, 10, 31), ON)
    assert [names_on(agency, day)["vi"] for day in days] == ["Một", "Hai", "Hai", "Ba"]


def test_a_renamed_agency_is_found_by_both_names() -> None:
    agency = AgencyFactory(name="Xã Tân Tiến")

    rename_agency(agency, Name("Xã Hòa Bình"), **by())

    assert [list(find_agencies(text)) for text in ("tan tien", "hoa binh")] == [[agency]] * 2


def test_a_name_that_holds_already_and_an_earlier_day_are_refused() -> None:
    agency = AgencyFactory(name="Một")

    with pytest.raises(NothingChanged):
        rename_agency(agency, Name("Một"), **by())
    rename_agency(agency, Name("Hai"), **by())
    with pytest.raises(ChangeTooEarly):
        rename_agency(agency, Name("Ba"), **by())


def test_a_change_is_not_entered_before_its_day() -> None:
    with pytest.raises(ChangeInFuture):
        rename_agency(AgencyFactory(), Name("Hai"), **by(document=document(date(2026, 11, 3))))


def test_a_change_is_kept_with_its_document_and_audited_once() -> None:
    agency = AgencyFactory(name="Một")

    change = rename_agency(agency, Name("Hai"), **by())

    event = AuditEvent.objects.get()
    assert (change.document_number, change.issuer, change.on) == (
        "12/NQ-HĐND",
        "HĐND tỉnh Lào Cai",
        ON,
    )
    assert (event.kind, event.subject_id) == (Event.AGENCY_CHANGED, str(agency.pk))
    assert event.data["before"]["name"] == "Một"


def test_a_moved_agency_takes_along_what_is_below_it() -> None:
    old, new, commune, team = tree(-1, -1, 0, 2)

    move_agency(commune, new, **by())

    assert set(Agency.objects.under(new)) == {new, commune, team}
    assert (list(Agency.objects.under(old)), broken_paths()) == ([old], [])


def test_an_agency_moves_neither_below_itself_nor_where_it_is() -> None:
    province, commune, team = tree(-1, 0, 1)

    with pytest.raises(BelowItself):
        move_agency(commune, team, **by())
    with pytest.raises(NothingChanged):
        move_agency(commune, province, **by())


def test_a_tree_does_not_get_deeper_than_its_paths_hold() -> None:
    deep = tree(-1, *range(12))
    top = AgencyFactory()

    with pytest.raises(TreeTooDeep):
        move_agency(deep[0], top, **by())

    assert broken_paths() == []


def test_merged_agencies_end_and_lead_to_the_one_that_goes_on() -> None:
    one, two, stays, commune = tree(-1, -1, -1, 0)
    code = AgencyIdentifier.objects.create(
        agency=one, scheme="nso", value="15", valid_from=date(2004, 7, 8)
    )

    merge_agencies([one, two], stays, with_members=False, **by())

    code.refresh_from_db()
    assert set(Agency.objects.all()) == {stays, commune}
    assert code.valid_to == ON
    assert {step.successor for step in AgencySuccession.objects.all()} == {stays}
    assert (Agency.objects.get(pk=commune.pk).parent, broken_paths()) == (stays, [])


def test_agencies_merge_into_a_new_one_of_their_kind_and_place() -> None:
    province = AgencyFactory()
    one, two = (AgencyFactory(parent=province, type="commune") for _ in range(2))

    new = merge_agencies(
        [one, two], NewUnit(Name("Xã Tân Tiến"), "00123"), with_members=False, **by()
    )

    assert (new.key, new.type, new.parent) == ("xa-tan-tien-2026", "commune", province)
    assert (new.valid_from, new.identifiers.get().value) == (ON, "00123")
    assert broken_paths() == []


def test_new_agencies_of_one_name_have_keys_of_their_own() -> None:
    units = [NewUnit(Name("Xã Mới")), NewUnit(Name("Xã Mới"))]

    founded = split_agency(AgencyFactory(), units, goes_on=False, **by())

    assert [each.key for each in founded] == ["xa-moi-2026", "xa-moi-2026-2"]


@pytest.mark.parametrize("with_members", [True, False])
def test_members_go_along_where_that_is_said(with_members: bool) -> None:
    one, stays = tree(-1, -1)
    user = member(one, "signatory")

    merge_agencies([one], stays, with_members=with_members, **by())

    agencies = {each.agency for each in Membership.objects.filter(user=user)}
    assert agencies == ({one, stays} if with_members else {one})


def test_who_is_a_member_of_both_already_stays_so() -> None:
    one, stays = tree(-1, -1)
    user = member(one)
    Membership.objects.create(user=user, agency=stays, role="coordinator", title="Trưởng phòng")

    merge_agencies([one], stays, with_members=True, **by())

    assert Membership.objects.get(agency=stays).title == "Trưởng phòng"


def test_an_agency_merges_neither_into_itself_nor_into_one_below_it() -> None:
    one, below = tree(-1, 0)

    for successor in (one, below):
        with pytest.raises(MergedWithItself):
            merge_agencies([one], successor, with_members=False, **by())


def test_what_has_ended_is_changed_no_more() -> None:
    one, stays = tree(-1, -1)
    merge_agencies([one], stays, with_members=False, **by())

    with pytest.raises(AgencyDissolved):
        merge_agencies([one], stays, with_members=False, **by())
    with pytest.raises(AgencyDissolved):
        rename_agency(one, Name("Khác"), **by())


def test_a_split_agency_hands_its_children_to_those_that_name_them() -> None:
    province, north, south, left = tree(-1, 0, 0, 0)

    first, second = split_agency(
        province,
        [NewUnit(Name("Bắc")), NewUnit(Name("Nam"), children=[south.pk])],
        goes_on=False,
        **by(),
    )

    assert set(Agency.objects.under(first)) == {first, north, left}
    assert set(Agency.objects.under(second)) == {second, south}
    assert (Agency.ever.get(pk=province.pk).valid_to, broken_paths()) == (ON, [])


def test_an_agency_that_goes_on_keeps_what_is_not_named() -> None:
    province, north, south = tree(-1, 0, 0)

    (new,) = split_agency(
        province, [NewUnit(Name("Nam"), children=[south.pk])], goes_on=True, **by()
    )

    assert set(Agency.objects.under(province)) == {province, north}
    assert AgencySuccession.objects.get().successor == new


def test_a_split_into_one_is_none() -> None:
    with pytest.raises(NotDivided):
        split_agency(AgencyFactory(), [NewUnit(Name("Một"))], goes_on=False, **by())


def test_children_of_somebody_else_are_not_handed_over() -> None:
    one, other, foreign = tree(-1, -1, 1)

    split_agency(one, [NewUnit(Name("Mới"), children=[foreign.pk])], goes_on=True, **by())

    assert Agency.objects.get(pk=foreign.pk).parent == other


def test_a_large_subtree_moves_in_a_bounded_number_of_queries() -> None:
    _old, new, province = tree(-1, -1, 0)
    for _ in range(60):
        AgencyFactory(parent=province)

    with CaptureQueriesContext(connection) as queries:
        move_agency(province, new, **by())

    assert len(queries) <= 20
    assert broken_paths() == []


def test_loading_the_files_again_leaves_what_documents_changed(loaded: LoadReport) -> None:
    commune = Agency.objects.get(key="xa-00004")
    gone, stays = (Agency.objects.get(key=f"tinh-{code}") for code in ("01", "04"))
    rename_agency(commune, Name("Phường Mới"), **by())
    merge_agencies([gone], stays, with_members=False, **by())

    load_organisations(at=AT)

    commune.refresh_from_db()
    gone.refresh_from_db()
    assert (commune.name, commune.parent, gone.valid_to) == ("Phường Mới", stays, ON)
    assert (gone.identifiers.filter(valid_to=None).count(), broken_paths()) == (0, [])


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_after_any_changes_every_path_follows_the_tree_and_nobody_is_lost(
    db: None, data: st.DataObject
) -> None:
    with transaction.atomic():
        shape = [data.draw(st.integers(-1, place - 1)) for place in range(data.draw(SIZES))]
        before = {agency.pk for agency in tree(*shape)}
        for _ in range(data.draw(st.integers(1, 4))):
            change_something(data)

        existing = set(Agency.objects.values_list("pk", flat=True))
        ended = Agency.ever.exclude(pk__in=existing)
        assert broken_paths() == []
        assert before <= set(Agency.ever.values_list("pk", flat=True))
        assert not Agency.objects.filter(parent__in=ended).exists()
        assert AgencyChange.objects.count() == AuditEvent.objects.count()
        transaction.set_rollback(True)


def test_what_is_below_the_lower_of_two_that_merge_goes_below_the_new_one() -> None:
    highest, _between, lower, lowest = tree(-1, 0, 1, 2)

    founded = merge_agencies([highest, lower], NewUnit(Name("C")), with_members=False, **by())

    lowest.refresh_from_db()
    assert (lowest.parent, broken_paths()) == (founded, [])


def test_an_agency_may_be_merged_into_one_that_came_out_of_it() -> None:
    (agency,) = tree(-1)
    (founded,) = split_agency(agency, [NewUnit(Name("B"))], goes_on=True, **by())

    merge_agencies([agency], founded, with_members=False, **by())

    succession = AgencySuccession.objects.get(predecessor=agency)
    assert succession.kind == "merged"


def change_something(data: st.DataObject) -> None:
    """A move, a merger or a split of agencies that are there; or a refusal of it."""
    agencies = list(Agency.objects.order_by("pk"))
    one, two, other = (data.draw(st.sampled_from(agencies)) for _ in range(3))
    children = list(Agency.objects.filter(parent=one).values_list("pk", flat=True))
    units = [
        NewUnit(Name("A"), children=[pk for pk in children if data.draw(st.booleans())]),
        NewUnit(Name("B")),
    ]
    ending = list({one.pk: one, two.pk: two}.values())
    into = other if data.draw(st.booleans()) else NewUnit(Name("C"))
    goes_on = data.draw(st.booleans())
    acts: dict[str, Callable[[], object]] = {
        "move": lambda: move_agency(one, other, **by()),
        "merge": lambda: merge_agencies(ending, into, with_members=True, **by()),
        "split": lambda: split_agency(one, units, goes_on=goes_on, **by()),
    }
    with suppress(BelowItself, NothingChanged, MergedWithItself, ChangeTooEarly):
        acts[data.draw(st.sampled_from(sorted(acts)))]()
