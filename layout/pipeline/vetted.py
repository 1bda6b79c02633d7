"""Files that an issue names, looked at before anything is composed: its photographs, and what its house styles name.

What was found good is kept from one build to the next. Nothing that opens a face or a photograph is loaded for files
that an earlier build has looked at: it takes longer to load than the rest of a build in which nothing changed.
"""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from msgspec.structs import astuple

from layout import keeping
from layout.core import Diagnostic, error
from layout.house.model import House
from layout.house.press import PressError, read_profile
from layout.images import ImageFacts
from layout.images.facts import read_file
from layout.images.probe import examine, usual
from layout.pipeline.stamps import house_stamps, program_stamp

FACE_HINT: Final = "name another font file there, or one of the faces that travel with the program"
PROFILE_HINT: Final = "ask the plant for its CMYK output profile, or name a press condition, as in press: newsprint-240"


def photo_facts(path: Path, cache: Path | None) -> ImageFacts:
    """The facts of a picture file, kept under the checksum of what is in it if they are not told quickly.

    Raises ImageFault.
    """
    data = read_file(path)
    checksum = sha256(data).hexdigest()
    told = usual(data, path, checksum)
    if told is not None:
        return told
    entry = None if cache is None else _entry(cache, "photo", checksum)
    kept = keeping.fetch(entry) if entry is not None else None
    if kept is not None:
        return ImageFacts(path, *json.loads(kept))
    facts = examine(data, path, checksum)
    if entry is not None:
        keeping.keep(entry, json.dumps(astuple(facts)[1:]).encode())
    return facts


def house_faults(houses: Iterable[House], cache: Path | None) -> tuple[Diagnostic, ...]:
    """Faces that cannot be opened or embedded and press profiles that are none, each where it is named.

    That there are none is kept under the states of the files.
    """
    distinct = {id(house): house for house in houses}.values()
    entry = None if cache is None else _entry(cache, "good", *map(_opened, distinct))
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


def _entry(cache: Path, kind: str, *parts: object) -> Path:
    """Where what this program found of ``parts`` is kept."""
    return cache / f"{sha256(repr((program_stamp(), parts)).encode()).hexdigest()}.{kind}"
