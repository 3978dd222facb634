"""Changing the person's own file: one value at a time, refused where the machine has locked it."""

import contextlib
import json
import os
import tempfile
from pathlib import Path

from cloison.settings.checks import CHECKS, Value
from cloison.settings.errors import (
    BadSettingError,
    LockedSettingError,
    NotExpectedError,
    UnknownSettingError,
    UnwritableSettingsError,
)
from cloison.settings.files import load, read_person
from cloison.settings.places import Places
from cloison.settings.values import Settings, Theme


def change(settings: Settings, person: Path, *, name: str, value: Value) -> None:
    """Write `name = value` into the person's file, keeping what else it sets; None takes the line out.

    The next `load` gives the result; a running session keeps the frozen values it started with. Comments written into
    the file by hand are not kept. Raises `LockedSettingError`, `UnknownSettingError`, `BadSettingError` or
    `UnwritableSettingsError`, and then has changed nothing.
    """
    if name not in CHECKS:
        raise UnknownSettingError(person, name)
    origin = settings.origin(name)
    if origin.locked and origin.file is not None:
        raise LockedSettingError(origin.file, name)
    values = read_person(person)
    values.pop(name, None)
    if value is not None:
        values[name] = _checked(person, name, value)
    try:
        _replace(person, "".join(f"{key} = {_toml(values[key])}\n" for key in sorted(values)))
    except OSError as error:
        raise UnwritableSettingsError(person, error.strerror or type(error).__name__) from error


def choose(where: Places, settings: Settings, *, name: str, value: Value) -> Settings:
    """As `change`, and the settings that hold from then on."""
    change(settings, where.person, name=name, value=value)
    return load(where.person, where.machine)


def _checked(person: Path, name: str, value: Value) -> Value:
    try:
        return CHECKS[name](_plain(value))
    except NotExpectedError as error:
        raise BadSettingError(person, name, error.expected) from error


def _plain(value: Value) -> str | int:
    if isinstance(value, int):
        return value
    return value.value if isinstance(value, Theme) else str(value)


def _toml(value: Value) -> str:
    plain = _plain(value)
    if isinstance(plain, bool):
        return str(plain).lower()
    if isinstance(plain, int):
        return str(plain)
    # A JSON string is a TOML basic string, but for U+007F, which TOML wants escaped.
    return json.dumps(plain, ensure_ascii=False).replace("\x7f", "\\u007f")


def _replace(file: Path, text: str) -> None:
    """Put `text` in the place of `file` in one step, so that a power cut leaves the old file or the new one."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".settings-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        Path(name).replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
