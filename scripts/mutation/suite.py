"""Running tests in a forked child, over a copy of the code that may hold a fault.

The parent never imports the code under test: it is a warm interpreter with pytest, Hypothesis
and the libraries, and each child begins from it with the code as it then lies in its copy.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import coverage
import hypothesis
import pytest

EXAMPLES: Final = 15
MEMORY_BYTES: Final = 3_000_000_000
PLUGINS: Final = "django randomly xdist playwright asyncio cov base_url cacheprovider factoryboy"
KILLED, SURVIVED, NOT_RUN = 1, 0, 3


@dataclass
class Measured:
    """What the tests did to the sound code: who runs which line, and for how long."""

    seconds: dict[str, float] = field(default_factory=dict)
    tests_of: dict[str, dict[int, list[str]]] = field(default_factory=dict)

    def covering(self, module: str, lines: Iterable[int]) -> set[str] | None:
        """The tests that run one of the lines; None where importing the module runs it."""
        found: set[str] = set()
        for line in lines:
            tests = self.tests_of.get(module, {}).get(line, ())
            if "" in tests:
                return None
            found.update(tests)
        return found


class Chosen:
    """Runs the chosen tests only, the quickest first, with few examples for each property."""

    def __init__(self, seconds: Mapping[str, float], wanted: set[str] | None) -> None:
        self.seconds = seconds
        self.wanted = wanted
        self.failed = ""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        if self.wanted is not None:
            items[:] = [item for item in items if item.nodeid in self.wanted]
        items.sort(key=lambda item: self.seconds.get(item.nodeid, 0))
        for item in items:
            _shorten(item)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed = report.nodeid


class Watch(Chosen):
    """Notes which test runs which line, and how long it takes."""

    def __init__(self, measured: Measured, coverage_of: coverage.Coverage) -> None:
        super().__init__({}, None)
        self.measured = measured
        self.coverage_of = coverage_of

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self.coverage_of.switch_context(item.nodeid)
        start = time.process_time()
        result = yield
        self.measured.seconds[item.nodeid] = time.process_time() - start
        self.coverage_of.switch_context("")
        return result


def _shorten(item: pytest.Item) -> None:
    test = getattr(item, "obj", None)
    # Hypothesis reads the settings of a test from this attribute; it offers no other way to
    # overrule the number of examples that a test asks for.
    name = "_hypothesis_internal_use_settings"
    if (asked := getattr(test, name, None)) is not None:
        few = min(asked.max_examples, EXAMPLES)
        short = hypothesis.settings(asked, max_examples=few, derandomize=True, database=None)
        setattr(test, name, short)


def measure(copy: Path, package: str, tests: Sequence[str], into: Path) -> int:
    """Child: run everything over the sound code and write what was measured; the exit status."""
    _enter(copy)
    watched = coverage.Coverage(source=[str(copy / package)], data_file=None)
    measured = Measured()
    watched.start()
    status = _pytest(tests, Watch(measured, watched))
    watched.stop()
    data = watched.get_data()
    for name in data.measured_files():
        lines = {str(line): tests for line, tests in data.contexts_by_lineno(name).items()}
        measured.tests_of[str(Path(name).relative_to(copy))] = lines  # type: ignore[assignment]
    into.write_text(json.dumps([measured.seconds, measured.tests_of]))
    return status


def read_measured(path: Path) -> Measured:
    """What ``measure`` wrote."""
    seconds, by_file = json.loads(path.read_text())
    lines = {
        name: {int(line): tests for line, tests in lines.items()} for name, lines in by_file.items()
    }
    return Measured(seconds, lines)


def judge(copy: Path, wanted: set[str] | None, measured: Measured, into: Path) -> int:
    """Child: KILLED when a test fails over the faulty code, and the name of the test."""
    _enter(copy)
    names = measured.seconds if wanted is None else wanted
    files = sorted({name.partition("::")[0] for name in names})
    chosen = Chosen(measured.seconds, wanted)
    status = _pytest(["-x", *files], chosen)
    into.write_text(chosen.failed)
    return SURVIVED if status == pytest.ExitCode.OK else KILLED


def _enter(copy: Path) -> None:
    os.chdir(copy)
    here = str(Path(__file__).resolve().parents[2])
    sys.path[:] = [str(copy), *(path for path in sys.path if path not in {"", here})]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)


def _pytest(arguments: Sequence[str], plugin: Chosen) -> int:
    off = [part for name in PLUGINS.split() for part in ("-p", f"no:{name}")]
    return int(
        pytest.main(
            [
                "-c",
                "mutation.ini",
                "--noconftest",
                "-q",
                "--tb=no",
                "--no-header",
                *off,
                *arguments,
            ],
            plugins=[plugin],
        )
    )
