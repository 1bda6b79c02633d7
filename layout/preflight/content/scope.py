"""What names mean in one content stream: its resources, each entry looked up once."""

from msgspec import Struct, field

from layout.preflight.budget import Budget
from layout.preflight.content.fonts import LoadedFont, load_font
from layout.preflight.content.profiles import Profiles
from layout.preflight.content.spaces import Spaces
from layout.preflight.model import Space
from layout.preflight.objects import DIRECT, Identity, Value, get, identity


class Missing(Exception):  # noqa: N818 - a finding about a file
    """A resource that is not there."""


class Library(Struct):
    """What a file's streams share: fonts, profiles and colour spaces already read."""

    budget: Budget
    profiles: Profiles
    spaces: Spaces
    fonts: dict[Identity, LoadedFont] = field(default_factory=dict)

    def font(self, value: Value) -> LoadedFont:
        """The font of a dictionary."""
        key = identity(value)
        if key == DIRECT:
            return load_font(value, self.budget)
        if key not in self.fonts:
            self.fonts[key] = load_font(value, self.budget)
        return self.fonts[key]


def library(budget: Budget) -> Library:
    """An empty library."""
    profiles = Profiles(budget)
    return Library(budget, profiles, Spaces(profiles))


class Scope(Struct):
    """The resources of one content stream."""

    library: Library
    resources: Value
    _fonts: dict[str, LoadedFont] = field(default_factory=dict)
    _spaces: dict[str, Space] = field(default_factory=dict)
    _entries: dict[tuple[str, str], Value] = field(default_factory=dict)

    def inner(self, resources: Value) -> "Scope":
        """The scope of a form or pattern; without resources of its own it uses these."""
        return self if resources is None else Scope(self.library, resources)

    def entry(self, category: str, called: str) -> Value:
        """A resource by category and name. Raises Missing."""
        key = category, called
        if key not in self._entries:
            self._entries[key] = get(self.resources, f"/{category}", f"/{called}")
        found = self._entries[key]
        if found is None:
            raise Missing(f"{category} {called}")
        return found

    def font(self, called: str) -> LoadedFont:
        """A font by its name. Raises Missing."""
        if called not in self._fonts:
            self._fonts[called] = self.library.font(self.entry("Font", called))
        return self._fonts[called]

    def space(self, value: Value) -> Space:
        """A colour space by its name or description. Raises SpaceFault."""
        if not isinstance(value, str):
            return self.library.spaces.read(value, self.resources)
        if value not in self._spaces:
            self._spaces[value] = self.library.spaces.read(value, self.resources)
        return self._spaces[value]
