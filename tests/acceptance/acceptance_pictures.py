"""Copy, advertisements and pictures of every kind that a desk gets, made here: small, the same at every call."""

from io import BytesIO
from pathlib import Path
from struct import pack

from ad_samples import X1A, X4, Ad, ad_pdf
from PIL import Image, ImageCms, ImageDraw

from layout.resources import PRESS

PATCHES = (6, 4)
"""Columns and rows of a test chart."""

COLOURS = (
    "#735244", "#c29682", "#627a9d", "#576c43", "#8580b1", "#67bdaa", "#d67e2c", "#505ba6",
    "#c15a63", "#5e3c6c", "#9dbc40", "#e0a32e", "#383d96", "#469449", "#af363c", "#e7c71f",
    "#bb5695", "#0885a1", "#ffffff", "#c8c8c8", "#a0a0a0", "#7a7a79", "#555555", "#000000",
)  # fmt: skip
"""Skin, sky, leaf, the six primaries, the grey scale."""


SENTENCES = (
    "河岸边新修的步道昨天开放。清晨六点，晨练的居民就沿着栈桥走到了湿地深处。",
    "工作人员在入口分发地图，提醒大家不要投喂水鸟。步道全长四公里，沿途设了五处观景台。",
    "设计人员说，栈桥的木板取自旧码头，铺设时留出了缝隙，雨水可以直接落回河里。",
    "对岸的老厂房改成了图书馆。馆里的阅览桌临窗摆放，抬头就能看见河面。",
    "开馆第一天，书架前站满了孩子，管理员忙着教他们用借书机。",
)

COPY = {
    "kinds": 190,
    "black": 430,
    "below": 340,
    "across": 640,
    "left": 190,
    "upright": 600,
    "tinted": 520,
    "down": 560,
    "spot": 860,
    "above": 450,
}
"""About how many characters each story has."""


def write_copy(folder: Path) -> None:
    """The stories' copy: paragraphs of one or two sentences, with a section head where there is room for one."""
    folder.mkdir()
    for slug, wanted in COPY.items():
        paragraphs = ["## 步道开放"] if slug in {"black", "tinted"} else []
        nth = 0
        while sum(map(len, paragraphs)) < wanted:
            paragraphs.append("".join(SENTENCES[(nth + part) % len(SENTENCES)] for part in range(1 + nth % 2)))
            nth += 1
        (folder / f"{slug}.txt").write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")


def write_pictures(folder: Path) -> None:
    """Everything that the acceptance issue names."""
    folder.mkdir()
    day, wide = scene(600, 430), scene(1500, 420)
    coated = (PRESS / "COATED39_TAC300.icc").read_bytes()
    day.save(folder / "rgb.jpg", quality=90)
    wide.save(folder / "wide.jpg", quality=90)
    scene(1500, 1000, night=True).save(folder / "night.jpg", quality=90)
    day.save(folder / "profile.jpg", quality=90, icc_profile=wide_gamut())
    day.convert("CMYK").save(folder / "cmyk.jpg", quality=90)
    day.convert("CMYK").save(folder / "cmyk-profile.tif", icc_profile=coated)
    grey = day.convert("L")
    grey.save(folder / "grey.png")
    sixteen = Image.frombytes("I;16", grey.size, b"".join(pack("<H", sample * 257) for sample in grey.tobytes()))
    sixteen.save(folder / "grey16.png")
    clear = day.convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(day.size))
    clear.save(folder / "alpha.png")
    day.quantize(32).save(folder / "palette.png")
    exif = Image.Exif()
    exif[0x0112] = 6
    day.transpose(Image.Transpose.ROTATE_90).save(folder / "turned.jpg", quality=90, exif=exif)
    to_lab = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
    lab = ImageCms.applyTransform(day, to_lab)
    assert lab is not None
    lab.save(folder / "lab.tif")
    chart().save(folder / "chart.png")
    chart().save(folder / "chart-profile.png", icc_profile=wide_gamut())
    chart().convert("L").save(folder / "chart-grey.png")


AD = (60.325, 75.142)
"""Millimetres of the advertisements: two columns, 18 lines."""


def write_ads(folder: Path) -> None:
    """Two advertisements as agencies send them: one of each standard, one of them turned."""
    folder.mkdir()
    (folder / "x1a.pdf").write_bytes(ad_pdf(Ad(AD, level=X1A)))
    (folder / "x4.pdf").write_bytes(ad_pdf(Ad((AD[1], AD[0]), level=X4, rotate=90)))


def scene(width: int, height: int, *, night: bool = False) -> Image.Image:
    """A river between its banks: smooth tones, strong colours, edges, and the deepest shadows at night."""
    sky = ("#03060f", "#1c2f63") if night else ("#4f8fd0", "#f2ead8")
    picture = Image.composite(
        Image.new("RGB", (width, height), sky[1]),
        Image.new("RGB", (width, height), sky[0]),
        Image.linear_gradient("L").resize((width, height)),
    )
    draw = ImageDraw.Draw(picture)
    horizon = height * 3 // 5
    draw.rectangle((0, horizon, width, height), fill="#0d1a2e" if night else "#5d8f7a")
    for nth in range(0, width, height // 5):
        top = horizon - height // 8 - nth * 7 % (height // 4)
        colour = ("#0a0a10", "#2b1a20", "#14231a")[nth % 3] if night else ("#a33b2c", "#d9c7a0", "#6b5a4a")[nth % 3]
        draw.rectangle((nth, top, nth + height // 7, horizon), fill=colour)
        lamp = "#ffd24a" if night else "#2f4f6f"
        draw.rectangle((nth + height // 40, top + height // 30, nth + height // 16, top + height // 12), fill=lamp)
    left, top, side = width * 5 // 8, height // 4, height // 8
    draw.ellipse((left, top, left + side, top + side), fill="#f6e9b0")
    return picture


def chart() -> Image.Image:
    """Twenty-four flat patches, edge to edge."""
    small = Image.new("RGB", PATCHES)
    small.putdata([tuple(bytes.fromhex(colour[1:])) for colour in COLOURS])
    return small.resize((PATCHES[0] * 90, PATCHES[1] * 90), Image.Resampling.NEAREST)


def wide_gamut() -> bytes:
    """An RGB profile far from sRGB (ICC.1:2001-04): wide primaries, D50 white, gamma 1.8."""

    def fixed(*values: float) -> bytes:
        return b"".join(pack(">i", round(value * 65536)) for value in values)

    text = b"wide gamut, gamma 1.8\0"
    curve = b"curv" + bytes(4) + pack(">IH", 1, round(1.8 * 256)) + bytes(2)
    tags = {
        b"desc": b"desc" + bytes(4) + pack(">I", len(text)) + text + bytes(78),
        b"cprt": b"text" + bytes(4) + b"public domain\0",
        b"wtpt": b"XYZ " + bytes(4) + fixed(0.9642, 1.0, 0.8249),
        b"rXYZ": b"XYZ " + bytes(4) + fixed(0.7977, 0.2880, 0.0),
        b"gXYZ": b"XYZ " + bytes(4) + fixed(0.1352, 0.7119, 0.0),
        b"bXYZ": b"XYZ " + bytes(4) + fixed(0.0313, 0.0001, 0.8249),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body = pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        table += name + pack(">II", start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    header = bytearray(128)
    header[0:4] = pack(">I", start + len(body))
    header[8:24] = pack(">I", 0x02200000) + b"mntr" + b"RGB " + b"XYZ "
    header[36:40] = b"acsp"
    header[68:80] = fixed(0.9642, 1.0, 0.8249)
    return bytes(header) + table + body


def reference(picture: Image.Image, press: Path, profile: bytes | None) -> Image.Image:
    """What LittleCMS makes of a picture, perceptually, without any of our code."""
    source = ImageCms.ImageCmsProfile(BytesIO(profile)) if profile else ImageCms.createProfile("sRGB")
    transform = ImageCms.buildTransform(source, ImageCms.ImageCmsProfile(str(press)), "RGB", "CMYK", 0)
    made = ImageCms.applyTransform(picture, transform)
    assert made is not None
    return made
