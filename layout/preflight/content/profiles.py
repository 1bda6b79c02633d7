"""ICC profiles by their header (ICC.1:2010, 7.2)."""

import hashlib

from layout.preflight.budget import Budget
from layout.preflight.codecs import DecodeFault, decode_stream
from layout.preflight.model import Profile
from layout.preflight.objects import DIRECT, Identity, Value, get, identity, integer

_HEADER = 128
_TABLE = 4  # behind the header stands the number of tags


class Profiles:
    """The profiles of one file, each read once."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._read: dict[Identity, Profile] = {}

    def profile(self, stream: Value) -> Profile:
        """The profile in a stream."""
        key = identity(stream)
        if key == DIRECT or key not in self._read:
            self._read[key] = _profile(stream, self._budget)
        return self._read[key]


def _profile(stream: Value, budget: Budget) -> Profile:
    components = integer(get(stream, "/N"))
    try:
        data = decode_stream(stream, budget)
    except DecodeFault:
        data = b""
    digest = hashlib.sha256(data).hexdigest()
    whole = len(data) >= _HEADER + _TABLE and data[36:40] == b"acsp" and int.from_bytes(data[:4], "big") == len(data)
    if not whole:
        return Profile("", "", 0, components, digest, intact=False)
    kind, space = data[12:16].decode("latin-1").strip(), data[16:20].decode("latin-1").strip()
    return Profile(kind, space, data[8], components, digest, intact=_tags_inside(data))


def _tags_inside(data: bytes) -> bool:
    """Whether every tag of the table lies within the profile."""
    count = int.from_bytes(data[_HEADER : _HEADER + _TABLE], "big")
    table = data[_HEADER + _TABLE : _HEADER + _TABLE + 12 * count]
    if not 0 < count <= 1000 or len(table) < 12 * count:
        return False
    places = (table[12 * nth + 4 : 12 * nth + 12] for nth in range(count))
    return all(int.from_bytes(one[:4], "big") + int.from_bytes(one[4:], "big") <= len(data) for one in places)
