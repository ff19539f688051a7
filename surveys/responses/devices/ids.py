"""The ids of what comes of an instance: the same whenever it comes."""

import hashlib


def edit_id_of(instance_id: str, part: str = "") -> str:
    """The id of a save of an instance, or of one part of it."""
    named = hashlib.sha256(f"{instance_id}\n{part}".encode()).hexdigest()
    return f"device-{named[:32]}"
