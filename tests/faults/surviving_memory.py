"""Locks and panics with anything open, and searches the memory of every process that remains.

For each thing that may stand in the way, and for the lock and the panic: a word nobody has ever written is typed into a
note, the session ends, and supervisor, new session, D-Bus and accessibility daemons must hold neither that word nor the
passphrase nor a key. The session itself must hold them before, and an assistive technology must have read the word:
otherwise the search proves nothing. Root alone may look into a session. `--short` tries two of each. Ends with a line
of JSON; status 1 where anything was found.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

import in_the_way
import real_window
import surviving
from office import found_office

SHORT = ("file_dialog", "drag")


def main() -> int:
    """Try everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    situations = SHORT if parser.parse_args().short else tuple(in_the_way.SITUATIONS)
    with tempfile.TemporaryDirectory() as folder, real_window.display() as display:
        office = found_office(Path(folder))
        with surviving.accessible_window(display, office, Path(folder) / "home") as (program, reader):
            tried = {
                f"{chord} with {situation}": surviving.search_after(
                    program, reader, office, chord=chord, situation=situation
                )
                for situation in situations
                for chord in (surviving.LOCK, surviving.PANIC)
            }
    found = {name: sorted(one.after) for name, one in tried.items() if one.after}
    unproven = [name for name, one in tried.items() if not {"text", "key"} <= one.before or not one.is_read_out]
    sys.stdout.write(json.dumps({"tried": len(tried), "found": found, "unproven": unproven}) + "\n")
    return 1 if found or unproven else 0


if __name__ == "__main__":
    sys.exit(main())
