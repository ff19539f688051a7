"""The command line and its exit statuses: 0 done, 2 what was given cannot be used."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from analytics.definitions import DefinitionUnreadable, json_schema
from analytics.methods.commands.index import IndexRequest, TextRefused, run_index, sentence
from analytics.methods.commands.tables import Decimals, TableUnreadable
from analytics.methods.index import IndexRefused

DONE: Final = 0
UNUSABLE: Final = 2
MOST_RUNS: Final = 100_000
MOST_SEED: Final = 2**63 - 1


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments ask; the exit status. Refusals stand on standard error, one a line."""
    parsed = _parser().parse_args(arguments)
    if parsed.schema:
        sys.stdout.write(json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n")
        return DONE
    if parsed.data is None or parsed.definition is None:
        return _refused(["--data and --definition are needed"])
    request = IndexRequest(
        data=parsed.data,
        definition=parsed.definition,
        out=parsed.out,
        panel=parsed.panel,
        tables=parsed.tables,
        strict=parsed.strict,
        runs=parsed.runs,
        seed=parsed.seed,
        decimals=parsed.decimal,
    )
    return _done(request)


def _done(request: IndexRequest) -> int:
    try:
        run_index(request)
        sys.stdout.flush()
    except DefinitionUnreadable as refusal:
        return _refused(f"{request.definition}: {problem}" for problem in refusal.problems)
    except (IndexRefused, TextRefused) as refusal:
        return _refused(sentence(request.data, each) for each in refusal.warnings)
    except TableUnreadable as refusal:
        return _refused([str(refusal)])
    except BrokenPipeError:
        # Who reads (head, a pager) has what he wants. Nothing may be flushed at the end any more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        place = error.filename or request.out or "standard output"
        return _refused([f"{place}: {error.strerror}"])
    return DONE


def _refused(lines: Iterable[str]) -> int:
    for line in lines:
        sys.stderr.write(f"error: {line}\n")
    return UNUSABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m analytics.methods")
    commands = parser.add_subparsers(required=True, metavar="command")
    index = commands.add_parser("index", help="scores of units by a definition in JSON")
    index.add_argument("--data", type=Path, help="CSV, one row a unit")
    index.add_argument("--definition", type=Path, help="JSON, see docs/index-definition.md")
    index.add_argument("--out", type=Path, help="CSV of scores; none: standard output")
    index.add_argument(
        "--runs", type=_whole(1, MOST_RUNS), help="Monte Carlo runs: adds ranks' spread"
    )
    index.add_argument(
        "--seed", type=_whole(0, MOST_SEED), help="of the runs; none: the definition's"
    )
    index.add_argument("--panel", type=Path, help="CSV of other periods, for imputation")
    index.add_argument("--tables", type=Path, help="JSON of every intermediate table")
    index.add_argument(
        "--decimal",
        type=Decimals,
        choices=list(Decimals),
        default=Decimals.POINT,
        help="point (1234.5, the default) or comma (1.234,5) in the CSV",
    )
    index.add_argument("--strict", action="store_true", help="refuse text where a number belongs")
    index.add_argument("--schema", action="store_true", help="print the JSON Schema and stop")
    return parser


def _whole(least: int, most: int) -> Callable[[str], int]:
    def whole(text: str) -> int:
        number = int(text)
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(f"from {least} to {most}")
        return number

    return whole
