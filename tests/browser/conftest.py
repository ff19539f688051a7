"""What all tests in the browser share."""

from typing import Final

from playwright.sync_api import expect

PATIENCE: Final = 15_000
"""Milliseconds: on a machine with other work a page answers late, and that is no fault of it."""

expect.set_options(timeout=PATIENCE)
