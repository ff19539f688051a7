"""Linear and integer programs over sparse sums, solved by HiGHS through scipy."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

_UNBOUNDED: Final = 3
_UNBOUNDED_OR_INFEASIBLE: Final = 4


class NoSolution(ValueError):
    """Nothing meets the constraints."""


class NoBound(ValueError):
    """The aim can become as small as one likes."""


@dataclass(frozen=True, slots=True)
class Program:
    """All x with ``matrix @ x == right`` and ``lowest <= x <= highest`` (shape (n,) or one figure)."""

    matrix: csr_array
    right: NDArray[np.float64]
    lowest: NDArray[np.float64] | float = 0.0
    highest: NDArray[np.float64] | float = np.inf

    def least(
        self, aim: NDArray[np.float64], *, whole: bool = False, seconds: float = np.inf
    ) -> NDArray[np.float64]:
        """The x with the least ``aim @ x``, in whole numbers on demand. Raises NoSolution, NoBound.

        After ``seconds`` the best that was found by then, NoSolution if nothing was.
        """
        size = len(aim)
        found = milp(
            aim,
            integrality=np.full(size, int(whole)),
            constraints=LinearConstraint(self.matrix, self.right, self.right),
            bounds=Bounds(
                np.broadcast_to(self.lowest, (size,)), np.broadcast_to(self.highest, (size,))
            ),
            options={} if seconds == np.inf else {"time_limit": seconds},
        )
        if found.status in {_UNBOUNDED, _UNBOUNDED_OR_INFEASIBLE}:
            raise NoBound
        if found.x is None:
            raise NoSolution(found.message)
        x: NDArray[np.float64] = np.asarray(found.x, dtype=np.float64)
        return x
