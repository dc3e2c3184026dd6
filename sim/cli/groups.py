"""A group of commands that answers a name it does not know with the nearest one."""

from __future__ import annotations

from typing import Any, ClassVar

from typer.core import TyperGroup

from sim.cli.say import Refused
from sim.evidence.facts import nearest, quoted


class Named(TyperGroup):
    """The group; `kind`: what it calls its members."""

    kind: ClassVar[str] = "command"

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the member a person named; one that is not there gets a sentence with the nearest."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            raise Refused(f"there is no {self.kind} {quoted(args[0])}; {nearest(args[0], self.commands)}")
        return super().resolve_command(ctx, args)
