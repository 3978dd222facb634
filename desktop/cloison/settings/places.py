"""Where the real files are on this machine; everything else is handed its paths as arguments."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The person's file, the machine's file, and the folder new vaults are proposed in."""

    person: Path
    machine: Path
    vaults: Path


def places() -> Places:
    """The places of this system; nothing is created."""
    return Places(
        person=platformdirs.user_config_path("cloison", appauthor=False) / "settings.toml",
        machine=machine_file(sys.platform, program_data=os.environ.get("PROGRAMDATA")),
        vaults=platformdirs.user_documents_path(),
    )


def machine_file(platform: str, *, program_data: str | None) -> Path:
    """The machine's file for a `sys.platform`; `program_data` is Windows' own folder for it."""
    if platform == "win32":
        return Path(program_data or "C:/ProgramData") / "Cloison" / "settings.toml"
    if platform == "darwin":
        return Path("/Library/Application Support/Cloison/settings.toml")
    return Path("/etc/cloison/settings.toml")
