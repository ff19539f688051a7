"""IndexDefinition -> JSON: short for people, whole for a hash."""

import json
from hashlib import sha256
from typing import Any, Final

import rfc8785

from analytics.definitions.model import IndexDefinition
from analytics.definitions.reading import adapter

_ALWAYS: Final = ("schema", "code", "version", "name", "basis")


def write(definition: IndexDefinition) -> dict[str, Any]:
    """The definition without what is as by default; ``read(write(d)) == d``."""
    short: dict[str, Any] = adapter().dump_python(
        definition, mode="json", by_alias=True, exclude_defaults=True
    )
    return {key: short[key] for key in _ALWAYS if key in short} | short


def write_whole(definition: IndexDefinition) -> dict[str, Any]:
    """The definition with every default written out; ``read(write_whole(d)) == d``."""
    whole: dict[str, Any] = adapter().dump_python(definition, mode="json", by_alias=True)
    return whole


def write_text(definition: IndexDefinition) -> str:
    """What is exported as a file."""
    return json.dumps(write(definition), ensure_ascii=False, indent=2) + "\n"


def definition_hash(definition: IndexDefinition) -> str:
    """SHA-256 of the whole definition as canonical JSON (RFC 8785), in hexadecimal.

    Defaults count, so that a later default cannot change what an old hash stands for.
    """
    return sha256(rfc8785.dumps(write_whole(definition))).hexdigest()
