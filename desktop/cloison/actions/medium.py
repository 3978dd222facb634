"""The medium a folder lies on, where it is one that can be taken out.

Linux says so in two places: the table of mounts, and one file for each block device. A USB disk claims to be fixed, so
what is mounted where desktops mount media counts too. Elsewhere nothing is known, and nothing is claimed.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MOUNTS: Final = Path("/proc/self/mounts")
DEVICES: Final = Path("/sys/class/block")
_MEDIA: Final = (Path("/media"), Path("/run/media"))
_ESCAPED: Final = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """A medium that can be taken out: what it is to the system, and where it is mounted."""

    device: str
    place: Path


def medium_of(folder: Path, *, mounts: Path = MOUNTS, devices: Path = DEVICES) -> Medium | None:
    """The removable medium ``folder`` lies on; None where it lies on none, or where that cannot be told."""
    with suppress(OSError):
        resolved = folder.resolve()
        found = [one for one in _mounted(mounts) if resolved.is_relative_to(one.place)]
        # Of two mounts on one place, the later one hides the earlier.
        deepest = max(enumerate(found), key=lambda pair: (len(pair[1].place.parts), pair[0]))[1] if found else None
        if deepest is not None and _is_removable(deepest, devices):
            return deepest
    return None


def _mounted(mounts: Path) -> list[Medium]:
    lines = (line.split(" ") for line in mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines())
    return [Medium(device=_plain(line[0]), place=Path(_plain(line[1]))) for line in lines if len(line) > 1]


def _plain(field: str) -> str:
    """A field of the table, whose blanks are written as ``\\040``."""
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 8)), field)


def _is_removable(medium: Medium, devices: Path) -> bool:
    if any(medium.place.is_relative_to(one) for one in _MEDIA):
        return True
    block = (devices / Path(medium.device).name).resolve()
    # A partition has its folder inside that of its disk, which is where the answer stands.
    return any((one / "removable").is_file() and _says_yes(one / "removable") for one in (block, block.parent))


def _says_yes(file: Path) -> bool:
    return file.read_text(encoding="ascii").strip() == "1"
