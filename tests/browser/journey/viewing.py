"""Looking at a page as its reviewer does: axe, width, pictures."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page
from playwright.sync_api import TimeoutError as NeverHappened

DESK: Final = 1440
PHONE: Final = 360
HEIGHTS: Final = {DESK: 900, PHONE: 780}


@dataclass
class Album:
    """Numbered pictures of the journey, and what the browsers' consoles complained about."""

    folder: Path
    complaints: list[str] = field(default_factory=list)
    taken: int = 0

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for old in self.folder.glob("[0-9][0-9]-*.png"):
            old.unlink()

    def listen(self, page: Page) -> None:
        """Note what goes wrong inside the page; answers that refuse are no faults of a page."""
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def look(self, page: Page, name: str, *, phone: bool = False) -> None:
        """Take the page's picture; it passes axe and is not too wide."""
        self.taken += 1
        found = Axe().run(page)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
        for width in (DESK, PHONE) if phone else (DESK,):
            self._shoot(page, width, f"{self.taken:02}-{name}-{width}.png")
        _resize(page, DESK, HEIGHTS[DESK])

    def _shoot(self, page: Page, width: int, file: str) -> None:
        """The whole page in one picture; bars that stick to the window stand at its ends."""
        _resize(page, width, HEIGHTS[width])
        _expect_fitting(page, width)
        height = page.evaluate("document.documentElement.scrollHeight")
        _resize(page, width, max(height, HEIGHTS[width]))
        page.screenshot(path=self.folder / file, animations="disabled")

    def _note(self, said: ConsoleMessage) -> None:
        if said.type == "error" and not re.match(r"Failed to load resource.*4\d\d", said.text):
            self.complaints.append(f"{said.location.get('url')}: {said.text}")


def _expect_fitting(page: Page, width: int) -> None:
    """Nothing is wider than the window, once charts and maps have been drawn anew."""
    try:
        page.wait_for_function("w => document.documentElement.scrollWidth <= w", arg=width)
    except NeverHappened as error:
        raise AssertionError(f"{page.url} is wider than {width} px") from error


def _resize(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function("width => window.innerWidth === width", arg=width)
