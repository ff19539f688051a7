"""The table builder: what an address asks, how it is laid out, who sees which figures, and its files."""

import io
import json
import zipfile
from dataclasses import replace
from urllib.parse import parse_qs

import openpyxl
import pytest
from django.urls import reverse
from django.utils.translation import gettext, override

from analytics.explorer import queries
from analytics.explorer.asking import Dimension, Filter, Scope
from analytics.explorer.compute import Tabulator
from analytics.explorer.models import Tabulation
from analytics.gate.enums import Audience
from analytics.gate.models import DisclosurePolicy, ReleasedTable
from analytics.releases import services as releases
from exporters.api.wanted_tables import TableWishSerializer, wanted_of
from exporters.models import Export
from exporters.portal import services
from exporters.portal.enums import Measure
from exporters.portal.tabling.calling import body_of
from exporters.portal.tabling.grid import grid_of
from exporters.portal.tabling.wanted import Wanted, asking_of, read_address
from exporters.portal.terms import current
from surveys.audit.enums import Event
from surveys.background.runner import run_pending
from surveys.models import AuditEvent, Campaign, Round
from tests.analytics.explorer.test_asking import ITEMS
from tests.analytics.releases.factories import AT, person
from tests.exporters.published import publication_of_fifteen
from tests.factories import AgencyFactory, UserFactory, department_person, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def release():
    """A publication in force."""
    return publication_of_fifteen()


@pytest.fixture
def outsider():
    """Somebody with an account, no role, and the terms of use accepted."""
    user = member(AgencyFactory.create(), "coordinator")
    services.accept_terms(version=current().version, actor=user, at=AT)
    return user


def opened(client, release, name="data_table", **query):
    address = reverse(name, args=[release.round.code, release.number])
    return client.get(address, query)


TYPE = Dimension("type", "Loại", (("ministry", "Bộ"), ("province", "Tỉnh")))
STATUS = Dimension("status", "Tình trạng", (("submitted", "Đã gửi"), ("verified", "Đã thẩm định")))
SCOPE = Scope(
    ITEMS,
    {each.code: each for each in (TYPE, STATUS, *queries.question_dimensions(ITEMS.values()))},
)


def read(**query):
    given = {name: [text] if isinstance(text, str) else text for name, text in query.items()}
    return read_address(given, SCOPE)


def table(client, release, **query):
    """The page when the table is computed."""
    opened(client, release, **query)
    run_pending()
    return opened(client, release, **query).context["page"]


def ordered(client, release, file_format, **query):
    address = reverse("data_table_file", args=[release.round.code, release.number])
    answer = client.post(
        f"{address}?{'&'.join(f'{k}={v}' for k, v in query.items())}", {"format": file_format}
    )
    run_pending()
    return answer


def kept(media):
    """The files of exports that are kept."""
    return [each for each in (media / "exports").iterdir() if each.is_file()]


CROSS = {"rows": "type", "cols": "question.a1_reorganised"}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"rows": "colour"}, "rows"),
        ({"rows": "type", "cols": ["type", "status"]}, "cols"),
        ({"rows": ["type", "status", "question.plan"]}, "rows"),
        ({"rows": "type", "cols": "type"}, "rows"),
        ({"rows": "type"}, "rows"),
        ({"cols": "type"}, "rows"),
        ({"rows": ["type", "status"], "cols": "question.plan", "layer": "question.tools"}, "rows"),
        ({"rows": "type", "cols": "status", "layer": "question.plan"}, "rows"),
        ({"rows": "type", "m": "median"}, "m"),
        ({"rows": "type", "m": "mean"}, "of"),
        ({"rows": "type", "m": "mean", "of": "plan"}, "of"),
        ({"rows": "type", "in": "type:moon"}, "in"),
        ({"limit": "1"}, "limit"),
        ({"rows": "question.phone"}, "rows"),
        ({"rows": "question.remark"}, "rows"),
    ],
)
def test_an_address_that_means_nothing_says_where(query, parameter):
    reading = read(**query)

    assert (reading.wanted, {each.parameter for each in reading.problems}) == (None, {parameter})


def test_an_address_is_written_as_it_was_read():
    wanted = read(
        rows=["type", "question.plan"], cols="question.tools", m="row", **{"in": ["type:province"]}
    ).wanted

    assert read(**parse_qs(wanted.query())).wanted == wanted
    assert Wanted.from_json(wanted.as_json()) == wanted


def test_the_call_of_a_table_asks_for_all_of_it():
    wanted = Wanted(
        rows=("type", "question.plan"),
        cols="question.tools",
        filters=(Filter("status", ("verified",)), Filter("type", ("ministry", "province"))),
        measure=Measure.ROW,
    )
    layered = replace(wanted, rows=("question.plan",), cols="", layer="type")
    told = [TableWishSerializer(data=body_of(each)) for each in (wanted, layered)]

    assert [each.is_valid() for each in told] == [True, True]
    assert [wanted_of(each.validated_data, SCOPE) for each in told] == [wanted, layered]


def test_a_table_turned_round_is_the_same_question():
    one = Wanted(rows=("question.plan",), cols="question.rating")
    other = Wanted(rows=("question.rating",), cols="question.plan")

    assert asking_of(one, SCOPE) == asking_of(other, SCOPE)


def test_a_question_with_several_choices_never_divides():
    asking = asking_of(Wanted(rows=("question.plan",), cols="question.tools"), SCOPE)

    assert asking.question == "tools"


def test_who_has_not_accepted_the_terms_is_asked_first(client, release):
    client.force_login(UserFactory.create())

    answer = opened(client, release, **CROSS)

    assert answer.url.startswith(reverse("data_terms"))
    assert "rows%3Dtype" in answer.url


def test_nobody_makes_tables_without_signing_in(client, release):
    assert opened(client, release).url.startswith(reverse("account_login"))


def test_of_what_is_not_in_force_no_table_is_made(client, release, outsider):
    releases.withdraw(release, reason="Sai.", actor=person(release.round), at=AT)
    client.force_login(outsider)

    assert opened(client, release, **CROSS).status_code == 403


def test_an_outsider_gets_what_agencies_may_see(client, release, outsider):
    client.force_login(outsider)

    page = table(client, release, **CROSS)

    assert page.tabulation.audience == Audience.AGENCIES
    assert ReleasedTable.objects.get().audience == Audience.AGENCIES


def test_a_researcher_gets_what_researchers_may_see(client, release):
    researcher = department_person("researcher", owner=release.round.campaign.owner)
    services.accept_terms(version=current().version, actor=researcher, at=AT)
    client.force_login(researcher)

    assert table(client, release, **CROSS).tabulation.audience == Audience.RESEARCHERS


def test_no_cell_of_few_units_is_shown(client, release, outsider):
    client.force_login(outsider)

    for query in (CROSS, {"rows": "question.a2_model", "cols": "question.a10_head"}):
        page = table(client, release, **query)
        seen = [each.value.value for each in page.grid.cells] if page.grid else []
        assert all(not n or n >= 5 for n in seen)


def test_a_wrong_address_is_a_page_that_says_so(client, release, outsider):
    client.force_login(outsider)

    assert opened(client, release, rows="colour").status_code == 400


def grid(release, wanted):
    """Of public bodies, whose figures are all shown."""
    DisclosurePolicy.objects.create(round=release.round, identity="published", set_at=AT)
    scope = queries.scope_of(release.round)
    basis = queries.basis_of(release.round, Audience.AGENCIES)
    found = Tabulator.of(release.round, at=AT).result(asking_of(wanted, scope), basis, actor=None)
    return grid_of(wanted, found, scope)


def numbers(made):
    return [[[cell.value.value for cell in row.cells] for row in b.rows] for b in made.blocks]


def test_rows_add_up_to_all(release):
    [rows] = numbers(grid(release, Wanted(rows=("type",), cols="question.a1_reorganised")))

    *parts, whole = rows
    assert [sum(column) for column in zip(*parts, strict=True)] == whole


def test_a_table_turned_round_says_the_same(release):
    [rows] = numbers(grid(release, Wanted(rows=("type",), cols="question.a1_reorganised")))
    [turned] = numbers(grid(release, Wanted(rows=("question.a1_reorganised",), cols="type")))

    shown = [list(column) for column in zip(*rows[:-1], strict=True)]
    assert [row for row in shown if any(row)] == turned[:-1]


@pytest.mark.parametrize(("measure", "place"), [(Measure.ROW, 1), (Measure.COLUMN, 0)])
def test_percentages_add_up_to_a_hundred(release, measure, place):
    [rows] = numbers(
        grid(release, Wanted(rows=("type",), cols="question.a1_reorganised", measure=measure))
    )
    inside = [[value or 0 for value in row] for row in rows[:-1]]
    lines = inside if place else [list(c) for c in zip(*inside, strict=True) if any(c)]

    assert [round(sum(line), 6) for line in lines] == [100] * len(lines)


def test_layers_and_outer_rows_are_blocks(release):
    layered = grid(
        release, Wanted(rows=("question.a2_model",), cols="question.a1_reorganised", layer="type")
    )
    nested = grid(
        release, Wanted(rows=("type", "question.a2_model"), cols="question.a1_reorganised")
    )

    assert numbers(layered) == numbers(nested)
    assert len(layered.blocks) == 2


def test_the_mean_of_a_number_stands_with_the_units_behind_it(release):
    made = grid(release, Wanted(rows=("type",), measure=Measure.MEAN, of="a4_current"))

    [block] = made.blocks
    assert [row.n.value for row in block.rows] == [
        each.n.value for row in block.rows for each in row.cells
    ]
    assert all(row.cells[0].value.value for row in block.rows)


def test_a_file_shows_what_the_page_has_shown(client, release, outsider, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(outsider)
    page = table(client, release, **CROSS)

    ordered(client, release, "json", **CROSS)

    [file] = kept(tmp_path)
    written = json.loads(file.read_text())
    assert [(row["value"], row["hidden"]) for row in written["rows"]] == [
        (each.value.value, each.value.is_hidden) for each in page.grid.cells
    ]
    assert release.manifest_sha256 in written["source"].values()


@pytest.mark.parametrize("file_format", ["csv", "sav", "dta", "jsonl", "parquet"])
def test_a_data_format_is_a_zip_with_where_the_table_comes_from(
    client, release, outsider, settings, tmp_path, file_format
):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(outsider)
    table(client, release, **CROSS)

    ordered(client, release, file_format, **CROSS)

    [file] = kept(tmp_path)
    with zipfile.ZipFile(file) as made:
        assert len(made.namelist()) == 3
        assert release.manifest_sha256 in made.read("source.json").decode()


def test_a_workbook_hides_the_same_cells(client, release, outsider, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(outsider)
    page = table(client, release, **CROSS)

    ordered(client, release, "xlsx", **CROSS)

    [file] = kept(tmp_path)
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    texts = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    hidden = page.grid.hidden + sum(row.n.is_hidden for b in page.grid.blocks for row in b.rows)
    with override("vi"):
        assert texts.count(gettext("not shown")) == hidden


def test_a_workbook_says_what_its_columns_are_of(client, release, outsider, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(outsider)
    page = table(client, release, **CROSS)

    ordered(client, release, "xlsx", **CROSS)

    [file] = kept(tmp_path)
    sheet = openpyxl.load_workbook(io.BytesIO(file.read_bytes())).worksheets[0]
    assert (sheet["B3"].value, sheet["A4"].value) == (page.grid.spanning, page.grid.corner)


def test_a_file_of_a_table_that_nobody_has_seen_is_not_made(client, release, outsider):
    client.force_login(outsider)

    answer = ordered(client, release, "json", **CROSS)

    assert (answer.status_code, Export.objects.count()) == (302, 0)


def test_a_file_computes_nothing_anew(client, release, outsider, settings, tmp_path):
    """Where the stored table is gone, there is no file: the writer has no way around the gate."""
    settings.MEDIA_ROOT = tmp_path
    client.force_login(outsider)
    table(client, release, **CROSS)
    address = reverse("data_table_file", args=[release.round.code, release.number])
    client.post(f"{address}?rows=type&cols=question.a1_reorganised", {"format": "json"})
    Tabulation.objects.all().delete()

    run_pending()

    assert Export.objects.get().finished_at is None
    assert AuditEvent.objects.filter(kind=Event.TABLE_RELEASED).count() == 1


def test_of_confidential_answers_everybody_gets_protected_tables(client, release):
    Campaign.objects.update(anonymity="confidential")
    Round.objects.update(status="closed")
    designer = department_person("designer", owner=release.round.campaign.owner)
    services.accept_terms(version=current().version, actor=designer, at=AT)
    client.force_login(designer)

    page = table(client, release, **CROSS)

    assert (page.sees_everything, ReleasedTable.objects.count()) == (False, 1)
