"""The public edition: it computes from published scores, and holds nothing of what lies below them."""

import io
import re

import openpyxl
import pytest

from analytics.answers import signed_answers
from analytics.gate.enums import Audience, Identity
from analytics.gate.models import DisclosurePolicy
from analytics.indices.keeping import table_of
from exporters.books.assessment.published.writing import (
    NoScoresPublished,
    write_published_assessment,
)
from exporters.order import Order
from exporters.orders.states import as_of
from exporters.portal.files import offers
from surveys.organisations.models import User
from tests.analytics.indices.factories import computed, document, frozen
from tests.analytics.releases.factories import closed_library_round, published
from tests.answered import NOW
from tests.exporters.parts import faults
from tests.exporters.recalculation import recalculated, spoilt

pytestmark = pytest.mark.django_db

LEVELS = [{"nodes": ["index"], "bands": [{"level": 1}, {"level": 2, "from": 40}]}]
INDICATORS = [
    {**each, "goalposts": [0, 47]} if each["code"] == "posts" else each
    for each in document()["indicators"]
]
"""Of the pillar with two indicators, one has figures that no score has."""
TYPES = ("ministry", "province", "province", "province")


@pytest.fixture
def release():
    version = frozen(levels=LEVELS, indicators=INDICATORS)
    run = computed(closed_library_round(responses=4, types=TYPES), version, draws=20)
    DisclosurePolicy.objects.create(round=run.round, identity=Identity.PUBLISHED, set_at=NOW)
    return published(run.round, run=run)


def written(release, folder, language="en"):
    order = Order(
        name="assessment_public",
        format="xlsx",
        language=language,
        subject=release,
        audience=Audience.PUBLIC,
        as_of=as_of(release),
    )
    out = folder / f"{language}.xlsx"
    write_published_assessment(order, out, lambda _done, _total, _message: None)
    return out.read_bytes()


def cells(content, *, values=True):
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=values)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_parts_hang_together(release, tmp_path, language):
    assert faults(written(release, tmp_path, language)) == {}


def test_it_has_the_sheets_of_what_was_published_and_no_others(release, tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(written(release, tmp_path)))

    pillars = [name for name in book.sheetnames if re.match(r"\d\. ", name)]
    assert [name for name in book.sheetnames if name not in pillars] == [
        "Cover",
        "Summary",
        "Ranking",
        "Index",
        "Weights",
        "Levels",
        "Data",
        "Verify",
        "Methods",
        "Glossary",
    ]
    assert len(pillars) == 2


def test_no_figure_of_an_indicator_is_in_it(release, tmp_path):
    held = {
        value for value in cells(written(release, tmp_path)).values() if not isinstance(value, str)
    }
    tables = [table_of(release.run, name)[1:] for name in ("raw", "normalised", "beside")]
    below = {
        float(text)
        for lines in tables
        for line in lines
        for text in line[1:]
        if re.fullmatch(r"-?\d+\.\d{3,}|\d{4,}", text)
    }

    published = {
        result["score"]
        for unit in release.run.units.all()
        for result in unit.data["nodes"].values()
    }

    assert below - published
    assert held & (below - published) == set()


def test_no_answer_and_no_person_is_in_it(release, tmp_path):
    held = cells(written(release, tmp_path), values=False).values()
    told = "\n".join(str(each) for each in held if not re.fullmatch("[0-9a-f]{64}", str(each)))
    answers = {
        value
        for item in signed_answers(release.round)
        for value in item.answers.values()
        if isinstance(value, str) and len(value) > 5
    } - set(release.run.units.values_list("name", flat=True))
    people = {
        text
        for user in User.objects.all()
        for text in (user.email, user.full_name)
        if len(text) > 5
    }

    assert len(answers) > 20
    assert people
    assert [text for text in answers | people if text in told] == []


def test_libreoffice_computes_what_was_published(release, tmp_path):
    content = written(release, tmp_path)
    shown = cells(content)

    found = recalculated(spoilt(content), tmp_path)

    wrong = [
        (sheet, place, value, found[sheet][place].value)
        for (sheet, place), value in shown.items()
        if not same(value, found[sheet][place].value)
    ]
    assert wrong == []


def same(shown, found):
    if isinstance(shown, int | float) and isinstance(found, int | float):
        return found == pytest.approx(shown, rel=1e-9, abs=1e-9)
    return (shown or None) == (found or None)


def test_the_data_set_offers_it(release):
    assert "assessment_public" in {offer.name for offer in offers(release)}


def test_protected_units_have_no_scores_to_tell(release, tmp_path):
    DisclosurePolicy.objects.update(identity=Identity.PROTECTED)

    with pytest.raises(NoScoresPublished):
        written(release, tmp_path)
