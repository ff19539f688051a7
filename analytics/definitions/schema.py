"""The JSON Schema (2020-12) of definitions, made of the model."""

from typing import Any, Final

from analytics.definitions.reading import adapter

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """The schema of what ``reading.read`` accepts; references inside ``$defs`` only."""
    return {"$schema": DIALECT, **adapter().json_schema(by_alias=True)}
