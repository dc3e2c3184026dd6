"""Masks: bits are counted alike by the processor and by plain Python."""

import numba
import pytest

from sim.model import bits


@numba.njit
def compiled_count(mask):
    return bits.count(mask)


@numba.njit
def compiled_lowest(mask):
    return bits.lowest(mask)


@pytest.mark.parametrize("count", [bits.count, compiled_count])
@pytest.mark.parametrize(("mask", "ones"), [(0, 0), (1, 1), (0b1011, 3), (1 << 40, 1), ((1 << 40) - 1, 40)])
def test_bits_of_a_mask_are_counted(count, mask, ones):
    assert count(mask) == ones


@pytest.mark.parametrize("lowest", [bits.lowest, compiled_lowest])
@pytest.mark.parametrize(("mask", "row"), [(1, 0), (0b1010, 1), (0b1000, 3), (1 << 40, 40), (3 << 40, 40)])
def test_the_first_row_of_a_mask_is_found(lowest, mask, row):
    assert lowest(mask) == row
