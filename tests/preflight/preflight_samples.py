"""Copy for small press files, and the hand tools with which tests change finished PDFs."""

import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

Change: TypeAlias = Callable[[pikepdf.Pdf], None]


def good_page() -> str:
    """An issue of one page with a headline, two columns and a photograph."""
    return """
paper: {name: 小报}
date: 2024-03-05
style: tabloid
pages:
  - number: 2
    title: 综合
    stories:
      - slug: main
        area: {columns: 1-4, lines: 1-23}
        columns: 2
        headline: 一片新绿
        text: |
          昨日上午，1200余名群众来到北山脚下，栽下第一批树苗。各单位自带工具，分片包干，不到3小时，荒坡披上了绿装。
        photos:
          - {file: photo.png, caption: 植树现场, columns: 1, lines: 8, at: top}
"""


def photograph() -> bytes:
    """A picture with enough pixels for a column."""
    out = BytesIO()
    Image.linear_gradient("L").resize((900, 700)).convert("RGB").save(out, "PNG")
    return out.getvalue()


def changed(data: bytes, change: Change, **how: Any) -> bytes:
    """A file after a change to its objects. Streams stay as they are packed."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out, **{"compress_streams": False, "fix_metadata_version": False, "static_id": True} | how)
    return out.getvalue()


def page_of(pdf: pikepdf.Pdf) -> Any:
    """The dictionary of the first page."""
    return pdf.pages[0].obj


def draw(pdf: pikepdf.Pdf, operators: str, **resources: Any) -> None:
    """Paint before all else on the first page; resources as ``Font_X=...``."""
    for key, value in resources.items():
        category, _, name = key.partition("_")
        resource(pdf, category, name, value)
    pdf.pages[0].contents_add(pdf.make_stream(f"q {operators} Q".encode("latin-1")), prepend=True)


def drawing(operators: str, **resources: Any) -> Change:
    """A change that paints; a resource may be a function of the file."""

    def change(pdf: pikepdf.Pdf) -> None:
        draw(pdf, operators, **{key: each(pdf) if callable(each) else each for key, each in resources.items()})

    return change


def resource(pdf: pikepdf.Pdf, category: str, name: str, value: Any) -> None:
    """Put a resource into the first page's dictionary."""
    resources = page_of(pdf).Resources
    if f"/{category}" not in resources:
        resources[f"/{category}"] = Dictionary()
    resources[f"/{category}"][f"/{name}"] = value


def first_font(pdf: pikepdf.Pdf) -> tuple[str, Any]:
    """Name and dictionary of a font of the page."""
    return next(iter(sorted(page_of(pdf).Resources.Font.items())))


def first_image(pdf: pikepdf.Pdf) -> Any:
    """A picture of the page."""
    return next(one for _, one in sorted(page_of(pdf).Resources.XObject.items()) if one.Subtype == Name.Image)


def descriptor(pdf: pikepdf.Pdf) -> Any:
    """The descriptor of the page's first font."""
    return first_font(pdf)[1].DescendantFonts[0].FontDescriptor


def text(size: float = 9.0, *, mode: int = 0, at: tuple[float, float] = (300, 700), before: str = "") -> Change:
    """A change that sets a glyph in the page's own font."""

    def change(pdf: pikepdf.Pdf) -> None:
        name = first_font(pdf)[0]
        draw(pdf, f"{before} BT {name} {size} Tf {mode} Tr {at[0]} {at[1]} Td <0001> Tj ET")

    return change


def together(*changes: Change) -> Change:
    """Several changes as one."""

    def change(pdf: pikepdf.Pdf) -> None:
        for one in changes:
            one(pdf)

    return change


def image(pdf: pikepdf.Pdf, width: int, height: int, space: Any, *, bits: int = 8, **more: Any) -> Stream:
    """A picture of nothing."""
    channels = {"/DeviceRGB": 3, "/DeviceCMYK": 4}.get(str(space), 1)
    data = bytes(height * ((width * channels * bits + 7) // 8))
    return pdf.make_stream(
        zlib.compress(data),
        Dictionary(
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=width,
            Height=height,
            BitsPerComponent=bits,
            ColorSpace=space,
            Filter=Name.FlateDecode,
            **more,
        ),
    )


def form(pdf: pikepdf.Pdf, operators: str, **entries: Any) -> Stream:
    """A form XObject on 100 by 100 points."""
    return pdf.make_stream(
        operators.encode(),
        Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 100]), **entries),
    )


def tint(components: int) -> Dictionary:
    """A tint transform for one colourant."""
    return Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * components), C1=Array([1] * components), N=1)


def separation(name: str, alternate: Any, components: int = 4) -> Array:
    """A Separation space."""
    return Array([Name.Separation, Name(f"/{name}"), alternate, tint(components)])


def icc(pdf: pikepdf.Pdf, data: bytes, components: int) -> Array:
    """An ICCBased space, made an indirect object of its own."""
    return Array([Name.ICCBased, pdf.make_stream(data, Dictionary(N=components))])


def rgb_profile() -> bytes:
    """The profile of a screen."""
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def press_profile(pdf: pikepdf.Pdf) -> bytes:
    """The profile of the output intent."""
    return bytes(pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes())


def set_profile(edit: Callable[[bytearray], None]) -> Change:
    """A change to the bytes of the output intent's profile."""

    def change(pdf: pikepdf.Pdf) -> None:
        data = bytearray(press_profile(pdf))
        edit(data)
        pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(bytes(data), Dictionary(N=4))

    return change


def set_packet(old: bytes, new: bytes) -> Change:
    """A change to the text of the XMP packet."""

    def change(pdf: pikepdf.Pdf) -> None:
        packet = bytes(pdf.Root.Metadata.read_bytes())
        assert old in packet
        pdf.Root.Metadata.write(packet.replace(old, new), filter=None)

    return change


def annotation(subtype: str, *rect: float, **entries: Any) -> Change:
    """A change that adds an annotation."""

    def change(pdf: pikepdf.Pdf) -> None:
        one = Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=Array(list(rect)), **entries)
        page_of(pdf).Annots = Array([pdf.make_indirect(one)])

    return change


def entry(*path: Any, value: Any) -> Change:
    """A change that sets an entry: attributes and indices from the file's root; ``page`` first means the page."""

    def change(pdf: pikepdf.Pdf) -> None:
        holder: Any = page_of(pdf) if path[0] == "page" else pdf.trailer if path[0] == "trailer" else pdf.Root
        for step in path[1:-1]:
            holder = holder[step]
        holder[path[-1]] = value(pdf) if callable(value) else value

    return change


def without(*path: Any) -> Change:
    """A change that deletes an entry; see ``entry``."""

    def change(pdf: pikepdf.Pdf) -> None:
        holder: Any = page_of(pdf) if path[0] == "page" else pdf.trailer if path[0] == "trailer" else pdf.Root
        for step in path[1:-1]:
            holder = holder[step]
        del holder[path[-1]]

    return change
