"""The faces of a house style: for each role a chain, the first face of which that has the character sets it."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeAlias

from layout.fonts.errors import FontError
from layout.fonts.face import Axes, Face, is_selector, open_face


class FaceSource(Protocol):
    """Where a face comes from: file, index in a collection, fixed axes."""

    @property
    def path(self) -> Path:
        """The font file."""
        ...

    @property
    def index(self) -> int:
        """The face's place in a collection, else 0."""
        ...

    @property
    def axes(self) -> Axes:
        """Values on the axes of a variable font."""
        ...


_Place: TypeAlias = tuple[Path, int, Axes]


class Book:
    """Roles and their chains of faces; one Face for each file, index and axes."""

    def __init__(self, roles: Mapping[str, Sequence[FaceSource]]) -> None:
        self._roles = {
            role: tuple((ref.path, ref.index, tuple(ref.axes)) for ref in refs) for role, refs in roles.items()
        }
        self._asked: dict[str, Face] = {}
        self._chosen: dict[tuple[str, str], Face | None] = {}

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles, as the house style lists them."""
        return tuple(self._roles)

    def chain(self, role: str) -> tuple[Face, ...]:
        """The faces of a role in their order. Raises KeyError for an unknown role, FontError for an unusable face."""
        return tuple(self._face(place) for place in self._roles[role])

    def face_for(self, role: str, cluster: str) -> Face | None:
        """The face that sets a cluster in a role; None when the whole chain lacks it.

        Where no face has the variant that a variation selector asks for, the base character is set, as the Unicode
        Standard (23.4) wants it. Raises KeyError for an unknown role, FontError when it comes to an unusable face.
        """
        asked = (role, cluster)
        if asked not in self._chosen:
            self._chosen[asked] = self._choose(role, cluster)
        return self._chosen[asked]

    def faces(self) -> Mapping[str, Face]:
        """All faces that have been asked for so far, by key."""
        return MappingProxyType(self._asked)

    def _choose(self, role: str, cluster: str) -> Face | None:
        plain = cluster if len(cluster) == 1 else "".join(c for c in cluster if not is_selector(c))
        spellings = (cluster,) if plain == cluster else (cluster, plain)
        for spelling in spellings:
            for place in self._roles[role]:
                face = self._face(place)
                if face.covers(spelling):
                    return face
        return None

    def _face(self, place: _Place) -> Face:
        face = self._opened[place]
        if isinstance(face, FontError):
            raise face
        return self._asked.setdefault(face.key, face)

    @cached_property
    def _opened(self) -> Mapping[_Place, Face | FontError]:
        """Every place's face, or what is wrong with it.

        All are opened together, in the order of the roles, so that keys do not depend on which copy is set first:
        pages may be composed in several processes. Opening takes a fraction of a millisecond.
        """
        opened: dict[_Place, Face | FontError] = {}
        named: dict[str, Face] = {}
        for place in dict.fromkeys(place for places in self._roles.values() for place in places):
            try:
                opened[place] = _enter(open_face(*place), named)
            except FontError as fault:
                opened[place] = fault
        return opened


def _enter(face: Face, named: dict[str, Face]) -> Face:
    """Give the face a key of its own; a second copy of one file is the same face."""
    namesake = named.get(face.key)
    if namesake is not None:
        if namesake.fingerprint == face.fingerprint:
            return namesake
        face.key = f"{face.ps_name}-{face.fingerprint:08x}"
    return named.setdefault(face.key, face)
