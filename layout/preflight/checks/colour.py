"""Colours: only what goes on the plates as it is written."""

from collections.abc import Callable, Iterator
from typing import Final

from msgspec import Struct

from layout.preflight.checks.case import X1A, X4, Case, Found
from layout.preflight.model import PROCESS, Place, Space

_MANAGED: Final = ("ICCBased", "CalGray", "CalRGB", "Lab", "JPX")
_SAFE_ALTERNATES: Final = {"DeviceCMYK", "DeviceGray"}
_NO_SPOT: Final = {*PROCESS, "All", "None"}
_COMPONENTS: Final = {"GRAY": 1, "RGB": 3, "Lab": 3, "CMYK": 4}


class _InUse(Struct, frozen=True):
    """A colour space in use, by whom and where."""

    space: Space
    by: str
    page: int
    place: Place
    printed: bool


def device_rgb(case: Case) -> Iterator[Found]:
    """RGB has no ink values: what becomes of it is decided by the RIP, differently at each plant."""
    for one in _once(case, lambda space: space.family == "DeviceRGB"):
        fits = case.press_space == "RGB" or one.space.remapped
        if case.standard.name == X1A or not fits:
            yield Found(f"{one.by} in DeviceRGB", one.page, one.place)


def managed(case: Case) -> Iterator[Found]:
    """Colours that are still to be converted (ICC, Lab, calibrated) are left to the RIP; newspapers bind early."""
    for one in _once(case, lambda space: space.family in _MANAGED or (space.remapped and case.standard.name == X4)):
        profile = one.space.profile
        if profile is None or (profile.intact and not _twin(case, one.space)):
            name = f"{one.space.family} under a default space" if one.space.remapped else one.space.family
            yield Found(f"{one.by} in {name}", one.page, one.place)


def default_spaces(case: Case) -> Iterator[Found]:
    """PDF/X-1a takes inks as they are: a default colour space would convert them on the way."""
    for one in _once(case, lambda space: space.remapped and space.family != "DeviceRGB"):
        yield Found(f"{one.by} in {one.space.family} under a default space", one.page, one.place)


def twin(case: Case) -> Iterator[Found]:
    """A colour with the intent's own profile is DeviceCMYK by another name, but one that does not overprint."""
    for one in _once(case, lambda space: _twin(case, space)):
        yield Found(f"{one.by} in ICCBased CMYK with the very profile of the output intent", one.page, one.place)


def icc_broken(case: Case) -> Iterator[Found]:
    """A colour whose profile is no profile, or not for its number of channels, has no meaning."""
    for one in _once(case, _icc_broken):
        yield Found(f"{one.by} whose ICC profile is broken or not for its channels", one.page, one.place)


def alternates(case: Case) -> Iterator[Found]:
    """Where there is no plate for a spot colour its alternate is printed, so that must be in the press's inks."""
    strict = case.standard.name == X1A or case.limits.early_binding
    for one in _once(case, lambda space: space.alternate is not None):
        alternate = one.space.alternate
        assert alternate is not None
        device = alternate.family == "DeviceRGB" and not alternate.remapped and case.press_space != "RGB"
        if (strict and alternate.family not in _SAFE_ALTERNATES) or device:
            names = ", ".join(one.space.names)
            yield Found(f"the alternate of {names} is in {alternate.family}", one.page, one.place)


def spots(case: Case) -> Iterator[Found]:
    """A newspaper press prints four inks: a fifth plate is either lost or a fifth charge."""
    known = case.limits.spots
    if known is None:
        return
    for one in _once(case, lambda space: bool(set(space.names) - _NO_SPOT - known)):
        names = ", ".join(sorted(set(one.space.names) - _NO_SPOT - known))
        yield Found(f"a spot colour: {names}", one.page, one.place)


def spot_names(case: Case) -> Iterator[Found]:
    """Plates are matched by the bytes of their names: UTF-8 is the one encoding that all programs agree on."""
    for one in _once(case, lambda space: any(not legal_name(name) for name in space.names)):
        yield Found("the name of a spot colour is not UTF-8", one.page, one.place)


def registration(case: Case) -> Iterator[Found]:
    """The colour All prints on every plate: it is for marks outside the trim, 400 % ink inside."""
    for one in _once(case, lambda space: "All" in space.names, printed=True):
        yield Found(f"{one.by} in the colour All", one.page, one.place)


def legal_name(name: str) -> bool:
    """Whether a name is valid UTF-8: bytes that are not were read as lone surrogates."""
    return not any("\ud800" <= letter <= "\udfff" for letter in name)


def _in_use(case: Case) -> Iterator[_InUse]:
    for paint in case.facts.paints:
        for space in paint.colour.space.parts():
            yield _InUse(space, paint.kind, paint.page, paint.place, paint.printed)
    for image in case.facts.images:
        for space in image.space.parts() if image.space else ():
            yield _InUse(space, "picture", image.page, image.place, image.printed)


def _once(case: Case, wanted: Callable[[Space], bool], *, printed: bool = False) -> Iterator[_InUse]:
    """The first use on each page of each space that is wanted."""
    seen: set[tuple[int, Space]] = set()
    for one in _in_use(case):
        if (one.page, one.space) not in seen and (one.printed or not printed) and wanted(one.space):
            seen.add((one.page, one.space))
            yield one


def _twin(case: Case, space: Space) -> bool:
    intent = case.press_intent
    profiles = space.profile, intent.profile if intent else None
    return profiles[0] is not None and profiles[1] is not None and profiles[0].digest == profiles[1].digest


def _icc_broken(space: Space) -> bool:
    profile = space.profile
    return profile is not None and (not profile.intact or profile.components != _COMPONENTS.get(profile.space))
