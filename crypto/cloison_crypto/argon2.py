"""Argon2id (RFC 9106) with bounds: what a passphrase slot may cost, and how much this machine can bear."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self, cast

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from cloison_crypto.errors import SlotBoundsError
from cloison_crypto.fields import Fields, Json
from cloison_crypto.secrets import Buffer, SecretKey

KEY_LENGTH = 32
_MIB = 1024
_BOUNDS = {"memory_kib": (8 * _MIB, 2048 * _MIB), "passes": (1, 20), "lanes": (1, 16)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Argon2Cost:
    """Argon2id parameters; memory in KiB. None can exist outside the reading bounds: SlotBoundsError."""

    memory_kib: int
    passes: int
    lanes: int

    def __post_init__(self) -> None:
        """Check the bounds."""
        for parameter, (low, high) in _BOUNDS.items():
            if not low <= getattr(self, parameter) <= high:
                raise SlotBoundsError(parameter)

    def to_json(self) -> dict[str, Json]:
        """The parameters as stored, and as bound into the slot."""
        return {"lanes": self.lanes, "memory_kib": self.memory_kib, "passes": self.passes}

    @classmethod
    def from_json(cls, value: Json | Fields) -> Self:
        """Read stored parameters; raises CanonicalError or SlotBoundsError."""
        fields = Fields.of(value)
        cost = cls(**{parameter: fields.integer(parameter) for parameter in _BOUNDS})
        fields.finish()
        return cost


LOWEST = Argon2Cost(memory_kib=8 * _MIB, passes=1, lanes=1)
"""The cheapest that is read at all; for tests."""

FLOOR = Argon2Cost(memory_kib=64 * _MIB, passes=3, lanes=4)
"""The cheapest that `calibrate` gives, on the slowest machine."""

DEFAULT = Argon2Cost(memory_kib=256 * _MIB, passes=3, lanes=4)


def derive_key(passphrase: Buffer, *, salt: bytes, cost: Argon2Cost) -> SecretKey:
    """The key of `passphrase`: 32 bytes, after as much work as `cost` says."""
    content = bytearray(KEY_LENGTH)
    kdf = Argon2id(salt=salt, length=KEY_LENGTH, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    # Any buffer is accepted; only the stub says bytes.
    kdf.derive_into(cast("bytes", passphrase), content)
    return SecretKey.take(content)


def calibrate(clock_seconds: Callable[[], float], target: float = 1.0) -> Argon2Cost:
    """The cost that takes about `target` seconds here, from one derivation at DEFAULT; never below FLOOR."""
    start = clock_seconds()
    derive_key(b"calibration", salt=bytes(32), cost=DEFAULT).wipe()
    return cost_within(clock_seconds() - start, target=target)


def cost_within(default_seconds: float, *, target: float) -> Argon2Cost:
    """The cost for `target` seconds where DEFAULT takes `default_seconds`: time is linear in memory and in passes.

    Time to spare buys passes; a slow machine gives up memory, by halves, down to the floor.
    """
    if default_seconds <= target:
        highest = _BOUNDS["passes"][1]
        passes = min(int(DEFAULT.passes * target / max(default_seconds, 0.001)), highest)
        return Argon2Cost(memory_kib=DEFAULT.memory_kib, passes=passes, lanes=DEFAULT.lanes)
    memory_kib = DEFAULT.memory_kib
    while memory_kib > FLOOR.memory_kib and default_seconds * memory_kib / DEFAULT.memory_kib > target:
        memory_kib //= 2
    return Argon2Cost(memory_kib=memory_kib, passes=FLOOR.passes, lanes=FLOOR.lanes)
