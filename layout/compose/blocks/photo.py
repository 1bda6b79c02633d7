"""One photograph: the crop that fills its frame, and its caption."""

from collections.abc import Iterator
from math import ceil

from msgspec import Struct
from msgspec.structs import replace

from layout.compose.grid import EM_TOP, Block, Frame
from layout.compose.rules import frame_rule
from layout.compose.setting import Setter
from layout.core import EPSILON, Insets, Pt, Rect
from layout.display import Item, Picture
from layout.house.model import House
from layout.images import ImageFacts
from layout.issue.model import Photo
from layout.text import Line, Paragraph, break_lines
from layout.text.paragraph import aligned, least_width


class Caption(Struct, frozen=True):
    """A caption set to a picture's width: ``rows`` whole body lines high."""

    lines: tuple[Line, ...]
    rows: int


def plan_caption(photo: Photo, setter: Setter, frame: Frame, columns: Block) -> Caption:
    """The caption over a block's columns; under a picture over the fold it stands on one side."""
    lines = caption_lines(photo, setter, frame.rect(frame.beside_fold(columns)).width)
    return Caption(lines, ceil(caption_height(lines, setter) / frame.pitch - EPSILON))


def caption_lines(photo: Photo, setter: Setter, width: Pt) -> tuple[Line, ...]:
    """The caption set to a width: one line centred, more justified (rule B-4)."""
    if photo.caption is None:
        return ()
    measure = width / setter.style("caption").size
    centred = setter.passage(photo.caption, setter.setting("caption", align="centre"))
    if not centred.parts and least_width(centred) <= measure + 2 * EPSILON:
        lines = _broken(centred, measure)
        if len(lines) == 1:
            return lines
    return _broken(aligned(centred, "justify"), measure)


def _broken(paragraph: Paragraph, measure: float) -> tuple[Line, ...]:
    broken = break_lines(paragraph, (measure,))
    assert broken is not None  # only looser or tighter breakings may be impossible
    return broken.lines


def caption_height(lines: tuple[Line, ...], setter: Setter) -> Pt:
    """From the picture's foot to that of the caption's last em box."""
    style = setter.style("caption")
    return setter.house.photo.caption_gap + (len(lines) - 1) * style.leading + style.size if lines else 0.0


def picture_lines(photo: Photo, facts: ImageFacts | None, setter: Setter, frame: Frame, columns: Block) -> int:
    """The picture's own height in body lines: as told, or by its shape within the house style's limits.

    In a vertical story its width in lines, beside the tiers of ``columns``, which hold its caption as well.
    """
    if photo.lines is not None:
        return photo.lines
    aspect = setter.house.photo.aspect or (facts.width / facts.height if facts else 1.5)
    length = frame.length(columns.last_column - columns.first_column, columns.first_column)
    if not frame.vertical:
        return _whole_lines(length / aspect, setter, frame)
    lines = _whole_lines(length * aspect, setter, frame)
    caption = caption_height(caption_lines(photo, setter, frame.breadth(lines)), setter)
    return min(frame.lines, _whole_lines((length - caption) * aspect, setter, frame))


def _whole_lines(breadth: Pt, setter: Setter, frame: Frame) -> int:
    return max(setter.house.photo.lines_min, round((breadth - frame.size) / frame.pitch) + 1)


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
    """Picture, frame and caption in a block whose last ``caption.rows`` lines are the caption's.

    In a vertical story the caption takes its height from the picture: its measure is what copyfit made of the width.
    """
    lines, rect = caption.lines, frame.rect(replace(block, last_line=block.last_line - caption.rows))
    if frame.vertical:
        lines = caption_lines(photo, setter, rect.width)
        rect = rect.inset(Insets(bottom=min(caption_height(lines, setter), rect.height - frame.size)))
    x = frame.rect(frame.beside_fold(block)).x
    return tuple(_items(photo, facts, lines, setter, rect, x))


def bled(picture: Rect, photo: Photo, house: House) -> Rect:
    """The picture with the edges that bleed moved over the trim, as far as the page has a bleed."""
    left = -house.bleed if "left" in photo.bleed else picture.x
    top = -house.bleed if "top" in photo.bleed else picture.y
    right = house.trim.width + house.bleed if "right" in photo.bleed else picture.right
    bottom = house.trim.height + house.bleed if "bottom" in photo.bleed else picture.bottom
    return Rect(left, top, right - left, bottom - top)


def _items(
    photo: Photo, facts: ImageFacts | None, caption: tuple[Line, ...], setter: Setter, picture: Rect, x: Pt
) -> Iterator[Item]:
    if facts is not None:
        shown = bled(picture, photo, setter.house) if photo.bleed else picture
        crop = crop_to(shown.width, shown.height, facts, photo.focus)
        yield Picture(shown, str(photo.file), crop, setter.house.press.grey, "photo")
    if setter.house.photo.frame is not None and not photo.bleed:
        yield from frame_rule(setter.house, setter.house.photo.frame, picture, tag="photo")
    style = setter.style("caption")
    y = picture.bottom + setter.house.photo.caption_gap
    for line in caption:
        yield from setter.runs(line, "caption", x=x, baseline=y + EM_TOP * style.size)
        y += style.leading
