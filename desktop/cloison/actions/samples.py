"""The sample dossier as it lies in the resources, read into plain values."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import PurePath


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePerson:
    """Somebody of the dossier; ``need_to_know`` names compartments."""

    name: str
    clearance: str
    nationality: str
    need_to_know: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCompartment:
    """A compartment of the dossier."""

    name: str
    need_to_know: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleNote:
    """A note of the dossier: its file, where it is kept, to whom it is sealed, for whom it is printed."""

    content: bytes
    extension: str
    compartment: str
    to: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The whole sample dossier."""

    authority: str
    author: SamplePerson
    readers: tuple[SamplePerson, ...]
    compartments: tuple[SampleCompartment, ...]
    notes: tuple[SampleNote, ...]


def sample_dossier() -> Dossier:
    """The dossier that is shipped."""
    folder = resources.files("cloison_resources") / "samples"
    index = tomllib.loads((folder / "dossier.toml").read_text(encoding="utf-8"))
    return Dossier(
        authority=index["authority"]["name"],
        author=_person(index["author"]),
        readers=tuple(_person(one) for one in index["reader"]),
        compartments=tuple(SampleCompartment(**one) for one in index["compartment"]),
        notes=tuple(_note(folder, one) for one in index["note"]),
    )


def _person(entry: dict[str, str | list[str]]) -> SamplePerson:
    return SamplePerson(
        name=str(entry["name"]),
        clearance=str(entry["clearance"]),
        nationality=str(entry["nationality"]),
        need_to_know=tuple(entry.get("need_to_know", ())),
    )


def _note(folder: Traversable, entry: dict[str, str | list[str]]) -> SampleNote:
    name = str(entry["file"])
    return SampleNote(
        content=(folder / name).read_bytes(),
        extension=PurePath(name).suffix,
        compartment=str(entry["compartment"]),
        to=tuple(entry.get("to", ())),
        holders=tuple(entry.get("holders", ())),
    )
