"""The files under ``data/``, read as units: what ``load_organisations`` brings into the database."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from surveys.organisations.enums import AgencyType

DATA: Final = Path(__file__).parent / "data"

# Decision 19/2025/QĐ-TTg: today's list of units and codes.
CODES_OF_2025: Final = date(2025, 7, 1)
# Decision 124/2004/QĐ-TTg: the list before it.
CODES_OF_2004: Final = date(2004, 7, 8)

DEPARTMENT_ORDER: Final = 50
PROVINCE_ORDER: Final = 1_000
GROUP_ORDER: Final = 5_000
COMMUNE_ORDER: Final = 100_000


@dataclass(frozen=True)
class Code:
    """An NSO code and when it holds."""

    value: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True)
class Unit:
    """One agency as the files know it; parents come before their children."""

    key: str
    name: str
    name_en: str
    type: AgencyType
    official_order: int
    short_name: str = ""
    parent: str = ""
    code: Code | None = None
    successor: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


def units() -> list[Unit]:
    """Every unit of the files, parents first."""
    return [
        *_central_agencies(),
        *_state_groups(),
        *_provinces(),
        *_former_provinces(),
        *_communes(),
    ]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _central_agencies() -> Iterator[Unit]:
    for number, row in enumerate(_rows("central_agencies.csv"), start=1):
        kind = AgencyType(row["type"])
        yield Unit(
            key=row["key"],
            name=row["name"],
            name_en=row["name_en"],
            short_name=row["short_name"],
            type=kind,
            official_order=DEPARTMENT_ORDER if kind == AgencyType.DEPARTMENT else number,
            parent=row["parent"],
        )


def _state_groups() -> Iterator[Unit]:
    for number, row in enumerate(_rows("state_groups.csv"), start=1):
        yield Unit(
            key=row["key"],
            name=row["name"],
            name_en=row["name_en"],
            short_name=row["short_name"],
            type=AgencyType.ENTERPRISE,
            official_order=GROUP_ORDER + number,
            parent=row["parent"],
        )


def _provinces() -> Iterator[Unit]:
    merged = {row["merged_into"] for row in _rows("former_provinces.csv")}
    for row in _rows("provinces.csv"):
        since = CODES_OF_2025 if row["code"] in merged else None
        yield Unit(
            key=f"tinh-{row['code']}",
            name=row["name"],
            name_en=row["name_en"],
            short_name=row["short_name"],
            type=AgencyType.PROVINCE,
            official_order=PROVINCE_ORDER + int(row["code"]),
            code=Code(row["code"], valid_from=since or CODES_OF_2004),
            valid_from=since,
            attributes={"kind": row["kind"]},
        )


def _former_provinces() -> Iterator[Unit]:
    for row in _rows("former_provinces.csv"):
        yield Unit(
            key=f"tinh-{row['code']}-truoc-2025",
            name=row["name"],
            name_en=row["name_en"],
            short_name=row["short_name"],
            type=AgencyType.PROVINCE,
            official_order=PROVINCE_ORDER + int(row["code"]),
            code=Code(row["code"], valid_from=CODES_OF_2004, valid_to=CODES_OF_2025),
            successor=f"tinh-{row['merged_into']}",
            valid_to=CODES_OF_2025,
            attributes={"kind": row["kind"]},
        )


def _communes() -> Iterator[Unit]:
    for row in _rows("communes.csv"):
        yield Unit(
            key=f"xa-{row['code']}",
            name=row["name"],
            name_en=row["name_en"],
            short_name=row["short_name"],
            type=AgencyType.COMMUNE,
            official_order=COMMUNE_ORDER * int(row["province"]) + int(row["code"]),
            parent=f"tinh-{row['province']}",
            code=Code(row["code"], valid_from=CODES_OF_2025),
            valid_from=CODES_OF_2025,
            attributes={"kind": row["kind"]},
        )
