"""What changed on a page from one state to the next, in the desk's terms: copy, frames, photographs, by story."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from layout.core import Rect
from layout.proof.words import Change, changes

Kind: TypeAlias = Literal["added", "removed", "changed"]
PhotoKind: TypeAlias = Literal["added", "removed", "replaced", "cropped", "moved"]

_STIRRED: Final = 0.05  # points; a frame that moved less has not moved


class PhotoState(Struct, frozen=True):
    """A photograph on a page: name, digest of its content, frame, part that shows."""

    name: str
    digest: str
    rect: Rect
    crop: Rect


class StoryState(Struct, frozen=True):
    """A story on a page: its copy by role, its frame if it has one, its photographs in order."""

    slug: str
    rect: Rect | None
    texts: Mapping[str, str]
    photos: tuple[PhotoState, ...] = ()


class TextChange(Struct, frozen=True):
    """Changes in the copy of one role."""

    role: str
    changes: tuple[Change, ...]


class PhotoChange(Struct, frozen=True):
    """One photograph's change; the state that is not there is None."""

    kind: PhotoKind
    old: PhotoState | None
    new: PhotoState | None


class StoryChange(Struct, frozen=True):
    """All changes of one story. ``moved`` are its frames before and after where they differ."""

    slug: str
    kind: Kind
    texts: tuple[TextChange, ...] = ()
    moved: tuple[Rect, Rect] | None = None
    photos: tuple[PhotoChange, ...] = ()


def story_changes(old: Iterable[StoryState], new: Iterable[StoryState]) -> tuple[StoryChange, ...]:
    """The stories of a page that changed, came or went, in the new page's order, those gone last."""
    before, after = ({story.slug: story for story in stories} for stories in (old, new))
    found = [_compared(before.get(slug), story) for slug, story in after.items()]
    gone = [StoryChange(slug, "removed") for slug in before if slug not in after]
    return tuple(change for change in (*found, *gone) if change is not None)


def _compared(old: StoryState | None, new: StoryState) -> StoryChange | None:
    if old is None:
        return StoryChange(new.slug, "added")
    roles = dict.fromkeys((*old.texts, *new.texts))
    both = ((role, changes(old.texts.get(role, ""), new.texts.get(role, ""))) for role in roles)
    texts = tuple(TextChange(role, found) for role, found in both if found)
    moved = (old.rect, new.rect) if old.rect and new.rect and _apart(old.rect, new.rect) else None
    photos = tuple(_photos(old.photos, new.photos))
    return StoryChange(new.slug, "changed", texts, moved, photos) if texts or moved or photos else None


def _photos(old: tuple[PhotoState, ...], new: tuple[PhotoState, ...]) -> Iterator[PhotoChange]:
    """The same photograph is found by its content, others by their order."""
    rest = list(old)
    unmatched = []
    for photo in new:
        same = next((other for other in rest if other.digest == photo.digest), None)
        if same is None:
            unmatched.append(photo)
            continue
        rest.remove(same)
        if _apart(same.crop, photo.crop, 0.001):
            yield PhotoChange("cropped", same, photo)
        elif _apart(same.rect, photo.rect):
            yield PhotoChange("moved", same, photo)
    for before, after in zip_longest(rest, unmatched):
        kind: PhotoKind = "added" if before is None else "removed" if after is None else "replaced"
        yield PhotoChange(kind, before, after)


def _apart(one: Rect, other: Rect, by: float = _STIRRED) -> bool:
    edges = ((one.x, other.x), (one.y, other.y), (one.width, other.width), (one.height, other.height))
    return any(abs(a - b) > by for a, b in edges)
