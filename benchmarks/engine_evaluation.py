"""The engine alone: 100 questions and five tables of 12 rows and 20 columns, all filled in.

Measured are compiling, one edit with its consequences and the progress of its section, all checks,
the frozen answers, and single evaluations. Simple expressions are held against elementpath (XPath
2.0) in the same run, each engine in its quickest way: parsed once; answers as a ready state here,
as variables there. The results are compared first.

Run: .venv/bin/python benchmarks/engine_evaluation.py
"""

import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from elementpath import XPath2Parser, XPathContext
from measure import repeated, report

from surveys.engine import (
    Cell,
    Choice,
    ChoiceList,
    Consequences,
    Context,
    Definition,
    Element,
    Form,
    FormState,
    Group,
    Kind,
    Progress,
    Question,
    Table,
    Totals,
    compile_definition,
)

SECTIONS, QUESTIONS, ROWS, COLUMNS = 5, 20, 12, 20
TURNS = 20_000
ANSWERS = {"a": "7", "b": "2.5", "c": "cloud", "d": "12"}
PEERS = (
    ("arithmetic", "${a} + ${b} * 2", "$a + $b * 2"),
    ("division, rounded", "round(${a} div 3, 2)", "round($a * 100 div 3) div 100"),
    ("comparison", "${a} > 3 and ${b} < 10", "$a > 3 and $b < 10"),
    ("condition", "if(${a} > 1, ${b} * 0.5, 0)", "if ($a > 1) then $b * 0.5 else 0"),
    ("text", "concat(${c}, '-', ${d})", "concat($c, '-', $d)"),
    ("text compared", "${c} = 'cloud' or ${c} = 'none'", "$c = 'cloud' or $c = 'none'"),
    ("regular expression", "regex(${c}, '^[a-z]+$')", "matches($c, '^[a-z]+$')"),
)
"""What is asked, in our words and in XPath 2.0's; the answers are the same."""

CONTEXT = Context(today=date(2026, 11, 5), now=datetime(2026, 11, 5, 8))  # noqa: DTZ001 (civil)


def definition() -> Definition:
    """A section holds 20 questions, a table with a sum column, and two figures made of them."""
    rows = tuple(Choice(f"r{row}", {"vi": f"Hàng {row}"}) for row in range(ROWS))
    return Definition(
        code="benchmark",
        title={"vi": "Đo"},
        children=tuple(section(number) for number in range(SECTIONS)),
        lists={"rows": ChoiceList("rows", rows)},
    )


def section(number: int) -> Group:
    """One section."""
    questions: list[Element] = [
        Question(
            name=f"q{number}_{index}",
            kind=Kind.INTEGER,
            required="yes",
            constraint=". >= 0",
            warning=f". <= ${{q{number}_{index - 1}}} * 10" if index else "",
            relevant=f"${{q{number}_{index - 1}}} > 1" if index % 5 == 4 else "",
        )
        for index in range(QUESTIONS - 2)
    ]
    names = [f"t{number}_{column}" for column in range(COLUMNS - 1)]
    columns = [
        Question(name=name, kind=Kind.INTEGER, required="yes", constraint=". >= 0")
        for name in names
    ]
    every = " + ".join(f"${{{name}}}" for name in names)
    columns.append(Question(name=f"t{number}_sum", kind=Kind.INTEGER, calculation=every))
    table = Table(
        name=f"t{number}",
        row_list="rows",
        totals=Totals.BOTH,
        constraint=f"sum(${{{names[0]}}}) >= sum(${{{names[1]}}})",
        columns=tuple(columns),
    )
    total = f"all{number}"
    share = f"round(${{q{number}_0}} div ${{{total}}} * 100, 2)"
    figures = (
        Question(name=total, kind=Kind.CALCULATE, calculation=f"sum(${{t{number}_sum}})"),
        Question(name=f"share{number}", kind=Kind.CALCULATE, calculation=share),
    )
    return Group(name=f"s{number}", children=(*questions, table, *figures))


def answers() -> dict[str, Any]:
    """Everything answered, nothing wrong."""
    filled: dict[str, Any] = {}
    for number in range(SECTIONS):
        filled |= {f"q{number}_{index}": "5" for index in range(QUESTIONS - 2)}
        cells = {f"t{number}_{column}": str(40 - column) for column in range(COLUMNS - 1)}
        filled[f"t{number}"] = {f"r{row}": cells for row in range(ROWS)}
    return filled


def main() -> None:
    """Measure and print."""
    design, filled = definition(), answers()
    form, m = repeated("compile the definition", lambda: compile_definition(design), times=10)
    m.check(form.problems == (), "no problems")

    edit, m = repeated("edit of a cell", lambda: save(form, filled), times=100, bar="3 ms")
    changed, progress = edit
    expected = {"t1/r3/t1_4", "t1/r3/t1_sum", "t1", "all1"}
    m.check(changed.changed == expected, f"{len(expected)} places changed")
    m.check(progress == Progress(19, 19), "19 of 19 answered")

    findings, m = repeated("all checks", lambda: state(form, filled).findings(), times=50)
    m.check(findings == (), "no findings")

    frozen, m = repeated("frozen answers", lambda: state(form, filled).submission(), times=50)
    m.check(frozen["all0"] == str(ROWS * sum(range(22, 41))), "the sum of a table")

    value, m = repeated("100,000 evaluations", lambda: evaluations(form, filled), times=1)
    m.check(value == "5.1", "the value")
    report()
    against_elementpath()


def state(form: Form, filled: dict[str, Any]) -> FormState:
    """A state that has evaluated nothing yet."""
    return FormState(form, answers=filled, context=CONTEXT)


def save(form: Form, filled: dict[str, Any]) -> tuple[Consequences, Progress]:
    """What an autosave asks of the engine."""
    edited = state(form, filled)
    changed = edited.set("t1/r3/t1_4", Cell(value="99"))
    return changed, edited.progress("s1")


def evaluations(form: Form, filled: dict[str, Any]) -> object:
    """One expression over and over, compiled once."""
    asked = state(form, filled)
    value = None
    compiled = form.compile("if(${q0_0} > 1, ${q0_0} + 0.1, 0)")
    for _ in range(100_000):
        value = asked.run(compiled)
    return value


def against_elementpath() -> None:
    """Print what each expression costs here and there, and how many times quicker we are."""
    print(f"\n{'one evaluation, against elementpath':<36}{'CPU µs':>16}{'wall µs':>16}", end="")
    print(f"{'peak KiB':>16}{'ratio':>8}")
    for label, text, xpath in PEERS:
        ours, theirs = our_evaluation(text), their_evaluation(xpath)
        said, meant = plain(ours()), plain(theirs())
        if said != meant:
            sys.exit(f"{label}: {said!r} here, {meant!r} in elementpath")
        (cpu, wall, peak), (peer_cpu, peer_wall, peer_peak) = cost(ours), cost(theirs)
        pairs = (f"{cpu:.2f} : {peer_cpu:.2f}", f"{wall:.2f} : {peer_wall:.2f}")
        memory = f"{peak:.0f} : {peer_peak:.0f}"
        print(f"{label:<36}{pairs[0]:>16}{pairs[1]:>16}{memory:>16}{peer_cpu / cpu:>8.1f}")


def our_evaluation(text: str) -> Callable[[], object]:
    """The expression in a form with the four answers."""
    kinds = {"a": Kind.INTEGER, "b": Kind.DECIMAL, "c": Kind.TEXT, "d": Kind.TEXT}
    questions = tuple(Question(name=name, kind=kind) for name, kind in kinds.items())
    form = compile_definition(Definition(code="peer", title={"vi": "Đo"}, children=questions))
    return partial(state(form, ANSWERS).run, form.compile(text))


def their_evaluation(xpath: str) -> Callable[[], object]:
    """The same in elementpath, numbers typed beforehand."""
    numbers = {name: float(text) for name, text in ANSWERS.items() if name in "ab"}
    context = XPathContext(ET.Element("data"), variables={**ANSWERS, **numbers})
    token = XPath2Parser(variable_types=dict.fromkeys(ANSWERS, "item()?")).parse(xpath)
    return partial(token.evaluate, context)


def plain(value: object) -> object:
    """A result that can be compared: figures are text here and floats there."""
    try:
        return round(float(value), 9) if not isinstance(value, bool) else value  # type: ignore[arg-type]  # what is no figure raises
    except (TypeError, ValueError):
        return value


def cost(evaluate: Callable[[], object]) -> tuple[float, float, float]:
    """CPU and wall microseconds of one evaluation; KiB that all of them together need at most."""
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(TURNS):
        evaluate()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    tracemalloc.start()
    for _ in range(TURNS // 10):
        evaluate()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return cpu / TURNS * 1e6, wall / TURNS * 1e6, peak / 1024


if __name__ == "__main__":
    main()
