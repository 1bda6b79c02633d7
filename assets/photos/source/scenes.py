"""The eight stand-in pictures.

Run, for one or several names, at any width in pixels and with any number of samples:

blender -b -P scenes.py -- OUTDIR 1500x30 0506 1201   (names left out: all eight; writes OUTDIR/NAME.npz)
python finish.py OUTDIR                               (numpy and Pillow; writes ../NAME.jpg)
"""

from __future__ import annotations

import math
import re
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
import parts as pt
from figures import Person
from parts import area, box, boxes, camera, copy_of, leaves, mat, panel, person, picture, poster, rod, sky, solid, sun

NAVY, BLACK, GREY = (0.022, 0.033, 0.070), (0.020, 0.020, 0.023), (0.11, 0.115, 0.12)
WHITE, PALE, RED, WINE = (0.72, 0.73, 0.74), (0.42, 0.54, 0.68), (0.52, 0.012, 0.018), (0.22, 0.012, 0.03)
SILVER = (0.42, 0.42, 0.42)
HAT_WHITE, HAT_YELLOW, HAT_RED, HAT_BLUE = (0.78, 0.78, 0.77), (0.8, 0.42, 0.02), (0.62, 0.02, 0.02), (0.03, 0.16, 0.5)
FINE = 1.0  # coarser in quick previews

SIDES = {}
CLASP = {"hand_l": (0.05, -0.20, 0.03), "hand_r": (-0.05, -0.215, 0.05), "palm_l": (-0.4, 1, 0), "palm_r": (0.4, 1, 0)}
BACK = {"hand_l": (0.05, 0.20, 0.02), "hand_r": (-0.05, 0.21, 0.05), "palm_l": (0, 1, 0), "palm_r": (0, 1, 0)}
NOTES = {
    "hand_l": (0.10, -0.27, 0.16),
    "hand_r": (-0.07, -0.30, 0.20),
    "palm_l": (0, 0, 1),
    "palm_r": (0.3, 0.2, -1),
    "grip_r": "fist",
}
POINT_R = {"hand_r": (-0.56, -0.22, 0.44), "grip_r": "point", "palm_r": (0.2, -0.3, -1)}
POINT_L = {"hand_l": (0.56, -0.22, 0.44), "grip_l": "point", "palm_l": (-0.2, -0.3, -1)}
OPEN_R = {"hand_r": (-0.30, -0.40, 0.20), "grip_r": "flat", "palm_r": (0.3, 0, 1)}
OPEN_L = {"hand_l": (0.30, -0.40, 0.20), "grip_l": "flat", "palm_l": (-0.3, 0, 1)}
WALK = {
    "pelvis": (0, 0, 0.905),
    "foot_l": (0.08, -0.27, 0.0),
    "foot_r": (-0.08, 0.30, 0.05),
    "hand_l": (0.24, 0.10, -0.08),
    "hand_r": (-0.23, -0.18, -0.05),
    "toe": (5, -6),
}
WALK2 = {
    "pelvis": (0, 0, 0.905),
    "foot_r": (-0.08, -0.27, 0.0),
    "foot_l": (0.08, 0.30, 0.05),
    "hand_r": (-0.24, 0.10, -0.08),
    "hand_l": (0.23, -0.18, -0.05),
    "toe": (6, -4),
}
SIT = {
    "pelvis": (0, 0, 0.52),
    "foot_l": (0.13, -0.42, 0),
    "foot_r": (-0.13, -0.40, 0),
    "hand_l": (0.13, -0.33, 0.13),
    "hand_r": (-0.13, -0.33, 0.13),
    "palm_l": (0, 0, -1),
    "palm_r": (0, 0, -1),
    "lean": 2,
}
DESK = {**SIT, "hand_l": (0.12, -0.40, 0.27), "hand_r": (-0.14, -0.42, 0.27), "lean": 7, "grip_r": "fist"}

VISIT = {**SIT, "lean": 14, "hand_l": (0.08, -0.42, 0.20), "hand_r": (-0.10, -0.40, 0.18), "grip_l": "flat"}
ELDER = {"old": True, "hair_color": (0.58, 0.58, 0.57), "smile": 0.9, "glasses": False}


def man(seed, *poses, **kw):
    """A man; poses and then keywords override the defaults."""
    rng = np.random.default_rng(seed)
    tone = rng.uniform(0.86, 1.06)
    d = {
        "seed": seed,
        "hair": rng.choice(["side", "short", "crop", "side"]),
        "glasses": rng.random() < 0.4,
        "girth": rng.uniform(0.95, 1.22),
    }
    d |= {
        "skin": tuple(np.array((0.60, 0.375, 0.27)) * tone),
        "smile": rng.uniform(0.1, 0.6),
        "head": (rng.uniform(-8, 8), rng.uniform(0, 8)),
        "fine": FINE,
    }
    for p in (*poses, kw):
        d |= p
    d["fine"] *= FINE if "fine" in kw else 1
    return Person(**d)


def woman(seed, *poses, **kw):
    """A woman."""
    rng = np.random.default_rng(seed)
    return man(
        seed,
        {
            "woman": True,
            "hair": rng.choice(["bob", "bun", "tail", "bob"]),
            "girth": rng.uniform(0.95, 1.08),
            "skin": (0.66, 0.43, 0.325),
            "glasses": rng.random() < 0.25,
        },
        *poses,
        **kw,
    )


def _value(text):
    """A number, a tuple, a yes or no, a named colour or a word."""
    if "," in text:
        return tuple(float(t) for t in text.split(","))
    if text in ("True", "False"):
        return text == "True"
    try:
        return float(text)
    except ValueError:
        return globals().get(text, text)


def crowd(text):
    """Place figures, one a line: x, y, yaw, m or w with a seed, then poses (capitals) and key=value in order.

    A line that starts with a bar continues the one before; women are a little smaller.
    """
    for line in re.sub(r"\n\s*\|", " ", text).strip().splitlines():
        x, y, yaw, who, *rest = line.split()
        looks = [{k: _value(v)} if v else globals()[k] for k, _, v in (t.partition("=") for t in rest)]
        one = (woman if who[0] == "w" else man)(int(who[1:]), *looks)
        size = np.random.default_rng(one.seed + 5).uniform(0.98, 1.045) * (0.945 if one.woman else 1.0)
        person(float(x), float(y), float(yaw), size, one)


def shell(x0, x1, y0, y1, h, wall, floor, ceiling=(0.8, 0.8, 0.79)):
    """A room open towards the camera."""
    box((x0 - 8, y0 - 8, -0.1), (x1 + 8, y1, 0), floor, 0)
    for a, b in (((x0 - 0.1, y0, 0), (x0, y1, h)), ((x1, y0, 0), (x1 + 0.1, y1, h)), ((x0, y1, 0), (x1, y1 + 0.1, h))):
        box(a, b, wall, 0)
    box((x0, y0, h), (x1, y1, h + 0.1), mat("wall", ceiling), 0)
    skirt = mat("gloss", (0.16, 0.14, 0.12))
    box((x0, y1 - 0.02, 0), (x1, y1, 0.10), skirt)
    for x in (x0, x1 - 0.02):
        box((x, y0, 0), (x + 0.02, y1, 0.10), skirt)


def lamps(xs, ys, h, size, power, tint=(1.0, 0.97, 0.92)):
    """Ceiling light panels that are seen and light the room."""
    for x in xs:
        for y in ys:
            box(
                (x - size[0] / 2, y - size[1] / 2, h - 0.03),
                (x + size[0] / 2, y + size[1] / 2, h - 0.005),
                mat("glow", tint, 7.0),
                0,
            )
    sx, sy = max(xs) - min(xs) + size[0], max(ys) - min(ys) + size[1]
    area(
        ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2, h - 0.06), sx, power * len(xs) * len(ys), tint, size_y=sy
    )  # one light: little noise


def table(x0, x1, y0, y1, h, top, leg=None):
    """A table with a thin top and four legs."""
    box((x0, y0, h - 0.035), (x1, y1, h), top)
    leg = leg or mat("metal", (0.25, 0.25, 0.26))
    for x in (x0 + 0.05, x1 - 0.09):
        for y in (y0 + 0.05, y1 - 0.09):
            box((x, y, 0), (x + 0.04, y + 0.04, h - 0.03), leg)


def chair(x, y, yaw, cover, frame=None):
    """A padded chair looking along -Y at yaw 0."""
    frame = frame or mat("metal", (0.3, 0.3, 0.31))
    root = pt.bpy.data.objects.new("chair", None)
    pt.bpy.context.collection.objects.link(root)
    obs = [
        box((-0.23, -0.24, 0.40), (0.23, 0.22, 0.455), cover, 0.02),
        box((-0.22, 0.20, 0.52), (0.22, 0.245, 0.92), cover, 0.02),
    ]
    obs += [
        box((sx * 0.21 - 0.014, yy, 0), (sx * 0.21 + 0.014, yy + 0.028, top), frame)
        for sx in (-1, 1)
        for yy, top in ((-0.22, 0.42), (0.21, 0.75))
    ]
    for o in obs:
        o.parent = root
    root.location, root.rotation_euler = (x, y, 0), (0, 0, math.radians(yaw))


def plant(x, y, h=1.0, seed=0):
    """A potted plant."""
    solid(
        [(0, 0), (0.14, 0), (0.18, 0.34), (0.165, 0.34), (0.15, 0.30), (0, 0.30)],
        (x, y, 0),
        mat("plastic", (0.75, 0.74, 0.7)),
    )
    rng = np.random.default_rng(seed)
    for _ in range(9):
        a, s = rng.uniform(0, 6.3), rng.uniform(0.05, 0.3)
        rod(
            [
                (x, y, 0.3),
                (x + s * 0.4 * math.cos(a), y + s * 0.4 * math.sin(a), h * 0.6),
                (x + s * math.cos(a), y + s * math.sin(a), h),
            ],
            0.006,
            mat("leaf", (0.06, 0.16, 0.04)),
        )
    leaves(
        [(x, y, h * z) for z in (0.55, 0.75, 0.95)],
        [0.2, 0.26, 0.2],
        420,
        0.075,
        mat("leaf", (0.035, 0.13, 0.03)),
        seed,
    )


def tree(x, y, h, seed, color=(0.05, 0.13, 0.03), count=5000):
    """A broad-leaved tree; count 0 leaves it bare."""
    rng = np.random.default_rng(seed)
    bark = mat("soil", (0.10, 0.075, 0.055))
    rod([(x, y, 0), (x + 0.05, y, h * 0.3), (x - 0.03, y + 0.04, h * 0.62)], [h * 0.028, h * 0.02, h * 0.012], bark)
    tips = []
    for _ in range(16):
        a, s, z0 = rng.uniform(0, 6.3), rng.uniform(0.12, 0.30) * h, rng.uniform(0.28, 0.6) * h
        tip = (x + s * math.cos(a), y + s * math.sin(a), z0 + h * rng.uniform(0.14, 0.36))
        mid = (x + 0.4 * s * math.cos(a), y + 0.4 * s * math.sin(a), z0 + h * 0.10)
        rod([(x, y, z0), mid, tip], [h * 0.010, h * 0.006, h * 0.003], bark)
        tips.append(tip)
    if count:
        leaves(tips, rng.uniform(0.09, 0.17, 16) * h, count, 0.014 * h, mat("leaf", color), seed, 0.8)


def building(x0, x1, y, h, wall, seed, lit=0.0, floors=None, depth=8.0):
    """A block with a grid of recessed windows on its front; lit is the share of shining ones."""
    rng = np.random.default_rng(seed)
    box((x0, y, 0), (x1, y + depth, h), wall, 0)
    n, m = max(2, int((x1 - x0) / 3.0)), floors or max(2, int(h / 3.2))
    dark, shine, lows = (
        mat("gloss", (0.05, 0.07, 0.09)),
        [mat("glow", c, 0.6) for c in ((1, 0.72, 0.38), (0.9, 0.85, 0.7), (1, 0.6, 0.3))],
        {},
    )
    for i in range(n):
        for j in range(m):
            x, z = x0 + (i + 0.22) * (x1 - x0) / n, (j + 0.3) * h / m
            k = shine[rng.integers(3)] if rng.random() < lit else dark
            lows.setdefault(k, []).append(((x, y - 0.02, z), (x + 0.56 * (x1 - x0) / n, y + 0.05, z + 0.5 * h / m)))
    for k, v in lows.items():
        boxes([a for a, _ in v], [b for _, b in v], k)
    sills = [((x0, y - 0.12, j * h / m), (x1, y, j * h / m + 0.12)) for j in range(1, m + 1)]
    boxes([a for a, _ in sills], [b for _, b in sills], wall)


def hills(y, height, color, seed, span=160.0, base=0.0):
    """A ridge line far behind."""
    rng = np.random.default_rng(seed)
    x = np.linspace(-span, span, 240)
    z = sum(
        rng.normal(0, 1) * np.sin(x * f + rng.uniform(0, 6)) / f**0.9 for f in (0.02, 0.045, 0.09, 0.17, 0.33, 0.6, 1.1)
    )
    z = base + height * (0.35 + 0.65 * (z - z.min()) / np.ptp(z))
    rows = [
        np.stack(
            [x, np.full(240, y + d * 1.4 * height), z * k + rng.normal(0, 0.015 * height, 240) * (0.1 < k < 0.95)], -1
        )
        for d, k in ((0, 0), (0.3, 0.35), (0.6, 0.68), (1.0, 1.0), (1.4, 0.8))
    ]
    v = np.concatenate(rows)
    i, j = np.meshgrid(np.arange(4), np.arange(239), indexing="ij")
    a = i * 240 + j
    pt.mesh("hills", v, np.stack([a, a + 1, a + 241, a + 240], -1).reshape(-1, 4), mat("soil", color))


def book(x, y, z, yaw, seed):
    """An open book with two curved pages."""
    t = np.linspace(-1, 1, 21)
    zz = 0.004 + 0.022 * np.abs(np.sin(np.abs(t) ** 0.6 * np.pi)) * (1 - 0.4 * np.abs(t))
    v = np.array([(a * 0.17, s, b) for s in (-0.12, 0.12) for a, b in zip(t, zz, strict=True)])
    i = np.arange(20)
    ob = pt.mesh("book", v, np.stack([i, i + 1, i + 22, i + 21], -1), picture(_pages(seed)), smooth=True)
    uv = ob.data.uv_layers.new()
    lo = np.empty(80, np.int32)
    ob.data.loops.foreach_get("vertex_index", lo)
    uv.data.foreach_set("uv", np.stack([(lo % 21) / 20, lo // 21], -1).astype(np.float32).ravel())
    cover = box((-0.178, -0.126, 0), (0.178, 0.126, 0.004), mat("cloth", [RED, NAVY, (0.1, 0.2, 0.12)][seed % 3]), 0)
    for o in (ob, cover):
        o.rotation_euler = (0, 0, math.radians(yaw))
    ob.location, cover.location = (x, y, z + 0.004), (x, y, z + 0.002)


def _pages(seed):
    rng = np.random.default_rng(seed)
    a = np.full((240, 340, 3), 0.93)
    for x0 in (24, 190):
        for k in range(12):
            pt._bar(a, rng, 28 + k * 16, x0, 124 if k % 5 else 80, 14, (0.2, 0.2, 0.2))
    return pt._soften(a, 1)


def shelf(x0, x1, y, h, seed, levels=6):
    """A bookcase filled with books of many sizes and colours."""
    rng = np.random.default_rng(seed)
    wood = mat("wood", (0.26, 0.13, 0.06))
    box((x0, y + 0.30, 0), (x1, y + 0.33, h), mat("wood", (0.12, 0.06, 0.03)), 0)
    for k in range(levels + 1):
        z = 0.08 + k * (h - 0.1) / levels
        box((x0, y, z - 0.025), (x1, y + 0.3, z), wood)
    n = max(1, round((x1 - x0) / 1.0))
    for k in range(n + 1):
        x = x0 + k * (x1 - x0) / n
        box((x - 0.014, y - 0.004, 0), (x + 0.014, y + 0.3, h), wood)
    colors = [
        RED,
        WINE,
        NAVY,
        (0.05, 0.16, 0.12),
        (0.45, 0.30, 0.10),
        (0.62, 0.58, 0.5),
        (0.10, 0.22, 0.40),
        (0.55, 0.22, 0.06),
        (0.03, 0.03, 0.03),
        (0.33, 0.36, 0.38),
    ]
    lots = {}
    for k in range(levels):
        z, x = 0.08 + k * (h - 0.1) / levels, x0 + 0.03
        while x < x1 - 0.08:
            run = rng.integers(1, 9)
            c, t, hh, dd = (
                colors[rng.integers(10)],
                rng.uniform(0.018, 0.045),
                rng.uniform(0.6, 0.9) * (h - 0.1) / levels,
                rng.uniform(0.0, 0.06),
            )
            if rng.random() < 0.10:
                x += rng.uniform(0.05, 0.18)
                continue
            for _ in range(run):
                if x < x1 - 0.06:
                    lots.setdefault(c, []).append(
                        ((x, y + 0.03 + dd, z), (x + t - 0.002, y + 0.27, z + hh * rng.uniform(0.97, 1.0)))
                    )
                    x += t
    for c, v in lots.items():
        boxes([a for a, _ in v], [b for _, b in v], mat("paper", c))


def lantern(x, y, z, r=0.2, power=5.0):
    """A red lantern that shines."""
    a = np.linspace(-1.25, 1.25, 11)
    solid(
        [(r * math.cos(t) * (1.0 + 0.02 * (i % 2)), 0.8 * r * math.sin(t)) for i, t in enumerate(a)],
        (x, y, z),
        mat("lamp", (1.0, 0.05, 0.014), power),
    )
    gold = mat("metal", (0.8, 0.5, 0.12))
    for k in range(10):
        u = 0.63 * k
        ribs = [
            (
                x + 1.01 * r * math.cos(t) * math.cos(u),
                y + 1.01 * r * math.cos(t) * math.sin(u),
                z + 0.81 * r * math.sin(t),
            )
            for t in a
        ]
        rod(ribs, 0.0035, mat("cloth", (0.35, 0.03, 0.01)), 4)
    for s in (-1, 1):
        solid([(0, -0.02), (r * 0.36, -0.02), (r * 0.36, 0.02), (0, 0.02)], (x, y, z + s * r * 0.78), gold)
    solid([(0.004, 0), (0.03, -r * 0.9), (0.02, -r * 1.1)], (x, y, z - r * 0.8), mat("cloth", (0.7, 0.03, 0.02)))


def s0506():
    """Officials in a community consultation room; the first from the left points at a display board."""
    shell(-4.4, 4.2, -7, 3.0, 3.0, mat("wall", (0.74, 0.75, 0.74)), mat("tiles", (0.62, 0.61, 0.58)))
    lamps((-2.4, 0.2, 2.8), (-2.4, 0.6), 3.0, (1.2, 0.3), 36)
    sky((0.9, 0.93, 1.0), (0.7, 0.75, 0.8), 0.35)
    area((4.0, -1.2, 1.8), 2.4, 170, (0.88, 0.94, 1.0), (-1, 0.05, -0.1), 1.7)
    area((-2.0, -4.6, 2.7), 2.0, 70, (1.0, 0.97, 0.93), (0.2, 1, -0.4), 1.2)
    red = (0.55, 0.03, 0.03)
    panel((-2.75, 1.7, 1.55), 2.5, 1.75, picture(poster(900, 630, (0.93, 0.92, 0.89), red, 3)), 32)
    frame = mat("metal", (0.5, 0.5, 0.52))
    for dx in (-1.27, 1.27):
        c, s = math.cos(math.radians(32)), math.sin(math.radians(32))
        rod([(-2.75 + dx * c, 1.72 + dx * s, 0), (-2.75 + dx * c, 1.72 + dx * s, 2.45)], 0.022, frame)
    box((-0.9, 2.93, 2.25), (3.6, 2.98, 2.62), mat("drape", (0.45, 0.02, 0.02)))
    for k, x in enumerate((-0.6, 0.55, 1.7, 2.85)):
        panel(
            (x + 0.25, 2.96, 1.55),
            0.85,
            1.1,
            picture(poster(300, 390, (0.90, 0.92, 0.93), (0.10, 0.30, 0.55), 20 + k, 2)),
        )
    table(1.5, 3.6, 0.6, 1.7, 0.76, mat("wood", (0.34, 0.18, 0.085)))
    for k in range(3):
        chair(1.8 + 0.65 * k, 2.05, 0, mat("cloth", (0.03, 0.06, 0.13)))
        solid(
            [(0, 0), (0.036, 0), (0.042, 0.10), (0.038, 0.10), (0.036, 0.01)],
            (1.8 + 0.65 * k, 1.1, 0.76),
            mat("plastic", (0.8, 0.8, 0.8)),
        )
    plant(3.7, 2.5, 1.3, 4)
    crowd(
        """
        -1.38 0.05 14 m31 POINT_R CLASP hand_r=-0.55,-0.02,0.4 POINT_R hand_r=-0.56,0.02,0.42 wear=jacket
            | top=NAVY girth=1.12 head=28,4 hair=side glasses=False smile=0.5
        -0.62 0.62 -22 m42 CLASP wear=suit top=BLACK head=-24,5 glasses=True
        -0.05 -0.12 -48 w43 NOTES wear=coat top=0.42,0.03,0.04 hair=bob head=-14,8
        0.6 0.42 -34 m47 BACK wear=jacket top=0.05,0.055,0.065 head=-22,4 girth=1.25
        1.12 -0.18 -52 m45 wear=suit top=0.04,0.05,0.075 head=-12,4 hair=thin old=True hair_color=SILVER
        1.72 0.28 -40 w48 CLASP wear=jacket top=0.3,0.31,0.33 hair=tail head=-20,4
        """
    )
    camera((0.5, -4.5, 1.5), (-0.18, 0.2, 1.14), 38, 3.2, (-0.7, 0, 1.4))


def s1201():
    """A group in winter coats inspecting a building site."""
    sky((0.80, 0.85, 0.92), (0.32, 0.50, 0.82), 0.75, 0.6, 2.0)
    sun((0.66, 0.72, -0.36), 3.6, (1.0, 0.88, 0.72))
    box((-120, -20, -0.1), (120, 160, 0), mat("soil", (0.30, 0.245, 0.19)), 0)
    conc, net = mat("concrete", (0.46, 0.45, 0.43)), mat("net", (0.025, 0.15, 0.085))
    lows, highs = [], []
    for f in range(7):
        z = f * 3.2
        lows.append((-24, 30, z - 0.3 + 3.2))
        highs.append((4, 44, z + 3.2))
        for x in range(-24, 5, 4):
            lows.append((x - 0.3, 30, z))
            highs.append((x + 0.3, 30.6, z + 3.2))
    boxes(lows, highs, conc)
    box((-24, 38, 0), (4, 38.3, 22), mat("concrete", (0.2, 0.2, 0.2)), 0)
    box((-24.4, 28.6, 3.2), (-9, 28.7, 19.4), net, 0)
    pole = mat("metal", (0.55, 0.42, 0.2))
    for k in range(15):
        rod([(-24 + 2 * k, 28.5, 0), (-24 + 2 * k, 28.5, 24)], 0.05, pole, 5)
    for k in range(12):
        rod([(-24, 28.45, 2 * k + 1.6), (4.5, 28.45, 2 * k + 1.6)], 0.045, pole, 5)
    building(22, 44, 52, 25, mat("wall", (0.62, 0.52, 0.42)), 5)
    building(-70, -38, 60, 21, mat("wall", (0.6, 0.58, 0.54)), 6)
    crane(27, 88, 23)
    blue, white = mat("metal", (0.05, 0.22, 0.50)), mat("metal", (0.75, 0.76, 0.77))
    for k in range(16):
        x = -17 + 2.1 * k
        box((x, 8.0, 0.1), (x + 2.02, 8.04, 1.95), white if k % 3 == 1 else blue)
        box((x + 2.03, 7.98, 0), (x + 2.09, 8.06, 2.05), mat("metal", (0.4, 0.4, 0.4)))
    box((-17, 7.96, 1.95), (17, 8.06, 2.02), mat("metal", (0.5, 0.04, 0.03)))
    rng = np.random.default_rng(8)
    for _ in range(60):
        x, y, s = rng.uniform(-9, 9), rng.uniform(-4, 7), rng.uniform(0.02, 0.09)
        leaves([(x, y, 0.0)], [s], 40, s * 0.5, mat("soil", (0.34, 0.29, 0.24)), rng.integers(1e6))
    for k in range(7):
        rod(
            [(4.6 + 0.1 * k, 5.6, 0.1 + 0.11 * (k % 3)), (8.2 + 0.1 * k, 6.4, 0.1 + 0.11 * (k % 3))],
            0.05,
            mat("metal", (0.30, 0.16, 0.10)),
        )
    boxes(
        [(-6.2 + 0.26 * (k % 6), 5.4 + 0.14 * (k // 30), 0.0 + 0.13 * (k // 6 % 5)) for k in range(60)],
        [(-5.96 + 0.26 * (k % 6), 5.52 + 0.14 * (k // 30), 0.12 + 0.13 * (k // 6 % 5)) for k in range(60)],
        mat("brick", (0.42, 0.13, 0.07)),
    )
    crowd(
        """
        -1.75 0.55 10 m60 CLASP hat=helmet wear=puffer top=BLACK hat_color=HAT_WHITE head=30,2
        -1.1 -0.1 18 m61 WALK hat=helmet wear=coat top=0.035,0.035,0.045 hat_color=HAT_WHITE head=16,2
        -0.45 0.45 8 w62 CLASP hat=helmet wear=puffer top=0.4,0.02,0.03 hat_color=HAT_WHITE head=24,3 hair=bob
        0.2 -0.35 6 m63 WALK2 POINT_L hat=helmet wear=jacket top=NAVY hat_color=HAT_RED head=22,-2 girth=1.15
            | glasses=False
        0.88 0.22 -6 m64 BACK hat=helmet wear=puffer top=0.03,0.05,0.11 hat_color=HAT_WHITE head=24,0 glasses=True
        1.5 -0.12 -26 m65 NOTES hat=helmet wear=coat top=0.09,0.085,0.08 hat_color=HAT_YELLOW head=10,5
        -2.6 3.0 20 m66 hat=helmet wear=puffer top=0.5,0.2,0.02 hat_color=HAT_YELLOW fine=1.5
        -3.5 4.4 26 m67 hat=helmet wear=jacket top=0.06,0.08,0.1 hat_color=HAT_BLUE fine=1.5
        """
    )
    camera((0.5, -5.2, 1.3), (-0.02, 0.3, 1.30), 39, 2.4)


def crane(x, y, h):
    """A lattice tower crane."""
    m = mat("metal", (0.75, 0.42, 0.03))
    for dx in (-0.6, 0.6):
        for dy in (-0.6, 0.6):
            rod([(x + dx, y + dy, 0), (x + dx, y + dy, h)], 0.09, m, 4)
    for k in range(int(h / 1.4)):
        z, s = k * 1.4, 0.6 if k % 2 else -0.6
        rod([(x - s, y - 0.6, z), (x + s, y - 0.6, z + 1.4)], 0.05, m, 4)
        rod([(x - s, y + 0.6, z), (x + s, y + 0.6, z + 1.4)], 0.05, m, 4)
    for dz in (0, 1.2):
        rod([(x - 30, y, h + dz * (1 - 0.0)), (x + 9, y, h + dz)], 0.09, m, 4)
    for k in range(32):
        s = k % 2
        rod([(x - 29 + 1.2 * k, y, h + 1.2 * s), (x - 27.8 + 1.2 * k, y, h + 1.2 * (1 - s))], 0.05, m, 4)
    rod([(x, y, h), (x, y, h + 5)], 0.2, m, 4)
    for e in (-22, 8):
        rod([(x, y, h + 5), (x + e, y, h + 1.2)], 0.035, mat("metal", (0.2, 0.2, 0.2)), 4)
    box((x + 6, y - 0.7, h - 1.6), (x + 8.6, y + 0.7, h), mat("concrete", (0.4, 0.4, 0.4)))
    box((x - 0.2, y - 1.9, h - 1.8), (x + 1.2, y - 0.6, h), mat("metal", (0.8, 0.8, 0.8)))
    rod([(x - 17, y, h), (x - 17, y, h - 9)], 0.03, mat("metal", (0.1, 0.1, 0.1)), 4)
    box((x - 18, y - 0.5, h - 10), (x - 16, y + 0.5, h - 9), mat("metal", (0.3, 0.2, 0.1)))


def s0309():
    """A group walking through an exhibition corridor with red display panels."""
    shell(-3.0, 3.0, -7, 12, 3.3, mat("wall", (0.70, 0.68, 0.66)), mat("tiles", (0.50, 0.47, 0.44)), (0.16, 0.15, 0.15))
    sky((0.7, 0.7, 0.7), (0.6, 0.6, 0.6), 0.22)
    for k in range(6):
        y = -2.2 + 2.5 * k
        for sx in (-1, 1):
            bright = (0.58, 0.02, 0.025) if k % 3 != 1 else (0.90, 0.88, 0.83)
            ink = (0.95, 0.86, 0.6) if k % 3 != 1 else (0.2, 0.2, 0.22)
            art = poster(
                760,
                760,
                bright,
                (0.45, 0.01, 0.015) if k % 3 != 1 else (0.60, 0.02, 0.02),
                50 + 2 * k + (sx > 0),
                3,
                ink,
            )
            panel((sx * 2.93, y, 1.62), 2.2, 2.2, picture(art, rough=0.35), -90 * sx)
            box((sx * 2.97 - 0.03, y - 1.13, 0.48), (sx * 2.97 + 0.03, y + 1.13, 0.52), mat("metal", (0.6, 0.45, 0.2)))
        box((-3, y + 1.05, 3.05), (3, y + 1.25, 3.3), mat("wall", (0.10, 0.09, 0.09)))
        box((-0.16, y - 0.9, 3.27), (0.16, y + 0.7, 3.295), mat("glow", (1.0, 0.95, 0.86), 8.0), 0)
    for sx in (-1, 1):
        area((sx * 2.1, 3.6, 3.0), 0.4, 230, (1.0, 0.93, 0.82), (sx * 0.6, 0, -1), 14.0)
    area((0, 2.6, 3.02), 0.5, 330, (1.0, 0.94, 0.86), size_y=12.0)
    panel(
        (0, 11.9, 1.7),
        5.9,
        3.1,
        picture(poster(900, 480, (0.62, 0.015, 0.02), (0.50, 0.01, 0.01), 99, 1, (0.95, 0.80, 0.45)), 0.35),
    )
    area((0, 10.6, 3.2), 4, 120, (1, 0.9, 0.78), (0, 0.6, -0.7), 0.5)
    area((0.0, -5.0, 2.9), 2.5, 125, (1, 0.97, 0.93), (0, 1, -0.5), 1.0)
    crowd(
        """
        -1.55 0.35 24 m71 WALK wear=jacket top=BLACK head=20,3
        -0.95 -0.25 14 w72 WALK2 wear=coat top=0.5,0.42,0.34 hair=bob head=20,3
        -0.28 0.25 8 m73 NOTES WALK2 hand_l=0.1,-0.27,0.16 hand_r=-0.07,-0.3,0.2 wear=suit top=0.03,0.035,0.05
            | head=18,5 glasses=True
        0.36 -0.55 4 m74 WALK OPEN_L hand_l=0.42,-0.34,0.26 wear=jacket top=NAVY head=26,2 girth=1.12 hair=side
            | smile=0.5 glasses=False
        0.98 0.15 -4 m75 WALK2 wear=jacket top=0.07,0.075,0.08 head=30,2 hair=thin old=True hair_color=SILVER
        1.58 -0.18 12 w76 CLASP WALK hand_l=0.05,-0.2,0.03 hand_r=-0.05,-0.21,0.05 wear=suit top=WINE hair=tail
            | head=34,2
        -0.62 1.5 10 m77 WALK wear=jacket top=GREY head=-28,2 fine=1.3
        0.7 1.7 -8 m78 WALK2 wear=suit top=BLACK head=30,0 fine=1.3
        -1.45 2.6 70 m79 BACK wear=jacket top=NAVY head=10,0 fine=1.5
        """
    )
    camera((-0.3, -5.0, 1.45), (0.08, 0.6, 1.20), 37, 3.2, (0.3, -0.5, 1.4))


def s0825():
    """A classroom from behind: rows of people, a lecturer at a podium beside a bright screen."""
    shell(-5.2, 5.2, -6, 9.0, 3.5, mat("wall", (0.76, 0.74, 0.69)), mat("tiles", (0.42, 0.38, 0.33), 0.6))
    lamps((-3.0, 0, 3.0), (-1.0, 2.0, 5.0), 3.5, (1.3, 0.35), 34)
    sky((0.8, 0.82, 0.85), (0.7, 0.7, 0.7), 0.30)
    h, w = 360, 640
    y, x = np.mgrid[0:h, 0:w] / (h, w)[0]
    art = (
        np.stack([0.10 + 0.25 * y, 0.32 + 0.30 * y, 0.72 + 0.16 * y], -1)
        + 0.10 * np.exp(-((x - 0.9) ** 2 + (y - 0.4) ** 2) * 4)[..., None]
    )
    rng = np.random.default_rng(4)
    pt._bar(art, rng, 70, 120, 400, 70, (1, 1, 1))
    for k in range(4):
        pt._bar(art, rng, 160 + 38 * k, 90, (330, 420, 280, 360)[k], 26, (0.95, 0.97, 1))
    panel((-0.5, 8.9, 1.95), 4.3, 2.35, picture(np.clip(pt._soften(art, 3), 0, 1), 2.2, 0.3))
    box((-2.75, 8.9, 0.7), (1.75, 8.96, 3.2), mat("plastic", BLACK))
    box((-4.9, 8.93, 3.05), (4.9, 8.97, 3.42), mat("drape", (0.45, 0.02, 0.02)))
    area((-0.5, 8.7, 1.9), 4.2, 90, (0.75, 0.86, 1.0), (0, -1, 0), 2.3)
    for sx in (-1, 1):
        for k in range(3):
            yy = -0.4 + 3.1 * k
            x0 = sx * 5.17
            box(
                (min(x0, x0 - sx * 0.05), yy, 0.95),
                (max(x0, x0 - sx * 0.05), yy + 1.7, 2.75),
                mat("glow", (0.86, 0.93, 1.0), 3.2 if sx < 0 else 1.4),
                0,
            )
            box((x0 - 0.08, yy + 0.83, 0.95), (x0 + 0.08, yy + 0.87, 2.75), mat("plastic", (0.8, 0.8, 0.8)))
            for e in (-0.28, 1.62):
                n = 8
                rod_pts = [(x0 - sx * (0.10 + 0.03 * (q % 2)), yy + e + 0.05 * q, 0) for q in range(n)]
                boxes(
                    [(p[0] - 0.02, p[1], 0.15) for p in rod_pts],
                    [(p[0] + 0.02, p[1] + 0.05, 3.0) for p in rod_pts],
                    mat("cloth", (0.42, 0.36, 0.27)),
                )
        area((sx * 5.0, 2.5, 1.9), 6, 170 if sx < 0 else 60, (0.88, 0.94, 1.0), (-sx, 0, -0.15), 1.8)
    box((2.75, 7.2, 0), (3.45, 7.7, 1.12), mat("wood", (0.30, 0.13, 0.05)), 0.01)
    box((2.68, 7.12, 1.12), (3.52, 7.78, 1.17), mat("wood", (0.22, 0.09, 0.04)), 0.01)
    rod([(3.0, 7.3, 1.17), (2.98, 7.28, 1.42), (3.0, 7.42, 1.50)], 0.008, mat("metal", BLACK))
    person(
        3.1,
        8.05,
        -12,
        1.02,
        man(
            91,
            OPEN_R | {"hand_r": (-0.34, -0.30, 0.30)},
            wear="suit",
            top=(0.03, 0.035, 0.05),
            head=(-12, 6),
            glasses=True,
            tie=(0.35, 0.02, 0.03),
            under=WHITE,
            hand_l=(0.18, -0.34, 0.24),
        ),
    )
    tops = [
        ("shirt", WHITE),
        ("jacket", NAVY),
        ("shirt", PALE),
        ("blouse", (0.50, 0.05, 0.07)),
        ("shirt", (0.66, 0.66, 0.64)),
        ("jacket", BLACK),
        ("blouse", (0.10, 0.25, 0.24)),
        ("tee", (0.08, 0.11, 0.22)),
        ("blouse", (0.7, 0.6, 0.45)),
    ]
    stock = []
    for k, (wear, top) in enumerate(tops):
        make = woman if wear == "blouse" else man
        extra = (
            {"hair": "thin", "old": True, "hair_color": SILVER}
            if k == 4
            else {"hair": ("bob", "tail", "bun")[k % 3]}
            if make is woman
            else {}
        )
        stock.append(
            person(
                0,
                -50,
                0,
                1,
                make(
                    100 + k,
                    DESK,
                    wear=wear,
                    top=top,
                    head=((-9, 6, -4, 8, 0, -6, 5, 10, -3)[k], (8, 3, 14, 4, 6, 2, 10, 5, 3)[k]),
                    fine=1.15,
                    **extra,
                ),
            )
        )
    deskm, cover = mat("wood", (0.36, 0.20, 0.10)), mat("cloth", (0.028, 0.05, 0.11))
    n = 0
    for r in range(5):
        yy = -0.75 + 1.35 * r
        for c, xx in enumerate((-3.55, -2.75, -1.95, -0.75, 0.05, 0.85, 2.05, 2.85, 3.65)):
            n += 1
            if (r, c) in ((0, 1), (2, 7), (3, 2), (1, 8)):
                continue
            jx, jy = rng.uniform(-0.06, 0.06), rng.uniform(-0.05, 0.05)
            copy_of(stock[(n * 5 + r * 2) % 9], xx + jx, yy + jy, 180 + rng.uniform(-9, 9), rng.uniform(0.96, 1.03))
            chair(xx + jx, yy - 0.02 + jy, 180, cover)
            box((xx - 0.10, yy + 0.52, 0.76), (xx + 0.12, yy + 0.82, 0.775), mat("paper", (0.8, 0.8, 0.78)), 0)
        for x0 in (-3.95, -1.15, 1.65):
            box((x0, yy + 0.42, 0.725), (x0 + 2.4, yy + 0.95, 0.755), deskm)
            box((x0 + 0.03, yy + 0.88, 0.1), (x0 + 2.37, yy + 0.91, 0.725), deskm)
    camera((-1.5, -3.7, 2.1), (0.5, 4.2, 1.16), 34, 2.8, (0.6, 2.2, 1.1))


def stall(x, y, side, canopy, seed):
    """A night-market stall; side -1 stands left of the lane and opens to +X."""
    rng = np.random.default_rng(seed)
    w, d = 2.3, 1.3
    x0, x1 = (x - d, x) if side < 0 else (x, x + d)
    box((x0 + 0.1, y - w / 2, 0), (x1 - 0.1, y + w / 2, 0.85), mat("wood", (0.28, 0.15, 0.07)))
    box((x0, y - w / 2 - 0.03, 0.85), (x1, y + w / 2 + 0.03, 0.9), mat("metal", (0.6, 0.6, 0.6)))
    for xx in (x0, x1):
        for yy in (y - w / 2, y + w / 2):
            rod([(xx, yy, 0), (xx, yy, 2.3)], 0.025, mat("metal", (0.3, 0.3, 0.3)), 6)
    white = mat("cloth", (0.75, 0.7, 0.6))
    for k in range(8):
        ya, yb = y - w / 2 - 0.15 + k * (w + 0.3) / 8, y - w / 2 - 0.15 + (k + 1) * (w + 0.3) / 8
        m = canopy if k % 2 else white
        xm, e = (x0 + x1) / 2, 0.35
        v = [
            (x0 - 0.2, ya, 2.25),
            (x0 - 0.2, yb, 2.25),
            (xm, ya, 2.75),
            (xm, yb, 2.75),
            (x1 + e, ya, 2.2),
            (x1 + e, yb, 2.2),
            (x1 + e, ya, 2.02),
            (x1 + e, yb, 2.02),
        ]
        if side > 0:
            v = [(x0 + x1 - a, b, c) for a, b, c in v]
        pt.mesh("canopy", v, [(0, 1, 3, 2), (2, 3, 5, 4), (4, 5, 7, 6)], m)
    goods = [
        (0.6, 0.05, 0.02),
        (0.7, 0.35, 0.03),
        (0.55, 0.45, 0.1),
        (0.1, 0.3, 0.05),
        (0.6, 0.5, 0.4),
        (0.4, 0.12, 0.03),
    ]
    for k in range(4):
        ty, c = y - w / 2 + 0.3 + 0.56 * k, goods[rng.integers(6)]
        box((x0 + 0.25, ty - 0.22, 0.9), (x1 - 0.2, ty + 0.22, 0.96), mat("metal", (0.7, 0.7, 0.7)))
        leaves(
            [(x0 + 0.35 + 0.2 * i, ty, 0.98) for i in range(4)],
            [0.13] * 4,
            260,
            0.035,
            mat("plastic", c),
            seed + k,
            0.55,
        )
    solid(
        [(0, 0), (0.05, 0.0), (0.065, 0.06), (0.04, 0.13), (0, 0.14)],
        ((x0 + x1) / 2, y, 2.02),
        mat("glow", (1.0, 0.75, 0.42), 60.0),
    )
    box(
        (x0 + 0.02, y - w / 2, 0.9), (x0 + 0.05, y + w / 2, 2.2), mat("cloth", (0.12, 0.05, 0.03)), 0
    ) if side < 0 else box(
        (x1 - 0.05, y - w / 2, 0.9), (x1 - 0.02, y + w / 2, 2.2), mat("cloth", (0.12, 0.05, 0.03)), 0
    )


def s0808():
    """A night market: warm stalls, red lanterns, deep blue sky, people strolling."""
    sky((0.10, 0.15, 0.36), (0.010, 0.03, 0.14), 1.0)
    box((-60, -20, -0.1), (60, 90, 0), mat("tiles", (0.16, 0.155, 0.15), 0.45), 0)
    building(-32, -7.5, 26, 17, mat("wall", (0.14, 0.13, 0.14)), 2, 0.35)
    building(9, 34, 30, 24, mat("wall", (0.12, 0.12, 0.14)), 3, 0.3)
    building(-6, 7.5, 46, 12, mat("wall", (0.15, 0.13, 0.12)), 4, 0.45)
    cloths = [mat("cloth", c) for c in (RED, (0.6, 0.3, 0.02), (0.02, 0.2, 0.3), (0.4, 0.03, 0.05))]
    for k in range(6):
        y = -0.6 + 2.75 * k
        stall(-2.55, y, -1, cloths[k % 4], 10 + k)
        stall(2.55, y + 0.5, 1, cloths[(k + 2) % 4], 40 + k)
    wire = mat("plastic", (0.02, 0.02, 0.02))
    for k in range(8):
        y = 0.2 + 2.1 * k
        t = np.linspace(0, 1, 13)
        pts = np.stack([-2.9 + 5.8 * t, np.full(13, y), 3.5 - 0.62 * np.sin(np.pi * t)], -1)
        rod(pts, 0.008, wire, 5)
        for i in (2, 4, 6, 8, 10) if k % 2 == 0 else (1, 3, 5, 7, 9, 11):
            p = pts[i]
            if k % 2 == 0:
                lantern(p[0], p[1], p[2] - 0.24, 0.21, 1.9)
            else:
                solid(
                    [(0, 0), (0.03, 0.01), (0.042, 0.05), (0.02, 0.09), (0, 0.1)],
                    (p[0], p[1], p[2] - 0.12),
                    mat("glow", (1.0, 0.72, 0.36), 45.0),
                )
    for sx in (-1, 1):
        area((sx * 3.1, 6.5, 2.0), 0.7, 260, (1.0, 0.66, 0.32), size_y=16.0)
        area((sx * 2.5, 6.5, 2.0), 0.4, 240, (1.0, 0.66, 0.32), (-sx * 0.9, 0, -0.7), 16.0)
    area((0, 7.0, 2.8), 3.0, 80, (1.0, 0.42, 0.25), size_y=15.0)
    area((0.3, -3.8, 3.3), 2.4, 190, (1.0, 0.76, 0.52), (-0.05, 1, -0.62), 0.8)
    tree(-5.6, 9, 7, 1, (0.03, 0.07, 0.02), 2500)
    tree(6.2, 14, 8, 2, (0.03, 0.07, 0.02), 2500)
    crowd(
        """
        -0.95 0.1 10 m121 WALK wear=shirt top=WHITE head=-30,2 legs=BLACK
        -0.32 -0.45 4 w122 WALK2 wear=blouse top=0.55,0.06,0.1 hair=bob head=14,2 legs=0.03,0.03,0.06
        0.3 0.0 0 m123 WALK OPEN_R hand_r=-0.46,-0.3,0.24 wear=shirt top=0.62,0.68,0.74 head=-26,0 girth=1.15
            | glasses=True
        0.92 -0.3 -8 m124 WALK2 wear=tee top=0.05,0.07,0.13 head=-12,2 hair=crop
        1.38 0.75 -4 w125 WALK wear=blouse top=0.72,0.66,0.52 hair=tail head=24,2
        -1.55 2.0 80 m126 NOTES wear=tee top=0.4,0.38,0.36 fine=1.3
        -0.55 2.9 186 m127 WALK wear=shirt top=0.5,0.55,0.6 fine=1.4
        0.35 3.6 176 w128 WALK2 wear=blouse top=0.1,0.25,0.35 fine=1.4
        1.6 3.2 -90 w129 NOTES wear=tee top=0.5,0.3,0.05 fine=1.4
        -1.5 5.2 60 m130 wear=tee top=0.3,0.04,0.04 fine=1.6
        0.2 6.8 10 m131 WALK wear=tee top=0.5,0.5,0.5 fine=1.6
        1.2 7.6 170 w132 WALK wear=blouse top=0.5,0.1,0.1 fine=1.6
        -3.35 0.2 -95 m133 NOTES wear=tee top=0.65,0.64,0.6 hat=cap hat_color=0.5,0.02,0.02 fine=1.3
        3.4 2.6 90 w134 NOTES wear=tee top=0.5,0.04,0.05 fine=1.4
        """
    )
    camera((0.5, -4.9, 1.40), (0.02, 1.4, 1.44), 31, 2.2, (0.1, -0.2, 1.4))


def vines(x, y0, y1, seed):
    """A trellised row of vines running away from the camera."""
    rng = np.random.default_rng(seed)
    n = int((y1 - y0) / 0.22)
    ys = np.linspace(y0, y1, n)
    c = np.stack([x + rng.normal(0, 0.10, n), ys, rng.uniform(0.55, 1.45, n)], -1)
    leaves(
        c,
        rng.uniform(0.16, 0.30, n),
        int(620 * (y1 - y0)) if y1 < 40 else int(300 * (y1 - y0)),
        0.055,
        mat("leaf", (0.075, 0.19, 0.025)),
        seed,
    )
    for y in np.arange(y0, y1, 2.6):
        rod([(x, y, 0), (x, y, 1.75)], 0.035, mat("concrete", (0.5, 0.48, 0.44)), 6)
        rod([(x, y + 1.2, 0), (x + 0.05, y + 1.25, 0.4), (x, y + 1.2, 0.8)], 0.025, mat("soil", (0.12, 0.08, 0.05)), 5)
    for z in (0.7, 1.15, 1.6):
        rod([(x, y0, z), (x, y1, z)], 0.004, mat("metal", (0.5, 0.5, 0.5)), 4)


def s0621():
    """Village: vine rows and greenhouses, a group listening to a farmer, hills behind."""
    sky((0.66, 0.80, 0.95), (0.085, 0.26, 0.72), 0.85, 0.85, 5.0)
    sun((-0.52, 0.66, -0.52), 4.2, (1.0, 0.955, 0.88))
    box((-300, -30, -0.1), (300, 400, 0), mat("soil", (0.34, 0.26, 0.175)), 0)
    for k, x in enumerate((-11.6, -9.4, -7.2, -5.0, -2.9, 2.75, 4.9, 7.1)):
        vines(x, -3.2 if abs(x) < 3.5 else -1.0, 30, 200 + k)
    rng = np.random.default_rng(21)
    spots = [
        (x + rng.normal(0, 0.45), rng.uniform(-3.2, 16), 0.02) for x in (-2.9, 2.75, -5.0, 4.9) for _ in range(260)
    ]
    leaves(spots, rng.uniform(0.03, 0.09, len(spots)), 9000, 0.035, mat("leaf", (0.10, 0.16, 0.035)), 22, 0.6)
    spots = [(rng.uniform(-3, 3), rng.uniform(-3.5, 9), 0.0) for _ in range(220)]
    leaves(spots, rng.uniform(0.006, 0.03, len(spots)), 2600, 0.014, mat("soil", (0.42, 0.35, 0.26)), 23, 0.5)
    film, rib = mat("film", (0.78, 0.80, 0.82)), mat("metal", (0.6, 0.6, 0.62))
    for k in range(4):
        x0 = 8.2 + 9.5 * k
        a = np.linspace(0, np.pi, 17)
        v = np.array([(x0 + 4 + 4.2 * math.cos(t), y, 3.1 * math.sin(t)) for y in (33, 62) for t in a])
        i = np.arange(16)
        pt.mesh("film", v, np.stack([i, i + 1, i + 18, i + 17], -1), film, smooth=True)
        e = np.array([(x0 + 4, 33, 0)] + [tuple(p) for p in v[:17]])
        pt.mesh("end", e, np.stack([np.zeros(16, int), i + 1, i + 2], -1), mat("film", (0.62, 0.65, 0.67)))
        for y in np.arange(33, 62, 2.2):
            rod([(x0 + 4 + 4.22 * math.cos(t), y, 3.12 * math.sin(t)) for t in a], 0.05, rib, 5)
    for k in range(5):
        x = -34 + 7.5 * k
        box((x, 56, 0), (x + 6, 62, 3.2), mat("wall", (0.80, 0.77, 0.70)), 0)
        v = [
            (x - 0.3, 55.6, 3.2),
            (x + 6.3, 55.6, 3.2),
            (x + 6.3, 59, 4.7),
            (x - 0.3, 59, 4.7),
            (x + 6.3, 62.4, 3.2),
            (x - 0.3, 62.4, 3.2),
        ]
        pt.mesh("roof", v, [(0, 1, 2, 3), (3, 2, 4, 5)], mat("brick", (0.42, 0.11, 0.06)))
        boxes(
            [(x + 0.8 + 1.9 * i, 55.95, 1) for i in range(3)],
            [(x + 1.8 + 1.9 * i, 56.05, 2.3) for i in range(3)],
            mat("gloss", (0.04, 0.05, 0.07)),
        )
    for k in range(17):
        tree(
            -46 + 5.6 * k + (k * 37 % 5) * 0.5,
            66 + (k * 53 % 7),
            7.0 + (k * 29 % 5),
            300 + k,
            (0.045, 0.12, 0.03),
            4200,
        )
    hills(150, 22, (0.20, 0.25, 0.34), 3, 330)
    hills(240, 44, (0.33, 0.40, 0.52), 8, 480)
    crowd(
        """
        -1.28 0.05 40 m141 POINT_R hand_r=-0.52,-0.16,0.2 wear=shirt top=0.32,0.36,0.42 skin=0.54,0.335,0.235
            | hat=straw hat_color=0.62,0.46,0.22 old=True hair=crop hair_color=SILVER head=22,4
            | legs=0.07,0.075,0.09 smile=0.8 glasses=False
        -0.55 0.75 -8 m142 CLASP wear=shirt top=WHITE head=-26,6
        -0.02 0.1 -50 m143 BACK wear=shirt top=0.68,0.71,0.75 head=-12,8 girth=1.2 glasses=True
        0.48 0.85 -28 w144 NOTES wear=blouse top=0.6,0.06,0.09 hair=bob head=-22,8
        0.95 0.15 -55 m145 CLASP wear=tee top=0.06,0.1,0.22 head=-10,6
        1.45 0.8 -38 w146 CLASP wear=blouse top=0.66,0.64,0.6 hair=tail head=-20,4
        1.75 0.05 -58 m147 wear=shirt top=PALE head=-8,4 hair=thin old=True hair_color=SILVER
        """
    )
    camera((0.15, -5.2, 1.65), (0.16, 0.6, 1.24), 37, 5.0, (0, 0.2, 1.4))


def sofa(x0, x1, y, cover):
    """A sofa looking to -Y."""
    box((x0, y - 0.42, 0.10), (x1, y + 0.42, 0.44), cover, 0.05)
    box((x0, y + 0.22, 0.40), (x1, y + 0.48, 0.90), cover, 0.07)
    for x in (x0 - 0.16, x1):
        box((x, y - 0.45, 0.05), (x + 0.16, y + 0.46, 0.63), cover, 0.05)


def s0609():
    """An elderly-care centre: visitors talking with seated old people in a bright room."""
    shell(-4.2, 4.2, -6, 2.6, 2.9, mat("wall", (0.80, 0.77, 0.70)), mat("wood", (0.42, 0.26, 0.14)))
    sky((0.95, 0.97, 1.0), (0.85, 0.9, 1.0), 0.45)
    lamps((-1.6, 1.6), (-2.2, 0.4), 2.9, (0.9, 0.9), 30, (1, 0.95, 0.88))
    rng = np.random.default_rng(3)
    view = np.ones((120, 160, 3)) * (0.88, 0.94, 1.0)
    for _ in range(260):  # trees out of focus
        i, j, r = int(118 - abs(rng.normal(0, 34)) % 100), rng.integers(0, 150), rng.integers(4, 11)
        view[i : i + r, j : j + r] = np.array((0.50, 0.62, 0.42)) * rng.uniform(0.55, 1.35)
    view = pt._soften(view, 2)
    for x in (-2.6, 0.1):
        panel((x, 2.58, 1.62), 1.9, 1.5, picture(np.clip(view, 0, 1), 0.95))
        for a, b in ((-0.99, -0.93), (-0.03, 0.03), (0.93, 0.99)):
            box((x + a, 2.5, 0.85), (x + b, 2.58, 2.4), mat("plastic", (0.82, 0.82, 0.8)))
        for z in (0.85, 2.37):
            box((x - 0.99, 2.48, z), (x + 0.99, 2.58, z + 0.06), mat("plastic", (0.82, 0.82, 0.8)))
        for e in (-1.28, 0.92):
            boxes(
                [(x + e + 0.045 * q, 2.40 + 0.03 * (q % 2), 0.2) for q in range(8)],
                [(x + e + 0.045 * (q + 1), 2.44 + 0.03 * (q % 2), 2.65) for q in range(8)],
                mat("cloth", (0.70, 0.46, 0.20)),
            )
    area((-1.2, 2.3, 1.7), 4.6, 105, (0.95, 0.97, 1.0), (0.1, -1, -0.25), 1.4)
    area((-3.2, -4.0, 2.5), 2.8, 170, (1.0, 0.96, 0.90), (0.75, 1, -0.45), 1.6)
    panel((2.7, 2.57, 1.7), 1.5, 1.05, picture(poster(450, 315, (0.93, 0.90, 0.84), (0.62, 0.05, 0.05), 12, 1)))
    sofa(-2.1, 1.5, 1.15, mat("cloth", (0.36, 0.20, 0.10)))
    plant(2.75, 1.9, 1.5, 2)
    plant(-3.6, 1.9, 1.2, 3)
    table(-0.95, 0.75, -0.75, -0.15, 0.44, mat("wood", (0.22, 0.10, 0.045)), mat("wood", (0.16, 0.07, 0.03)))
    for k, c in enumerate(
        ((0.65, 0.05, 0.03), (0.7, 0.30, 0.03), (0.6, 0.06, 0.03), (0.72, 0.34, 0.04), (0.45, 0.5, 0.06))
    ):
        solid(
            [(0.002, -0.04), (0.03, -0.03), (0.042, 0), (0.03, 0.032), (0.002, 0.036)],
            (-0.25 + 0.075 * (k % 3), -0.5 + 0.075 * (k // 3), 0.515),
            mat("plastic", c),
        )
    solid(
        [(0, 0), (0.12, 0), (0.19, 0.05), (0.18, 0.05), (0.11, 0.012)],
        (-0.18, -0.46, 0.44),
        mat("plastic", (0.75, 0.78, 0.8)),
    )
    for x in (-0.75, 0.35, 0.58):
        solid(
            [(0, 0), (0.034, 0), (0.04, 0.09), (0.036, 0.09), (0.03, 0.01)],
            (x, -0.4, 0.44),
            mat("plastic", (0.8, 0.8, 0.78)),
        )
    crowd(
        """
        -1.65 1.0 22 w161 SIT ELDER wear=vest top=0.34,0.03,0.06 under=0.42,0.42,0.46 hair=bun head=24,2
            | legs=0.05,0.05,0.06
        -0.62 0.98 14 m162 SIT ELDER wear=jacket top=0.05,0.08,0.15 hair=thin head=20,2 hand_l=0.18,-0.42,0.19
        0.48 0.98 -34 m163 SIT OPEN_R hand_r=-0.24,-0.38,0.2 wear=suit top=0.028,0.035,0.06 head=-26,4
            | glasses=True smile=0.7 lean=8
        1.3 1.05 -26 w164 NOTES SIT hand_l=0.08,-0.28,0.14 hand_r=-0.06,-0.3,0.18 wear=jacket top=0.62,0.58,0.52
            | hair=tail head=-26,8
        1.72 -0.3 -78 m165 VISIT ELDER wear=vest top=0.14,0.04,0.16 under=0.55,0.55,0.52 hair=crop head=-8,0
            | lean=4
        -1.95 -0.35 66 w166 VISIT wear=suit top=0.55,0.05,0.08 hair=bob head=10,2 smile=0.8 lean=10
        1.98 1.75 -24 m168 CLASP wear=jacket top=BLACK head=-20,12 glasses=False
        -2.3 1.85 24 m169 CLASP wear=jacket top=0.1,0.11,0.12 head=18,10
        """
    )
    for x, y, yaw in ((1.72, -0.30, -78), (-1.95, -0.35, 66)):
        chair(x, y, yaw, mat("cloth", (0.13, 0.22, 0.17)), mat("wood", (0.25, 0.13, 0.06)))
    camera((-0.35, -4.5, 1.45), (-0.10, 0.6, 0.96), 35, 3.2, (-0.2, 0.6, 1.1))


def s0619():
    """A reading event: people round a long table with open books, bookshelves behind."""
    shell(-4.6, 4.6, -7, 4.3, 3.1, mat("wall", (0.72, 0.66, 0.56)), mat("wood", (0.30, 0.17, 0.085)))
    sky((0.9, 0.88, 0.84), (0.8, 0.8, 0.8), 0.25)
    shelf(-4.4, 4.4, 3.7, 2.55, 5)
    lamps((-2.2, 0.0, 2.2), (-1.2, 1.8), 3.1, (0.5, 1.3), 34, (1, 0.93, 0.82))
    area((-4.3, 0.5, 1.8), 3.6, 150, (0.92, 0.96, 1.0), (1, 0.05, -0.2), 1.8)
    area((2.0, -5.0, 2.7), 2.0, 90, (1, 0.95, 0.88), (-0.35, 1, -0.45), 1.2)
    box((-3.6, 4.22, 2.62), (3.6, 4.28, 3.0), mat("drape", (0.45, 0.02, 0.02)))
    table(-0.72, 0.72, -3.4, 2.5, 0.76, mat("wood", (0.36, 0.17, 0.07)), mat("wood", (0.2, 0.09, 0.04)))
    cover = mat("cloth", (0.18, 0.04, 0.03))
    for k, (side, y) in enumerate((s, y) for s in (-1, 1) for y in (-1.65, -0.6, 0.45, 1.5)):
        chair(side * 1.16, y, -62 * side, cover, mat("wood", (0.16, 0.07, 0.03)))
        book(side * 0.44, y - 0.16, 0.76, -76 * side, 400 + k)
    crowd(
        """
        -1.12 -1.65 62 m181 DESK wear=suit top=0.03,0.035,0.06 head=16,22 glasses=True
        -1.12 -0.60 62 w182 DESK wear=blouse top=0.50,0.07,0.09 hair=bob head=28,8 smile=0.8
        -1.12 0.45 62 m183 DESK wear=shirt top=WHITE head=10,24
        -1.12 1.50 62 m184 DESK wear=jacket top=BLACK head=16,14 fine=1.3
        1.12 -1.65 -62 w185 DESK wear=suit top=0.50,0.46,0.40 hair=tail head=-18,20
        1.12 -0.60 -62 m186 DESK OPEN_R hand_r=-0.10,-0.42,0.34 wear=jacket top=NAVY head=-30,5 smile=0.7 glasses=False
            | hair=thin old=True hair_color=SILVER
        1.12 0.45 -62 w187 DESK wear=blouse top=0.12,0.30,0.30 hair=bun head=-16,20
        1.12 1.50 -62 m188 DESK wear=shirt top=PALE head=-20,8 fine=1.3
        0.0 3.0 0 m189 NOTES hand_l=0.1,-0.3,0.22 hand_r=-0.1,-0.3,0.22 wear=suit top=0.028,0.03,0.045 head=0,14
            | glasses=True tie=0.3,0.02,0.03
        """
    )
    book(0.0, 2.66, 1.15, 0, 430)
    for x, y, yaw in ((-0.22, -2.45, 20), (0.33, -2.6, -25)):
        book(x, y, 0.76, yaw, 440 + int(yaw))
    for k in range(3):
        box(
            (0.05, -2.25, 0.76 + 0.03 * k),
            (0.27 - 0.015 * k, -1.95, 0.788 + 0.03 * k),
            mat("paper", [WINE, (0.10, 0.22, 0.40), (0.62, 0.58, 0.5)][k]),
        )
    for x, y in ((-0.45, -2.1), (0.05, -1.0), (-0.1, 0.2), (0.12, 1.1), (0.0, 1.9)):
        solid(
            [(0, 0), (0.034, 0), (0.04, 0.095), (0.036, 0.095), (0.03, 0.01)],
            (x, y, 0.76),
            mat("plastic", (0.82, 0.82, 0.8)),
        )
    for k in range(5):
        c = [RED, NAVY, (0.55, 0.45, 0.2), (0.08, 0.2, 0.15), WINE][k]
        box((-0.12, 0.5, 0.76 + 0.028 * k), (0.10 + 0.01 * k, 0.78, 0.785 + 0.028 * k), mat("paper", c))
    plant(3.9, 3.0, 1.5, 9)
    plant(-3.9, 3.1, 1.4, 10)
    camera((0.35, -4.5, 1.72), (-0.0, 0.3, 0.98), 36, 2.8, (0.0, -0.4, 1.1))


def main():
    """Render the named pictures."""
    global FINE  # noqa: PLW0603
    args = sys.argv[sys.argv.index("--") + 1 :]
    out, width = Path(args[0]), int(args[1].split("x")[0])
    FINE = 1.0 if width > 1000 else 1.6
    names = args[2:] or ["0506", "1201", "0309", "0825", "0808", "0621", "0609", "0619"]
    for name in names:
        pt.reset()
        globals()["s" + name]()
        pt.render(out / f"{name}.npz", width, int(args[1].split("x")[1]) if "x" in args[1] else 14)


main()
