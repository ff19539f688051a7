from dataclasses import replace
from datetime import timedelta

import pytest

from surveys.audit.enums import Event
from surveys.definitions import load
from surveys.models import AuditEvent, Questionnaire, QuestionnaireVersion
from surveys.questionnaires import services
from surveys.questionnaires.enums import VersionStatus
from surveys.questionnaires.queries import latest_published
from tests.factories import AgencyFactory, UserFactory
from tests.surveys.questionnaires.factories import BAD, GOOD, NOW, imported, survey_of

pytestmark = pytest.mark.django_db


def test_a_good_workbook_becomes_the_first_draft():
    version = imported()

    assert (version.questionnaire.code, version.number, version.status) == (
        "to-chuc",
        1,
        VersionStatus.DRAFT,
    )
    assert (version.title, version.title_en) == ("Phiếu tổ chức", "Organisation")


def test_a_bad_workbook_is_refused_and_nothing_is_written():
    with pytest.raises(services.WorkbookRefused) as refusal:
        imported(BAD)

    assert [(p.code, p.at) for p in refusal.value.problems] == [("type_unknown", "survey!A2")]
    assert not Questionnaire.objects.exists()
    assert not AuditEvent.objects.exists()


def test_importing_again_replaces_the_draft():
    first = imported()
    second = imported(at=NOW + timedelta(hours=1))

    assert (second.pk, second.number) == (first.pk, 1)
    assert second.created_at == NOW + timedelta(hours=1)


def test_after_publishing_an_import_makes_the_next_version():
    services.publish(imported(), actor=None, at=NOW)

    assert imported().number == 2


def test_a_published_version_stays_as_it_is_when_the_next_is_imported():
    published = services.publish(imported(), actor=None, at=NOW)
    imported(at=NOW + timedelta(hours=1))

    again = QuestionnaireVersion.objects.get(pk=published.pk)
    assert (again.status, again.definition) == (VersionStatus.PUBLISHED, published.definition)


def test_a_code_of_another_owner_is_refused():
    imported()

    with pytest.raises(services.OwnedByAnother):
        imported(owner=AgencyFactory())


@pytest.mark.parametrize("code", ["", "To-Chuc", "tổ-chức", "a b", "a" * 61])
def test_a_code_that_does_not_fit_an_address_is_refused(code: str):
    with pytest.raises(services.CodeInvalid):
        imported(code=code)


def test_an_import_is_recorded_with_its_file_and_its_remarks():
    version = imported()

    event = AuditEvent.objects.get(kind=Event.QUESTIONNAIRE_IMPORTED)
    assert (event.subject_id, event.data["filename"], event.data["number"]) == (
        str(version.pk),
        "phieu.xlsx",
        1,
    )


def test_publishing_names_who_when_and_why():
    person = UserFactory()

    version = services.publish(imported(), actor=person, at=NOW, note="Bản đầu")

    assert (version.status, version.published_by, version.published_at, version.note) == (
        VersionStatus.PUBLISHED,
        person,
        NOW,
        "Bản đầu",
    )
    assert AuditEvent.objects.filter(kind=Event.QUESTIONNAIRE_PUBLISHED, actor=person).count() == 1


def test_a_published_version_is_not_published_again():
    version = services.publish(imported(), actor=None, at=NOW)

    with pytest.raises(services.VersionNotPublishable):
        services.publish(version, actor=None, at=NOW)


def test_a_draft_with_errors_is_not_published():
    version = imported()
    section = version.definition["children"][0]
    section["children"][0]["relevant"] = "${nobody} = 1"
    version.save(update_fields=["definition"])

    with pytest.raises(services.VersionNotPublishable) as refusal:
        services.publish(version, actor=None, at=NOW)

    assert [problem.name for problem in refusal.value.problems] == ["nobody"]
    version.refresh_from_db()
    assert version.status == VersionStatus.DRAFT


def test_the_same_workbook_gives_the_same_definition():
    one, other = load(imported(GOOD).definition), load(imported(GOOD, code="khac").definition)

    assert one == replace(other, code="to-chuc")


POSTS = ["integer", "bien_che", "Biên chế", "Posts"]
REMARK = ["text", "ghi_chu", "Ghi chú", "Remark"]


def publish_in_turn(*workbooks: bytes) -> QuestionnaireVersion:
    """Import and publish one after the other; the last one published."""
    return [services.publish(imported(data), actor=None, at=NOW) for data in workbooks][-1]


def test_a_published_name_may_not_come_to_mean_something_else():
    publish_in_turn(survey_of(POSTS))

    with pytest.raises(services.NamesChanged) as refusal:
        publish_in_turn(survey_of(["note", "bien_che", "Biên chế", "Posts"], REMARK))

    assert [change.place for change in refusal.value.changes] == ["bien_che"]
    assert "bien_che" in str(refusal.value)


def test_a_name_that_is_gone_does_not_come_back_as_something_else():
    publish_in_turn(survey_of(POSTS), survey_of(REMARK))

    with pytest.raises(services.NamesChanged):
        publish_in_turn(survey_of(["note", "bien_che", "Biên chế", "Posts"], REMARK))


def test_a_name_that_a_retired_version_used_keeps_its_meaning():
    services.retire(publish_in_turn(survey_of(POSTS)), actor=None, at=NOW)

    with pytest.raises(services.NamesChanged):
        publish_in_turn(survey_of(["note", "bien_che", "Biên chế", "Posts"], REMARK))


@pytest.mark.parametrize(
    "row",
    [
        ["decimal", "bien_che", "Biên chế", "Posts"],
        ["text", "bien_che", "Biên chế", "Posts"],
        ["integer", "bien_che_moi", "Biên chế", "Posts", "", "bien_che"],
    ],
)
def test_what_keeps_its_meaning_is_published(row: list[str]):
    publish_in_turn(survey_of(POSTS))

    assert publish_in_turn(survey_of(row)).number == 2


def test_a_published_version_is_retired_and_recorded():
    person = UserFactory()

    version = services.retire(
        services.publish(imported(), actor=None, at=NOW), actor=person, at=NOW
    )

    assert version.status == VersionStatus.RETIRED
    assert AuditEvent.objects.filter(kind=Event.QUESTIONNAIRE_RETIRED, actor=person).count() == 1


def test_a_draft_is_not_retired():
    with pytest.raises(services.VersionNotRetirable):
        services.retire(imported(), actor=None, at=NOW)


def test_a_version_is_retired_once():
    version = services.retire(publish_in_turn(GOOD), actor=None, at=NOW)

    with pytest.raises(services.VersionNotRetirable):
        services.retire(version, actor=None, at=NOW)


def test_no_new_round_takes_a_retired_version():
    first = publish_in_turn(survey_of(POSTS))
    services.retire(publish_in_turn(survey_of(POSTS, REMARK)), actor=None, at=NOW)

    assert latest_published(first.questionnaire) == first
