"""Orders: what a seat can decide in a turn. Each is checked at the edge by pydantic, and is plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from sim.game.errors import GameError, first_fault

REASON: Final = 160  # letters of a reason: ten words and some
PRICE: Final = (
    0.85,
    1.15,
)  # of the price by rule: beyond it a price would be agreed with rivals, not offered
PROMISE: Final = (0.7, 1.0)  # of the months by rule
GROWTH: Final = 0.3  # of capacity in a year at most; labour may allow less
Route = Literal["urgent", "option", "government", "competition", "joint"]


class _Order(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=REASON)
    reason: str = ""

    @property
    def about(self) -> tuple[str, ...]:
        """What the order is about: a later one about the same replaces it."""
        raise NotImplementedError


class _OfNeed(_Order):
    state: str
    category: str


class _OnTender(_OfNeed):
    @property
    def about(self) -> tuple[str, ...]:
        """The tender."""
        return ("tender", self.state, self.category)


class _OnNeed(_OfNeed):
    @property
    def about(self) -> tuple[str, ...]:
        """The need."""
        return ("need", self.state, self.category)


class Choose(_OnTender):
    """One offer of a tender that is decided now, or two of them."""

    kind: Literal["choose"] = "choose"
    line: str
    second: str | None = None


class Wait(_OnTender):
    """None of the offers: the tender ends without a contract."""

    kind: Literal["wait"] = "wait"


class Launch(_OnNeed):
    """A new tender by a route; an urgent one may name its supplier."""

    kind: Literal["launch"] = "launch"
    route: Route
    quantity: int = Field(ge=1, le=100_000)
    tier: Literal["upper", "lower"] | None = None
    line: str | None = None


class Hold(_OnNeed):
    """The ministry opens no tender for a need by itself until the next turn."""

    kind: Literal["hold"] = "hold"


class SetLever(_Order):
    """A policy of the seat's own stands at a value from now on."""

    kind: Literal["lever"] = "lever"
    lever: str
    value: float

    @property
    def about(self) -> tuple[str, ...]:
        """The lever."""
        return ("lever", self.lever)


class Price(_Order):
    """An industry asks for more or less than its rule in a category, from now on."""

    kind: Literal["price"] = "price"
    category: str
    factor: float = Field(ge=PRICE[0], le=PRICE[1])

    @property
    def about(self) -> tuple[str, ...]:
        """The category's prices."""
        return ("price", self.category)


class Promise(_Order):
    """An industry promises earlier months than it plans in a category, from now on."""

    kind: Literal["promise"] = "promise"
    category: str
    factor: float = Field(ge=PROMISE[0], le=PROMISE[1])

    @property
    def about(self) -> tuple[str, ...]:
        """The category's promises."""
        return ("promise", self.category)


class Expand(_Order):
    """An industry adds capacity in a category, as a share of what it has; 0 = it stays as it is this year."""

    kind: Literal["expand"] = "expand"
    category: str
    share: float = Field(ge=0.0, le=GROWTH)

    @property
    def about(self) -> tuple[str, ...]:
        """The category's capacity."""
        return ("expand", self.category)


Order = Choose | Wait | Launch | Hold | SetLever | Price | Promise | Expand
_READER: TypeAdapter[Order] = TypeAdapter(Annotated[Order, Field(discriminator="kind")])


def merged(given: Sequence[Order], order: Order) -> tuple[Order, ...]:
    """The orders of a seat with one more, which replaces an earlier one about the same thing."""
    return (*without(given, order), order)


def without(given: Sequence[Order], order: Order) -> tuple[Order, ...]:
    """The orders of a seat but for one about the same thing."""
    return tuple(one for one in given if one.about != order.about)


def parse_order(data: object) -> Order:
    """An order from plain data, such as JSON; raises GameError with one sentence naming the field."""
    try:
        return _READER.validate_python(data)
    except ValidationError as error:
        raise GameError(f"order: {first_fault(error, 'order')}") from error


def order_record(order: Order) -> dict[str, Any]:
    """An order as plain data; `parse_order` reads it back."""
    return order.model_dump(mode="json", exclude_none=True)
