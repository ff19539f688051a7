"""Setting a document with typst. Loads it: for tasks and commands only."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

import typst

from surveys.documents.fonts import TINOS


def typeset(template: str | Path, data: Mapping[str, object], *, at: datetime) -> bytes:
    """A template with its data as a tagged PDF 1.7; the same data, the same bytes. A name is that of a
    template of this package, an absolute path that of another's.

    The template reads ``sys.inputs.data`` as JSON, so that no text is markup. ``at`` is what the
    file says of when it was made.
    """
    made = _compiler().compile(
        _source(template),
        format="pdf",
        sys_inputs={"data": json.dumps(data)},
        timestamp=at.replace(microsecond=0),
    )
    assert isinstance(made, bytes)
    return made


@cache
def _compiler() -> typst.Compiler:
    """One compiler a process: what a template is, it works out once."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[TINOS])
    return typst.Compiler(font_paths=fonts, ignore_system_fonts=True)


@cache
def _source(template: str | Path) -> bytes:
    return (Path(__file__).parent / template).read_bytes()
