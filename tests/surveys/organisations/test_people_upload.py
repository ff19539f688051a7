"""A list of people: read, judged, applied once."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from surveys.models import (
    AccountInvitation,
    AgencyIdentifier,
    Membership,
    OutgoingMail,
    PeopleUpload,
    User,
)
from surveys.organisations import services
from surveys.organisations.people_files import PeopleFileUnreadable
from surveys.organisations.people_judging import Reason, Verdict, judge
from surveys.xlsform.workbook import Sheet, open_workbook
from surveys.xlsform.writing.package import pack
from tests.factories import (
    AgencyFactory,
    MembershipFactory,
    UserFactory,
    department_person,
    member,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
HEADINGS = ("Mã cơ quan", "Họ và tên", "Thư điện tử", "Vai trò", "Chức vụ")


def csv_of(*lines: Iterable[str]) -> bytes:
    """The lines below the headings."""
    return "\n".join(",".join(line) for line in (HEADINGS, *lines)).encode()


def kept(*lines: Iterable[str], actor: User | None = None, name: str = "ds.csv") -> PeopleUpload:
    """The lines sent by an administrator of the department."""
    person = actor or department_person("administrator")
    return services.keep_upload(data=csv_of(*lines), filename=name, actor=person, at=AT)


def applied(upload: PeopleUpload) -> PeopleUpload:
    """The list applied by whoever sent it."""
    return services.apply_upload(upload, actor=upload.created_by, at=AT)


def verdicts(upload: PeopleUpload) -> list[Any]:
    """The reason or the verdict of every row."""
    judged = judge(services.rows_of(upload), actor=upload.created_by)
    return [one.reason or one.verdict for one in judged]


def line(agency: str, email: str = "binh@laocai.gov.vn", role: str = "Đầu mối") -> list[str]:
    """One line of a list."""
    return [agency, "Trần Bình", email, role, "Chuyên viên"]


def test_who_has_an_account_is_a_member_and_the_others_are_invited() -> None:
    agency, user = AgencyFactory(), UserFactory(email="an@laocai.gov.vn")

    applied(kept(line(agency.key, "AN@laocai.gov.vn"), line(agency.key)))

    membership = Membership.objects.get()
    assert (membership.user, membership.role, membership.title) == (
        user,
        "coordinator",
        "Chuyên viên",
    )
    assert AccountInvitation.objects.get().email == "binh@laocai.gov.vn"
    assert OutgoingMail.objects.get().to_address == "binh@laocai.gov.vn"


def test_an_account_is_found_whatever_the_case_of_its_address() -> None:
    agency, user = AgencyFactory(), UserFactory()
    User.objects.filter(pk=user.pk).update(email="An@LaoCai.gov.vn")
    upload = kept(line(agency.key, "an@laocai.gov.vn"))

    applied(upload)

    assert Membership.objects.get().user == user
    assert not AccountInvitation.objects.exists()
    assert verdicts(kept(line(agency.key, "an@laocai.gov.vn"))) == ["unchanged"]


def test_an_agency_is_named_by_its_code_too() -> None:
    agency = AgencyFactory()
    AgencyIdentifier.objects.create(
        agency=agency, scheme="electronic", value="000.00.00.H38", valid_from=date(2020, 1, 1)
    )

    assert verdicts(kept(line("000.00.00.h38"))) == [Verdict.NEW]


def test_the_same_list_sent_again_changes_nothing() -> None:
    agency, user = AgencyFactory(), UserFactory()
    lines = [line(agency.key, user.email), line(agency.key)]
    applied(kept(*lines))

    again = kept(*lines)

    assert verdicts(again) == [Verdict.UNCHANGED, Verdict.UNCHANGED]
    assert applied(again).result == {"unchanged": 2}
    assert OutgoingMail.objects.count() == 1


def test_another_position_is_a_change() -> None:
    membership = MembershipFactory(title="Phó giám đốc")
    upload = kept(line(membership.agency.key, membership.user.email))

    assert verdicts(upload) == [Verdict.CHANGED]

    applied(upload)
    membership.refresh_from_db()
    assert membership.title == "Chuyên viên"


def test_rows_are_refused_with_their_reasons() -> None:
    agency = AgencyFactory().key
    closed = UserFactory()
    closed.is_active = False
    closed.save()

    upload = kept(
        line("khong-co"),
        [agency, "", "a@b.vn", "Đầu mối"],
        line(agency, "không phải địa chỉ"),
        line(agency, role="Vua"),
        [agency, "x" * 121, "a@b.vn", "Đầu mối"],
        line(agency),
        line(agency.upper(), "BINH@laocai.gov.vn", "Coordinator"),
        line(agency, closed.email),
    )

    assert verdicts(upload) == [
        Reason.AGENCY_UNKNOWN,
        Reason.NAME_MISSING,
        Reason.EMAIL_INVALID,
        Reason.ROLE_UNKNOWN,
        Reason.TOO_LONG,
        Verdict.NEW,
        Reason.REPEATED,
        Reason.ACCOUNT_CLOSED,
    ]


def test_an_administrator_of_a_province_uploads_its_own_people_only() -> None:
    province = AgencyFactory()
    commune, stranger = AgencyFactory(parent=province, type="commune"), AgencyFactory()
    actor = department_person("administrator", owner=province)

    upload = kept(line(commune.key), line(stranger.key), actor=actor)

    assert verdicts(upload) == [Verdict.NEW, Reason.AGENCY_FOREIGN]
    applied(upload)
    assert [each.agency for each in AccountInvitation.objects.all()] == [commune]


def test_a_list_is_applied_once() -> None:
    upload = kept(line(AgencyFactory().key))
    applied(upload)

    with pytest.raises(services.UploadApplied):
        applied(upload)


def test_after_applying_only_refused_rows_are_kept() -> None:
    upload = applied(kept(line(AgencyFactory().key), line("khong-co")))

    assert [row["agency"] for row in upload.rows] == ["khong-co"]


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe\x00", b"a,b\n1,2\n", csv_of()],
    ids=["empty", "noise", "other headings", "nobody"],
)
def test_a_file_that_is_no_list_is_refused_whole(data: bytes) -> None:
    actor = department_person("administrator")

    with pytest.raises(PeopleFileUnreadable):
        services.keep_upload(data=data, filename="ds.csv", actor=actor, at=AT)

    assert PeopleUpload.objects.count() == 0


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_csv_of_excel_is_read_with_its_own_delimiter(delimiter: str) -> None:
    text = csv_of(line(AgencyFactory().key)).decode().replace(",", delimiter)
    actor = department_person("administrator")

    data = b"\xef\xbb\xbf" + text.encode()
    upload = services.keep_upload(data=data, filename="ds.csv", actor=actor, at=AT)

    assert verdicts(upload) == [Verdict.NEW]


def test_a_workbook_is_read_like_a_csv() -> None:
    data = pack([Sheet("Danh sách", [list(HEADINGS), line(AgencyFactory().key)])])
    actor = department_person("administrator")

    upload = services.keep_upload(data=data, filename="ds.xlsx", actor=actor, at=AT)

    assert verdicts(upload) == [Verdict.NEW]


def test_all_queries_but_the_batches_of_inserts_are_bounded() -> None:
    agency = AgencyFactory()
    upload = kept(*(line(agency.key, f"p{n}@laocai.gov.vn") for n in range(400)))

    with CaptureQueriesContext(connection) as queries:
        applied(upload)

    others = [each for each in queries if not each["sql"].startswith("INSERT")]
    assert len(others) <= 20
    assert AccountInvitation.objects.count() == OutgoingMail.objects.count() == 400


def test_the_pages_lead_from_the_file_to_the_members(client: Client) -> None:
    client.force_login(department_person("administrator"))
    user = UserFactory()
    file = SimpleUploadedFile("ds.csv", csv_of(line(AgencyFactory().key, user.email), line("x")))

    sent = client.post("/people/upload/", {"file": file})
    preview = client.get(sent.headers["Location"])
    client.post(sent.headers["Location"])

    assert [count for _verdict, _word, count in preview.context["counts"]] == [1, 0, 0, 1]
    assert user.memberships.count() == 1


def test_refused_rows_come_back_as_a_workbook_with_row_and_reason(client: Client) -> None:
    upload = kept(line(AgencyFactory().key), line("khong-co"))
    client.force_login(upload.created_by)

    data = client.get(f"/people/uploads/{upload.pk}/refused/").content

    (sheet,) = open_workbook(data, "refused.xlsx").sheets
    assert [(row[0], row[6]) for row in sheet.rows[1:]] == [("khong-co", "3")]


def test_an_unreadable_file_is_told_on_the_page(client: Client) -> None:
    client.force_login(department_person("administrator"))

    answer = client.post("/people/upload/", {"file": SimpleUploadedFile("a.csv", b"a,b\n1,2\n")})

    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"file"})


def test_an_upload_is_seen_by_nobody_else(client: Client) -> None:
    upload = kept(line(AgencyFactory().key))
    client.force_login(department_person("administrator"))

    assert client.get(f"/people/uploads/{upload.pk}/").status_code == 404


def test_coordinators_upload_nobody(client: Client) -> None:
    client.force_login(member(AgencyFactory()))

    assert client.get("/people/upload/").status_code == 403
