"""The profile of a unit as a file."""

import io

import pytest
from pypdf import PdfReader

from analytics.gate.enums import Audience
from exporters.order import Order
from exporters.orders.states import as_of
from exporters.papers.profile import UnitUnknown, write_profile
from tests.analytics.indices.factories import computed
from tests.analytics.releases.factories import closed_library_round, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    return computed(closed_library_round())


def written(run, path, language="en", **options):
    order = Order(
        name="profile",
        format="pdf",
        language=language,
        subject=run,
        audience=Audience.DEPARTMENT,
        as_of=as_of(run),
        options=options,
    )
    write_profile(order, path, lambda _done, _total, _message: None)
    return path.read_bytes()


def text_of(content):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_a_profile_names_its_unit_and_is_a_draft_until_it_is_published(run, tmp_path):
    unit = run.units.first()

    text = text_of(written(run, tmp_path / "a.pdf", unit=unit.key))

    assert "not published" in text
    assert unit.name in " ".join(text.split())


def test_the_profile_of_a_published_run_names_the_publication(run, tmp_path):
    release = published(run.round, run=run)

    text = text_of(written(run, tmp_path / "a.pdf", unit=run.units.first().key))

    assert f"Publication no. {release.number}" in text


def test_the_same_unit_gives_the_same_file(run, tmp_path):
    key = run.units.first().key

    assert written(run, tmp_path / "a.pdf", unit=key) == written(run, tmp_path / "b.pdf", unit=key)


@pytest.mark.parametrize(
    ("language", "head", "short", "beyond"),
    [
        (
            "en",
            "Short of (\N{MINUS SIGN}), beyond (+) target",
            "\N{MINUS SIGN}12.5",
            "+3.2",
        ),
        (
            "vi",
            "Thiếu (\N{MINUS SIGN}), vượt (+) mục tiêu",
            "\N{MINUS SIGN}12,5",
            "+3,2",
        ),
    ],
)
def test_the_way_to_a_target_has_its_sign_and_the_heading_says_what_it_means(
    run, tmp_path, language, head, short, beyond
):
    unit = run.units.filter(score__isnull=False)[0]
    unit.data["gaps"] = {"posts": {"target": 40, "gap": 12.5}, "T1a": {"target": 90, "gap": -3.2}}
    unit.save(update_fields=["data"])

    text = " ".join(text_of(written(run, tmp_path / "a.pdf", language, unit=unit.key)).split())

    assert [each for each in (head, short, beyond) if each not in text] == []


@pytest.mark.parametrize("options", [{}, {"unit": "khong-co"}])
def test_a_unit_that_the_run_has_not_is_refused(run, tmp_path, options):
    with pytest.raises(UnitUnknown):
        written(run, tmp_path / "a.pdf", **options)
