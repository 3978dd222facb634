"""The kernel's filter of system calls (Linux, seccomp mode 2): a list of what may be asked of it, and nothing else.

Installed once everything is loaded. What is not on the list fails with EPERM: the libraries then do without (a font of
the system, a name for a stretch of memory), and nothing is opened, connected or started. A call made in the manner of
another processor ends the process: its numbers would mean other things. No memory becomes program any more.

See seccomp(2), linux/filter.h, linux/audit.h.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
from dataclasses import dataclass

_PR_SET_NO_NEW_PRIVS = 38
_SET_MODE_FILTER = 1
_ALL_THREADS = 1  # SECCOMP_FILTER_FLAG_TSYNC
_KILL_PROCESS = 0x8000_0000
_REFUSE = 0x0005_0001  # SECCOMP_RET_ERRNO with EPERM
_ALLOW = 0x7FFF_0000

_LOAD = 0x20  # BPF_LD | BPF_W | BPF_ABS
_IF_EQUAL = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_IF_ANY_BIT = 0x45  # BPF_JMP | BPF_JSET | BPF_K
_RETURN = 0x06
_INSTRUCTION = struct.Struct("=HBBI")

_NUMBER, _PROCESSOR, _THIRD_ARGUMENT = 0, 4, 32  # offsets in struct seccomp_data, lower half, little-endian
_PROT_EXEC = 4


class NoSandboxError(Exception):
    """The system does not confine this process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Calls:
    """The numbers of one processor; ``mapping`` are the calls whose third argument is the protection of memory."""

    processor: int
    seccomp: int
    mapping: tuple[int, ...]
    allowed: tuple[int, ...]


# read, write, close, fstat, poll, lseek, munmap, brk, rt_sigaction, rt_sigprocmask, rt_sigreturn, readv, writev,
# sched_yield, mremap, madvise, nanosleep, alarm, setitimer, getpid, exit, gettimeofday, getrusage, sigaltstack, gettid,
# time, futex, sched_getaffinity, restart_syscall, clock_gettime, clock_getres, clock_nanosleep, exit_group, getrandom
_X86_64 = _Calls(
    processor=0xC000_003E,
    seccomp=317,
    mapping=(9, 10),
    allowed=(
        *(0, 1, 3, 5, 7, 8, 11, 12, 13, 14, 15, 19, 20, 24, 25, 28, 35, 37, 38, 39, 60, 96, 98, 131, 186, 201, 202),
        *(204, 219, 228, 229, 230, 231, 318),
    ),
)
# The same, without poll, alarm and time, which this processor does not have.
_AARCH64 = _Calls(
    processor=0xC000_00B7,
    seccomp=277,
    mapping=(222, 226),
    allowed=(
        *(63, 64, 57, 80, 62, 215, 214, 134, 135, 139, 65, 66, 124, 216, 233, 101, 103, 172, 93, 169, 165, 132, 178),
        *(98, 123, 128, 113, 114, 115, 94, 278),
    ),
)
_PROCESSORS = {"x86_64": _X86_64, "aarch64": _AARCH64}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def forbid_all_but_computing() -> None:
    """From here on the list holds, for every thread; raises ``NoSandboxError`` where the system has no such filter."""
    calls = _PROCESSORS.get(platform.machine())
    if calls is None:
        raise NoSandboxError(platform.machine())
    instructions = _instructions(calls)
    program = _Program(len(instructions) // _INSTRUCTION.size, instructions)
    system = ctypes.CDLL(None, use_errno=True)
    if system.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise NoSandboxError(os.strerror(ctypes.get_errno()))
    if system.syscall(calls.seccomp, _SET_MODE_FILTER, _ALL_THREADS, ctypes.byref(program)) != 0:
        raise NoSandboxError(os.strerror(ctypes.get_errno()))


def _instructions(calls: _Calls) -> bytes:
    """The processor first, then one comparison for each call that is allowed, whatever its arguments or not."""
    steps = [
        (_LOAD, 0, 0, _PROCESSOR),
        (_IF_EQUAL, 1, 0, calls.processor),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_LOAD, 0, 0, _NUMBER),
    ]
    for number in calls.allowed:
        steps += [(_IF_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ALLOW)]
    for number in calls.mapping:
        steps += [
            (_IF_EQUAL, 0, 4, number),
            (_LOAD, 0, 0, _THIRD_ARGUMENT),
            (_IF_ANY_BIT, 1, 0, _PROT_EXEC),
            (_RETURN, 0, 0, _ALLOW),
            (_RETURN, 0, 0, _REFUSE),
        ]
    steps.append((_RETURN, 0, 0, _REFUSE))
    return b"".join(_INSTRUCTION.pack(*step) for step in steps)
