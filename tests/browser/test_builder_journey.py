"""A questionnaire from nothing to its publication by keyboard alone."""

from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page

from surveys.models import QuestionnaireVersion, User
from surveys.organisations.enums import DepartmentRoleName
from tests.browser.building import feedback
from tests.browser.building.builder import Builder
from tests.browser.building.keyboard import Keyboard
from tests.browser.building.outcome import expect_intended
from tests.browser.building.steps import build, start
from tests.browser.journey.viewing import Album
from tests.factories import department_person
from tests.live import sign_in


@pytest.fixture
def album() -> Album:
    """Pictures that git does not see."""
    return Album(Path(settings.VAR_DIR) / "screenshots" / "builder")


@pytest.fixture
def designer(live_site: str) -> User:
    return department_person(DepartmentRoleName.DESIGNER)


def test_the_feedback_questionnaire_is_built_by_keyboard(
    page: Page, designer: User, live_site: str, album: Album
) -> None:
    sign_in(page.context, designer, live_site)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size({"width": 1440, "height": 900})
    page.set_default_timeout(10_000)
    album.listen(page)
    page.goto(f"{live_site}/questionnaires/new/")
    keys = Keyboard(page)
    start(page, keys, album)
    build(Builder(page, keys), album)
    version = QuestionnaireVersion.objects.get(questionnaire__code=feedback.CODE)
    expect_intended(version)
    assert album.complaints == []
