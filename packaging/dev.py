"""One command for whoever works on Cloison: sets the tree up, then runs it, tests it or builds it.

This door is written so that any Python since 2.7 can read it and say what is missing; the verbs are in verbs.py.
"""

import sys

if sys.version_info < (3, 11) or sys.version_info >= (3, 15):
    sys.stderr.write(
        "Cloison needs Python 3.11 to 3.14 and this is Python %d.%d: run the same line with one of those.\n"  # noqa: UP031 - old Pythons read this
        % sys.version_info[:2]
    )
    sys.exit(2)

from verbs import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
