"""Where the program starts: the window's supervisor, a session process, or the command line.

A vault's folder alone opens the window on it; a file alone is handed to the window. Each is imported only when it is
the one wanted: the window does not wait for the command line's libraries, nor the command line for Qt.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from cloison import supervisor

SESSION = "--session"
VAULT_HEADER = "header.json"
TAKEN_WITHIN_SECONDS = 1.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given:
        return supervisor.keep_session([])
    if given[0] == SESSION:
        return _session(given[1:])
    if given == [supervisor.SWEEP]:
        return _sweep()
    if len(given) == 1 and (Path(given[0]) / VAULT_HEADER).is_file():
        return supervisor.keep_session([str(Path(given[0]).absolute())])
    vault = _vault_of_the_window() if len(given) == 1 and Path(given[0]).is_file() else None
    if vault is not None:
        return _open_file(Path(given[0]), vault)
    from cloison.cli.app import main as command_line

    return command_line(given)


def _vault_of_the_window() -> Path | None:
    """The vault the window opens; None where there is none, or where a settings file is wrong (both faces say so)."""
    from cloison.settings.errors import SettingsError
    from cloison.settings.files import load
    from cloison.settings.places import places

    try:
        return load(places().person, places().machine).vault
    except SettingsError:
        return None


def _open_file(file: Path, vault: Path) -> int:
    """Hand a file to the running session, or to the one we start when none takes it."""
    note = supervisor.hand_over(vault / "inbox", file)
    if supervisor.was_taken(note, seconds=TAKEN_WITHIN_SECONDS):
        return 0
    return supervisor.keep_session([])


def _session(given: list[str]) -> int:
    """The session process: `--session PID …`, where PID is the supervisor it dies with."""
    supervisor.die_with_supervisor(int(given[0]))
    from cloison.ui.application import main as window

    return window(given[1:])


def _sweep() -> int:
    """The process that clears the clipboard after a session."""
    from cloison.ui.sweeping import main as sweep

    return sweep()


if __name__ == "__main__":
    sys.exit(main())
