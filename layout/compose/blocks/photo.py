"""One photograph: the crop that fills its frame, and its caption."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from layout.compose.grid import EM_TOP, Block, Frame
from layout.compose.rules import frame_rule
from layout.compose.setting import Setter
from layout.core import EPSILON, Pt, Rect
from layout.display import Item, Picture
from layout.images import ImageFacts
from layout.issue.model import Photo
from layout.text import Line, break_lines


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption set to a picture's width: ``rows`` whole body lines high."""

    lines: tuple[Line, ...]
    rows: int


def plan_caption(photo: Photo, setter: Setter, frame: Frame, columns: int) -> Caption:
    """Set the caption to the width of ``columns`` text columns: one line centred, more justified (rule B-4)."""
    if photo.caption is None:
        return Caption((), 0)
    style = setter.style("caption")
    measure = frame.rect(Block(0, columns, 0, 1)).width / style.size
    lines: tuple[Line, ...] = ()
    for align in ("centre", "justify"):
        paragraph = setter.passage(photo.caption, setter.setting("caption", align=align))
        broken = break_lines(paragraph, (measure,))
        assert broken is not None  # only looser or tighter breakings may be impossible
        lines = broken.lines
        if len(lines) == 1:
            break
    height = setter.house.photo.caption_gap + (len(lines) - 1) * style.leading + style.size
    return Caption(lines, ceil(height / frame.pitch - EPSILON))


def picture_lines(photo: Photo, facts: ImageFacts | None, setter: Setter, frame: Frame, columns: int) -> int:
    """The picture's own height in body lines: as told, or by its shape within the house style's limits."""
    if photo.lines is not None:
        return photo.lines
    width = frame.rect(Block(0, columns, 0, 1)).width
    aspect = setter.house.photo.aspect or (facts.width / facts.height if facts else 1.5)
    return max(setter.house.photo.lines_min, round((width / aspect - frame.size) / frame.pitch) + 1)


def crop_to(width: Pt, height: Pt, facts: ImageFacts, focus: tuple[float, float]) -> Rect:
    """The largest part of the picture with the frame's shape, as near to the focus as the edges allow."""
    wanted, given = width / height, facts.width / facts.height
    share_x, share_y = (wanted / given, 1.0) if wanted < given else (1.0, given / wanted)
    x = min(max(focus[0] - share_x / 2, 0.0), 1.0 - share_x)
    y = min(max(focus[1] - share_y / 2, 0.0), 1.0 - share_y)
    return Rect(x, y, share_x, share_y)


def draw_photo(
    photo: Photo, facts: ImageFacts | None, caption: Caption, setter: Setter, frame: Frame, block: Block
) -> tuple[Item, ...]:
    """Picture, frame and caption in a block whose last ``caption.rows`` lines are the caption's."""
    return tuple(_items(photo, facts, caption, setter, frame, block))


def _items(
    photo: Photo, facts: ImageFacts | None, caption: Caption, setter: Setter, frame: Frame, block: Block
) -> Iterator[Item]:
    picture = frame.rect(Block(block.first_column, block.last_column, block.first_line, block.last_line - caption.rows))
    if facts is not None:
        crop = crop_to(picture.width, picture.height, facts, photo.focus)
        yield Picture(picture, str(photo.file), crop, setter.house.press.grey, "photo")
    if setter.house.photo.frame is not None:
        yield from frame_rule(setter.house, setter.house.photo.frame, picture, tag="photo")
    style = setter.style("caption")
    y = picture.bottom + setter.house.photo.caption_gap
    for line in caption.lines:
        yield from setter.runs(line, "caption", x=picture.x, baseline=y + EM_TOP * style.size)
        y += style.leading
