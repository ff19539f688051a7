"""Released tables in few bytes, for the log."""

import json
import zlib
from typing import Any

from analytics.methods.disclosure import Axis, Cell, Earlier, Origin, Sum, Table


def pack(tables: tuple[Table, ...], hidden: frozenset[str]) -> bytes:
    """Cells, sums and what is hidden of them; contributions and derived figures are left out."""
    document = {
        "tables": [
            {
                "name": table.name,
                "cells": [[c.key, c.value, c.count, c.people, c.known] for c in table.cells],
                "sums": [[line.total, line.parts, line.answers] for line in table.sums],
                "origin": None if table.origin is None else _packed(table.origin),
            }
            for table in tables
        ],
        "hidden": sorted(hidden),
    }
    return zlib.compress(json.dumps(document, separators=(",", ":")).encode(), 6)


def unpack(packed: bytes) -> Earlier:
    """What ``pack`` kept."""
    document = json.loads(zlib.decompress(packed))
    tables = tuple(
        Table(
            name=table["name"],
            cells=tuple(
                Cell(key=key, value=value, count=count, people=people, known=known)
                for key, value, count, people, known in table["cells"]
            ),
            sums=tuple(Sum(total, tuple(parts), told) for total, parts, told in table["sums"]),
            origin=None if table["origin"] is None else _unpacked(table["origin"]),
        )
        for table in document["tables"]
    )
    return Earlier(tables, frozenset(document["hidden"]))


def _packed(origin: Origin) -> dict[str, Any]:
    return {
        "axes": [
            [
                axis.name,
                axis.categories,
                None if axis.groups is None else dict(axis.groups),
                axis.answers,
            ]
            for axis in origin.axes
        ],
        "members": [[place, ids] for place, ids in origin.members.items()],
        "within": dict(origin.within),
        "measure": origin.measure,
    }


def _unpacked(stored: dict[str, Any]) -> Origin:
    return Origin(
        axes=tuple(
            Axis(
                name,
                tuple(categories),
                None
                if groups is None
                else {group: tuple(parts) for group, parts in groups.items()},
                told,
            )
            for name, categories, groups, told in stored["axes"]
        ),
        members={tuple(place): tuple(ids) for place, ids in stored["members"]},
        within=stored["within"],
        measure=stored["measure"],
    )
