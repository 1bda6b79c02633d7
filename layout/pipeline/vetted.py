"""Files that house styles name, looked at before anything is composed.

What was found good is kept from one build to the next. Nothing that opens a face is loaded for files that an earlier
build has looked at: it takes longer to load than the rest of a build in which nothing changed.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from layout import keeping
from layout.core import Diagnostic, error
from layout.house.model import House
from layout.house.press import PressError, read_profile
from layout.pipeline.stamps import house_stamps, program_stamp

FACE_HINT: Final = "name another font file there, or one of the faces that travel with the program"
PROFILE_HINT: Final = "ask the plant for its CMYK output profile, or name a press condition, as in press: newsprint-240"


def house_faults(houses: Iterable[House], cache: Path | None) -> tuple[Diagnostic, ...]:
    """Faces that cannot be opened or embedded and press profiles that are none, each where it is named.

    That there are none is kept under the states of the files.
    """
    distinct = {id(house): house for house in houses}.values()
    entry = None if cache is None else _entry(cache, *map(_opened, distinct))
    if entry is not None and keeping.fetch(entry) is not None:
        return ()
    found = (*_face_faults(distinct), *_profile_faults(distinct))
    if entry is not None and not found:
        keeping.keep(entry, b"")
    return found


def _face_faults(houses: Iterable[House]) -> Iterator[Diagnostic]:
    from layout.fonts import FontError, open_face

    for ref in dict.fromkeys(ref for house in houses for chain in house.faces.values() for ref in chain):
        try:
            open_face(ref.path, ref.index, ref.axes)
        except FontError as fault:
            yield error(fault.code, fault.message, ref.span, FACE_HINT)


def _profile_faults(houses: Iterable[House]) -> Iterator[Diagnostic]:
    for press in {house.press.profile: house.press for house in houses}.values():
        try:
            read_profile(press.profile)
        except PressError as fault:
            yield error(fault.code, fault.message, press.span, PROFILE_HINT)


def _opened(house: House) -> object:
    """What a house style's faces and profile are opened by, and how their files stand."""
    refs = (ref for chain in house.faces.values() for ref in chain)
    return house_stamps(house), [(str(ref.path), ref.index, ref.axes) for ref in refs]


def _entry(cache: Path, *parts: object) -> Path:
    """Where it is kept that this program found ``parts`` good."""
    return cache / f"{sha256(repr((program_stamp(), parts)).encode()).hexdigest()}.good"
