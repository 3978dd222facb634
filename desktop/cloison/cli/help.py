"""Help pages in the chosen language, and the decorators that commands are declared with.

Typer declares and parses; its own pages are in English alone, so ours are written here, from the same declarations.
Help texts are messages of the catalogue, looked up when a page is shown.
"""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NoReturn, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from cloison.cli.common import OPTIONS
from cloison.cli.errors import EndOfRun, UsageError
from cloison.wording.catalogue import N_, Catalogue

# Typer does not publish the types of its contexts, parameters and formatters, hence `Any` for them below.
HELP: Final = ("--help", "-h")
_MANY: Final = "…"

Function = TypeVar("Function", bound=Callable[..., Any])


class Command(TyperCommand):
    """A command whose page speaks the chosen language."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: D102 - documented by Typer
        if any(word in HELP for word in itertools.takewhile(lambda word: word != "--", args)):
            _show_page(self, ctx)
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: D102 - documented by Typer
        words: Catalogue = ctx.obj.words
        _write_head(self, ctx, formatter, words, tail="")
        _write_rows(formatter, words.text("Arguments:"), _argument_rows(self, words))
        _write_rows(formatter, words.text("Options:"), _option_rows(self, words))
        if self.epilog:
            formatter.write_paragraph()
            formatter.write_text(words.text(self.epilog))
        formatter.write_paragraph()
        formatter.write_text(words.text("“cloison --help” has the options that every command takes."))


class Group(TyperGroup):
    """A group of commands whose page speaks the chosen language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: D102 - documented by Typer
        words: Catalogue = ctx.obj.words
        _write_head(self, ctx, formatter, words, tail=words.text("COMMAND …"))
        rows = [(name, words.text(message)) for name, message in self.messages()]
        _write_rows(formatter, words.text("Commands:"), rows)
        _write_rows(formatter, words.text("Options:"), _option_rows(self, words))
        if ctx.parent is None:
            common = [(f"{name} {metavar}".rstrip(), words.text(help)) for name, metavar, help in OPTIONS]
            _write_rows(formatter, words.text("Options of every command, anywhere on the line:"), common)

    def messages(self) -> list[tuple[str, str]]:
        """Each command that is shown, and the message that says what it does."""
        return [(name, command.help or "") for name, command in self.commands.items() if not command.hidden]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: D102 - documented by Typer
        if args[:1] and args[0] in HELP:
            _show_page(self, ctx)
        if not [word for word in args if word != "--"]:
            raise UsageError(
                N_("A command is missing after “{path}”: {names}."), path=_path(ctx), names=", ".join(self.commands)
            )
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: D102 - documented by Typer
        if args[0] not in self.commands and not args[0].startswith("-"):
            raise unknown_command(args[0], tuple(self.commands))
        return super().resolve_command(ctx, args)


class DefaultingGroup(Group):
    """A group whose name alone is a command as well: what names none of the others goes to ``DEFAULT``."""

    DEFAULT: Final = "FILE"

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: D102 - documented by Typer
        is_named = args[:1] and args[0] != self.DEFAULT and args[0] in (*self.commands, *HELP)
        return super().parse_args(ctx, args if is_named or not args else [self.DEFAULT, *args])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: D102 - documented by Typer
        name, found, rest = super().resolve_command(ctx, args)
        return ("" if name == self.DEFAULT else name), found, rest


def new_group(*, cls: type[Group] = Group) -> typer.Typer:
    """A group to hang commands on; what it is for is said in ``tree``."""
    return typer.Typer(cls=cls, add_completion=False, rich_markup_mode=None, add_help_option=False)


def command(group: typer.Typer, name: str, help: str, *, keys: str | None = None) -> Callable[[Function], Function]:
    """Declare a command of ``group``; ``help`` and ``keys``, which names those of its object, are messages."""
    return group.command(name, help=help, epilog=keys, cls=Command, add_help_option=False)


def unknown_command(name: str, known: Sequence[str]) -> UsageError:
    """There is no such command; those that look like it are named."""
    close = difflib.get_close_matches(name, known)
    if not close:
        return UsageError(N_("There is no command “{name}” here."), name=name)
    return UsageError(
        N_("There is no command “{name}” here. Is this meant: {names}?"), name=name, names=", ".join(close)
    )


def _show_page(command: Any, ctx: Any) -> NoReturn:
    ctx.obj.answer.say(command.get_help(ctx))
    raise EndOfRun(0)


def _path(ctx: Any) -> str:
    return " ".join(ctx.command_path.split())


def _write_head(command: Any, ctx: Any, formatter: Any, words: Catalogue, *, tail: str) -> None:
    pieces = [_argument(one) for one in command.params if one.param_type_name == "argument"]
    required = [_option(one) for one in command.params if one.param_type_name == "option" and one.required]
    usage = " ".join(filter(None, [words.text("[OPTIONS]"), *required, *pieces, tail]))
    formatter.write_usage(_path(ctx), usage, prefix=words.text("Usage: "))
    formatter.write_paragraph()
    formatter.write_text(words.text(command.help or ""))


def _write_rows(formatter: Any, heading: str, rows: list[tuple[str, str]]) -> None:
    if not rows:
        return
    formatter.write_paragraph()
    formatter.write_text(heading)
    formatter.indent()
    formatter.write_dl(rows)
    formatter.dedent()


def _argument_rows(command: Any, words: Catalogue) -> list[tuple[str, str]]:
    return [(_argument(one), words.text(one.help or "")) for one in command.params if one.param_type_name == "argument"]


def _option_rows(command: Any, words: Catalogue) -> list[tuple[str, str]]:
    return [*_own_option_rows(command, words), ("-h, --help", words.text("Shows this page."))]


def _own_option_rows(command: Any, words: Catalogue) -> Iterator[tuple[str, str]]:
    for one in command.params:
        if one.param_type_name == "option" and not one.hidden:
            help = words.text(one.help or "")
            yield (
                ", ".join(one.opts) + _value(one),
                words.text("{help} (required)", help=help) if one.required else help,
            )


def _argument(parameter: Any) -> str:
    name = (parameter.metavar or parameter.name.upper()) + (_MANY if parameter.nargs == -1 else "")
    return name if parameter.required else f"[{name}]"


def _option(parameter: Any) -> str:
    return f"{parameter.opts[0]}{_value(parameter)}"


def _value(parameter: Any) -> str:
    if parameter.is_flag:
        return ""
    return f" {parameter.metavar or parameter.name.upper()}" + (_MANY if parameter.multiple else "")
