"""DDI: the structure that the schema demands, and what stands in it."""

import pytest

from exporters.codebooks.ddi import ddi_xml
from exporters.codebooks.model import Counted
from tests.exporters.codebooks.ddi_schema import NS, parsed, problems_of
from tests.exporters.codebooks.hostile import HOSTILE
from tests.exporters.codebooks.made import (
    choice,
    codebook,
    hostile,
    indicator,
    number,
    of_two_campaigns,
    study,
)


def read(made):
    return parsed(ddi_xml(made))


def texts(root, path):
    return [each.text for each in root.findall("/".join(f"{NS}{tag}" for tag in path.split("/")))]


def variable(root, name):
    return next(each for each in root.iter(f"{NS}var") if each.get("name") == name)


def test_a_codebook_has_the_structure_of_the_schema():
    assert problems_of(read(codebook())) == []


def test_an_unpublished_codebook_without_figures_has_it_too():
    bare = study(licence=None, published_on=None, edition=0, address="", abstract={})
    plain = choice(counted=None, universe=None, codes=(), missing=(), changes=(), number="")

    assert problems_of(read(codebook(plain, study=bare))) == []


@pytest.mark.parametrize(
    ("found", "put", "problem"),
    [
        (b"<valrng>", b"<catgry/><valrng>", "var has its children in another order"),
        (b"<titlStmt>", b"<titlStmt><titl/>", "titlStmt has 2 titl"),
        (b'ID="V1_2"', b'ID="V1_1"', "V1_1 is the ID of several elements"),
        (b'files="F1"', b'files="F9"', "refers by files to F9"),
        (b'intrvl="contin"', b'intrvl="maybe"', "var may not say intrvl=maybe"),
        (b"<sumDscr>", b"<sumDscr><strange/>", "sumDscr may not have strange"),
        (b"<qstnLit xml:lang", b"<qstnLit source", "qstnLit does not say its language"),
    ],
)
def test_the_checker_finds_what_is_wrong(found, put, problem):
    spoilt = ddi_xml(codebook()).replace(found, put, 1)

    assert any(problem in each for each in problems_of(parsed(spoilt)))


def test_texts_stand_in_both_languages():
    labels = variable(read(codebook()), "a1").findall(f"{NS}labl")

    assert [each.text for each in labels] == ["Số người", "Số người (en)"]


def test_limits_are_a_range_and_an_open_one_excludes_its_end():
    (found,) = variable(read(codebook()), "a1").iter(f"{NS}range")

    assert found.attrib == {"UNITS": "INT", "min": "0", "maxExclusive": "100"}


def test_missing_codes_are_categories_that_say_so():
    found = variable(read(codebook()), "a2_model").findall(f"{NS}catgry[@missing='Y']")

    assert [(each.get("missType"), each.findtext(f"{NS}catValu")) for each in found] == [
        ("KAD", "KAD")
    ]


def test_a_hidden_count_is_not_written():
    categories = variable(read(codebook()), "a2_model").findall(f"{NS}catgry")

    counts = [[stat.text for stat in each.findall(f"{NS}catStat")] for each in categories]
    assert counts == [["3", "75"], [], ["1"]]


def test_a_hidden_measure_is_not_written():
    stats = variable(read(codebook()), "a1").findall(f"{NS}sumStat")

    assert [(each.get("type"), each.get("otherType"), each.text) for each in stats] == [
        ("vald", None, "4"),
        ("invd", None, "1"),
        ("mean", None, "2.5"),
        ("other", "sum", "10"),
    ]


def test_what_is_refused_as_a_whole_says_why():
    made = codebook(number(counted=Counted(refusal={"vi": "Quá ít"}, is_hidden=True)))

    notes = variable(read(made), "a1").findall(f"{NS}notes[@type='disclosure']")
    assert [each.text for each in notes] == ["Quá ít"]


def test_a_derived_variable_refers_to_what_it_is_computed_from():
    root = read(codebook())

    derivation = variable(root, "T1").find(f"{NS}derivation")
    assert derivation.get("var") == variable(root, "a1").get("ID")


def test_the_variables_of_a_section_are_a_group():
    (group,) = read(codebook()).iter(f"{NS}varGrp")

    assert (group.get("type"), group.get("var")) == ("section", "V1_1 V1_2")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_markup(text):
    root = read(hostile(text))

    assert problems_of(root) == []
    assert [each.tag for each in root.iter()] == [each.tag for each in read(hostile("x")).iter()]


@pytest.mark.parametrize("text", [each for each in HOSTILE if each.isprintable()])
def test_texts_come_back_as_they_were(text):
    root = read(hostile(text))

    assert texts(root, "stdyDscr/citation/titlStmt/titl") == [text]


def test_the_same_codebook_gives_the_same_bytes():
    assert ddi_xml(codebook()) == ddi_xml(codebook())


def test_a_derivation_without_words_keeps_its_formula():
    rule = indicator().derivation
    assert rule is not None
    made = codebook(number(), files=codebook().files)

    assert texts(read(made), "dataDscr/var/derivation/drvcmd") == [rule.expression]


def test_each_campaign_is_a_study_of_its_own_and_files_are_used_as_both_say():
    root = read(of_two_campaigns())

    assert texts(root, "stdyDscr/citation/titlStmt/IDNo") == ["nang-luc-2026", "dti-2025"]
    assert texts(root, "docDscr/citation/titlStmt/IDNo") == ["nang-luc-2026+dti-2025-codebook"]
    assert problems_of(root) == []
