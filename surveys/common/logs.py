"""What must not be written into logs."""

import logging
import re
from typing import Final

SECRET: Final = re.compile(r"(?<=/)(?:kss_)?[A-Za-z0-9_-]{43}(?=/)")
"""A token of ``surveys.common.tokens``, or a program's own, as a part of an address."""
HIDDEN: Final = "…"


class HideSecrets(logging.Filter):
    """Takes the secrets of links out of what is logged; addresses stand in messages of refusals."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true: the record passes, without secrets."""
        record.msg = _hidden(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_hidden(each) for each in record.args)
        return True


def _hidden(value: object) -> object:
    return SECRET.sub(HIDDEN, value) if isinstance(value, str) else value
