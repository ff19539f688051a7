"""Tables computed by jobs: once for all readers, anew when answers change, protected before they are kept."""

from collections import Counter

import pytest
from django.utils import timezone

from analytics.answers import signed_answers, units_asked
from analytics.explorer import queries, services
from analytics.explorer.asking import Asking, Filter
from analytics.explorer.models import Tabulation
from analytics.gate.enums import Audience
from surveys.background.runner import run_pending
from surveys.models import AuditEvent, Job, Response
from surveys.responses.services import return_to_draft
from tests.answered import answered_round
from tests.factories import UserFactory, department_person

pytestmark = pytest.mark.django_db

MODEL = Asking("a2_model")


@pytest.fixture
def round_():
    """Six agencies asked, four signed, everything computed."""
    made = answered_round()
    run_pending()
    return made


def asked_by(round_, asking, role="designer"):
    """The stored result of an asking by somebody of that role, after the jobs have run."""
    person = department_person(role, owner=round_.campaign.owner)
    audience = Audience.DEPARTMENT if role == "designer" else Audience.RESEARCHERS
    basis = queries.basis_of(round_, audience)
    services.ask(round_, asking, basis, actor=person, at=timezone.now())
    run_pending()
    return queries.tabulation_of(round_, asking, basis)


def counts(result):
    """Answers by code, those that somebody gave."""
    return {each["code"]: each["n"] for each in result["options"] if each["n"]}


def test_every_question_is_computed_as_soon_as_results_change(round_):
    basis = queries.basis_of(round_, Audience.DEPARTMENT)

    names = set(queries.items_of_round(round_))
    stored = queries.plain_results(round_, queries.items_of_round(round_).values(), basis)
    assert set(stored) == names


def test_a_distribution_counts_what_was_signed(round_):
    signed = Counter(item.answers["a2_model"] for item in signed_answers(round_))

    assert counts(asked_by(round_, MODEL).result) == signed


def test_a_second_reader_gets_the_stored_result_at_once(round_):
    first = asked_by(round_, Asking("a2_model", ("type",)))
    jobs = Job.objects.count()

    second = asked_by(round_, Asking("a2_model", ("type",)))

    assert (second.pk, Job.objects.count()) == (first.pk, jobs)


def test_asking_is_recorded_with_who_asked_what(round_):
    asked_by(round_, Asking("a2_model", ("type",)))

    event = AuditEvent.objects.get(kind="tabulation.requested")
    assert event.data["asking"]["by"] == ["type"]


def test_a_returned_response_makes_the_result_old(round_):
    before = queries.basis_of(round_, Audience.DEPARTMENT)
    response = Response.objects.filter(assignment__round=round_, assignment__status="submitted")[0]
    return_to_draft(response, actor=UserFactory.create(), at=timezone.now(), reason="Thiếu số liệu")

    after = queries.basis_of(round_, Audience.DEPARTMENT)
    assert queries.tabulation_of(round_, MODEL, before) is not None
    assert queries.tabulation_of(round_, MODEL, after) is None

    run_pending()
    found = queries.tabulation_of(round_, MODEL, after)
    assert found is not None
    assert found.result is not None
    assert found.result["base"]["answered"] == 3
    assert queries.tabulation_of(round_, MODEL, before) is None


def test_a_filter_leaves_the_other_agencies_out(round_):
    provinces = {u["agency_id"] for u in units_asked(round_) if u["type"] == "province"}
    signed = Counter(
        item.answers["a2_model"] for item in signed_answers(round_) if item.agency_id in provinces
    )

    found = asked_by(round_, Asking("a2_model", (), (Filter("type", ("province",)),)))
    assert counts(found.result) == signed


def test_a_cross_adds_up_to_the_distribution(round_):
    result = asked_by(round_, Asking("a2_model", ("type",))).result

    (sheet,) = result["cross"]["sheets"]
    added: Counter[str] = Counter()
    for row in sheet["rows"]:
        added.update({cell["code"]: cell["n"] for cell in row["cells"]})
    assert {code: n for code, n in added.items() if n} == counts(result)


def test_a_cross_by_a_question_with_several_answers_counts_an_agency_in_each(round_):
    result = asked_by(round_, Asking("a2_model", ("question.a3_functions",))).result

    (sheet,) = result["cross"]["sheets"]
    signed = [item.answers for item in signed_answers(round_)]
    expected = sum("cds" in answers.get("a3_functions", ()) for answers in signed)
    assert next(row["n"] for row in sheet["rows"] if row["code"] == "cds") == expected


def test_numbers_are_compared_by_group(round_):
    result = asked_by(round_, Asking("a4_current", ("type",))).result

    types = {unit["agency_id"]: unit["type"] for unit in units_asked(round_)}
    provinces = [
        float(item.answers["a4_current"])
        for item in signed_answers(round_)
        if types[item.agency_id] == "province"
    ]
    group = next(each for each in result["cross"]["groups"] if each["code"] == "province")
    assert (group["n"], group["sum"]) == (len(provinces), sum(provinces))


def test_too_few_answers_are_refused_to_researchers(round_):
    assert asked_by(round_, MODEL, "researcher").result["refusal"] == "too_few"


def test_nothing_is_computed_for_researchers_that_nobody_asked_for(round_):
    assert not Tabulation.objects.filter(audience=Audience.RESEARCHERS).exists()


def test_what_researchers_may_not_see_is_not_in_what_is_stored_for_them():
    round_ = answered_round(responses=6)
    run_pending()

    result = asked_by(round_, MODEL, "researcher").result

    assert all(each["n"] is None or each["n"] == 0 or each["n"] >= 5 for each in result["options"])
    assert "written" not in asked_by(round_, Asking("a19_remarks"), "researcher").result
    assert "outliers" not in asked_by(round_, Asking("a4_current"), "researcher").result


def test_the_sum_of_a_few_is_not_stored_for_researchers():
    round_ = answered_round(responses=6)
    run_pending()

    result = asked_by(round_, Asking("a4_current", ("type",)), "researcher").result

    assert {group["sum"] for group in result["cross"]["groups"]} == {None}
    assert result["numbers"]["least"] is None


def test_somebody_with_many_tables_waiting_is_told_to_wait(round_):
    person = department_person("designer", owner=round_.campaign.owner)
    basis = queries.basis_of(round_, Audience.DEPARTMENT)
    types = ["ministry", "government_agency", "province"]
    askings = [
        Asking(name, ("type",), (Filter("type", (kind,)),))
        for kind in types
        for name in ("a1_reorganised", "a2_model", "a3_functions", "a4_2023", "a4_previous")
    ]
    askings += [Asking(name, ("type",)) for name in ("a4_current", "a4_actual", "a5_increase")]
    askings += [Asking(name, ("status",)) for name in ("a1_reorganised", "a2_model", "a4_2023")]
    for asking in askings[: services.MOST_WAITING]:
        services.ask(round_, asking, basis, actor=person, at=timezone.now())

    with pytest.raises(services.TooManyAsked):
        services.ask(round_, askings[-1], basis, actor=person, at=timezone.now())


def test_two_filters_that_differ_in_one_agency_are_not_both_shown_to_researchers():
    round_ = answered_round(responses=6)
    run_pending()
    whole = asked_by(round_, MODEL, "researcher").result

    part = asked_by(
        round_,
        Asking("a2_model", (), (Filter("type", ("ministry", "province")),)),
        "researcher",
    ).result

    assert "refusal" not in whole
    assert part["refusal"] in {"difference", "unprotectable"}
