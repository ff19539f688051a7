"""A person at the keyboard: goes with Tab, types, pastes, and waits until what was done is drawn."""

from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Locator, Page

MOST_TABS: Final = 150
HAS_FOCUS: Final = "node => node === document.activeElement"
IS_DRAWN: Final = """() => {
  if (document.querySelector("#builder-saved .saved--busy")) return false;
  const item = document.querySelector('#k-root [tabindex="0"]');
  const props = document.getElementById("props");
  if (!item || !props) return true;
  const sheet = document.getElementById("sheet");
  const isDrawn = item.getAttribute("aria-selected") !== "true" || props.dataset.node === item.dataset.uid;
  return isDrawn && (document.getElementById("sheet-pane").hidden || Boolean(sheet.dataset.table));
}"""


@dataclass
class Keyboard:
    """Presses keys on a page, and counts them."""

    page: Page
    pressed: int = 0

    def press(self, *keys: str) -> None:
        """One key after the other, each as Playwright writes it: ``Control+d``."""
        for key in keys:
            self.page.keyboard.press(key)
        self.pressed += len(keys)

    def type(self, text: str) -> None:
        """Letter by letter; letters that no key has come as from an input method."""
        self.page.keyboard.type(text)
        self.pressed += len(text)

    def has_focus(self, target: Locator) -> bool:
        """Whether the keys go to it."""
        return bool(target.evaluate(HAS_FOCUS))

    def go_to(self, target: Locator, *, back: bool = False) -> None:
        """Tab until the target has the focus; a target that Tab does not reach is a fault."""
        for _ in range(MOST_TABS):
            if self.has_focus(target):
                return
            self.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"{target} is not reached by Tab")

    def activate(self, target: Locator, *, back: bool = False) -> None:
        """Go to a button or link and press Enter."""
        self.go_to(target, back=back)
        self.press("Enter")

    def write(self, target: Locator, text: str) -> None:
        """Go to a field and type over what it holds."""
        self.go_to(target)
        self.press("Control+a")
        self.type(text)

    def choose(self, target: Locator, label: str) -> None:
        """Go to a drop-down list and type the beginning of the option."""
        self.go_to(target)
        self.type(label)

    def paste(self, text: str) -> None:
        """Paste what another program put into the clipboard."""
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.press("Control+v")

    def settle(self) -> None:
        """Wait until everything is sent, and the panes show what is selected."""
        self.page.wait_for_function(IS_DRAWN)
