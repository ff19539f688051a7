"""Writes the province and commune files of ``surveys/organisations/data``; run by hand.

Takes names, codes and types from the PyPI package ``vietnamadminunits`` 1.0.4 (MIT), which derives
them from the National Statistics Office's list: ``.venv/bin/python scripts/build_unit_data.py``.
"""

import csv
import json
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import closing
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

PACKAGE: Final = "vietnamadminunits"
VERSION: Final = "1.0.4"
TARGET: Final = Path(__file__).parent.parent / "surveys" / "organisations" / "data"
KINDS: Final = {
    "Thành phố": ("city", "City"),
    "Tỉnh": ("province", "Province"),
    "Xã": ("commune", "Commune"),
    "Phường": ("ward", "Ward"),
    "Đặc khu": ("special_zone", "Special Zone"),
}
TWO_WORDS: Final = {"city", "special_zone"}
COLUMNS: Final = ["code", "name", "name_en", "short_name", "kind"]
Row = list[str]


def main() -> None:
    """Write the three files and refuse counts other than today's."""
    if version(PACKAGE) != VERSION:
        raise SystemExit(f"{PACKAGE} {VERSION} is wanted, {version(PACKAGE)} is installed.")
    spec = find_spec(PACKAGE)
    assert spec is not None
    assert spec.origin is not None
    data = Path(spec.origin).parent / "data"
    with closing(sqlite3.connect(data / "dataset.db")) as database:
        provinces, former = _provinces(database, data / "converter_2025.json")
        communes = _communes(database)
    counts = (len(provinces), len(former), len(communes))
    if counts != (34, 52, 3321):
        raise SystemExit(f"34 provinces, 52 former ones and 3,321 communes are wanted: {counts}.")
    _write("provinces.csv", COLUMNS, provinces)
    _write("former_provinces.csv", [*COLUMNS, "merged_into"], former)
    _write("communes.csv", [*COLUMNS, "province"], communes)


def _provinces(database: sqlite3.Connection, converter: Path) -> tuple[list[Row], list[Row]]:
    """Today's provinces, and the former ones that were merged into a province with others."""
    today = _distinct_provinces(database, "admin_units")
    before = _distinct_provinces(database, "admin_units_legacy")
    merged = json.loads(converter.read_text(encoding="utf-8"))["DICT_PROVINCE"]
    former = [
        [*_unit(*before[old]), today[new][1]]
        for new, olds in merged.items()
        if len(olds) > 1
        for old in olds
    ]
    return sorted(_unit(*unit) for unit in today.values()), sorted(former)


def _distinct_provinces(database: sqlite3.Connection, table: str) -> dict[str, tuple[str, str]]:
    rows = database.execute(
        f"SELECT DISTINCT provinceKey, province, provinceCode FROM {table}"  # noqa: S608  (one of two constants)
    )
    return {key: (name, code) for key, name, code in rows}


def _communes(database: sqlite3.Connection) -> list[Row]:
    rows = database.execute("SELECT ward, wardCode, provinceCode FROM admin_units")
    communes = [[*_unit(name, code), province] for name, code, province in rows]
    return sorted(communes, key=lambda row: (row[-1], row[0]))


def _unit(name: str, code: str) -> Row:
    kind, kind_en = next(KINDS[word] for word in KINDS if name.startswith(f"{word} "))
    proper = unicodedata.normalize("NFC", name).split(" ", 2 if kind in TWO_WORDS else 1)[-1]
    return [code, unicodedata.normalize("NFC", name), f"{_plain(proper)} {kind_en}", proper, kind]


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _write(name: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    with (TARGET / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
