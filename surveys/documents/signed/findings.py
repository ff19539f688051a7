"""What can be wrong with a signed PDF, and what its verification is given to trust."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Flaw(StrEnum):
    """Why a signed PDF does not count; the values are stored."""

    NO_TRUST_LIST = "no_trust_list"
    """Nobody has said which certification authorities are trusted."""
    NOT_OURS = "not_ours"
    """The file does not begin with the very bytes that were given out to be signed."""
    UNREADABLE = "unreadable"
    """It cannot be read as a PDF within the limits, or not completely."""
    UNSIGNED = "unsigned"
    """There is no signature in it."""
    CHANGED_BEFORE = "changed_before"
    """More than signatures was added to what was given out."""
    CHANGED_AFTER = "changed_after"
    """Something was added behind the last signature."""
    NOT_COVERED = "not_covered"
    """A signature leaves a part of the file before its end uncovered."""
    NOT_INTACT = "not_intact"
    """What was signed is not what stands there."""
    FORGED = "forged"
    """The signature was not made with the key of its certificate."""
    UNTRUSTED = "untrusted"
    """No chain of certificates leads to the trust list."""
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    REVOKED = "revoked"
    WRONG_USE = "wrong_use"
    """The certificate is not for signing."""
    WEAK = "weak"
    """An algorithm that is not safe any more."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Certificates and lists as they lie in their files, DER or PEM, in base64.

    ``roots`` are trusted; ``others`` help to build chains; ``crls`` say what was revoked.
    """

    roots: Sequence[str] = ()
    others: Sequence[str] = ()
    crls: Sequence[str] = ()

    def as_options(self) -> dict[str, Any]:
        """As options of ``verify``."""
        return {"roots": list(self.roots), "others": list(self.others), "crls": list(self.crls)}
