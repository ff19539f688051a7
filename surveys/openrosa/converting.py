"""A questionnaire as an XForm, written in a limited child: pyxform never loads in the web process."""

import json
from dataclasses import replace
from typing import Any, Final
from xml.etree.ElementTree import Element

from surveys.definitions import load
from surveys.limited import Refused

FORM_ID: Final = "kss-form-id-0f6c1d7e"
"""What stands in a form in the place of its id; each assignment has its own."""
TITLE: Final = "kss-form-title-0f6c1d7e"
"""Likewise of its title."""
NAMESPACE: Final = "{http://www.w3.org/2002/xforms}"


def convert(data: bytes, *, version: str) -> dict[str, Any]:
    """``xml`` with the two marks in it, ``media`` (texts by file name), and the ``nodes`` that an
    answer of the form can have, ``root`` first.

    ``data`` is a definition as JSON. Raises Refused where Collect cannot do what it asks for.
    """
    # Both are heavy or read files: only the child needs them.
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415

    from surveys.xlsform.xform import xform_of  # noqa: PLC0415

    definition = load(json.loads(data))
    language = definition.languages[0]
    marked = replace(
        definition,
        title={**definition.title, language: TITLE},
        settings={**definition.settings, "form_id": FORM_ID},
    )
    form = xform_of(marked, version=version)
    if form.xml is None:
        raise Refused(", ".join(sorted({problem.code for problem in form.problems})))
    instance = fromstring(form.xml).find(f".//{NAMESPACE}instance")
    assert instance is not None, "every XForm has a primary instance"
    return {"xml": form.xml, "media": dict(form.media), "nodes": _names(instance[0])}


def _names(root: Element) -> list[str]:
    """The names of all elements, each once, without their namespaces."""
    return list(dict.fromkeys(each.tag.rpartition("}")[2] for each in root.iter()))
