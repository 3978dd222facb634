"""Hatchling's build hook: compiles the message catalogues for the wheel, or into the tree for an editable install."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TRANSLATIONS = Path("resources", "cloison_resources", "translations")
LANGUAGES = ("fr", "en")


def po_file(root: Path, language: str) -> Path:
    """The catalogue that people write for `language`."""
    return root / TRANSLATIONS / language / "LC_MESSAGES" / "cloison.po"


def compile_catalogues(root: Path) -> None:
    """Write each `cloison.mo` beside its `cloison.po`, the same bytes on every machine and day."""
    for language in LANGUAGES:
        source = po_file(root, language)
        with source.open("rb") as opened:
            catalogue = read_po(opened, locale=language, abort_invalid=True)
        # Babel writes the time of day into the header of what it compiles.
        catalogue.creation_date = catalogue.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
        with source.with_suffix(".mo").open("wb") as opened:
            write_mo(opened, catalogue)


def stale_catalogues(root: Path) -> bool:
    """Whether a compiled catalogue is missing or older than what it is compiled from."""
    sources = [po_file(root, language) for language in LANGUAGES]
    return any(
        not source.with_suffix(".mo").exists() or source.with_suffix(".mo").stat().st_mtime < source.stat().st_mtime
        for source in sources
    )


class CatalogueHook(BuildHookInterface[Any]):
    """Called by hatchling before it gathers files; the wheel takes the results through `artifacts`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before anything is gathered."""
        compile_catalogues(Path(self.root))
