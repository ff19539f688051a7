"""What the engine and the reader of workbooks advise, in the reader's language."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import override

from surveys.questionnaires.advice import advice_in_words, sentence_of

SILENT = {"plain.py", "__main__.py", "kinds.py"}
"""Modules that speak to programs only."""


@pytest.mark.parametrize(
    ("advice", "expected"),
    [
        ("Give the row a name.", "Đặt tên cho dòng."),
        ("Did you mean ${staff}?", "Có phải là ${staff} không?"),
        (
            "At character 7: there is no question ${staf}. Did you mean ${staff}?",
            "Ký tự thứ 7: không có câu hỏi ${staf}. Có phải là ${staff} không?",
        ),
        (
            "At character 1: if() joins number and text; the result is text.",
            "Ký tự thứ 1: if() ghép số, chữ; kết quả là chữ.",
        ),
        ("Write one of: none, optional.", "Ghi một trong các từ: none, optional."),
        ("Something nobody has said before.", "Something nobody has said before."),
    ],
)
def test_advice_is_given_in_vietnamese(advice: str, expected: str):
    with override("vi"):
        assert advice_in_words(advice) == expected


def test_advice_stays_itself_in_english():
    advice = "At character 7: there is no question ${100%}. Did you mean ${staff}?"

    with override("en"):
        assert advice_in_words(advice) == advice


@pytest.mark.parametrize("package", ["engine", "xlsform"])
def test_every_advice_of_the_sources_is_known(repository, package: str):
    sources = sorted((repository / "surveys" / package).rglob("*.py"))
    unknown = [
        (source.name, sentence)
        for source in sources
        if source.name not in SILENT
        for sentence in sentences(source)
        if sentence_of(sentence) is None
    ]

    assert unknown == []


def sentences(source: Path) -> Iterator[str]:
    """The strings of a module that are sentences for people, with 7 for what varies in them."""
    tree = ast.parse(source.read_text("utf-8"))
    within = {
        part
        for node in ast.walk(tree)
        for part in (
            node.values
            if isinstance(node, ast.JoinedStr)
            else [node.value]
            if isinstance(node, ast.Expr)
            else []
        )
    }
    for node in ast.walk(tree):
        if node not in within and isinstance(node, ast.Constant | ast.JoinedStr):
            text = _filled(node).strip()
            if re.search(r"[^(] .*[^ ][.?]$", text) and "number?" not in text:
                yield text


def _filled(node: ast.Constant | ast.JoinedStr) -> str:
    """A hint that may stand behind a sentence is left out."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    text = ""
    for part in node.values:
        is_behind_a_word = text[-1:].isalpha()
        text += str(part.value) if isinstance(part, ast.Constant) else "7"[is_behind_a_word:]
    return text.removesuffix("7") if text.endswith(".7") else text
