"""A picture of every flow, in both languages and both palettes, taken from the real window on a demo vault offscreen.

pictures.py DIR writes ``flow-lang-theme.png`` for each and an ``index.html`` that shows them side by side.
"""

import os
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from cloison.actions.demo import DemoReport, demonstrate
from cloison.actions.demo_people import Surroundings
from cloison.settings.files import load
from cloison.settings.places import Places
from cloison.settings.values import Settings
from cloison.ui.application import speak_qt
from cloison.ui.collecting import Collecting
from cloison.ui.constants import hold_constants
from cloison.ui.kit import Kit
from cloison.ui.tasks import TaskRunner
from cloison.ui.theme import Theme
from cloison.wording.catalogue import LANGUAGES, Catalogue
from cloison.wording.paper import paper_words
from cloison_crypto.argon2 import LOWEST
from picture_flows import Scene, Vaults, authority_flows, officer_flows, reader_flows, start_flows
from picture_stage import Stage

THEMES = ("light", "dark")
MORNING = datetime(2026, 11, 22, 9, 2, tzinfo=UTC)
DEMO = "demo"


def take_pictures(folder: Path) -> list[Path]:
    """Every picture into ``folder``, which is made where it is not there; the pictures, in the order of the flows."""
    hold_constants()
    application = QApplication(["cloison"])
    application.setQuitOnLastWindowClosed(False)
    Collecting(application)
    theme = Theme(application, THEMES[0])
    folder.mkdir(parents=True, exist_ok=True)
    taken: list[Path] = []
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        report = _demo(work / DEMO)
        for language in LANGUAGES:
            speak_qt(application, language)
            for palette in THEMES:
                theme.choose(palette)
                place = work / f"{language}-{palette}"
                shutil.copytree(work / DEMO, place / DEMO)
                scene = _scene(application, theme, language, place, report, work / DEMO)
                stage = Stage(application, scene.kit, folder, suffix=f"{language}-{palette}")
                for flow in (start_flows, officer_flows, reader_flows, authority_flows):
                    flow(stage, scene)
                taken += stage.taken
                scene.kit.runner.close()
    (folder / "index.html").write_text(_index(taken), encoding="utf-8")
    return taken


def _demo(folder: Path) -> DemoReport:
    around = Surroundings(
        cost=LOWEST, settings=Settings(), clock=lambda: MORNING, randomness=os.urandom, words_for=paper_words
    )
    return demonstrate(folder, around, real_text=None)


def _scene(
    application: QApplication, theme: Theme, language: str, place: Path, report: DemoReport, demo: Path
) -> Scene:
    medium = place / "support"
    medium.mkdir()
    where = Places(person=place / "settings.toml", machine=place / "machine.toml", vaults=place)
    where.person.write_text(f"language = '{language}'\n", encoding="utf-8")
    where.machine.write_text("[locked]\nclipboard_seconds = 10\n", encoding="utf-8")
    kit = Kit(
        words=Catalogue.load(language),
        theme=theme,
        runner=TaskRunner(application),
        settings=load(where.person, where.machine),
        clock=lambda: MORNING,
        randomness=os.urandom,
    )
    authority, officer, _, reader, stranger = report.vaults
    return Scene(
        kit=kit,
        places=where,
        medium=medium,
        vaults=Vaults(
            officer=place / DEMO / officer.path.relative_to(demo),
            officer_passphrase=officer.passphrase,
            reader=place / DEMO / reader.path.relative_to(demo),
            reader_passphrase=reader.passphrase,
            reader_name=reader.name,
            authority=place / DEMO / authority.path.relative_to(demo),
            authority_passphrase=authority.passphrase,
            stranger=place / DEMO / stranger.path.relative_to(demo),
            stranger_passphrase=stranger.passphrase,
        ),
    )


def _index(taken: list[Path]) -> str:
    """One row per flow, one column per language and palette."""
    names = [one.stem for one in taken]
    columns = [f"{language}-{palette}" for language in LANGUAGES for palette in THEMES]
    flows = list(
        dict.fromkeys(name.removesuffix(f"-{column}") for name in names for column in columns if name.endswith(column))
    )
    rows = (f"<tr><th>{flow}</th>{''.join(_cell(f'{flow}-{one}.png') for one in columns)}</tr>" for flow in flows)
    head = "".join(f"<th>{one}</th>" for one in columns)
    return (
        '<!doctype html><meta charset="utf-8"><title>Cloison</title>'
        f"<table><tr><th></th>{head}</tr>{''.join(rows)}</table>\n"
    )


def _cell(file: str) -> str:
    return f'<td><a href="{file}"><img src="{file}" width="480" alt="{file}"></a></td>'


def main(arguments: list[str]) -> int:
    """Take them; 2 without a folder."""
    if len(arguments) != 1:
        print("pictures.py DIR", file=sys.stderr)
        return 2
    folder = Path(arguments[0]).absolute()
    taken = take_pictures(folder)
    print(f"{len(taken)} pictures are in {folder}; index.html shows them together.", flush=True)
    # The lanes are daemons: nothing waits for them.
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
