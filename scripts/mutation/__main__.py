"""``make mutants``: puts small faults into the engine and counts those that the tests notice.

A sample, the same for the same seed: from every module in proportion to its number of possible
faults, but never fewer than ``LEAST``. Each fault runs only the tests that run its line, and is
killed by the first that fails or by the clock. Why no ready-made tool: mutmut 3 leaves out every
decorated function, as all functions of the expression language are, and its trampolines shift
the limits of depth that are themselves under test.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from scripts.mutation import suite
from scripts.mutation.operators import Mutant, mutants_of

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGE: Final = "surveys/engine"
TESTS: Final = ("tests/surveys/engine", "tests/surveys/definitions")
COPIED: Final = ("surveys", "tests")
LEAST: Final = 8
GRACE_SECONDS: Final = 10


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one fault; ``by`` is the test that noticed it, or why none did."""

    module: str
    line: int
    before: str
    after: str
    is_killed: bool
    by: str


@dataclass(slots=True)
class Running:
    """A child at work on one fault."""

    module: str
    mutant: Mutant
    copy: Path
    until: float


def main() -> int:
    parser = argparse.ArgumentParser(description="Mutation testing of the engine.")
    parser.add_argument("--sample", type=int, default=700, help="how many faults are tried")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="modules whose path contains this, all faults")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--minutes", type=float, default=60, help="begin nothing after so long")
    parser.add_argument("--report", type=Path, help="write every verdict to this file, as JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copies = [_copied(Path(folder) / str(number)) for number in range(options.workers)]
        measured = _measured(copies[0])
        modules = _modules(options.only)
        sample = _sample(modules, options.sample, options.seed)
        print(f"{sum(map(len, modules.values()))} possible faults, {len(sample)} tried,", end=" ")
        print(f"seed {options.seed}, {len(measured.seconds)} tests", flush=True)
        verdicts, until = [], time.monotonic() + 60 * options.minutes
        for verdict in _verdicts(sample, measured, copies):
            verdicts.append(verdict)
            if not verdict.is_killed:
                _print_survivor(verdict, len(verdicts))
            if time.monotonic() > until:
                break
    _print(verdicts, {name: len(mutants) for name, mutants in modules.items()})
    if options.report:
        options.report.write_text(json.dumps([asdict(each) for each in verdicts], indent=1))
    return 0


def _copied(target: Path) -> Path:
    """A copy of the code and its tests in which a fault can stand."""
    for name in COPIED:
        shutil.copytree(ROOT / name, target / name)
    (target / "mutation.ini").write_text("[pytest]\n")
    return target


def _measured(copy: Path) -> suite.Measured:
    into = copy / "measured.json"
    child = _fork(lambda: suite.measure(copy, PACKAGE, TESTS, into))
    if status := os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        sys.exit(f"The tests fail over the sound code (status {status}).")
    return suite.read_measured(into)


def _modules(only: str) -> dict[str, list[Mutant]]:
    paths = sorted(path.relative_to(ROOT) for path in (ROOT / PACKAGE).rglob("*.py"))
    found = {str(path): list(mutants_of((ROOT / path).read_text())) for path in paths}
    return {name: mutants for name, mutants in found.items() if mutants and only in name}


def _sample(modules: dict[str, list[Mutant]], size: int, seed: int) -> list[tuple[str, Mutant]]:
    dice = random.Random(seed)  # noqa: S311 - a sample, no secret
    total = sum(map(len, modules.values()))
    sample = [
        (name, mutant)
        for name, mutants in modules.items()
        for mutant in dice.sample(
            mutants, min(len(mutants), max(LEAST, round(size * len(mutants) / total)))
        )
    ]
    dice.shuffle(sample)
    return sample


def _verdicts(
    sample: Iterable[tuple[str, Mutant]], measured: suite.Measured, copies: list[Path]
) -> Iterator[Verdict]:
    free, running = list(copies), dict[int, Running]()
    try:
        for module, mutant in sample:
            wanted = measured.covering(module, mutant.lines)
            if wanted == set():
                yield _verdict(module, mutant, by="no test runs it", is_killed=False)
                continue
            while not free:
                yield from _ended(running, free)
            copy = free.pop()
            child = _begin(copy, module, mutant, wanted, measured)
            names = measured.seconds if wanted is None else wanted
            patience = GRACE_SECONDS + 5 * sum(measured.seconds[name] for name in names)
            running[child] = Running(module, mutant, copy, time.monotonic() + patience)
        while running:
            yield from _ended(running, free)
    finally:
        for child in running:
            _end(child)


def _begin(
    copy: Path, module: str, mutant: Mutant, wanted: set[str] | None, measured: suite.Measured
) -> int:
    path = copy / module
    path.write_text(mutant.source)
    # A time that no compiled file has: the faulty module is compiled anew, in memory only.
    os.utime(path, (0, 0))
    return _fork(lambda: suite.judge(copy, wanted, measured, copy / "failed"))


def _ended(running: dict[int, Running], free: list[Path]) -> Iterator[Verdict]:
    """The verdicts of children that ended, or whose time is over."""
    time.sleep(0.01)
    for child, work in list(running.items()):
        ended, status = os.waitpid(child, os.WNOHANG)
        late = not ended and time.monotonic() > work.until
        if late:
            _end(child)
        if not (ended or late):
            continue
        del running[child]
        free.append(work.copy)
        shutil.copy2(ROOT / work.module, work.copy / work.module)
        is_killed = late or os.waitstatus_to_exitcode(status) != suite.SURVIVED
        failed = work.copy / "failed"
        by = "the clock" if late else failed.read_text() if failed.exists() else "a crash"
        failed.unlink(missing_ok=True)
        yield _verdict(work.module, work.mutant, by=by, is_killed=is_killed)


def _end(child: int) -> None:
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _verdict(module: str, mutant: Mutant, *, by: str, is_killed: bool) -> Verdict:
    return Verdict(module, mutant.line, mutant.before, mutant.after, is_killed, by)


def _fork(work: Callable[[], int]) -> int:
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    status = suite.KILLED
    try:
        os.setsid()
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        sys.dont_write_bytecode = True
        status = work()
    finally:
        # Without the parent's clean-up: its temporary folder is still in use.
        os._exit(status)


def _print_survivor(verdict: Verdict, number: int) -> None:
    place = f"{verdict.module}:{verdict.line}"
    print(f"{number}. {place} {verdict.by}\n  - {verdict.before}\n  + {verdict.after}", flush=True)


def _print(verdicts: list[Verdict], sizes: dict[str, int]) -> None:
    weighed, weight = 0.0, 0
    print(f"\n{'module':56}{'possible':>9}{'tried':>7}{'killed':>8}")
    for name, size in sizes.items():
        tried = [each for each in verdicts if each.module == name]
        if not tried:
            continue
        share = sum(each.is_killed for each in tried) / len(tried)
        weighed += share * size
        weight += size
        print(f"{name:56}{size:9}{len(tried):7}{share:8.0%}")
    killed = sum(each.is_killed for each in verdicts)
    clock = sum(each.by == "the clock" for each in verdicts)
    print(f"\nkilled {killed} of {len(verdicts)}: {killed / len(verdicts):.1%}", end=" ")
    print(f"({clock} by the clock); weighed by module size {weighed / weight:.1%}")


if __name__ == "__main__":
    sys.exit(main())
