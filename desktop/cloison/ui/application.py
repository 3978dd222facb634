"""The session process: shows the unlock screen, holds the keys, shows text, and ends to lock.

Started by the supervisor, of which it knows the exit code ``LOCKED`` and nothing else. An argument is the folder of the
vault to open in place of the one in the settings.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from cloison import supervisor
from cloison.settings.errors import SettingsError
from cloison.settings.files import load
from cloison.settings.places import Places, places
from cloison.settings.values import Settings
from cloison.ui.causes.causes import causes_of_this_system
from cloison.ui.clipboard import OutThere
from cloison.ui.collecting import Collecting
from cloison.ui.constants import hold_constants
from cloison.ui.kit import Kit
from cloison.ui.pick import keep_no_history
from cloison.ui.process import SessionProcess
from cloison.ui.tasks import TaskRunner
from cloison.ui.theme import Theme
from cloison.wording.catalogue import Catalogue


def main(arguments: Sequence[str]) -> int:
    """Run the session process; its exit code, where it is not ended at once."""
    hold_constants()
    supervisor.refuse_dumps()
    application = QApplication(["cloison"])
    application.setApplicationName("Cloison")
    # Closing a window saves the draft first; the process is ended then.
    application.setQuitOnLastWindowClosed(False)
    keep_no_history()
    Collecting(application)
    process = start(application, places(), vault=Path(arguments[0]) if arguments else None)
    process.show()
    return application.exec()


def start(application: QApplication, where: Places, *, vault: Path | None) -> SessionProcess:
    """The session on ``application``, not shown yet; the settings decide language, look and vault."""
    settings, fault = _settings(where)
    speak_qt(application, settings.language)
    kit = Kit(
        words=Catalogue.load(settings.language),
        theme=Theme(application, settings.theme.value),
        runner=TaskRunner(application),
        settings=settings,
        clock=lambda: datetime.now(UTC),
        randomness=os.urandom,
    )
    return SessionProcess(
        kit,
        where,
        vault=vault or settings.vault,
        fault=fault,
        causes=causes_of_this_system(application),
        clipboard_held=tell_clipboard,
        parent=application,
    )


def tell_clipboard(what: OutThere) -> None:
    """Tell the supervisor whether something copied here is on the clipboard."""
    tell = supervisor.clipboard_is_held if what is OutThere.OURS else supervisor.clipboard_is_free
    tell()


def speak_qt(application: QApplication, language: str) -> None:
    """Qt's own buttons and dialogs in ``language``; they are English by themselves."""
    translator = QTranslator(application)
    if translator.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)


def _settings(where: Places) -> tuple[Settings, SettingsError | None]:
    try:
        return load(where.person, where.machine), None
    except SettingsError as error:
        return Settings(), error
