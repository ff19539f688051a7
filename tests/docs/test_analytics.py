"""Every example in the documents for researchers and programmers is run as it stands there."""

import doctest
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
FENCE = re.compile(r"^[ ]*```.*$", re.MULTILINE)
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


def documents():
    """The face for researchers, its parts, the definition of an index, and webhooks."""
    found = [DOCS / "analytics.md", *sorted((DOCS / "analytics").glob("*.md"))]
    return [
        path
        for path in [*found, DOCS / "index-definition.md", DOCS / "webhooks.md"]
        if path.exists()
    ]


def examples(path):
    """The examples of a document as one test; a fence ends the output that stands above it."""
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    return doctest.DocTestParser().get_doctest(text, {}, path.name, str(path), 0)


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(DOCS)))
def test_the_examples_of_a_document_are_true(path):
    told: list[str] = []

    result = doctest.DocTestRunner(optionflags=FLAGS).run(examples(path), out=told.append)

    assert result.failed == 0, "".join(told)
    assert result.attempted > 0
