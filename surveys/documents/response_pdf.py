"""Responses as PDF, set by typst. Loads it: for tasks and commands only."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from typing import Any, Final

from surveys.documents.qr import qr_svg
from surveys.documents.response import (
    NATION,
    PaperAnswer,
    PaperHeading,
    PaperItem,
    PaperPart,
    PaperTable,
    ResponsePaper,
)
from surveys.documents.table_layout import Layout, layout_of
from surveys.documents.text import breakable, readable
from surveys.documents.typesetting import typeset

SHOWN_DIGITS: Final = 16
"""Hexadecimal digits of the hash at the foot of every page."""

_LONGEST_WORD: Final = 30
_LONGEST_IN_CELL: Final = 14
_LONG: Final = 240
"""Letters from which on an answer is set below its question, over the whole width."""
_GROUP: Final = 8


def response_pdf(paper: ResponsePaper) -> bytes:
    """The paper as a tagged PDF 1.7, A4, in Tinos; the same paper gives the same bytes.

    No text of it is markup. The attachment is embedded, so that the file carries the data itself.
    """
    return typeset("response.typ", _data(paper), at=paper.at)


def _data(paper: ResponsePaper) -> dict[str, Any]:
    country, motto = NATION.get(paper.language, NATION["vi"])
    plain = _said(asdict(paper), except_for=("parts", "proof", "attachment", "at", "keywords"))
    return {
        **plain,
        "country": country,
        "motto": motto,
        "superior": plain["superior"].upper(),
        "issuer": plain["issuer"].upper(),
        "title": plain["title"].upper(),
        "name": " ".join([plain["title"], *plain["subjects"]]),
        "runs": list(_runs(paper.parts)),
        "proof": _proof(paper),
        "keywords": paper.keywords,
        "attachment": asdict(paper.attachment) if paper.attachment else None,
    }


def _said(plain: dict[str, Any], *, except_for: tuple[str, ...]) -> dict[str, Any]:
    return {name: _fitting(value) for name, value in plain.items() if name not in except_for}


def _fitting(value: Any) -> Any:
    """The texts of plain data, readable and with places to break."""
    match value:
        case str():
            return breakable(readable(value), longest=_LONGEST_WORD)
        case dict():
            return {name: _fitting(each) for name, each in value.items()}
        case list() | tuple():
            return [_fitting(each) for each in value]
        case _:
            return value


def _proof(paper: ResponsePaper) -> dict[str, Any] | None:
    proof = paper.proof
    if proof is None:
        return None
    digits = proof.sha256
    return {
        "title": readable(proof.title),
        "lines": _fitting(proof.lines),
        "sha256": digits,
        "groups": [digits[start : start + _GROUP] for start in range(0, len(digits), _GROUP)],
        "first": digits[:SHOWN_DIGITS],
        "qr": qr_svg(f"sha256:{digits}"),
    }


def _runs(parts: Iterable[PaperPart]) -> Iterator[dict[str, Any]]:
    """What follows each other on pages of one direction.

    A title goes with what stands under it, so it never ends a page of the other direction.
    """
    blocks = [block for part in parts for block in _blocks(part)]
    for place in range(len(blocks) - 2, -1, -1):
        if blocks[place]["kind"] in {"part", "heading"}:
            blocks[place]["across"] = blocks[place + 1]["across"]
    for is_across, run in groupby(blocks, key=lambda block: bool(block["across"])):
        yield {"across": is_across, "blocks": list(run)}


def _blocks(part: PaperPart) -> Iterator[dict[str, Any]]:
    if part.title:
        yield {"kind": "part", "across": False, "title": _fitting(part.title)}
    headed = True
    for is_answer, items in groupby(part.items, key=lambda item: isinstance(item, PaperAnswer)):
        if is_answer:
            rows = [_answer(item) for item in items if isinstance(item, PaperAnswer)]
            yield {"kind": "answers", "across": False, "rows": rows, "headed": headed}
            headed = False  # once a part: what follows reads the same way
        else:
            yield from map(_block, items)


def _block(item: PaperItem) -> dict[str, Any]:
    if isinstance(item, PaperTable):
        return _table(item, layout_of(item))
    assert isinstance(item, PaperHeading), "answers are set together"
    return {"kind": "heading", "across": False, "title": _fitting(item.title)}


def _answer(answer: PaperAnswer) -> dict[str, Any]:
    return {
        "number": breakable(readable(answer.number), longest=_LONGEST_IN_CELL),
        "label": _fitting(answer.label),
        "lines": _lines(answer.text),
        "notes": _fitting(answer.notes),
        "blank": answer.is_blank,
        "long": len(answer.text) > _LONG,
    }


def _lines(text: str) -> list[str]:
    """A text as it was written, paragraph by paragraph."""
    return [line for line in map(_fitting, text.splitlines()) if line]


def _table(table: PaperTable, layout: Layout) -> dict[str, Any]:
    return {
        "kind": "table",
        "across": layout.is_across,
        "title": _fitting(table.title),
        "corner": _in_cell(table.corner),
        "size": layout.size,
        "notes": _fitting(table.notes),
        "parts": [
            {
                "label": block.label,
                "widths": block.widths,
                "columns": [_in_cell(table.columns[place].label) for place in block.columns],
                "figures": [table.columns[place].is_figure for place in block.columns],
                "rows": [
                    {
                        "label": _in_cell(row.label),
                        "cells": [_in_cell(row.cells[place]) for place in block.columns],
                        "total": row.is_total,
                    }
                    for row in table.rows
                ],
            }
            for block in layout.blocks
        ],
    }


def _in_cell(text: str) -> str:
    return breakable(readable(text), longest=_LONGEST_IN_CELL)
