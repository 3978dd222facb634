"""Reading the two TOML files into one `Settings`."""

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cloison.settings.checks import CHECKS, Value
from cloison.settings.errors import (
    BadSettingError,
    Expected,
    Kind,
    NotExpectedError,
    UnknownSettingError,
    UnreadableSettingsError,
)
from cloison.settings.values import Origin, Settings, Source

LARGEST_FILE = 64 * 1024
LOCKED = "locked"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layer:
    values: dict[str, Value]
    origin: Origin


def load(person: Path, machine: Path) -> Settings:
    """The effective settings; a file that does not exist sets nothing.

    Raises a `SettingsError` that names the file and, where one is at fault, the key.
    """
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    for layer in (_person_layer(person), *_machine_layers(machine)):
        values |= layer.values
        origins |= dict.fromkeys(layer.values, layer.origin)
    return replace(Settings(), **values, origins=MappingProxyType(origins))


def check_machine_file(machine: Path) -> None:
    """Raise the `SettingsError` that `load` would raise for this machine's file, which must exist."""
    if not machine.exists():
        raise UnreadableSettingsError(machine, "No such file or directory")
    _machine_layers(machine)


def read_person(person: Path) -> dict[str, Value]:
    """What a person's file sets, checked, by name."""
    return _person_layer(person).values


def _person_layer(file: Path) -> _Layer:
    return _Layer(values=_checked(_read(file), file), origin=Origin(source=Source.PERSON, file=file))


def _machine_layers(file: Path) -> tuple[_Layer, _Layer]:
    table = _read(file)
    locked = table.pop(LOCKED, {})
    if not isinstance(locked, dict):
        raise BadSettingError(file, LOCKED, Expected(kind=Kind.TABLE))
    free_origin = Origin(source=Source.MACHINE, file=file)
    return (
        _Layer(values=_checked(table, file), origin=free_origin),
        _Layer(values=_checked(locked, file, prefix=f"{LOCKED}."), origin=replace(free_origin, locked=True)),
    )


def _read(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UnreadableSettingsError(file, error.strerror or type(error).__name__) from error
    if len(content) > LARGEST_FILE:
        raise UnreadableSettingsError(file, f"larger than {LARGEST_FILE} bytes")
    try:
        return tomllib.loads(content.decode("utf-8"))
    except ValueError as error:
        raise UnreadableSettingsError(file, str(error)) from error


def _checked(table: dict[str, Any], file: Path, *, prefix: str = "") -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name, value in table.items():
        if name not in CHECKS:
            raise UnknownSettingError(file, prefix + name)
        try:
            values[name] = CHECKS[name](value)
        except NotExpectedError as error:
            raise BadSettingError(file, prefix + name, error.expected) from error
    return values
