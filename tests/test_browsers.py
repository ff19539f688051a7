"""The oldest browser that the pages work in: see docs/browsers.md."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NEWER = {
    r"\.at\(-?\d": "Chromium 92",
    r"\bstructuredClone\(": "Chromium 98",
    r"\bObject\.(hasOwn|groupBy)\(": "Chromium 93",
    r"\.find(Last|LastIndex)\(": "Chromium 97",
    r"\.to(Sorted|Reversed|Spliced)\(": "Chromium 110",
    r"\bAbortSignal\.(any|timeout)\(": "Chromium 103",
    r"\bArray\.fromAsync\(": "Chromium 121",
    r"\bPromise\.(withResolvers|try)\(": "Chromium 119",
    r"\bstatic \{": "Chromium 94",
    r"\.(showPopover|moveBefore)\(": "Chromium 114",
    r"""(querySelector(All)?|matches|closest)\([^)]*:has\(""": "Chromium 105",
}
SCRIPTS = sorted(path for path in (ROOT / "static/js").rglob("*.js") if path.name != "vn34.js")


@pytest.mark.parametrize(
    "script", SCRIPTS, ids=lambda path: str(path.relative_to(ROOT / "static/js"))
)
def test_no_script_uses_what_the_oldest_browser_lacks(script: Path):
    text = script.read_text("utf-8")

    assert [since for pattern, since in NEWER.items() if re.search(pattern, text)] == []


@pytest.mark.parametrize("pattern", ["@container", "color-mix(", "@layer", "&:"])
def test_no_style_sheet_stands_on_what_the_oldest_browser_lacks(pattern: str):
    sheets = (ROOT / "static/css").glob("*.css")

    assert [sheet.name for sheet in sheets if pattern in sheet.read_text("utf-8")] == []


def test_the_scripts_of_the_builder_are_small():
    own = [*(ROOT / "static/js/builder").glob("*.js")]
    own += [ROOT / "static/js" / name for name in ("ui.js", "live.js", "edits.js")]

    assert sum(path.stat().st_size for path in own) < 150_000
