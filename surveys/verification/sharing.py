"""Who verifies what: whole agencies or indicators, evenly, never somebody's own agency."""

import random
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from surveys.verification.enums import HandOut


@dataclass(frozen=True, slots=True)
class Piece:
    """An answer to verify: of which agency (an id), for which indicator."""

    assignment: int
    agency: int
    code: str


class NobodyFor(Exception):
    """There are not enough verifiers for an agency's answers, its own people left out."""

    def __init__(self, agency: int) -> None:
        super().__init__(agency)
        self.agency = agency


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """Who there is, with the agencies that each must not judge; ``twice`` is the share in percent
    that two verify, drawn by ``seed``."""

    verifiers: Sequence[int]
    own: Mapping[int, Collection[int]]
    hand_out: HandOut = HandOut.BY_AGENCY
    twice: int = 0
    seed: int = 1


def share_out(pieces: Sequence[Piece], sharing: Sharing) -> dict[Piece, tuple[int, ...]]:
    """One or two verifiers for each piece; whole groups go to whoever has least to do so far.

    The same pieces and people give the same result. Raises NobodyFor.
    """
    loads = dict.fromkeys(sharing.verifiers, 0)
    shared: dict[Piece, tuple[int, ...]] = {}
    for group in _groups(pieces, sharing.hand_out):
        # By indicators, some of a group may be of a verifier's own agency: those go to others.
        agencies = {piece.agency for piece in group}
        able = [each for each in loads if not agencies & set(sharing.own.get(each, ()))]
        first = _least_busy(able, loads) if able else None
        for piece in group:
            chosen = first if first is not None else _pick(piece, sharing, loads, ())
            shared[piece] = (chosen,)
            loads[chosen] += 1
    for piece in _doubled(pieces, sharing):
        second = _pick(piece, sharing, loads, shared[piece])
        shared[piece] = (*shared[piece], second)
        loads[second] += 1
    return shared


def _groups(pieces: Sequence[Piece], hand_out: HandOut) -> Iterable[list[Piece]]:
    groups: dict[Hashable, list[Piece]] = {}
    for piece in pieces:
        key = piece.agency if hand_out is HandOut.BY_AGENCY else piece.code
        groups.setdefault(key, []).append(piece)
    # The largest first: what comes late is small, so that nobody ends with much more than others.
    return sorted(groups.values(), key=len, reverse=True)


def _pick(piece: Piece, sharing: Sharing, loads: Mapping[int, int], taken: Collection[int]) -> int:
    able = [
        each
        for each in loads
        if each not in taken and piece.agency not in sharing.own.get(each, ())
    ]
    if not able:
        raise NobodyFor(piece.agency)
    return _least_busy(able, loads)


def _least_busy(able: Sequence[int], loads: Mapping[int, int]) -> int:
    return min(able, key=lambda each: loads[each])


def _doubled(pieces: Sequence[Piece], sharing: Sharing) -> list[Piece]:
    number = ceil(len(pieces) * sharing.twice / 100)
    generator = random.Random(f"{sharing.seed}:twice")  # noqa: S311  (repeatable, not secret)
    chosen = set(generator.sample(range(len(pieces)), number))
    return [piece for place, piece in enumerate(pieces) if place in chosen]
