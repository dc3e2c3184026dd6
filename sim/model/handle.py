"""How compiled code sees the state: one pointer to a table of arrays.

Handing thirty arrays to every function (as numba does with a tuple) costs more than most stages.
`Handle` keeps the arrays, and a table with the address and shape of each; compiled code gets the
address of that table, and reading `state.lines` builds the array from it in a load or two. Plain
Python reads the very same attributes, so rules and stages are written once.
"""

from __future__ import annotations

import operator
from functools import cache
from typing import Any

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.datamodel import models
from numba.core.datamodel.registry import register_default
from numba.core.imputils import lower_builtin, lower_getattr_generic
from numba.core.typing.templates import AttributeTemplate, infer_getattr, signature
from numba.extending import NativeValue, typeof_impl, unbox
from numba.np.arrayobj import (
    getitem_array_tuple,
    getitem_arraynd_intp,
    make_array,
    populate_array,
    setitem_array,
)
from numba.np.numpy_support import from_dtype

WORDS = 4  # per array: address, and up to three lengths


class Handle:
    """Arrays by name, in a fixed order; C-contiguous, of one to three dimensions, never replaced."""

    def __init__(self, **arrays: Any) -> None:
        """Keep the arrays and write the table that compiled code reads."""
        self.names = tuple(arrays)
        self.table = np.zeros((len(arrays), WORDS), np.int64)
        for row, (name, array) in enumerate(arrays.items()):
            if not array.flags.c_contiguous or not 1 <= array.ndim <= 3:
                raise ValueError(f"{name} must be a C-contiguous array of one to three dimensions")
            setattr(self, name, array)
            self.table[row, 0] = array.ctypes.data
            self.table[row, 1 : 1 + array.ndim] = array.shape
        self.address = int(self.table.ctypes.data)
        signature = tuple((name, arrays[name].dtype, arrays[name].ndim) for name in self.names)
        self._numba_type_ = _type_of(signature)  # numba's short cut: no look-up at each call


class Table(types.Array):
    """numba's type of an array of a handle: counted from its beginning only, so no place is below 0.

    numba looks at every index whether it is negative and counts from the end; that is a fifth of the
    instructions of a stage. No rule means to count from the end.
    """


class HandleType(types.Type):
    """numba's type of a handle: the name, element type and dimensions of each array."""

    def __init__(self, fields: tuple[tuple[str, Any], ...]) -> None:
        """fields: name and numba array type, in the order of the table."""
        self.fields = dict(fields)
        self.rows = {name: row for row, (name, _) in enumerate(fields)}
        super().__init__(name=f"Handle({', '.join(f'{name}: {kind}' for name, kind in fields)})")


@cache
def _type_of(signature: tuple[tuple[str, Any, int], ...]) -> HandleType:
    """One numba type per signature, so that worlds of all sizes share compiled code."""
    return HandleType(tuple((name, Table(from_dtype(kind), ndim, "C")) for name, kind, ndim in signature))


@typeof_impl.register(Handle)
def _typeof(value: Handle, _context: Any) -> HandleType:
    """The numba type a handle was given when it was made."""
    return value._numba_type_


@register_default(HandleType)
class HandleModel(models.PointerModel):
    """A handle is passed as a plain pointer."""

    def __init__(self, dmm: Any, fe_type: Any) -> None:
        """The pointer is to the 64-bit words of the table."""
        models.PrimitiveModel.__init__(self, dmm, fe_type, ir.IntType(64).as_pointer())


@unbox(HandleType)
def _unbox(_type: Any, value: Any, context: Any) -> NativeValue:
    """Python object to pointer: read its address."""
    number = context.pyapi.object_getattr_string(value, "address")
    address = context.pyapi.long_as_longlong(number)
    context.pyapi.decref(number)
    pointer = context.builder.inttoptr(address, ir.IntType(64).as_pointer())
    return NativeValue(pointer, is_error=cgutils.is_not_null(context.builder, context.pyapi.err_occurred()))


@infer_getattr
class HandleAttribute(AttributeTemplate):
    """The type of `state.lines` and its like."""

    key = HandleType

    def generic_resolve(self, typ: HandleType, attribute: str) -> Any:  # type: ignore[override]
        """The array type of an attribute; None (an error at compile time) for an unknown one."""
        return typ.fields.get(attribute)


@lower_getattr_generic(HandleType)
def _getattr(context: Any, builder: Any, typ: HandleType, value: Any, attribute: str) -> Any:
    """Build an array from its row of the table; the table never changes, so its loads may be kept."""
    kind = typ.fields[attribute]
    array = make_array(kind)(context, builder)
    base = typ.rows[attribute] * WORDS

    def word(place: int) -> Any:
        load = builder.load(builder.gep(value, [ir.Constant(ir.IntType(64), base + place)]))
        load.set_metadata("invariant.load", builder.module.add_metadata([]))
        return load

    itemsize = context.get_constant(types.intp, context.get_abi_sizeof(context.get_data_type(kind.dtype)))
    shape = [word(1 + axis) for axis in range(kind.ndim)]
    strides: list[Any] = []
    step = itemsize
    for length in reversed(shape):
        strides.insert(0, step)
        step = builder.mul(step, length)
    data = builder.inttoptr(word(0), context.get_data_type(kind.dtype).as_pointer())
    populate_array(
        array, data=data, shape=shape, strides=strides, itemsize=itemsize, meminfo=None, parent=None
    )
    return array._getvalue()


register_default(Table)(models.ArrayModel)


def _from_the_beginning(context: Any, builder: Any, index: Any, value: Any) -> tuple[Any, Any]:
    """Type and value of an index whose whole numbers are unsigned: numba then takes them as they are."""
    unsigned: Any = types.uintp
    if isinstance(index, types.BaseTuple):
        parts: Any = index
        unsigned = types.Tuple([types.uintp if isinstance(k, types.Integer) else k for k in parts.types])
    return unsigned, context.cast(builder, value, index, unsigned)


@lower_builtin(operator.getitem, Table, types.Integer)
@lower_builtin(operator.getitem, Table, types.BaseTuple)
def _getitem(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """`table[row]` and `table[row, column]`."""
    index, place = _from_the_beginning(context, builder, sig.args[1], args[1])
    lower = getitem_array_tuple if isinstance(sig.args[1], types.BaseTuple) else getitem_arraynd_intp
    return lower(context, builder, signature(sig.return_type, sig.args[0], index), (args[0], place))


@lower_builtin(operator.setitem, Table, types.Integer, types.Any)
@lower_builtin(operator.setitem, Table, types.BaseTuple, types.Any)
def _setitem(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """`table[row] = value` and `table[row, column] = value`."""
    index, place = _from_the_beginning(context, builder, sig.args[1], args[1])
    known = signature(sig.return_type, sig.args[0], index, sig.args[2])
    return setitem_array(context, builder, known, (args[0], place, args[2]))
