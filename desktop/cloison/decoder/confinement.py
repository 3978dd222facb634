"""What the process may still do once its modules are loaded: compute for a while, and write to the open pipe.

Linux: it dies with the session, leaves no image of its memory, opens no file and no socket, writes no file, starts no
process, and is ended by the system when it takes too much memory, processor time or time; twice, by limits and by a
filter of system calls (see ``seccomp``). macOS: no file, no process and no more time, not tried yet. Windows: only the
time; a job object is not built yet. There, nothing but pictures for a note is decoded.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading

from cloison.decoder.seccomp import forbid_all_but_computing

if sys.platform != "win32":
    import resource

MEMORY = 1 << 30  # bytes of addresses: the interpreter, and four copies of the largest picture that is taken
PROCESSOR_SECONDS = 8
SECONDS = 20

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4

_Limits = tuple[tuple[int, int], ...]
LIMITS: _Limits = ()
if sys.platform != "win32":
    LIMITS = (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 0),  # a new descriptor would be number 0 or more
    )
if sys.platform == "linux":
    LIMITS = (*LIMITS, (resource.RLIMIT_DATA, MEMORY), (resource.RLIMIT_AS, MEMORY))

PAGE_PROCESSOR_SECONDS = 120  # for all the pages that somebody turns; then another process goes on
PAGE_LIMITS: _Limits = LIMITS
"""PDFium lays claim to 32 GiB of addresses and uses few of them: what it writes to is counted, not what it names."""
if sys.platform == "linux":
    _OTHERWISE = {resource.RLIMIT_AS: resource.RLIM_INFINITY, resource.RLIMIT_CPU: PAGE_PROCESSOR_SECONDS}
    PAGE_LIMITS = tuple((limit, _OTHERWISE.get(limit, most)) for limit, most in LIMITS)


def confine(parent: int, limits: _Limits = LIMITS) -> None:
    """From here on nothing but standard input and output; ends the process at once if ``parent`` is gone already."""
    if sys.platform == "win32":
        watch = threading.Timer(SECONDS, os._exit, (1,))
        watch.daemon = True
        watch.start()
        return
    signal.alarm(SECONDS)
    if sys.platform == "linux":
        _die_with(parent)
    for limit, most in limits:
        _, hard = resource.getrlimit(limit)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)  # nobody may raise what is lower already
        resource.setrlimit(limit, (bound, bound))
    if sys.platform == "linux":
        forbid_all_but_computing()


def _die_with(parent: int) -> None:
    system = ctypes.CDLL(None, use_errno=True)
    for option, value in ((_PR_SET_PDEATHSIG, signal.SIGKILL), (_PR_SET_DUMPABLE, 0)):
        if system.prctl(option, value, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")
    if os.getppid() != parent:
        os._exit(1)
