"""The builder in Chromium: by keyboard alone, dragged, by two designers, without a line."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, Route, expect

from surveys.definitions.editing import Change
from surveys.engine import Question
from surveys.models import QuestionnaireVersion, User
from surveys.organisations.enums import DepartmentRoleName
from surveys.questionnaires import services
from surveys.questionnaires.queries import form_of
from tests.factories import department_person
from tests.live import sign_in
from tests.surveys.questionnaires.factories import NOW, imported

PATH = "/questionnaires/to-chuc/draft/"


@pytest.fixture
def draft(live_site: str) -> QuestionnaireVersion:
    return imported()


def designer(draft: QuestionnaireVersion, name: str) -> User:
    person = department_person(DepartmentRoleName.DESIGNER, owner=draft.questionnaire.owner)
    person.full_name = name
    person.save()
    return person


def opened(browser: Browser, site: str, person: User, **context: object) -> Page:
    """The builder in a browser of the person's own."""
    page = browser.new_context(locale="vi-VN", **context).new_page()  # type: ignore[arg-type]  # as given
    sign_in(page.context, person, site)
    page.goto(site + PATH)
    expect(page.locator("[role=treeitem]").first).to_be_visible()
    return page


@pytest.fixture
def an(browser: Browser, live_site: str, draft: QuestionnaireVersion) -> Iterator[Page]:
    page = opened(browser, live_site, designer(draft, "Lê An"))
    yield page
    page.context.close()


@pytest.fixture
def linh(browser: Browser, live_site: str, draft: QuestionnaireVersion) -> Iterator[Page]:
    page = opened(browser, live_site, designer(draft, "Ngô Thị Linh"))
    yield page
    page.context.close()


def row(page: Page, text: str) -> Locator:
    return page.locator(".tree__row", has_text=text)


def labels(page: Page) -> list[str]:
    return [each.strip() for each in page.locator(".tree__row > .clip").all_inner_texts()]


def names(draft: QuestionnaireVersion) -> list[str]:
    """What is stored, in order."""
    stored = QuestionnaireVersion.objects.get(pk=draft.pk)
    return [each.name for each in form_of(stored).definition.elements()]


def asked(draft: QuestionnaireVersion, name: str) -> Question:
    """A question as it is stored."""
    element = form_of(QuestionnaireVersion.objects.get(pk=draft.pk)).element(name)
    assert isinstance(element, Question)
    return element


def settled(page: Page) -> None:
    """Until everything is saved."""
    expect(page.locator("#builder-saved")).to_contain_text("Đã lưu")
    expect(page.locator("#builder-saved .saved--ok")).to_be_visible()


def go_to(page: Page, text: str) -> None:
    """To an element, by searching for it."""
    page.keyboard.press("Control+f")
    page.keyboard.type(text)
    expect(page.locator("#outline-found")).to_have_text(re.compile("^1 trên"))
    page.keyboard.press("Escape")
    expect(page.locator("[role=treeitem]:focus > .tree__row")).to_contain_text(text)


def write_label(page: Page, text: str) -> None:
    """In place of the selected element's label; not yet sent."""
    page.keyboard.press("F2")
    expect(page.locator("#props [data-field='label.vi']:focus")).to_be_visible()
    page.keyboard.type(text)


def test_a_question_is_added_named_copied_moved_and_deleted_by_keyboard(an, draft):
    go_to(an, "Biên chế")
    an.keyboard.press("Enter")
    an.keyboard.press("Enter")
    expect(an.locator("#props [data-field='label.vi']:focus")).to_be_visible()
    an.keyboard.type("Ghi chú")
    an.keyboard.press("Escape")
    expect(row(an, "Ghi chú")).to_be_visible()
    settled(an)
    assert names(draft) == ["phan_a", "bien_che", "cau_1", "de_an"]

    an.keyboard.press("Control+d")
    expect(row(an, "Ghi chú")).to_have_count(2)
    an.keyboard.press("Alt+ArrowDown")
    expect(an.locator("#builder-said")).to_contain_text("4 trên 4")
    settled(an)
    assert names(draft) == ["phan_a", "bien_che", "cau_1", "de_an", "cau_2"]

    an.keyboard.press("Delete")
    expect(an.locator("#toasts")).to_contain_text("Đã xóa: Ghi chú.")
    settled(an)
    assert names(draft) == ["phan_a", "bien_che", "cau_1", "de_an"]


def test_undo_goes_back_to_the_start_and_redo_forth_again(an, draft):
    before = names(draft)
    go_to(an, "Đã có đề án")
    for key in ("Control+d", "Alt+ArrowUp", "Delete"):
        an.keyboard.press(key)
        settled(an)
    for _ in range(3):
        an.keyboard.press("Control+z")
        settled(an)
    expect(an.locator("#builder-said")).to_contain_text("Hoàn tác")
    assert names(draft) == before

    for _ in range(2):
        an.keyboard.press("Control+Shift+z")
        settled(an)
    expect(row(an, "Đã có đề án")).to_have_count(2)
    assert names(draft) == ["phan_a", "bien_che", "de_an_2", "de_an"]


def test_several_are_chosen_with_shift_and_required_at_once(an, draft):
    go_to(an, "Biên chế")
    an.keyboard.press("Shift+ArrowDown")
    expect(an.locator("#bulk")).to_contain_text("Đã chọn 2 mục")
    an.locator("#bulk [data-do=require]").click()
    expect(an.locator("#builder-said")).to_contain_text("bắt buộc")
    settled(an)

    assert [asked(draft, name).required for name in ("bien_che", "de_an")] == ["yes", "yes"]


def test_only_the_panes_scroll_and_the_bar_stays(an):
    an.set_viewport_size({"width": 1440, "height": 500})
    row(an, "Đã có đề án").click()
    expect(an.locator("#props textarea[data-field='label.vi']")).to_have_value(re.compile("đề án"))
    assert an.evaluate("document.documentElement.scrollHeight - innerHeight") == 0


def test_the_focus_is_not_torn_back_to_a_condition_that_was_looked_at_before(an):
    row(an, "Biên chế").click()
    an.locator("#props summary", has_text="Khi nào hiện").click()
    an.locator("#said-relevant").click()
    an.locator("#condition [data-close]").first.click()
    row(an, "Đã có đề án").click()
    expect(an.locator("#props textarea[data-field='label.vi']")).to_have_value(re.compile("đề án"))
    an.evaluate("document.activeElement.blur()")

    with an.expect_response(lambda answer: "/conditions/" in answer.url):
        an.keyboard.press("Control+d")
    settled(an)

    expect(an.locator("#props #said-relevant")).to_be_attached()
    expect(an.locator("[data-condition]:focus")).to_have_count(0)


def test_a_copy_brings_its_choices_along(an, draft):
    go_to(an, "Đã có đề án")
    an.keyboard.press("Control+c")
    expect(an.locator("#builder-said")).to_contain_text("Đã sao chép")
    an.keyboard.press("Control+v")
    expect(row(an, "Đã có đề án")).to_have_count(2)
    settled(an)

    assert asked(draft, "de_an_2").list_name == "co_khong"


def test_an_element_is_dragged_to_another_place(an, draft):
    first = row(an, "Biên chế").bounding_box()
    last = row(an, "Đã có đề án").bounding_box()
    assert first is not None
    assert last is not None
    an.mouse.move(first["x"] + 90, first["y"] + 10)
    an.mouse.down()
    an.mouse.move(last["x"] + 90, last["y"] + 4, steps=6)
    an.mouse.move(last["x"] + 90, last["y"] + last["height"] - 3, steps=6)
    an.mouse.up()
    expect(an.locator("#builder-said")).to_contain_text("Đã chuyển")
    settled(an)

    assert names(draft) == ["phan_a", "de_an", "bien_che"]


def test_what_one_changes_appears_to_the_other_and_takes_no_focus(an, linh):
    go_to(linh, "Đã có đề án")
    write_label(linh, "Đang gõ dở")
    go_to(an, "Biên chế")
    write_label(an, "Tổng biên chế")
    an.keyboard.press("Escape")

    expect(row(linh, "Tổng biên chế")).to_be_visible()
    expect(linh.locator("#canvas")).to_contain_text("Tổng biên chế")
    expect(linh.locator("#props [data-field='label.vi']:focus")).to_have_value("Đang gõ dở")


def test_a_conflict_shows_both_values_and_loses_none(an, linh, draft):
    go_to(linh, "Biên chế")
    write_label(linh, "Của Linh")
    go_to(an, "Biên chế")
    write_label(an, "Của An")
    an.keyboard.press("Escape")
    settled(an)
    linh.keyboard.press("Escape")

    dialog = linh.locator("#edit-conflict")
    expect(dialog.locator("[data-part=current]")).to_have_text("Của An")
    expect(dialog.locator("[data-part=wanted]")).to_have_text("Của Linh")
    expect(dialog.locator("[data-part=who]")).to_contain_text("Lê An")
    dialog.locator("[data-part=mine]").click()
    expect(row(an, "Của Linh")).to_be_visible()


def test_what_was_typed_for_a_deleted_question_can_still_be_read(an, linh):
    go_to(linh, "Biên chế")
    write_label(linh, "Không được mất")
    go_to(an, "Biên chế")
    an.keyboard.press("Delete")
    expect(an.locator("#toasts")).to_contain_text("Đã xóa")

    expect(linh.locator("#edit-conflict [data-part=wanted]")).to_have_text("Không được mất")


def test_who_else_is_here_is_shown_at_the_element(an, draft):
    go_to(an, "Biên chế")
    services.note_visit(
        draft,
        node=form_of(draft).element("bien_che").uid,
        actor=designer(draft, "Ngô Thị Linh"),
        at=timezone.now(),
    )
    an.reload()

    expect(an.locator("#builder-here .avatar").first).to_have_attribute("title", "Ngô Thị Linh")
    expect(row(an, "Biên chế").locator(".avatar.is-here")).to_be_visible()


def test_changes_wait_for_the_line_also_over_a_new_page(an, draft):
    go_to(an, "Biên chế")
    an.context.set_offline(True)
    an.keyboard.press("Control+d")
    expect(an.locator("#builder-saved")).to_contain_text("Chờ mạng")
    an.context.set_offline(False)
    an.reload()

    expect(row(an, "Biên chế")).to_have_count(2)
    settled(an)
    assert names(draft) == ["phan_a", "bien_che", "bien_che_2", "de_an"]


def test_undo_is_refused_with_both_values_where_somebody_was_there_since(an, draft):
    go_to(an, "Biên chế")
    write_label(an, "Của An")
    an.keyboard.press("Escape")
    settled(an)
    services.edit_draft(
        draft,
        edit_id=uuid4(),
        operations=[Change(form_of(draft).element("bien_che").uid, "label.vi", "Của An", "Khác")],
        actor=designer(draft, "Ngô Thị Linh"),
        at=NOW,
    )
    expect(row(an, "Khác")).to_be_visible()
    an.keyboard.press("Control+z")

    expect(an.locator("#edit-conflict [data-part=current]")).to_have_text("Khác")
    expect(an.locator("#edit-conflict [data-part=wanted]")).to_have_text("Biên chế được giao")


@pytest.mark.parametrize("width", [1440, 1024, 360])
def test_the_builder_passes_axe_and_fits(browser, live_site, draft, width):
    page = opened(
        browser, live_site, designer(draft, "Lê An"), viewport={"width": width, "height": 800}
    )
    go_to(page, "Đã có đề án")
    expect(page.locator("#props [data-field='label.vi']").first).to_have_value("Đã có đề án chưa?")

    found = Axe().run(page)
    over = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    page.context.close()
    assert (found.violations_count, over) == (0, 0), found.generate_report()


def test_what_is_typed_before_a_new_question_is_there_goes_into_no_other(
    an: Page, draft: QuestionnaireVersion
) -> None:
    go_to(an, "Biên chế")
    before = names(draft)
    an.locator("#props [data-rename]").focus()
    held: list[Route] = []
    an.route("**/edits/", lambda route: route.continue_() if held else held.append(route))
    an.locator("[data-add-at=end]").first.click()
    with an.expect_request("**/edits/"):
        an.locator("#add-menu [data-kind=text]").click()
    an.keyboard.type("som qua")
    an.keyboard.press("Tab")
    an.keyboard.type("som qua")

    held[0].continue_()

    expect(an.locator("#props [data-field='label.vi']:focus")).to_have_value("")
    an.keyboard.type("Đúng lúc")
    an.keyboard.press("Tab")
    settled(an)
    (new,) = set(names(draft)) - set(before)
    assert asked(draft, new).label == {"vi": "Đúng lúc"}
    assert set(before) <= set(names(draft))
