"""Datasets of made-up responses, without a database: through the same encoding and files."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from analytics.columnar import files
from analytics.columnar.columns import schema_of
from analytics.columnar.layout import VersionForm, layout_of
from analytics.columnar.live import LiveRow, LiveText
from analytics.columnar.models import ColumnarCopy, ColumnarSegment
from analytics.columnar.reading import ColumnarDataset
from analytics.columnar.rows import tables_of
from analytics.columnar.snapshots import Snapshot
from analytics.columnar.units import unit_variables
from surveys.engine import (
    Choice,
    ChoiceList,
    Definition,
    Form,
    Kind,
    MissingCode,
    Question,
    compile_definition,
)

AT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
PROVINCES = tuple(f"tinh-{number:02}" for number in range(1, 35))
CODES = (MissingCode.NOT_APPLICABLE, MissingCode.NOT_YET, MissingCode.RESTRICTED)


class MadeRound:
    """Stands for a ``LiveRound`` whose responses are documents."""

    def __init__(self, form: Form) -> None:
        version = VersionForm(1, 1, form)
        self.layout = layout_of([version])
        self.forms = {1: version}

    def province(self, row: LiveRow) -> str:
        """Every agency is a province."""
        return row.key

    def digest(self, row: LiveRow) -> int:
        """Any number will do."""
        return row.response

    def texts(
        self, documents: Sequence[dict[str, Any]] | Iterator[dict[str, Any]]
    ) -> Iterator[LiveText]:
        """The documents as frozen responses, province after province."""
        for number, document in enumerate(documents, start=1):
            agency = number % len(PROVINCES)
            key = PROVINCES[agency]
            row = LiveRow(
                number, number, "", "submitted", number % 7, agency, key, "province", "", None
            )
            yield LiveText(row, 1, AT, json.dumps(document))


def made_dataset(
    form: Form, parts: Sequence[Sequence[dict[str, Any]] | Iterator[dict[str, Any]]]
) -> ColumnarDataset:
    """A dataset whose copy has a segment for each part; the same response in a later part wins."""
    return opened_dataset(form, [made_segment(form, documents) for documents in parts])


def made_segment(
    form: Form, documents: Sequence[dict[str, Any]] | Iterator[dict[str, Any]]
) -> ColumnarSegment:
    """The documents in a file, through the product's own encoding."""
    live: Any = MadeRound(form)
    rows = tables_of(live, live.texts(documents))
    written = files.write(0, schema_of(live.layout.columns), rows)
    return ColumnarSegment(**asdict(written))


def opened_dataset(form: Form, segments: Sequence[ColumnarSegment]) -> ColumnarDataset:
    """The dataset of such files."""
    layout = MadeRound(form).layout
    variables = {each.name: each for each in unit_variables()} | dict(layout.columns)
    return ColumnarDataset(
        variables=tuple(variables.values()),
        version="made",
        snapshot=Snapshot(ColumnarCopy(), segments),
        schema=schema_of(layout.columns),
    )


def made_form(*, choices: int, several: int, numbers: int, texts: int) -> Form:
    """A questionnaire with so many questions of each kind; every tenth hangs on the first one."""
    wanted = [(Kind.SELECT_ONE, "c", choices), (Kind.SELECT_MULTIPLE, "m", several)]
    wanted += [(Kind.INTEGER, "n", numbers), (Kind.TEXT, "t", texts)]
    questions = tuple(
        Question(
            name=f"{letter}{number}",
            kind=kind,
            label={"vi": f"{letter}{number}"},
            list_name="answers" if letter in "cm" else "",
            missing=CODES,
            relevant="${c0} != 'a0'" if number % 10 == 9 else "",
        )
        for kind, letter, count in wanted
        for number in range(count)
    )
    answers = tuple(Choice(f"a{number}", {"vi": f"Phương án {number}"}) for number in range(6))
    return compile_definition(
        Definition(
            code="mo-phong",
            title={"vi": "Mô phỏng"},
            children=questions,
            lists={"answers": ChoiceList("answers", answers)},
        )
    )


def made_documents(form: Form, count: int, *, seed: int) -> Iterator[dict[str, Any]]:
    """Frozen responses at random: of a hundred cells two are coded and three blank."""
    chance = random.Random(seed)  # noqa: S311  (a simulation)
    questions = [form.question(name) for name in form.parts]
    for _ in range(count):
        answers: dict[str, Any] = {}
        remarks: dict[str, Any] = {}
        for question in questions:
            if question.relevant and answers.get("c0") == "a0":
                continue
            luck = chance.random()
            if luck < 0.02:
                remarks[question.name] = {"missing": CODES[int(luck * 150)].value}
            elif luck > 0.05:
                answers[question.name] = _answer(question.kind, chance)
        yield {"answers": answers, "remarks": remarks}


def _answer(kind: Kind, chance: random.Random) -> Any:
    drawn = int(chance.random() * 4096)
    match kind:
        case Kind.SELECT_ONE:
            return f"a{drawn % 6}"
        case Kind.SELECT_MULTIPLE:
            return [f"a{bit}" for bit in range(6) if (drawn | 1) >> bit & 1]
        case Kind.INTEGER:
            return str(drawn)
        case _:
            return f"ý kiến {drawn}"
