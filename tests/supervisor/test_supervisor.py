"""Real processes: a lock starts a fresh session, any other end is the end, and no session outlives its supervisor."""

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from cloison import supervisor
from cloison.supervisor import LOCKED, hand_over, keep, keep_session, session_command, take, was_taken

SCRIPT_HEAD = "import os, sys, time, signal\nfrom pathlib import Path\nfrom cloison import supervisor\n"


def python(code: str, *arguments: object) -> list[str]:
    return [sys.executable, "-c", SCRIPT_HEAD + code, *map(str, arguments)]


def wait_for(path: Path, seconds: float = 20) -> str:
    until = time.monotonic() + seconds
    while not path.exists() or not path.read_text(encoding="utf-8"):
        assert time.monotonic() < until, f"{path.name} was never written"
        time.sleep(0.01)
    return path.read_text(encoding="utf-8")


def is_gone_within(pid: int, seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        # Init may be slow to reap an orphan; a zombie has ended all the same.
        if "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text(encoding="ascii"):
            return True
        time.sleep(0.01)
    return False


def test_a_locked_session_is_followed_by_a_fresh_one(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("", encoding="ascii")
    session = python(
        "log = Path(sys.argv[1])\nlog.write_text(log.read_text() + f'{os.getpid()} ')\n"
        "sys.exit(supervisor.LOCKED if len(log.read_text().split()) < 3 else 0)",
        log,
    )

    code = keep(session)

    assert code == 0
    assert len(set(log.read_text(encoding="ascii").split())) == 3


@pytest.mark.parametrize("ending", [0, 1, 2, 74, 76])
def test_another_exit_code_ends_the_application_with_it(ending: int) -> None:
    assert keep(python(f"sys.exit({ending})")) == ending


def test_a_session_killed_by_a_signal_is_not_started_again() -> None:
    assert keep(python("os.kill(os.getpid(), signal.SIGKILL)")) == 128 + signal.SIGKILL


def test_a_session_that_only_ever_locks_is_given_up() -> None:
    assert keep(python(f"sys.exit({LOCKED})"), clock=lambda: 0.0) == 1


def test_slow_locks_are_never_given_up(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("", encoding="ascii")
    ticks = iter(range(0, 1000, 10))
    session = python(
        "log = Path(sys.argv[1])\nlog.write_text(log.read_text() + 'x')\n"
        "sys.exit(supervisor.LOCKED if len(log.read_text()) < 7 else 3)",
        log,
    )

    assert keep(session, clock=lambda: float(next(ticks))) == 3


@pytest.mark.parametrize(
    ("told", "swept"),
    [
        ("supervisor.clipboard_is_held()", 1),
        ("supervisor.clipboard_is_held()\nsupervisor.clipboard_is_free()", 0),
        ("print('said by somebody', flush=True)\nsupervisor.clipboard_is_held()\nprint('and more', flush=True)", 1),
        ("", 0),
    ],
    ids=["held", "held and free again", "held, amid what somebody prints", "nothing was copied"],
)
def test_the_clipboard_is_cleared_after_a_session_that_died_with_something_on_it(told: str, swept: int) -> None:
    sweeps: list[int] = []

    keep(python(f"{told}\nos.kill(os.getpid(), signal.SIGKILL)"), sweep=lambda: sweeps.append(1))

    assert len(sweeps) == swept


def test_a_session_that_nobody_listens_to_tells_nothing() -> None:
    seen = subprocess.run(python("supervisor.clipboard_is_held()"), capture_output=True, check=True)

    assert (seen.stdout, seen.stderr) == (b"", b"")


def test_the_session_is_our_own_interpreter_and_module(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def ask(command: list[str]) -> int:
        asked.append(command)
        return 0

    monkeypatch.setattr(supervisor, "keep", ask)

    keep_session(["--vault", "x"])

    assert asked == [[sys.executable, "-m", "cloison", "--session", str(os.getpid()), "--vault", "x"]]
    assert asked[0] == session_command(["--vault", "x"])


def test_a_session_does_not_outlive_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    session = (
        "supervisor.die_with_supervisor(int(sys.argv[1]))\n"
        "Path(sys.argv[2]).write_text(str(os.getpid()))\ntime.sleep(60)"
    )
    keeper_code = f"supervisor.keep([sys.executable, '-c', {SCRIPT_HEAD + session!r}, str(os.getpid()), sys.argv[1]])"
    keeper = subprocess.Popen(python(keeper_code, pid_file))
    pid = int(wait_for(pid_file))

    keeper.kill()
    keeper.wait()

    assert is_gone_within(pid)


def test_a_session_whose_supervisor_is_already_gone_ends_at_once() -> None:
    session = python("supervisor.die_with_supervisor(1 << 30)\nprint('still here')")

    ended = subprocess.run(session, capture_output=True, text=True, check=False, timeout=30)

    assert (ended.returncode, ended.stdout) == (1, "")


def test_a_session_that_watches_the_pipe_ends_when_it_closes() -> None:
    session = subprocess.Popen(python("supervisor.end_when_closed(0)"), stdin=subprocess.PIPE)
    assert session.stdin is not None
    session.stdin.write(b"words on the pipe are not its end")
    session.stdin.flush()
    before = session.poll()

    session.stdin.close()

    assert (before, session.wait(timeout=30)) == (None, 1)


def test_what_comes_down_the_pipe_does_not_end_the_session_but_its_closing_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ended: list[int] = []
    monkeypatch.setattr("cloison.supervisor.os._exit", ended.append)
    reading, writing = os.pipe()
    os.write(writing, b"xx")
    os.close(writing)

    supervisor.end_when_closed(reading)
    os.close(reading)

    assert ended == [1]


def test_without_pdeathsig_the_pipe_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    watched: list[int] = []
    monkeypatch.setattr("cloison.supervisor.sys.platform", "darwin")
    monkeypatch.setattr(supervisor, "end_when_closed", watched.append)

    supervisor.die_with_supervisor(os.getppid())

    assert watched == [0]


def test_a_refused_prctl_is_an_error_and_not_a_session_that_may_outlive_us(monkeypatch: pytest.MonkeyPatch) -> None:
    refusing = SimpleNamespace(prctl=lambda *arguments: -1)
    monkeypatch.setattr("cloison.supervisor.ctypes.CDLL", lambda name, use_errno: refusing)

    with pytest.raises(OSError, match="PDEATHSIG"):
        supervisor.die_with_supervisor(os.getppid())


def test_a_signal_to_end_is_passed_on_to_the_session(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    session = (
        "signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(7))\n"
        "Path(sys.argv[1]).write_text('ready')\ntime.sleep(60)"
    )
    keeper = subprocess.Popen(
        python(f"sys.exit(supervisor.keep([sys.executable, '-c', {SCRIPT_HEAD + session!r}, sys.argv[1]]))", ready)
    )
    wait_for(ready)

    keeper.terminate()

    assert keeper.wait(timeout=30) == 7


def test_the_supervisors_own_signal_handlers_come_back(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    before = signal.getsignal(signal.SIGTERM)

    def end_us_once_it_runs() -> None:
        wait_for(ready)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=end_us_once_it_runs).start()

    code = keep(python("Path(sys.argv[1]).write_text('ready')\ntime.sleep(60)", ready))

    assert code == 128 + signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) is before


def test_handed_over_paths_are_taken_once_and_in_order(tmp_path: Path) -> None:
    names = ["b.pli", "a.pli", "l'été à 2.pli"]
    for name in names:
        hand_over(tmp_path / "inbox", tmp_path / name)

    first = take(tmp_path / "inbox")

    assert first == tuple(tmp_path / name for name in names)
    assert take(tmp_path / "inbox") == ()
    assert list((tmp_path / "inbox").iterdir()) == []


def test_a_relative_path_is_handed_over_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    hand_over(tmp_path / "inbox", Path("a.pli"))

    assert take(tmp_path / "inbox") == (tmp_path / "a.pli",)


def test_a_name_that_is_no_unicode_survives(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.pli"))

    hand_over(tmp_path / "inbox", path)

    assert take(tmp_path / "inbox") == (path,)


def test_only_the_owner_may_read_what_was_handed_over(tmp_path: Path) -> None:
    note = hand_over(tmp_path / "inbox", tmp_path / "a.pli")

    assert stat.S_IMODE(note.stat().st_mode) == 0o600
    assert stat.S_IMODE(note.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "content", [b"", b"a.pli", b"../a.pli", b"/a\0b"], ids=["empty", "relative", "above", "zero byte"]
)
def test_what_is_not_a_whole_path_is_dropped(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "1.handed").write_bytes(content)

    assert take(tmp_path) == ()
    assert list(tmp_path.iterdir()) == []


def test_a_half_written_note_is_not_seen(tmp_path: Path) -> None:
    (tmp_path / ".1").write_bytes(b"/a")

    assert take(tmp_path) == ()


def test_a_folder_named_like_a_note_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "1.handed").mkdir()
    note = hand_over(tmp_path, tmp_path / "a.pli")

    assert take(tmp_path) == (tmp_path / "a.pli",)
    assert not note.exists()


def test_a_missing_inbox_holds_nothing(tmp_path: Path) -> None:
    assert take(tmp_path / "none") == ()


def test_a_note_that_a_session_takes_is_taken(tmp_path: Path) -> None:
    note = hand_over(tmp_path, tmp_path / "a.pli")
    taker = subprocess.Popen(python("time.sleep(0.1)\nsupervisor.take(Path(sys.argv[1]))", tmp_path))

    assert was_taken(note, seconds=30)
    taker.wait()


def test_a_note_that_nobody_takes_is_not_taken(tmp_path: Path) -> None:
    assert not was_taken(hand_over(tmp_path, tmp_path / "a.pli"), seconds=0.05)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no core files on Windows")
def test_a_session_leaves_no_core_file() -> None:
    code = "from cloison import supervisor; import resource; supervisor.refuse_dumps(); "
    shown = "print(resource.getrlimit(resource.RLIMIT_CORE))"

    seen = subprocess.run([sys.executable, "-c", code + shown], capture_output=True, text=True, check=True)

    assert seen.stdout == "(0, 0)\n"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process say so")
def test_a_session_cannot_be_read_by_other_processes() -> None:
    code = "from cloison import supervisor; import ctypes; supervisor.refuse_dumps(); "
    shown = "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"

    seen = subprocess.run([sys.executable, "-c", code + shown], capture_output=True, text=True, check=True)

    assert seen.stdout == "0\n"
