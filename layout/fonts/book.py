"""The faces of a house style: for each role a chain, the first face of which that has the character sets it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeAlias

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
    """Roles and their chains of faces, each face opened once, when it is first needed."""

    def __init__(self, roles: Mapping[str, Sequence[FaceSource]]) -> None:
        self._roles = {
            role: tuple((ref.path, ref.index, tuple(ref.axes)) for ref in refs) for role, refs in roles.items()
        }
        self._opened: dict[_Place, Face] = {}
        self._keys: dict[str, Face] = {}
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
        Standard (23.4) wants it.
        """
        asked = (role, cluster)
        if asked not in self._chosen:
            self._chosen[asked] = self._choose(role, cluster)
        return self._chosen[asked]

    def faces(self) -> Mapping[str, Face]:
        """All faces opened so far, by key."""
        return MappingProxyType(self._keys)

    def _choose(self, role: str, cluster: str) -> Face | None:
        plain = "".join(c for c in cluster if not is_selector(c))
        spellings = (cluster,) if plain == cluster else (cluster, plain)
        for spelling in spellings:
            for place in self._roles[role]:  # faces further down the chain are opened only when it comes to them
                face = self._face(place)
                if face.covers(spelling):
                    return face
        return None

    def _face(self, place: _Place) -> Face:
        face = self._opened.get(place)
        if face is None:
            face = self._opened[place] = self._enter(open_face(*place))
        return face

    def _enter(self, face: Face) -> Face:
        """Give the face a key of its own; a second copy of one file is the same face."""
        namesake = self._keys.get(face.key)
        if namesake is not None:
            if namesake.fingerprint == face.fingerprint:
                return namesake
            face.key = f"{face.ps_name}-{face.fingerprint:08x}"
        return self._keys.setdefault(face.key, face)
