"""Sixty texts that try to break out, typed into every field of words that the builder shows."""

from typing import Any, Final

import pytest
from playwright.sync_api import BrowserContext, Page

from surveys.models import DraftEdit, QuestionnaireVersion
from surveys.questionnaires import services
from surveys.questionnaires.queries import form_of
from tests.factories import department_person
from tests.live import sign_in
from tests.payloads import MARK, PAYLOADS
from tests.surveys.questionnaires.factories import NOW, imported

pytestmark = pytest.mark.django_db(transaction=True)

FIELDS: Final = (
    "#props textarea[data-field], #props input[type=text][data-field],"
    " #props input:not([type])[data-field]"
)
TYPE: Final = """async ([selector, text]) => {
  const words = /^(label|hint|guidance|required_message|constraint_message|warning_message|unit|title|relevant|constraint|warning)\\b/;
  const fields = [...document.querySelectorAll(selector)].filter((each) => words.test(each.dataset.field) && !each.dataset.as && !each.readOnly);
  const saved = new Promise((resolve) =>
    document.addEventListener("draft:saving", ({ detail }) => detail.state === "ok" && resolve()),
  );
  for (const field of fields) {
    field.value = text;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  await saved;
  return fields.map((field) => field.dataset.field);
}"""
"""All fields of the right pane at once: what each sends and what comes back is the builder's own."""
ROUNDS: Final = tuple(" ".join(PAYLOADS[start::4]) for start in range(4))
"""Fifteen texts at a time: each field takes all sixty in four edits."""
INTRUDED: Final = f"() => Boolean(window.{MARK}) || document.querySelectorAll('#{MARK}').length > 0"


class Watched:
    """A page with what it complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.told: list[str] = []
        page.on("dialog", self._dismiss)
        page.on("pageerror", lambda error: self.told.append(str(error)))
        page.on("console", self._hear)

    def _dismiss(self, dialog: Any) -> None:
        self.told.append(dialog.message)
        dialog.dismiss()

    def _hear(self, message: Any) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            self.told.append(message.text)

    def settle(self) -> None:
        """Wait until nothing is on its way."""
        self.page.wait_for_load_state("networkidle")


@pytest.fixture
def draft() -> QuestionnaireVersion:
    services.publish(imported(), actor=None, at=NOW)
    first = QuestionnaireVersion.objects.get()
    return services.start_draft(first.questionnaire, actor=None, at=NOW)


@pytest.fixture
def watched(
    page: Page, context: BrowserContext, live_site: str, draft: QuestionnaireVersion
) -> Watched:
    sign_in(context, department_person("designer", owner=draft.questionnaire.owner), live_site)
    return Watched(page)


def typed_into(draft: QuestionnaireVersion, uid: str) -> set[tuple[str, str]]:
    """Each field of the node with each text that came to stand in it."""
    edits = DraftEdit.objects.filter(version=draft).values_list("operations", flat=True)
    return {
        (operation["field"], operation["new"])
        for operations in edits
        for operation in operations
        if operation["op"] == "change" and operation["node"] == uid
    }


@pytest.mark.parametrize("name", ["bien_che", "de_an", "phan_a"])
def test_nothing_that_is_typed_runs_and_everything_arrives(name, watched, draft, live_site):
    uid = form_of(draft).element(name).uid
    page = watched.page
    page.goto(f"{live_site}/questionnaires/to-chuc/draft/?at={uid}")
    fields: set[str] = set()
    for text in ROUNDS:
        fields |= set(page.evaluate(TYPE, [FIELDS, text]))
        assert (text, page.evaluate(INTRUDED)) == (text, False)

    assert typed_into(draft, uid) == {(field, text) for field in fields for text in ROUNDS}
    assert (watched.told, bool(fields)) == ([], True)


def test_nothing_runs_on_the_pages_that_show_it(watched, draft, live_site):
    node = form_of(draft).element("bien_che")
    page = watched.page
    page.goto(f"{live_site}/questionnaires/to-chuc/draft/?at={node.uid}")
    page.evaluate(TYPE, [FIELDS, "".join(PAYLOADS)])

    for part in ("", "rules/", "preview/", "check/", "publish/"):
        page.goto(f"{live_site}/questionnaires/to-chuc/draft/{part}")
        watched.settle()
        assert (part, page.evaluate(INTRUDED)) == (part, False)
    for part in ("versions/", "compare/1/2/", "versions/2/"):
        page.goto(f"{live_site}/questionnaires/to-chuc/{part}")
        watched.settle()
        assert (part, page.evaluate(INTRUDED)) == (part, False)
    assert watched.told == []
