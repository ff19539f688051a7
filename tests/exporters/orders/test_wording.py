"""What is told of an export while it is made."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

import exporters
from exporters.orders.pages import ICONS, OTHER, ZIPPED
from exporters.orders.wording import STEPS, step

TOLD = re.compile(r'progress\([^")]*"([^"]+)"\)')


def told_by_writers() -> set[str]:
    """Every step that a writer names in its source."""
    sources = Path(exporters.__file__).parent.rglob("*.py")
    return {each for source in sources for each in TOLD.findall(source.read_text())}


def test_every_step_that_a_writer_tells_has_words():
    assert told_by_writers() == set(STEPS)


@pytest.mark.parametrize(("language", "said"), [("vi", "Đang ghi tệp"), ("en", "Writing the file")])
def test_a_step_is_told_in_the_language_of_the_reader(language, said):
    with override(language):
        assert step("writing") == said


def test_a_table_in_hand_is_told_by_its_title():
    with override("vi"):
        assert step("Kinh phí") == "Đang ghi “Kinh phí”"


def test_nothing_told_is_nothing_said():
    assert step("") == ""


def test_every_kind_of_file_has_a_picture():
    drawn = (Path(exporters.__file__).parents[1] / "scripts" / "icons.txt").read_text().split()

    assert {*ICONS.values(), ZIPPED, OTHER} <= set(drawn)
