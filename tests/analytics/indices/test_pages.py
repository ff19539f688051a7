"""Pages of indices: what they show, to whom, and how many queries they make."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from analytics.gate.enums import Identity
from analytics.gate.models import DisclosurePolicy
from analytics.indices import services
from analytics.indices.editor.fields import Kind
from analytics.indices.editor.parts import PANES, fields_of
from analytics.indices.models import CompositeIndex, IndexRun, IndexVersion
from surveys.models import Round, User
from tests.analytics.indices.factories import NOW, asked, computed, document, draft, frozen
from tests.answered import answered_round
from tests.factories import AgencyFactory, DepartmentFactory, department_person
from tests.surveys.campaigns.factories import RoundFactory

pytestmark = pytest.mark.django_db

OF_VERSION = ["index_version", "index_export", "index_run_add"]
OF_INDEX = ["index_detail", "index_compare", "index_tables"]


@pytest.fixture
def designer() -> User:
    return department_person("designer")


@pytest.fixture
def desk(client: Client, designer: User) -> Client:
    client.force_login(designer)
    return client


def edit(version: IndexVersion, pane: str) -> str:
    """The address of a pane."""
    return reverse("index_edit", args=[version.index.code, version.number, pane])


def sent(version: IndexVersion, **fields: str) -> dict[str, str]:
    """What the tree's form sends when nothing was changed, and what was."""
    tree = {
        "$.tree.code": "index",
        "$.tree.name.vi": "Chỉ số",
        "$.tree.children[0].code": "organisation",
        "$.tree.children[0].name.vi": "Tổ chức",
        "$.tree.children[0].weight": "0.6",
        "$.tree.children[0].children[0].weight": "1",
        "$.tree.children[0].children[1].weight": "1",
        "$.tree.children[1].code": "safety",
        "$.tree.children[1].name.vi": "An toàn",
        "$.tree.children[1].weight": "0.4",
        "$.tree.children[1].children[0].weight": "1",
    }
    return {"seen": version.sha256, **tree, **fields}


GATE = {"kind": "count", "at_least": 1, "level": 1, "nodes": ["safety"]}
POINTS = {
    "method": "budget",
    "experts": [{"name": "An", "points": {"T1a": 60, "posts": 40}}, {"points": {"T1a": 100}}],
}
LEVELS_OF_SAFETY = {"nodes": ["safety"], "bands": [{"level": 1, "from": 50}]}


def shown_on(page: Any) -> dict[str, Any]:
    """What a browser would send of the page's fields."""
    fields: dict[str, Any] = {"text": page.context["text"]}
    content = page.context["content"]
    found = content.tree.fields if content.tree else fields_of(content.groups)
    for field in found:
        match field.kind:
            case Kind.PAIR:
                fields |= dict(field.ends)
            case Kind.MANY:
                fields[field.name] = sorted(field.chosen)
            case Kind.CHECK if not field.stored:
                pass
            case _:
                fields[field.name] = field.shown
    return fields


@pytest.mark.parametrize("name", OF_INDEX)
def test_an_index_of_another_owner_is_not_there(desk, name):
    version = draft(owner=AgencyFactory.create())

    assert desk.get(reverse(name, args=[version.index.code])).status_code == 404


@pytest.mark.parametrize("name", OF_VERSION)
def test_a_version_of_another_owner_is_not_there(desk, name):
    version = draft(owner=AgencyFactory.create())

    address = reverse(name, args=[version.index.code, version.number])
    assert desk.get(address).status_code == 404


def test_a_run_of_another_owner_is_not_there(client):
    run = asked(RoundFactory.create())
    client.force_login(department_person("administrator", owner=AgencyFactory.create()))

    address = reverse("index_run", args=[run.version.index.code, run.pk])
    assert client.get(address).status_code == 404


def test_where_organisations_are_protected_a_researcher_reads_of_no_single_one(client):
    run = computed(answered_round())
    client.force_login(department_person("researcher"))
    code = run.version.index.code
    names = list(run.units.values_list("name", flat=True))

    content = client.get(reverse("index_run", args=[code, run.pk])).content.decode()
    statuses = {
        name: client.get(reverse("index_run_table", args=[code, run.pk, name])).status_code
        for name in ("weights", "scores", "ranks", "raw")
    }

    assert [name for name in names if name in content] == []
    assert statuses == {"weights": 200, "scores": 404, "ranks": 404, "raw": 404}


def test_a_researcher_reads_scores_and_no_single_answers(client):
    run = computed(answered_round())
    DisclosurePolicy.objects.create(round=run.round, identity=Identity.PUBLISHED, set_at=NOW)
    client.force_login(department_person("researcher"))
    code = run.version.index.code

    statuses = {
        name: client.get(reverse("index_run_table", args=[code, run.pk, name])).status_code
        for name in ("scores", "ranks", "raw", "normalised")
    }
    download = client.get(reverse("index_run_download", args=[code, run.pk]))

    assert statuses == {"scores": 200, "ranks": 200, "raw": 404, "normalised": 404}
    assert download.status_code == 403


def test_a_researcher_edits_nothing(client):
    version = draft()
    client.force_login(department_person("researcher"))

    assert client.get(edit(version, "tree")).status_code == 403


def test_the_list_of_five_indices_asks_no_more_queries_than_one_of_one(
    desk, django_assert_max_num_queries
):
    for number in range(5):
        round_ = RoundFactory.create()
        asked(round_, frozen(code=f"chi-so-{number}"))
    desk.get(reverse("index_list"))

    with django_assert_max_num_queries(9):
        desk.get(reverse("index_list"))


def test_the_page_of_a_run_asks_the_same_number_of_queries_for_any_units(
    desk, django_assert_max_num_queries
):
    run = computed(answered_round())

    with django_assert_max_num_queries(13):
        desk.get(reverse("index_run", args=[run.version.index.code, run.pk]))


def test_the_correlations_of_a_run_have_a_page_with_a_legend(desk):
    run = computed(answered_round())

    page = desk.get(
        reverse("index_run_table", args=[run.version.index.code, run.pk, "correlations"])
    )

    pairs = {(pair.first.code, pair.second.code) for pair in page.context["page_obj"]}
    assert ("T1a", "posts") in pairs
    assert page.context["marked"] == sum(1 for pair in page.context["page_obj"] if pair.mark)
    assertContains(page, "Đếm trùng")


def test_a_run_that_waits_is_stopped_on_its_page(desk):
    run = asked(RoundFactory.create())
    address = reverse("index_run", args=[run.version.index.code, run.pk])
    stop = reverse("index_run_stop", args=[run.version.index.code, run.pk])
    waiting = desk.get(address)

    answer = desk.post(stop, follow=True)

    assertContains(waiting, f'action="{stop}"')
    assertContains(answer, "Lần tính này đã dừng trước khi có kết quả")
    assertNotContains(answer, f'action="{stop}"')
    assert answer.context["run"].status == "stopped"


def test_a_run_with_results_offers_no_stop(desk):
    run = computed(answered_round())
    stop = reverse("index_run_stop", args=[run.version.index.code, run.pk])

    page = desk.get(reverse("index_run", args=[run.version.index.code, run.pk]))

    assertNotContains(page, f'action="{stop}"')


def test_a_researcher_stops_no_run(client):
    run = asked(RoundFactory.create())
    client.force_login(department_person("researcher"))
    code = run.version.index.code

    page = client.get(reverse("index_run", args=[code, run.pk]))
    answer = client.post(reverse("index_run_stop", args=[code, run.pk]))

    assert (page.context["may_stop"], answer.status_code) == (False, 403)
    assert IndexRun.objects.select_related("job").get().is_pending


def test_units_stand_by_rank_and_those_without_one_last(desk):
    run = computed(answered_round())

    page = desk.get(reverse("index_run", args=[run.version.index.code, run.pk]))

    ranks = [unit.rank for unit in page.context["page_obj"]]
    assert ranks == [*sorted(rank for rank in ranks if rank is not None), None, None]


def test_an_index_begins_with_nothing(desk):
    answer = desk.post(
        reverse("index_add"),
        {"name": "Chỉ số thử", "code": "thu", "owner": DepartmentFactory.create().pk, "start": ""},
    )

    version = IndexVersion.objects.get(index__code="thu")
    assert answer.url == reverse("index_version", args=["thu", 1])
    assert (version.number, version.definition["tree"]["code"]) == (1, "index")


def test_a_code_that_is_taken_is_said_at_its_field(desk):
    version = draft()

    answer = desk.post(
        reverse("index_add"),
        {"name": "Khác", "code": version.index.code, "owner": version.index.owner_id},
    )

    assert (answer.status_code, "code" in answer.context["form"].errors) == (422, True)


def test_a_weight_is_saved_as_it_was_typed_with_a_comma(desk):
    version = draft()

    desk.post(edit(version, "tree"), sent(version, **{"$.tree.children[0].weight": "0,7"}))

    version.refresh_from_db()
    assert version.definition["tree"]["children"][0]["weight"] == 0.7


def test_shares_are_shown_before_anything_is_saved(desk):
    version = draft()

    answer = desk.post(
        edit(version, "tree"), sent(version, show="1", **{"$.tree.children[0].weight": "1.2"})
    )

    version.refresh_from_db()
    rows = {row.code: row.effective for row in answer.context["content"].tree.rows}
    assert rows["safety"] == pytest.approx(25)
    assert version.definition["tree"]["children"][0]["weight"] == 0.6


@pytest.mark.parametrize("text", ["1e999", "-1e999", "9" * 400, "\x00", "nan"])
def test_a_figure_that_is_none_never_breaks_the_editor(desk, text):
    version = draft()

    answer = desk.post(edit(version, "tree"), sent(version, **{"$.tree.children[0].weight": text}))

    assert (answer.status_code, len(answer.context["problems"]) > 0) == (422, True)


@pytest.mark.parametrize("pane", PANES)
def test_a_pane_that_is_sent_as_it_was_shown_changes_nothing(desk, pane):
    version = draft(
        levels=[
            {"nodes": ["index"], "bands": [{"level": 1, "from": 50, "gates": [GATE]}]},
            LEVELS_OF_SAFETY,
        ],
        weighting={
            "by_node": {
                "index": {"method": "ahp", "matrix": [[1, 2], [0.5, 1]]},
                "organisation": POINTS,
            }
        },
        boundaries=[{"into": "24", "from": ["24", "20"], "rule": "sum", "keep": True}],
    )
    page = desk.get(edit(version, pane))

    answer = desk.post(edit(version, pane), {"seen": version.sha256, **shown_on(page)})

    version_now = IndexVersion.objects.get(pk=version.pk)
    assert (answer.status_code, version_now.sha256) == (302, version.sha256)


def test_comparisons_count_before_the_method_was_saved(desk):
    version = draft()
    fields = shown_on(desk.get(edit(version, "steps"))) | {
        "$.weighting.by_node.index.method": "ahp",
        "$.weighting.by_node.index.matrix[0][1]": "1/3",
    }

    desk.post(edit(version, "steps"), {"seen": version.sha256, **fields})

    version.refresh_from_db()
    group = version.definition["weighting"]["by_node"]["index"]
    assert group == {"method": "ahp", "matrix": [[1.0, 1 / 3], [3.0, 1.0]]}


def test_points_that_are_no_figure_are_refused_and_nothing_typed_is_lost(desk):
    version = draft(weighting={"by_node": {"organisation": POINTS}})
    at = "$.weighting.by_node.organisation.experts"
    fields = shown_on(desk.get(edit(version, "steps"))) | {
        f"rows {at}": "3",
        f"{at}[0].points.T1a": "sáu mươi",
        f"{at}[2].name": "Chi",
        f"{at}[2].points.posts": "100",
    }

    answer = desk.post(edit(version, "steps"), {"seen": version.sha256, **fields})

    shown = {each.name: each for each in fields_of(answer.context["content"].groups)}
    assert answer.status_code == 422
    assert (shown[f"{at}[0].points.T1a"].shown, bool(shown[f"{at}[0].points.T1a"].problem)) == (
        "sáu mươi",
        True,
    )
    assert (shown[f"{at}[2].name"].shown, shown[f"{at}[2].points.posts"].shown) == ("Chi", "100")


def test_merges_are_told_with_the_names_of_their_units(desk):
    unit = AgencyFactory.create(key="tinh-bac-ninh", name="Tỉnh Bắc Ninh")
    version = draft(boundaries=[{"into": unit.key, "from": [unit.key], "rule": "sum"}])

    page = desk.get(edit(version, "boundaries"))

    assertContains(page, "tinh-bac-ninh: Tỉnh Bắc Ninh", count=2)
    assertContains(page, 'name="rows $.boundaries" value="1"')


def test_a_word_for_a_weight_is_refused_at_its_field_and_stays(desk):
    version = draft()

    answer = desk.post(
        edit(version, "tree"), sent(version, **{"$.tree.children[0].weight": "nhiều"})
    )

    fields = {field.name: field for field in answer.context["content"].tree.fields}
    field = fields["$.tree.children[0].weight"]
    assert (answer.status_code, field.shown, bool(field.problem)) == (422, "nhiều", True)


def test_what_somebody_else_saved_is_shown_beside_what_was_typed(desk):
    version = draft()
    seen = sent(version, **{"$.tree.children[0].weight": "0.9"})
    changed = document()
    changed["tree"]["children"][0]["weight"] = 0.5
    services.save_draft(version, changed, seen=version.sha256, actor=None, at=NOW)

    answer = desk.post(edit(version, "tree"), seen)

    fields = {field.name: field for field in answer.context["content"].tree.fields}
    field = fields["$.tree.children[0].weight"]
    assert (answer.status_code, field.shown, field.theirs) == (409, "0,9", "0,5")


def test_renaming_a_node_keeps_what_names_it(desk):
    version = draft(levels=[{"nodes": ["safety"], "bands": [{"level": 1, "from": 50}]}])

    desk.post(edit(version, "tree"), sent(version, **{"$.tree.children[1].code": "an-toan"}))

    version.refresh_from_db()
    assert version.definition["levels"][0]["nodes"] == ["an-toan"]


def test_indicators_are_taken_from_the_questionnaires_of_a_round(desk):
    round_, version = answered_round(), draft(indicators=[], tree={"code": "index", "children": []})

    address = f"{edit(version, 'indicators')}?round={round_.code}"
    desk.post(address, {"seen": version.sha256, "pick": ["indicator:T1b", "question:a10_held"]})

    version.refresh_from_db()
    taken = [(each["code"], each["source"]) for each in version.definition["indicators"]]
    assert taken == [
        ("T1b", {"kind": "indicator", "name": "T1b"}),
        ("a10_held", {"kind": "question", "name": "a10_held"}),
    ]


def test_a_version_is_exported_and_imported_as_the_same(desk):
    version = draft()

    exported = desk.get(reverse("index_export", args=[version.index.code, 1])).content
    desk.post(edit(version, "text"), {"seen": version.sha256, "text": exported.decode()})

    before = version.sha256
    version.refresh_from_db()
    assert (json.loads(exported)["code"], version.sha256) == ("nang-luc", before)


HOSTILE = {
    "no json": "{",
    "a list": "[]",
    "a word": '"x"',
    "nested": "[" * 100_000,
    "nested objects": '{"a":' * 5_000 + "1" + "}" * 5_000,
    "not finite": '{"schema": 1, "scale": [0, NaN]}',
    "infinite": '{"schema": 1, "scale": [0, 1e999]}',
    "digits": '{"schema": ' + "9" * 10_000 + "}",
    "wrong types": '{"schema": "1", "code": 7, "version": [], "indicators": {}, "tree": 3}',
    "a number as a node": '{"schema":1,"code":"a","version":"1","indicators":[],"tree":{"code":"i","children":[5]}}',
    "nul": '{"schema":1,"code":"a","version":"\\u0000","indicators":[],"tree":{"code":"i","children":[]}}',
    "half a pair": '{"schema":1,"code":"a","version":"\\ud800","indicators":[],"tree":{"code":"i","children":[]}}',
    "empty": "",
    "a bit too deep": '{"a":' * 60 + "1" + "}" * 60,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_definition_is_refused_with_places(desk, kind):
    version = draft()

    answer = desk.post(edit(version, "text"), {"seen": version.sha256, "text": HOSTILE[kind]})

    assert answer.status_code == 422
    assert all(line.path.startswith("$") for line in answer.context["problems"])


def test_a_huge_definition_is_refused(desk):
    version = draft()
    text = json.dumps({"schema": 1, "code": "x" * 3_000_000})

    answer = desk.post(edit(version, "text"), {"seen": version.sha256, "text": text})

    assert (answer.status_code, answer.context["problems"][0].path) == (422, "$")


def test_a_version_is_frozen_run_and_shown(desk):
    round_, version = answered_round(), draft()
    code = version.index.code

    desk.post(reverse("index_freeze", args=[code, 1]), {"seen": version.sha256})
    answer = desk.post(
        reverse("index_run_add", args=[code, 1]),
        {"round": round_.code, "scores": "self", "draws": "0", "seed": "7"},
    )
    run = IndexRun.objects.get()

    assert answer.url == reverse("index_run", args=[code, run.pk])
    assert "Đang chờ" in desk.get(answer.url).content.decode()


def test_a_version_with_an_error_cannot_be_frozen(desk):
    version = draft(tree={"code": "index", "children": [{"indicator": "nobody"}]})

    desk.post(reverse("index_freeze", args=[version.index.code, 1]), {"seen": version.sha256})

    version.refresh_from_db()
    assert version.is_draft


def test_a_fork_is_a_draft_beside_the_frozen_one(desk):
    version = frozen()

    desk.post(reverse("index_fork", args=[version.index.code, version.number]))

    states = CompositeIndex.objects.get().versions.values_list("number", "status", "forked_from")
    assert list(states) == [(2, "draft", version.pk), (1, "frozen", None)]


def test_two_versions_are_compared(desk):
    version = frozen()
    changed = services.fork_version(version, actor=None, at=NOW)
    stated = document(version="2")
    stated["tree"]["children"][0]["weight"] = 0.5
    services.save_draft(changed, stated, seen=changed.sha256, actor=None, at=NOW)

    page = desk.get(reverse("index_compare", args=[version.index.code]))

    told = [(thing.code, line.after) for thing in page.context["changed"] for line in thing.lines]
    assert told == [("nang-luc", "2"), ("organisation", "0,5")]
    assert page.context["count"] == 2


def test_two_versions_that_say_the_same_are_told_so(desk):
    version = frozen()
    services.fork_version(version, actor=None, at=NOW)

    page = desk.get(reverse("index_compare", args=[version.index.code]), {"a": "1", "b": "1"})

    assert page.context["changed"] == []
    assertContains(page, "Hai bản giống nhau")


def test_a_frozen_version_leads_from_the_editor_to_its_page(desk):
    version = frozen()

    answer = desk.get(edit(version, "tree"))

    assert answer.url == reverse("index_version", args=[version.index.code, version.number])


def test_the_rounds_of_other_owners_are_not_offered(desk):
    version = frozen()
    other = RoundFactory.create(campaign__owner=AgencyFactory.create(), opened_at=NOW)

    page = desk.get(reverse("index_run_add", args=[version.index.code, version.number]))

    assert other not in page.context["form"].fields["round"].queryset
    assert Round.objects.filter(pk=other.pk).exists()
