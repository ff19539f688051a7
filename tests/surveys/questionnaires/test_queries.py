import pytest

from surveys.definitions import DefinitionUnreadable
from surveys.models import Questionnaire, QuestionnaireVersion
from surveys.questionnaires import queries
from surveys.questionnaires.services import publish
from tests.factories import AgencyFactory, UserFactory, department_person
from tests.surveys.questionnaires.factories import NOW, imported
from tests.surveys.xlsform.workbooks import workbook

pytestmark = pytest.mark.django_db


def test_the_form_of_a_version_is_compiled_once():
    version = imported()

    assert queries.form_of(version) is queries.form_of(version)


def test_the_form_of_a_deferred_definition_costs_no_query(django_assert_num_queries):
    form = queries.form_of(imported())
    version = QuestionnaireVersion.objects.defer("definition").get()

    with django_assert_num_queries(0):
        assert queries.form_of(version) is form


def test_a_changed_definition_gives_another_form_even_at_the_same_time():
    version = imported()
    before = queries.form_of(version)
    version.definition = version.definition | {"title": {"vi": "Phiếu khác"}}
    version.save(update_fields=["definition"])

    after = queries.form_of(QuestionnaireVersion.objects.get())

    assert (before.definition.title["vi"], after.definition.title["vi"]) == (
        "Phiếu tổ chức",
        "Phiếu khác",
    )


def test_a_stored_document_that_is_no_definition_is_refused():
    version = imported()
    version.definition = {"schema": 1, "code": "x"}

    with pytest.raises(DefinitionUnreadable):
        queries.form_of(version)


def test_only_those_with_a_role_in_the_owner_see_a_questionnaire():
    version = imported()
    follower = department_person("researcher")
    stranger = department_person("designer", owner=AgencyFactory())

    seen = [
        set(Questionnaire.objects.visible_to(person))
        for person in (follower, stranger, UserFactory())
    ]
    assert seen == [{version.questionnaire}, set(), set()]
    assert set(QuestionnaireVersion.objects.visible_to(follower)) == {version}
    assert not QuestionnaireVersion.objects.visible_to(stranger).exists()


@pytest.mark.parametrize(
    ("text", "found"),
    [("", 1), ("to chuc", 1), ("TỔ CHỨC", 1), ("organisation", 1), ("to-chuc", 1), ("nhân lực", 0)],
)
def test_questionnaires_are_found_without_tones_by_title_and_code(text: str, found: int):
    imported()

    listed = queries.find_questionnaires(text, user=department_person())

    assert len(listed) == found


def test_the_list_names_the_newest_version_and_the_one_in_force():
    publish(imported(), actor=None, at=NOW)
    imported()

    listed = queries.find_questionnaires("", user=department_person())[0]

    assert listed.published is not None
    assert (listed.newest.number, listed.published.number, listed.number_of_versions) == (2, 1, 2)


def test_new_rounds_use_the_latest_published_version():
    first = publish(imported(), actor=None, at=NOW)
    second = imported()
    assert queries.latest_published(first.questionnaire) == first

    publish(second, actor=None, at=NOW)

    assert queries.latest_published(first.questionnaire) == second


def test_the_remarks_of_the_last_import_are_kept():
    survey = [["type", "name", "label", "audio"], ["text", "a", "A", "a.mp3"]]

    version = imported(workbook(survey=survey, settings=[["form_title"], ["Phiếu"]]))

    assert [(p.code, p.at, p.severity) for p in queries.import_remarks(version)] == [
        ("column_unsupported", "survey!D1", "ignored")
    ]
