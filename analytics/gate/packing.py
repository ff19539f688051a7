"""Released tables in few bytes, for the log."""

import json
import zlib

from analytics.methods.disclosure import Cell, Earlier, Sum, Table


def pack(tables: tuple[Table, ...], hidden: frozenset[str]) -> bytes:
    """Cells, sums and what is hidden of them; contributions and derived figures are left out."""
    document = {
        "tables": [
            {
                "name": table.name,
                "cells": [[c.key, c.value, c.count, c.people, c.known] for c in table.cells],
                "sums": [[line.total, line.parts, line.answers] for line in table.sums],
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
        )
        for table in document["tables"]
    )
    return Earlier(tables, frozenset(document["hidden"]))
