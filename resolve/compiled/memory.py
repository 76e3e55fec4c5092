"""What a kernel will read soon, brought near: it needn't wait for it then."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numba
from numba.extending import intrinsic

__all__ = ["soon"]

ir: Any = import_module("llvmlite.ir")
_array: Any = import_module("numba.np.arrayobj").make_array


def _soon(typing: Any, array: Any, place: Any) -> Any:
    """Say that a place of an array, counted over all its axes, is read soon; it may be any."""

    def generate(context: Any, builder: Any, signature: Any, given: Sequence[Any]) -> Any:
        data = _array(signature.args[0])(context, builder, given[0]).data
        octets = ir.IntType(8).as_pointer()
        address = builder.bitcast(builder.gep(data, [given[1]]), octets)
        number = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [octets, number, number, number])
        prefetch = builder.module.declare_intrinsic("llvm.prefetch", [octets], kind)
        builder.call(prefetch, [address, number(0), number(3), number(1)])
        return context.get_dummy_value()

    return numba.void(array, numba.int64), generate


soon: Any = intrinsic(_soon)
