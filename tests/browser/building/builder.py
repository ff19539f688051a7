"""The builder by keyboard: adding, naming, lists, tables, conditions, several elements at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.building.feedback import cells_of
from tests.browser.building.keyboard import Keyboard


@dataclass(frozen=True, slots=True)
class Builder:
    """A designer in the builder; between two acts the outline has the focus."""

    page: Page
    keys: Keyboard

    def props(self, selector: str) -> Locator:
        """A control of the right pane."""
        return self.page.locator(f"#props {selector}").first

    def add(self, letter: str, kind: str, label: str) -> None:
        """Enter, the kind by its first letter, the label."""
        self.keys.press("Enter")
        menu = self.page.locator("#add-menu")
        expect(menu).to_be_visible()
        wanted = menu.get_by_role("button", name=kind, exact=True)
        for _ in range(4):
            self.keys.press(letter)
            if self.keys.has_focus(wanted):
                break
        expect(wanted).to_be_focused()
        self.keys.press("Enter")
        field = self.props("[data-field='label.vi']")
        expect(field).to_be_focused()
        expect(field).to_have_value("")
        self.keys.type(label)

    def section(self, label: str) -> None:
        """A section behind the one in which one is."""
        self.add("p", "Phần", label)
        self.back()

    def name(self, name: str, number: str = "") -> None:
        """The name, and the number."""
        self.keys.write(self.props("[data-rename]"), name)
        if number:
            self.keys.write(self.props("[data-field=number]"), number)

    def ask(self, letter: str, kind: str, label: str, name: str, number: str = "") -> None:
        """A new question below what is selected, with its properties in the pane."""
        self.add(letter, kind, label)
        self.name(name, number)

    def back(self) -> None:
        """To the outline; what was typed is sent."""
        self.keys.press("Escape")
        self.keys.settle()
        expect(self.page.locator('#k-root [role=treeitem][tabindex="0"]')).to_be_focused()

    def find(self, text: str) -> None:
        """Jump to the element of a name or label."""
        self.keys.press("Control+f")
        expect(self.page.locator("#outline-search")).to_be_focused()
        self.keys.type(text)
        expect(self.page.locator("#outline-found")).to_contain_text("1")
        self.keys.press("Escape")
        self.keys.settle()

    def list(self, choices: Mapping[str, str], *, other: bool = False) -> None:
        """Replace the choices of the list by a block from Excel."""
        self.keys.activate(self.props("[data-paste]"))
        expect(self.page.locator("#paste-text")).to_be_focused()
        self.keys.paste(cells_of(dict(choices)))
        take = self.page.locator("#paste-take")
        expect(take).to_be_enabled()
        self.keys.activate(take)
        self.keys.settle()
        expect(self.props("[data-paste]")).to_be_focused()
        if other:
            self.keys.go_to(self.props("[data-field=or_other]"))
            self.keys.press("Space")
        self.back()

    def column(self, label: str, name: str) -> None:
        """Make the selected column one of choices."""
        self.keys.press("F2")
        self.keys.write(self.props("[data-field='label.vi']"), label)
        self.name(name)
        self.keys.choose(self.props("[data-kind-choice]"), "C")
        self.keys.press("Enter")
        expect(self.props("[data-paste]")).to_be_visible()
        self.keys.settle()

    def fold_out(self, part: str) -> None:
        """Open a part of the right pane, unless it is open."""
        self.keys.go_to(self.props(f"details[data-part={part}] > summary"))
        if self.props(f"details[data-part={part}]").get_attribute("open") is None:
            self.keys.press("Enter")

    def condition(self) -> None:
        """Open the dialog in which the condition is put together."""
        self.keys.press("F2")
        self.fold_out("shown")
        self.keys.activate(self.props("[data-condition-field=relevant]"))
        expect(self.page.locator("#condition")).to_be_visible()

    def compare(self, subject: str, *, downs: int = 0, add: bool = True) -> None:
        """One comparison: what is compared, and how, counted from the first."""
        dialog = self.page.locator("#condition")
        count = dialog.locator("[data-term]").count()
        if add:
            self.keys.activate(self.page.locator("#condition-add"))
        term = dialog.locator("[data-term]").nth(count)
        box = term.locator("[data-part=subject]")
        expect(box).to_be_focused()
        self.keys.type(subject)
        if not subject.startswith("cell("):
            expect(dialog.locator("[role=option]").first).to_be_visible()
            self.keys.press("Enter")
            expect(box).not_to_have_attribute("data-sent", "")
        comparison = term.locator("[data-part=comparison]")
        self.keys.go_to(comparison)
        for _ in range(downs):
            with self.page.expect_response("**/conditions/**"):
                self.keys.press("ArrowDown")

    def tick(self, codes: Sequence[str]) -> None:
        """Values of the last comparison."""
        for code in codes:
            box = self.page.locator(f"#condition [data-part=value][value='{code}']").last
            self.keys.go_to(box)
            with self.page.expect_response("**/conditions/**"):
                self.keys.press("Space")

    def save_condition(self, sentence: str) -> None:
        """What is said is what is meant; then it is saved."""
        expect(self.page.locator("#condition-sentence")).to_contain_text(sentence)
        self.keys.activate(self.page.locator("#condition [data-save-rule]"))
        expect(self.page.locator("#condition")).to_be_hidden()
        self.keys.settle()
        self.back()

    def express(self, text: str) -> None:
        """The same dialog, by its expression."""
        self.condition()
        details = self.page.locator("#condition-details")
        field = self.page.locator("#condition-text")
        if details.get_attribute("open") is None:
            self.keys.activate(details.locator("summary"))
        self.keys.go_to(field)
        self.keys.press("Control+a")
        with self.page.expect_response("**/conditions/**"):
            self.keys.paste(text)
        self.save_condition("Hằng tuần")

    def value(self, text: str) -> None:
        """The value of the last comparison."""
        box = self.page.locator("#condition input[data-part=value]:not([type=checkbox])").last
        self.keys.write(box, text)

    def join_any(self) -> None:
        """One of the comparisons is enough."""
        kind = self.page.locator("#condition select[data-part=kind]").first
        self.keys.go_to(kind, back=True)
        with self.page.expect_response("**/conditions/**"):
            self.keys.press("ArrowDown")

    def at_most(self, text: str, message: str) -> None:
        """What must hold, and what is said if it does not."""
        self.keys.press("F2")
        self.fold_out("checks")
        show = self.props("[data-expression][data-field=constraint] [data-show-expression]")
        self.keys.activate(show)
        self.keys.write(self.props("textarea[data-field=constraint]"), text)
        self.keys.write(self.props("[data-field='constraint_message.vi']"), message)
        self.back()

    def require(self) -> None:
        """An answer is required, always."""
        self.keys.press("F2")
        self.fold_out("checks")
        self.keys.go_to(self.props("[data-when$='-required']"))
        self.keys.press("ArrowDown")
        self.keys.settle()
        self.back()
