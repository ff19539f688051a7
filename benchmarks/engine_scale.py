"""The engine at its limits: long lists, long chains, many dependents, hostile expressions.

Run: .venv/bin/python benchmarks/engine_scale.py
"""

import sys
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from measure import repeated, report

from surveys.engine import (
    Cell,
    Choice,
    ChoiceList,
    Compiled,
    Consequences,
    Context,
    Definition,
    Element,
    Form,
    FormState,
    Kind,
    Question,
    compile_definition,
)

CONTEXT = Context(today=date(2026, 11, 5), now=datetime(2026, 11, 5, 8))  # noqa: DTZ001 (civil)
PROVINCES, COMMUNES, LINKS, DEPENDENTS, BLOCKS = 34, 10_000, 5_000, 500, 200


def definition(*children: Element, **lists: ChoiceList) -> Definition:
    """A questionnaire of loose questions."""
    return Definition(code="scale", title={"vi": "Đo"}, children=children, lists=lists)


def large() -> Definition:
    """1,000 questions in blocks of five over a list of 10,000 communes."""
    communes = tuple(
        Choice(f"c{i}", {"vi": f"Xã {i}"}, extra={"province": f"p{i % PROVINCES}"})
        for i in range(COMMUNES)
    )
    provinces = tuple(Choice(f"p{i}", {"vi": f"Tỉnh {i}"}) for i in range(PROVINCES))
    blocks = [question for number in range(BLOCKS) for question in block(number)]
    lists = {
        "communes": ChoiceList("communes", communes),
        "provinces": ChoiceList("provinces", provinces),
    }
    return definition(*blocks, **lists)


def block(number: int) -> tuple[Question, ...]:
    """A figure, what it doubles to, a province, a commune in it, and the commune's name."""
    figure, province, commune = f"a{number}", f"p{number}", f"c{number}"
    return (
        Question(name=figure, kind=Kind.INTEGER, required="yes", constraint=". >= 0"),
        Question(name=f"b{number}", kind=Kind.CALCULATE, calculation=f"${{{figure}}} * 2"),
        Question(name=province, kind=Kind.SELECT_ONE, list_name="provinces"),
        Question(
            name=commune,
            kind=Kind.SELECT_ONE,
            list_name="communes",
            choice_filter=f"province = ${{{province}}}",
            relevant=f"${{{figure}}} > 3",
        ),
        Question(
            name=f"t{number}",
            kind=Kind.CALCULATE,
            calculation=f"pulldata('communes', 'label', 'name', ${{{commune}}})",
        ),
    )


def chain() -> Form:
    """5,000 calculations, each on the one before."""
    links = (calculated(i, f"${{q{i - 1}}} + 1") for i in range(1, LINKS))
    return compile_definition(definition(Question(name="q0", kind=Kind.INTEGER), *links))


def fan() -> Form:
    """500 calculations on one question."""
    dependents = (calculated(i, f"${{q0}} * {i} + 0.5") for i in range(1, DEPENDENTS + 1))
    return compile_definition(definition(Question(name="q0", kind=Kind.INTEGER), *dependents))


def calculated(number: int, calculation: str) -> Question:
    """One calculation."""
    return Question(name=f"q{number}", kind=Kind.CALCULATE, calculation=calculation)


def state(form: Form, answers: dict[str, Any]) -> FormState:
    """A state that has evaluated nothing yet."""
    return FormState(form, answers=answers, context=CONTEXT)


def large_questionnaire() -> None:
    """Compile it, offer choices, judge it."""
    design = large()
    form, m = repeated(
        "compile 1,000 questions, 10,000 choices",
        lambda: compile_definition(design),
        times=5,
        bar="1 s",
    )
    m.check(form.problems == (), "no problems")
    answers: dict[str, Any] = {}
    for i in range(BLOCKS):
        answers |= {f"a{i}": "5", f"p{i}": f"p{i % PROVINCES}", f"c{i}": f"c{i % PROVINCES}"}
    offered, m = repeated(
        "choices of 200 filters over 10,000",
        lambda: [state(form, answers).choices(f"c{i}") for i in range(BLOCKS)],
        times=3,
    )
    m.check(len(offered[0]) == 295, "295 communes in the first province")
    findings, m = repeated("judge it", lambda: state(form, answers).findings(), times=3)
    m.check(findings == (), "no findings")


def dependents() -> None:
    """One change, with everything worked out before and after."""
    fanned = fan()
    read = state(fanned, {"q0": "1"})
    read.submission()
    turn = iter(range(10**9))

    def change() -> Consequences:
        return read.set("q0", Cell(value=str(next(turn) % 7 + 2)))

    changed, m = repeated("one change, 500 dependents", change, times=100, bar="5 ms")
    m.check(len(changed.changed) == DEPENDENTS + 1, "501 places changed")

    linked = chain()
    frozen, m = repeated(
        "freeze a chain of 5,000", lambda: state(linked, {"q0": "1"}).submission(), times=5
    )
    m.check(frozen[f"q{LINKS - 1}"] == str(LINKS), "the last value")
    moved, m = repeated(
        "change the foot of it",
        lambda: state(linked, {"q0": "1"}).set("q0", Cell(value="2")),
        times=5,
    )
    m.check(len(moved.changed) == LINKS, "5,000 places changed")


def expressions() -> None:
    """Single evaluations, compiled once; 10 µs each is 0.1 s for 10,000."""
    read = state(fan(), {"q0": "3"})
    for text, expected in (("${q0} + 1", "4"), ("if(${q0} > 1, ${q0} * 0.1, 0)", "0.3")):
        compiled = read.form.compile(text)
        many = partial(evaluated, read, compiled)
        value, m = repeated(f"10,000 times {text}", many, times=5, bar="0.1 s")
        m.check(value == expected, f"= {expected}")


def evaluated(read: FormState, compiled: Compiled) -> object:
    """The value, found 10,000 times."""
    value: object = None
    for _ in range(10_000):
        value = read.run(compiled)
    return value


def main() -> None:
    """Measure and print."""
    large_questionnaire()
    dependents()
    expressions()
    report()


if __name__ == "__main__":
    main()
