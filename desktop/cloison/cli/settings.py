"""``settings``: effective values and where each comes from, and checking a machine's file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.exits import Exit
from cloison.cli.help import command, new_group
from cloison.settings.errors import SettingsError
from cloison.settings.files import check_machine_file
from cloison.settings.values import NAMES, Settings, Source, Theme
from cloison.wording.catalogue import N_

settings = new_group()

_SOURCES: Final[dict[Source, str]] = {
    Source.DEFAULT: N_("as shipped"),
    Source.PERSON: N_("your file"),
    Source.MACHINE: N_("the machine’s file"),
}


@command(settings, "show", N_("Shows each setting, its value and where it comes from."))
def show(context: typer.Context) -> None:
    """Show the settings."""
    call = call_of(context)
    words, held = call.words, call.settings
    call.answer.table(
        (
            words.text_in("column", "Setting"),
            words.text_in("column", "Value"),
            words.text_in("column", "Comes from"),
            words.text_in("column", "File"),
        ),
        [(name, _text(held, name), _source(call, name), str(held.origin(name).file or "")) for name in NAMES],
    )
    call.answer.give(settings=[_object(held, name) for name in NAMES])


@command(settings, "check", N_("Says whether a machine’s settings file is sound."))
def check(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The file, before it is put in its place."))],
) -> int:
    """Check a machine's settings file."""
    from cloison.cli.inputs import existing_file

    call = call_of(context)
    try:
        check_machine_file(existing_file(file))
    except SettingsError as error:
        from cloison.wording.errors import sentence_for

        sentence = sentence_for(error, call.words) or ""
        call.answer.say(sentence)
        call.answer.give(ok=False, errors=[sentence])
        return Exit.INVALID
    call.answer.say(call.words.text("The settings file is sound."))
    call.answer.give(ok=True, errors=[])
    return Exit.DONE


def _source(call: Call, name: str) -> str:
    origin = call.settings.origin(name)
    source = call.words.text(_SOURCES[origin.source])
    return call.words.text("{source}, locked", source=source) if origin.locked else source


def _value(held: Settings, name: str) -> str | int | None:
    value = getattr(held, name)
    if isinstance(value, Theme):
        return value.value
    return value if isinstance(value, int) or value is None else str(value)


def _text(held: Settings, name: str) -> str:
    value = _value(held, name)
    if isinstance(value, bool):
        return str(value).lower()  # As it is written in a settings file.
    return str(value or "")


def _object(held: Settings, name: str) -> Json:
    origin = held.origin(name)
    return {
        "name": name,
        "value": _value(held, name),
        "source": origin.source.value,
        "file": None if origin.file is None else str(origin.file),
        "locked": origin.locked,
    }
