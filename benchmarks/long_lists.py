"""A choice list of 10,000 entries and a lookup table of 10,000 rows by 5 columns, in the product.

Loading and compiling the definition with and without the table; then whole requests: the section,
a search among the choices, and a save that brings new choices and a figure from the table.

Run: .venv/bin/python benchmarks/long_lists.py
"""

import json
from dataclasses import replace
from functools import partial

import brotli  # type: ignore[import-untyped]  # it has no types
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from measure import repeated, report
from section_page import BAR, started  # its import sets Django up

from surveys.definitions import dump, load
from surveys.engine import (
    Cell,
    Choice,
    ChoiceList,
    Definition,
    Group,
    Kind,
    Question,
    compile_definition,
    data_table,
    errors,
)
from surveys.models import User
from surveys.rendering import Seen, sign
from surveys.responses import services
from surveys.responses.services import CellEdit

ENTRIES = 10_000
PROVINCES = 34


def main() -> None:
    """Measure, and check what was made."""
    design = definition()
    bare = replace(design, tables={})
    for said, each in (("without its table", bare), ("with its table", design)):
        text = json.dumps(dump(each))
        read, m = repeated(f"load {said}", partial(loaded, text), times=5)
        m.check(read == each, f"{len(text):,} characters of JSON")
    form, m = repeated("compile with its table", lambda: compile_definition(design), times=5)
    m.check(not errors(form.problems), f"{ENTRIES:,} entries, {ENTRIES:,} rows of 5 columns")
    pages()
    report()


def loaded(text: str) -> Definition:
    """The definition that is stored."""
    return load(json.loads(text))


def pages() -> None:
    """Whole requests against a draft in which a province is chosen."""
    response = started(definition())
    person = User.objects.get()
    edits = [CellEdit("province", "p5"), CellEdit("commune", "c39")]
    services.save_cells(response, edit_id="fill", edits=edits, actor=person, at=timezone.now())
    client = Client()
    client.force_login(person)
    args = [response.assignment_id]
    url = reverse("section", args=[*args, "place"])
    page, m = repeated("section", lambda: client.get(url).content, times=20, bar=BAR)
    options = page.count(b'<option value="c')
    m.check(options == 1, f"{len(page):,} bytes, brotli {len(brotli.compress(page)):,}, 1 option")
    url = reverse("choice_search", args=args)
    query = {"path": "anywhere", "q": "dong so 9999"}
    found, m = repeated("search", lambda: client.get(url, query).content, times=20, bar=BAR)
    m.check(b"c9999" in found, f"{len(found):,} bytes")
    codes = iter(range(1, 100))
    answer, m = repeated(
        "save another province", lambda: save(client, args, next(codes)), times=20, bar=BAR
    )
    m.check(b'id="q-commune"' in answer, f"{len(answer):,} bytes of fragments")


def save(client: Client, args: list[int], number: int) -> bytes:
    """The fragments of one autosave; what was seen before is what was saved before."""
    seen = sign("province", Seen(Cell(f"p{(number + 4) % PROVINCES}")))
    data = {"edit_id": f"e{number}", "path": "province", "seen": seen}
    data["value"] = f"p{(number + 5) % PROVINCES}"
    answer = client.post(reverse("cell_save", args=args), data, headers={"HX-Request": "true"})
    return answer.content if answer.status_code == 200 else b""


def definition() -> Definition:
    """A province, its communes by a filter, a choice among all, a figure of the commune."""
    communes = tuple(
        Choice(f"c{n}", {"vi": f"Xã Đồng số {n}"}, extra={"province": f"p{n % PROVINCES}"})
        for n in range(ENTRIES)
    )
    provinces = tuple(Choice(f"p{n}", {"vi": f"Tỉnh {n}"}) for n in range(PROVINCES))
    rows = [(f"c{n}", str(n), "1,5", "đồng bằng", f"Huyện số {n % 700}") for n in range(ENTRIES)]
    calculation = "pulldata('figures', 'people', 'commune', ${commune})"
    return Definition(
        code="xa",
        title={"vi": "Xã"},
        children=(
            Group(
                name="place",
                label={"vi": "Địa bàn"},
                children=(
                    select("province", "provinces"),
                    select("commune", "communes", choice_filter="province = ${province}"),
                    select("anywhere", "communes"),
                    Question(
                        name="people",
                        kind=Kind.CALCULATE,
                        label={"vi": "Số dân"},
                        calculation=calculation,
                    ),
                ),
            ),
        ),
        lists={
            "communes": ChoiceList("communes", communes),
            "provinces": ChoiceList("provinces", provinces),
        },
        tables={
            "figures": data_table(
                "figures", ("commune", "people", "area", "terrain", "former"), rows
            )
        },
    )


def select(name: str, list_name: str, *, choice_filter: str = "") -> Question:
    """One choice."""
    return Question(
        name=name,
        kind=Kind.SELECT_ONE,
        label={"vi": name},
        list_name=list_name,
        choice_filter=choice_filter,
    )


if __name__ == "__main__":
    main()
