"""Finds every text that asks for a translation, in templates and in Python, without GNU gettext."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.utils.translation.template import templatize

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGES: Final = ("config", "surveys", "analytics", "exporters")

SINGULAR: Final = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL: Final = {"ngettext", "ngettext_lazy"}
IN_CONTEXT: Final = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}

_STRING: Final = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL: Final = re.compile(rf"\b(n?p?gettext|_)\(({_STRING}(?:\s*,\s*{_STRING})*)")

Message = tuple[str | None, str]
"""Context and text, as a catalogue is keyed."""


def messages_in_templates() -> Iterator[tuple[Message, str]]:
    """Each text of a template with the template's path."""
    for template in sorted((ROOT / "templates").rglob("*.*")):
        place = str(template.relative_to(ROOT))
        code = templatize(template.read_text("utf-8"), origin=place)
        for name, arguments in CALL.findall(code):
            strings = ast.literal_eval(f"({arguments},)")
            yield ((strings[0], strings[1]) if "p" in name else (None, strings[0])), place


def messages_in_code() -> Iterator[tuple[Message, str]]:
    """Each literal text of a gettext call with its module and line."""
    for package in PACKAGES:
        for module in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(module.read_text("utf-8"))):
                if isinstance(node, ast.Call) and (message := _message(node)):
                    yield message, f"{module.relative_to(ROOT)}:{node.lineno}"


def _message(call: ast.Call) -> Message | None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    strings = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
    if name in SINGULAR | PLURAL and strings:
        return None, str(strings[0])
    if name in IN_CONTEXT and len(strings) > 1:
        return str(strings[0]), str(strings[1])
    return None
