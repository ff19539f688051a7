"""What differs between two versions of an index, in the words of those who decide on it."""

from analytics.indices.changes.lines import ChangedThing, ChangeLine, changed_things

__all__ = ["ChangeLine", "ChangedThing", "changed_things"]
