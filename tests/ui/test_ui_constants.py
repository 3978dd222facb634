"""Python's constants outlive whatever Qt's binding forgets to count."""

import subprocess
import sys

import pytest

from cloison.ui.constants import hold_constants

MANY_CALLS = """
import sys
from PySide6.QtCore import QObject, Signal
from cloison.ui.constants import hold_constants

class Sender(QObject):
    sent = Signal()

{hold}
sender = Sender()
for _ in range(100_000):
    sender.setObjectName("x")
    sender.sent.emit()
print("alive")
"""


def run(hold: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", MANY_CALLS.format(hold=hold)], capture_output=True, text=True)


def test_a_hundred_thousand_calls_do_not_use_up_none() -> None:
    assert run("hold_constants()").stdout == "alive\n"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="these constants are never freed from 3.12 on")
def test_constants_are_held_once() -> None:
    hold_constants()
    held = sys.getrefcount(None)

    hold_constants()

    assert abs(sys.getrefcount(None) - held) < 1000
