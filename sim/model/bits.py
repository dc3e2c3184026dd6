"""Counting the bits of a mask: one instruction of the processor in compiled code, plain Python without.

A mask is a whole number of up to 62 bits, one for each state, government, category or industry.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic, overload


def count(mask: int) -> int:
    """Return how many bits of a mask are set."""
    return int(mask).bit_count()


def lowest(mask: int) -> int:
    """Return the place of the lowest bit set in a mask that is not empty."""
    return (int(mask) & -int(mask)).bit_length() - 1


def _count_of(_context: Any, mask: Any) -> Any:
    def generate(_at: Any, builder: Any, _signature: Any, args: Any) -> Any:
        return builder.ctpop(args[0])

    return types.int64(types.int64), generate


def _lowest_of(_context: Any, mask: Any) -> Any:
    def generate(_at: Any, builder: Any, _signature: Any, args: Any) -> Any:
        return builder.cttz(args[0], ir.Constant(ir.IntType(1), 1))

    return types.int64(types.int64), generate


# numba's types lose an argument of what it makes of these.
_ones: Any = intrinsic(_count_of)
_zeros: Any = intrinsic(_lowest_of)


@overload(count, strict=False)
def _count(mask: Any) -> Callable[..., Any]:
    return lambda mask: _ones(mask)


@overload(lowest, strict=False)
def _lowest(mask: Any) -> Callable[..., Any]:
    return lambda mask: _zeros(mask)
