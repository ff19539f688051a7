"""Lookup tables of a draft: attached, replaced, downloaded, removed, kept over imports."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from surveys.audit.enums import Event
from surveys.engine import digest, rows_of
from surveys.models import AuditEvent, QuestionnaireVersion
from surveys.questionnaires.queries import form_of, tables_of
from surveys.questionnaires.services import (
    NotADraft,
    TableInUse,
    TableRefused,
    TableUnknown,
    VersionNotPublishable,
    attach_table,
    publish,
    remove_table,
)
from tests.factories import department_person
from tests.surveys.questionnaires.factories import NOW, SETTINGS, imported
from tests.surveys.xlsform.workbooks import workbook

pytestmark = pytest.mark.django_db

READING = workbook(
    survey=[
        ["type", "name", "label", "calculation"],
        ["text", "item", "Mặt hàng", ""],
        ["calculate", "price", "Giá", "pulldata('prices', 'giá', 'mã', ${item})"],
    ],
    settings=SETTINGS,
)
CSV = "\ufeffmã;giá\r\nrice;12,5\r\nsalt;3\r\n".encode()


@pytest.fixture
def draft() -> QuestionnaireVersion:
    return imported(READING)


def attach(version: QuestionnaireVersion, data: bytes = CSV, name: str = "prices", **file: str):
    filename = file.get("filename", "prices.csv")
    return attach_table(version, name=name, data=data, filename=filename, actor=None, at=NOW)


def refusal(version: QuestionnaireVersion, data: bytes, **given: str) -> tuple[str, str]:
    with pytest.raises(TableRefused) as refused:
        attach(version, data, **given)
    problem = refused.value.problems[0]
    return problem.code, problem.at


def fresh(version: QuestionnaireVersion) -> QuestionnaireVersion:
    return QuestionnaireVersion.objects.get(pk=version.pk)


def test_a_csv_becomes_a_table_of_the_draft_and_heals_the_expression(draft):
    assert [each.code for each in form_of(draft).problems] == ["table_unknown"]

    table = attach(draft)

    assert rows_of(table) == [["rice", "12,5"], ["salt", "3"]]
    assert form_of(fresh(draft)).problems == ()


@pytest.mark.parametrize("text", ["mã,giá\na,1", "mã;giá\na;1", "mã\tgiá\na\t1"])
def test_cells_are_parted_by_comma_semicolon_or_tab(draft, text):
    assert rows_of(attach(draft, text.encode())) == [["a", "1"]]


def test_a_workbook_with_one_sheet_is_a_table_too(draft):
    data = workbook(Sheet1=[["mã", "giá"], ["a", 1]])

    assert rows_of(attach(draft, data, filename="prices.xlsx")) == [["a", "1"]]


def test_attaching_is_told_with_the_digest_of_what_it_replaces(draft):
    first = attach(draft)
    attach(draft, "mã,giá\na,1".encode())

    told = AuditEvent.objects.filter(kind=Event.QUESTIONNAIRE_TABLE_ATTACHED).latest("pk").data
    assert (told["table"], told["rows"], told["replaces"]) == ("prices", 1, digest(first))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("mã,giá\na,1".encode("utf-16"), ("csv_not_utf8", "prices.csv")),
        ('mã,giá\n"a,1'.encode(), ("workbook_unreadable", "prices.csv")),
        (b"", ("lookup_empty", "prices!A1")),
        (b"a,a\n1,2", ("column_twice", "prices!B1")),
        (b"a\n" + b"1\n" * 50_001, ("table_too_large", "prices!A1")),
    ],
)
def test_a_file_that_is_no_table_is_refused_at_its_place(draft, data, expected):
    assert refusal(draft, data) == expected
    assert tables_of(fresh(draft)) == {}


def test_a_workbook_with_several_sheets_is_refused(draft):
    data = workbook(a=[["x"], ["1"]], b=[["y"], ["2"]])

    assert refusal(draft, data, filename="a.xlsx") == ("sheets_several", "a.xlsx")


def test_a_damaged_workbook_is_refused(draft):
    code, _at = refusal(draft, b"PK\x03\x04 broken", filename="a.xlsx")

    assert code == "workbook_unreadable"


def test_a_name_that_differs_only_in_case_is_refused(draft):
    attach(draft)

    assert refusal(draft, CSV, name="Prices") == ("name_repeated", "lookups/Prices")
    assert list(tables_of(fresh(draft))) == ["prices"]


def test_a_draft_whose_table_is_missing_cannot_be_published(draft):
    with pytest.raises(VersionNotPublishable):
        publish(draft, actor=None, at=NOW)


def test_a_published_version_keeps_its_tables_as_they_are(draft):
    attach(draft)
    publish(draft, actor=None, at=NOW)

    with pytest.raises(NotADraft):
        attach(draft)
    with pytest.raises(NotADraft):
        remove_table(draft, name="prices", actor=None, at=NOW)


def test_a_table_that_an_expression_reads_cannot_be_removed(draft):
    attach(draft)

    with pytest.raises(TableInUse) as refused:
        remove_table(draft, name="prices", actor=None, at=NOW)

    assert refused.value.users == ("price",)


def test_a_table_that_nothing_reads_is_removed(draft):
    attach(draft, name="other")

    remove_table(draft, name="other", actor=None, at=NOW)

    assert tables_of(fresh(draft)) == {}
    assert AuditEvent.objects.filter(kind=Event.QUESTIONNAIRE_TABLE_REMOVED).count() == 1


def test_a_table_that_is_not_there_cannot_be_removed(draft):
    with pytest.raises(TableUnknown):
        remove_table(draft, name="other", actor=None, at=NOW)


def test_a_new_workbook_keeps_the_tables_that_it_does_not_bring(draft):
    attach(draft)

    again = imported(READING, owner=draft.questionnaire.owner)

    assert list(tables_of(again)) == ["prices"]
    assert form_of(again).problems == ()


@pytest.fixture
def designer(client, draft):
    client.force_login(department_person("designer"))
    return client


def upload(client, draft, data: bytes = CSV, **given: str):
    form = {"file": SimpleUploadedFile(given.pop("filename", "prices.csv"), data), **given}
    return client.post(reverse("lookup_attach", args=[draft.questionnaire.code, 1]), form)


def test_the_file_is_named_after_itself_and_the_page_lists_it(designer, draft):
    answer = upload(designer, draft)

    page = designer.get(answer.url).content.decode()
    assert answer.status_code == 302
    assert "2 dòng" in page
    assert "mã, giá" in page
    assert "table_unknown" not in page


def test_a_bad_file_gives_its_problems(designer, draft):
    answer = upload(designer, draft, b"a,a\n1,2", name="prices")

    assert answer.status_code == 422
    assert "column_twice" in answer.content.decode()


def test_a_file_whose_name_is_no_table_name_asks_for_one(designer, draft):
    answer = upload(designer, draft, filename="bảng giá.csv")

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["name"]


def test_what_is_downloaded_can_be_attached_as_it_is(designer, draft):
    table = attach(draft)

    file = designer.get(reverse("lookup_download", args=["to-chuc", 1, "prices"]))

    assert file["Content-Disposition"] == 'attachment; filename="prices.csv"'
    assert digest(attach(draft, file.content)) == digest(table)


def test_removing_on_the_page_is_refused_with_those_who_read_it(designer, draft):
    attach(draft)

    url = reverse("lookup_remove", args=["to-chuc", 1, "prices"])
    page = designer.post(url, follow=True).content.decode()

    assert "Nơi dùng: price" in page
    assert list(tables_of(fresh(draft))) == ["prices"]


def test_who_may_only_read_cannot_attach(client, draft):
    client.force_login(department_person("reviewer"))

    assert upload(client, draft).status_code == 403
