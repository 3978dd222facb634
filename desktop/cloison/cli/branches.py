"""The commands at the root, each loaded when it is asked for: a line needs one of them, and to load all takes long.

What a branch is for stands beside its name, so that the first page lists every one and loads none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

from cloison.cli.errors import UsageError
from cloison.cli.help import Group, command, new_group
from cloison.wording.catalogue import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A command at the root: ``message`` says what it is for, ``load`` gives its function, or the group it is."""

    message: str
    load: Callable[[], typer.Typer | Callable[..., Any]]


class Branches(Mapping[str, TyperCommand | TyperGroup]):
    """The commands of these branches by name, in their order; only looking one up loads it, once."""

    def __init__(self, branches: Mapping[str, Branch]) -> None:
        self._branches: Final = branches
        self._loaded: Final[dict[str, TyperCommand | TyperGroup]] = {}

    def __getitem__(self, name: str) -> TyperCommand | TyperGroup:
        if name not in self._loaded:
            self._loaded[name] = _declared(name, self._branches[name])
        return self._loaded[name]

    def __contains__(self, name: object) -> bool:
        return name in self._branches

    def __iter__(self) -> Iterator[str]:
        return iter(self._branches)

    def __len__(self) -> int:
        return len(self._branches)

    def messages(self) -> list[tuple[str, str]]:
        """Each name, and the message that says what is behind it."""
        return [(name, branch.message) for name, branch in self._branches.items()]


class Root(Group):
    """All commands; a file in the place of a command is a package that somebody wants opened."""

    commands: Any  # Typer has a dictionary here and only reads it; these are ``Branches``.

    def messages(self) -> list[tuple[str, str]]:
        """Each command and what it is for, with none of them loaded."""
        found: list[tuple[str, str]] = self.commands.messages()
        return found

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is named first; a file in its place is told what to do with."""
        if args[0] not in self.commands:
            _refuse_file(args[0])
        return super().resolve_command(ctx, args)


def _refuse_file(name: str) -> None:
    """Raises ``UsageError`` where a file has that name."""
    from cloison.cli.inputs import is_file

    if is_file(name):
        raise UsageError(
            N_("No vault is set for the window. To open the package here: cloison open {file} --vault DIR"), file=name
        )


def _declared(name: str, branch: Branch) -> Any:
    """The command or group as Typer makes it below a root."""
    root, found = new_group(), branch.load()
    if isinstance(found, typer.Typer):
        root.add_typer(found, name=name, help=branch.message)
    else:
        command(root, name, branch.message)(found)
    return get_group(root).commands[name]
