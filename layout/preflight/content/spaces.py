"""Colour spaces and the colours in them (ISO 32000-1, 8.6)."""

from collections.abc import Sequence
from typing import Final

from layout.preflight.content.profiles import Profiles
from layout.preflight.model import PROCESS, Colour, Space
from layout.preflight.objects import Value, elements, get, is_holder, name

DEVICE: Final = {"DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4}
"""Device spaces with their components."""

_DEFAULTS: Final = {"DeviceGray": "/DefaultGray", "DeviceRGB": "/DefaultRGB", "DeviceCMYK": "/DefaultCMYK"}
_CALIBRATED: Final = {"CalGray": 1, "CalRGB": 3, "Lab": 3}
_DEPTH: Final = 6
_COLOURANTS_MAX: Final = 32


class SpaceFault(Exception):  # noqa: N818 - a finding about a file
    """A colour space that is none, with the reason in a few words."""


class Spaces:
    """Reads colour spaces of one file."""

    def __init__(self, profiles: Profiles) -> None:
        self._profiles = profiles

    def read(self, value: Value, resources: Value, depth: int = 0) -> Space:
        """The space that ``value`` describes, a name or an array. Raises SpaceFault."""
        if depth > _DEPTH:
            raise SpaceFault("colour spaces nested in a circle or too deep")
        called = value if isinstance(value, str) else name(value)
        if called:
            return self._named(called, resources, depth)
        parts = value if isinstance(value, list) else list(_few(value))
        if not parts:
            raise SpaceFault("a colour space that is neither a name nor an array")
        family = parts[0] if isinstance(parts[0], str) else name(parts[0])
        return self._described(family, parts, resources, depth)

    def device(self, family: str, resources: Value) -> Space:
        """A device space, with the word whether the resources put another in its place."""
        return Space(family, DEVICE[family], remapped=get(resources, "/ColorSpace", _DEFAULTS[family]) is not None)

    def _named(self, called: str, resources: Value, depth: int) -> Space:
        if called in DEVICE:
            return self.device(called, resources)
        if called == "Pattern":
            return Space("Pattern", 0)
        described = get(resources, "/ColorSpace", f"/{called}")
        if described is None:
            raise SpaceFault(f"the colour space {called} is not in the resources")
        return self.read(described, resources, depth + 1)

    def _described(self, family: str, parts: Sequence[Value], resources: Value, depth: int) -> Space:
        if family in DEVICE:
            return self.device(family, resources)
        if family in _CALIBRATED:
            return Space(family, _CALIBRATED[family])
        if family == "Pattern":
            base = self.read(parts[1], resources, depth + 1) if len(parts) > 1 else None
            return Space("Pattern", base.components if base else 0, base=base)
        if len(parts) < 2:
            raise SpaceFault(f"the colour space {family or 'without a name'} is not complete")
        if family == "ICCBased":
            return self._icc(parts[1])
        if family == "Indexed":
            return Space("Indexed", 1, base=self.read(parts[1], resources, depth + 1))
        if family in {"Separation", "DeviceN"} and len(parts) >= 4:
            return self._colourants(family, parts, resources, depth)
        raise SpaceFault(f"the colour space {family or 'without a name'} is unknown or not complete")

    def _icc(self, stream: Value) -> Space:
        profile = self._profiles.profile(stream)
        if profile.components not in {1, 3, 4}:
            raise SpaceFault("an ICC colour space without /N")
        return Space("ICCBased", profile.components, profile=profile)

    def _colourants(self, family: str, parts: Sequence[Value], resources: Value, depth: int) -> Space:
        names = (name(parts[1]),) if family == "Separation" else tuple(map(name, _few(parts[1])))
        alternate = self.read(parts[2], resources, depth + 1)
        if not names or not all(names) or not is_holder(parts[3]):
            raise SpaceFault(f"the colour space {family} is not complete")
        return Space(family, len(names), names, alternate=alternate)


def _few(value: Value) -> tuple[Value, ...]:
    found = tuple(one for one, _ in zip(elements(value), range(_COLOURANTS_MAX + 1), strict=False))
    if len(found) > _COLOURANTS_MAX:
        raise SpaceFault(f"more than {_COLOURANTS_MAX} colourants")
    return found


def initial(space: Space) -> Colour:
    """The colour that a space begins with."""
    if space.family == "DeviceCMYK":
        return colour(space, (0.0, 0.0, 0.0, 1.0))
    return colour(space, (1.0 if space.names else 0.0,) * space.components)


def colour(space: Space, components: Sequence[float]) -> Colour:
    """The colour of components in a space; as many as the space has."""
    values = [min(1.0, max(0.0, value)) for value in components]
    match space.family:
        case "DeviceCMYK":
            return Colour(space, tuple(zip(PROCESS, values, strict=True)))
        case "DeviceGray":
            return Colour(space, (("Black", 1 - values[0]),))
        case "Separation" | "DeviceN":
            return Colour(space, _plates(space.names, values))
        case _:
            return Colour(space)


def _plates(names: Sequence[str], values: Sequence[float]) -> tuple[tuple[str, float], ...]:
    plates: dict[str, float] = {}
    for one, tint in zip(names, values, strict=True):
        if one != "None":
            plates.update(dict.fromkeys(PROCESS, tint) if one == "All" else {one: tint})
    return tuple(plates.items())
