"""Several numbers in one register, for kernels: a column of a dynamic programme at a time.

What these say is written as LLVM's own vectors, so that every processor does it in the widest
registers that it has, and none needs to be told.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numba
from numba.extending import intrinsic

__all__ = ["WIDTHS", "ZERO", "advance_8", "advance_16", "advance_32", "zeros_below"]

WIDTHS = (8, 16, 32)
"""Numbers of 16 bits that a column may have."""
ZERO = 1 << 14
"""What stands for 0 in a column: 0 is less than any number, and stands before the first one."""
ir: Any = import_module("llvmlite.ir")
_array: Any = import_module("numba.np.arrayobj").make_array
_SHORT = ir.IntType(16)


def _advance(width: int) -> Any:
    """The function that fills a column of so many numbers."""
    column, index = ir.VectorType(_SHORT, width), ir.IntType(32)
    least = ir.Constant(column, [0] * width)

    def shifted(builder: Any, value: Any, steps: int) -> Any:
        """The column some places further on, after what is less than any number."""
        places = [0] * steps + list(range(width, 2 * width - steps))
        mask = ir.Constant(ir.VectorType(index, width), places)
        return builder.shuffle_vector(least, value, mask)

    def greater(builder: Any, left: Any, right: Any) -> Any:
        return builder.select(builder.icmp_unsigned(">", left, right), left, right)

    def repeated(builder: Any, value: Any) -> Any:
        one = builder.insert_element(ir.Constant(column, ir.Undefined), value, index(0))
        every = ir.Constant(ir.VectorType(index, width), [0] * width)
        return builder.shuffle_vector(one, one, every)

    def generate(context: Any, builder: Any, signature: Any, given: Sequence[Any]) -> Any:
        columns, written, exchanges = (
            _array(signature.args[k])(context, builder, given[k]).data for k in (0, 2, 5)
        )

        def at(data: Any, place: Any) -> Any:
            return builder.bitcast(builder.gep(data, [place]), column.as_pointer())

        before = builder.load(at(columns, given[1]), align=2)
        said = builder.load(at(written, given[3]), align=2)
        added = repeated(builder, given[4])
        value = greater(
            builder,
            builder.add(before, added),
            builder.add(shifted(builder, before, 1), said),
        )
        swapped, worth = (
            builder.load(at(exchanges, builder.add(given[6], given[6].type(own))), align=2)
            for own in (0, max(WIDTHS))
        )
        last = builder.sub(given[1], given[1].type(max(WIDTHS)))
        exchanged = builder.load(at(columns, last), align=2)
        exchanged = builder.add(shifted(builder, exchanged, 2), worth)
        met = builder.icmp_unsigned("==", swapped, repeated(builder, given[7]))
        value = greater(builder, value, builder.select(met, exchanged, least))
        steps = 1
        while steps < width:
            value = greater(builder, value, shifted(builder, value, steps))
            steps *= 2
        after = builder.add(given[1], given[1].type(max(WIDTHS)))
        builder.store(value, at(columns, after), align=2)
        return context.get_dummy_value()

    def advance(
        typing: Any,
        columns: Any,
        place: Any,
        written: Any,
        start: Any,
        added: Any,
        exchanges: Any,
        own: Any,
        pair: Any,
    ) -> Any:
        """Fill the column after the one at a place of `columns`.

        Each number is the greatest of: the same one of the column before and `added`; the one
        before that and its own of `written`, from `start`; the one two before of the column
        before that, and what an exchange says, where its pair is this one; and the one before it
        in its column. All are `ZERO` more than they say, and the first of `written` is 0. The
        pairs stand in `exchanges` from `own`, and what they say a column's width further on.
        """
        arguments = (
            columns,
            numba.int64,
            written,
            numba.int64,
            numba.int16,
            exchanges,
            numba.int64,
            numba.int16,
        )
        return numba.void(*arguments), generate

    return intrinsic(advance)


def _zeros_below(typing: Any, number: Any) -> Any:
    """Return how many of the lowest bits of a number of 64 bits are 0; 64 of zero."""

    def generate(context: Any, builder: Any, signature: Any, given: Sequence[Any]) -> Any:
        return builder.cttz(given[0], ir.Constant(ir.IntType(1), 0))

    return numba.uint64(numba.uint64), generate


advance_8, advance_16, advance_32 = map(_advance, WIDTHS)
zeros_below: Any = intrinsic(_zeros_below)
