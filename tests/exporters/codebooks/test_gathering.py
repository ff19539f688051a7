"""What is gathered of a round: its study, its tables, its variables, their versions."""

from datetime import timedelta

import pytest

from analytics.gate.enums import Audience
from exporters.codebooks.ddi import ddi_xml
from exporters.codebooks.gathering import codebook_of
from exporters.codebooks.model import Limit, VariableKind
from surveys.background.runner import run_pending
from surveys.campaigns.models import Campaign, Round
from tests.analytics.releases.factories import closed_round, published
from tests.answered import NOW, answered_round
from tests.exporters.codebooks.ddi_schema import parsed, problems_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    made = answered_round()
    run_pending()
    return made


def gathered(*rounds):
    return codebook_of(rounds, Audience.DEPARTMENT, as_of=NOW)


def earlier_of_another_campaign(round_):
    """A round of a campaign of its own, a year before."""
    campaign = Campaign.objects.get(pk=round_.campaign_id)
    campaign.pk, campaign.code, campaign.title, campaign.title_en = None, "khac", "Khác", "Other"
    campaign.save(force_insert=True)
    return Round.objects.create(
        campaign=campaign,
        code="khac-2025",
        period="2025",
        reference_date=round_.reference_date - timedelta(days=365),
        version=round_.version,
        opens_at=round_.opens_at - timedelta(days=365),
        closes_at=round_.closes_at - timedelta(days=365),
        created_at=NOW,
    )


def named(codebook, name):
    return next(each for each in codebook.variables() if each.name == name)


def test_the_study_says_who_asked_whom_by_which_document(round_):
    study = gathered(round_).study

    assert (study.identifier, study.title["en"], study.basis.issuer) == (
        "nang-luc-2026",
        "Organisational capacity, 2026",
        "Thủ tướng Chính phủ",
    )
    assert study.universe["en"] == "Ministry (2); Government agency (1); Province (3)."


def test_the_rates_are_those_of_the_round(round_):
    (wave,) = gathered(round_).study.waves

    assert (wave.asked, wave.signed) == (6, 4)
    assert {each.name: each.value for each in wave.rates}["RR1"] == pytest.approx(4 / 6)


def test_there_is_a_table_for_the_answers_for_each_repeat_and_for_the_indicators(round_):
    files = gathered(round_).files

    assert [(each.name, each.cases) for each in files] == [
        ("answers", 4),
        ("a9_contacts", None),
        ("a14_tools", None),
        ("indicators", None),
    ]


def test_personal_data_are_no_variables_and_are_counted(round_):
    codebook = gathered(round_)

    assert not {"g2_name", "g2_phone", "g2_email"} & {each.name for each in codebook.variables()}
    assert codebook.study.left_out == 7


def test_a_question_of_a_group_goes_by_its_groups_name(round_):
    found = named(gathered(round_), "a4_2023")

    assert found.label["en"] == "Posts of the unit in charge: Assigned on 31/12/2023"
    assert (found.kind, found.lowest, found.unit["vi"]) == (
        VariableKind.INTEGER,
        Limit("0"),
        "người",
    )


def test_a_condition_stands_in_words_and_as_it_was_written(round_):
    universe = named(gathered(round_), "a2_other").universe

    assert universe.expression == "${a2_model} = 'khac'"
    assert universe.words["en"] == "A2 Form of the unit in charge is Another form"
    assert universe.reads == ("a2_model",)


def test_an_indicator_is_derived_from_answers(round_):
    derivation = named(gathered(round_), "T1a").derivation

    assert derivation.reads
    assert set(derivation.reads) <= {each.name for each in gathered(round_).variables()}


def test_nothing_is_published_of_a_round_without_a_release(round_):
    study = gathered(round_).study

    assert (study.licence, study.edition, study.address) == (None, 0, "")


def test_what_is_published_names_its_licence_and_its_manifest():
    release = published(closed_round())

    study = codebook_of([release.round], Audience.PUBLIC, as_of=NOW).study

    assert (study.edition, study.manifest_sha256) == (release.number, release.manifest_sha256)
    assert study.licence is not None
    assert study.licence.address == "https://creativecommons.org/licenses/by/4.0/"
    assert study.address.endswith(f"/{release.round.code}/{release.number}/")


def test_several_rounds_are_one_study_of_the_campaign(round_):
    later = Round.objects.create(
        campaign=round_.campaign,
        code="nang-luc-2027",
        period="2027",
        reference_date=round_.reference_date + timedelta(days=365),
        version=round_.version,
        opens_at=round_.opens_at + timedelta(days=365),
        closes_at=round_.closes_at + timedelta(days=365),
        created_at=NOW,
    )

    codebook = gathered(round_, later)

    assert [each.code for each in codebook.study.waves] == ["nang-luc-2027", "nang-luc-2026"]
    assert (codebook.study.identifier, codebook.files[0].cases) == ("nang-luc", 4)
    assert problems_of(parsed(ddi_xml(codebook))) == []


def test_rounds_of_two_campaigns_are_a_study_each(round_):
    other = earlier_of_another_campaign(round_)
    codebook = gathered(other, round_)

    assert [[wave.code for wave in each.waves] for each in codebook.studies] == [
        [round_.code],
        [other.code],
    ]
    assert [each.title for each in codebook.studies] == [
        gathered(round_).study.title,
        gathered(other).study.title,
    ]
    assert codebook.title == {
        "vi": "Năng lực tổ chức, 2026; Khác, 2025",
        "en": "Organisational capacity, 2026; Other, 2025",
    }
    assert problems_of(parsed(ddi_xml(codebook))) == []


def test_a_codebook_of_nothing_is_refused():
    with pytest.raises(ValueError, match="one round at least"):
        gathered()


def test_the_document_of_a_real_round_has_the_structure_of_the_schema(round_):
    assert problems_of(parsed(ddi_xml(gathered(round_)))) == []
