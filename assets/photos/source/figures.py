"""Clothed human figures as polygon meshes, modelled with signed distance fields (numpy only).

Not run by itself: scenes.py imports it inside Blender.  A figure faces -Y, its left hand is on +X, z is up, metres.
Every function that ends in a distance returns negative values inside the body.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

V = np.array
_LATTICE = np.random.default_rng(7).uniform(-1, 1, (32, 32, 32)).astype(np.float32)


def noise(p, freq, seed=0):
    """Smooth value noise in -1..1 at points p; freq is in cells per metre, one number or one per axis."""
    q = p * np.asarray(freq, np.float32) + np.float32(seed * 3.71)
    i = np.floor(q).astype(np.int32)
    f = (q - i).astype(np.float32)
    f = f * f * (3 - 2 * f)
    out = np.zeros(q.shape[:-1], np.float32)
    for dx in (0, 1):
        for dy in (0, 1):
            for dz in (0, 1):
                wt = np.abs(1 - dx - f[..., 0]) * np.abs(1 - dy - f[..., 1]) * np.abs(1 - dz - f[..., 2])
                out += wt * _LATTICE[(i[..., 0] + dx) & 31, (i[..., 1] + dy) & 31, (i[..., 2] + dz) & 31]
    return out


def smin(a, b, k):
    """Smooth union with a fillet of about k."""
    h = np.maximum(k - np.abs(a - b), 0) / k
    return np.minimum(a, b) - h * h * k * 0.25


def smax(a, b, k):
    """Smooth intersection."""
    return -smin(-a, -b, k)


def cone(p, a, b, ra, rb):
    """A limb: capsule from a to b whose radius runs from ra to rb."""
    a, b = V(a, np.float32), V(b, np.float32)
    ba = b - a
    t = np.clip(((p - a) @ ba) / max(float(ba @ ba), 1e-9), 0, 1)
    return np.linalg.norm(p - a - t[..., None] * ba, axis=-1) - (ra + t * (rb - ra))


def ell(p, c, r):
    """An ellipsoid with centre c and radii r."""
    q = (p - V(c, np.float32)) / V(r, np.float32)
    k0 = np.linalg.norm(q, axis=-1)
    k1 = np.linalg.norm(q / V(r, np.float32), axis=-1)
    return k0 * (k0 - 1) / np.maximum(k1, 1e-6)


def rot(axis, deg):
    """Rotation matrix about one axis (0, 1, 2)."""
    c, s = np.cos(np.radians(deg)), np.sin(np.radians(deg))
    m = np.eye(3, dtype=np.float32)
    i, j = [(1, 2), (2, 0), (0, 1)][axis]
    m[i, i] = m[j, j] = c
    m[i, j], m[j, i] = -s, s
    return m


def surface(fn, lo, hi, h):
    """Mesh of the zero level of fn in a box, by naive surface nets: vertices and quads."""
    lo, hi = V(lo, np.float32), V(hi, np.float32)
    n = np.ceil((hi - lo) / h).astype(int) + 1
    axes = [lo[k] + h * np.arange(n[k], dtype=np.float32) for k in range(3)]
    d = fn(np.stack(np.meshgrid(*axes, indexing="ij"), -1))
    for k in range(3):  # a closed border
        np.moveaxis(d, k, 0)[[0, -1]] = h
    corners = [(x, y, z) for x in (0, 1) for y in (0, 1) for z in (0, 1)]
    val = np.stack([d[x : x + n[0] - 1, y : y + n[1] - 1, z : z + n[2] - 1] for x, y, z in corners], -1)
    inside = (val < 0).sum(-1)
    cell = np.argwhere((inside > 0) & (inside < 8))
    val = val[cell[:, 0], cell[:, 1], cell[:, 2]]
    acc, cnt = np.zeros((len(cell), 3), np.float32), np.zeros(len(cell), np.float32)
    for i, ci in enumerate(corners):
        for j, cj in enumerate(corners):
            if j > i and np.abs(V(ci) - V(cj)).sum() == 1:
                a, b = val[:, i], val[:, j]
                hit = (a < 0) != (b < 0)
                t = np.where(hit, a / np.where(hit, a - b, 1), 0)
                acc += hit[:, None] * (V(ci) + t[:, None] * (V(cj) - V(ci)))
                cnt += hit
    verts = lo + h * (cell + acc / cnt[:, None])
    index = np.full(n - 1, -1)
    index[tuple(cell.T)] = np.arange(len(cell))
    quads = []
    for k in range(3):
        u, w = (k + 1) % 3, (k + 2) % 3
        a, b = np.moveaxis(d, k, 0)[:-1] < 0, np.moveaxis(d, k, 0)[1:] < 0
        e = np.argwhere(np.moveaxis(a != b, 0, k))
        e = e[(e[:, u] > 0) & (e[:, w] > 0) & (e[:, u] < n[u] - 1) & (e[:, w] < n[w] - 1)]
        du, dw = np.eye(3, dtype=int)[u], np.eye(3, dtype=int)[w]
        q = np.stack([index[tuple((e - o).T)] for o in (du * 0, du, du + dw, dw)], -1)
        flip = d[tuple(e.T)] >= 0
        q[flip] = q[flip][:, ::-1]
        quads.append(q)
    return verts, np.concatenate(quads)


def tube(points, radii, sides=6):
    """A bent rod through points (glasses, brows, cables): vertices and quads."""
    pts = V(points, float)
    radii = np.broadcast_to(radii, len(pts))
    tang = np.gradient(pts, axis=0)
    tang /= np.linalg.norm(tang, axis=1, keepdims=True) + 1e-12
    ref = V((0.31, 0.17, 0.93)) if abs(tang[0][2]) < 0.8 else V((1.0, 0.2, 0))
    u = np.cross(tang, ref)
    u /= np.linalg.norm(u, axis=1, keepdims=True)
    w = np.cross(tang, u)
    ang = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    ring = u[:, None] * np.cos(ang)[None, :, None] + w[:, None] * np.sin(ang)[None, :, None]
    verts = (pts[:, None] + ring * radii[:, None, None]).reshape(-1, 3)
    i, j = np.meshgrid(np.arange(len(pts) - 1), np.arange(sides), indexing="ij")
    k = (j + 1) % sides
    return verts, np.stack([i * sides + j, i * sides + k, (i + 1) * sides + k, (i + 1) * sides + j], -1).reshape(-1, 4)


def reach(a, b, la, lb, pole):
    """Two-bone chain from a towards b: the middle joint (bent towards pole) and the end reached."""
    d = b - a
    dist = min(max(np.linalg.norm(d), 1e-6), (la + lb) * 0.995)
    u = d / np.linalg.norm(d)
    x = (la * la - lb * lb + dist * dist) / (2 * dist)
    v = pole - (pole @ u) * u
    return a + u * x + v / np.linalg.norm(v) * np.sqrt(max(la * la - x * x, 1e-8)), a + u * dist


@dataclass
class Person:
    """What one figure looks like and does; lengths are metres in its own frame, angles degrees."""

    seed: int = 0
    woman: bool = False
    old: bool = False
    wear: str = "jacket"  # jacket, suit, coat, puffer, shirt, tee, blouse, vest
    top: tuple = (0.02, 0.025, 0.04)
    under: tuple = (0.85, 0.85, 0.84)
    legs: tuple = (0.030, 0.031, 0.036)
    skin: tuple = (0.62, 0.40, 0.295)
    hair: str = "short"  # short, side, thin, bob, bun, tail, crop
    hair_color: tuple = (0.012, 0.010, 0.009)
    hat: str = ""  # helmet, straw, cap
    hat_color: tuple = (0.7, 0.7, 0.68)
    glasses: bool = False
    skirt: bool = False
    tie: tuple = ()
    girth: float = 1.0
    smile: float = 0.4
    pelvis: tuple = (0.0, 0.0, 0.93)
    lean: float = 3.0
    twist: float = 0.0
    head: tuple = (0.0, 4.0)  # yaw to its own left, pitch down
    hand_l: tuple = (0.235, -0.06, -0.10)  # wrist, from the pelvis in the torso's frame
    hand_r: tuple = (-0.235, -0.06, -0.10)
    grip_l: str = "rest"  # rest, point, flat, fist
    grip_r: str = "rest"
    palm_l: tuple = (-1.0, 0.25, 0.0)
    palm_r: tuple = (1.0, 0.25, 0.0)
    foot_l: tuple = (0.10, -0.01, 0.0)
    foot_r: tuple = (-0.10, 0.02, 0.0)
    toe: tuple = (12.0, -12.0)
    fine: float = 1.0  # above 1: a coarser mesh for the background
    parts: list = field(default_factory=list, repr=False)


_Z = V([-0.60, -0.30, -0.14, 0, 0.12, 0.27, 0.38, 0.44, 0.475, 0.50, 0.53])
_W = V([0.225, 0.19, 0.175, 0.168, 0.155, 0.168, 0.172, 0.148, 0.108, 0.076, 0.058])
_D = V([0.20, 0.168, 0.132, 0.125, 0.115, 0.120, 0.110, 0.092, 0.076, 0.064, 0.056])
HEMS = {"coat": -0.42, "puffer": -0.16, "suit": -0.16, "jacket": -0.07, "vest": -0.10, "blouse": -0.12, "tee": -0.10}


BULKS = {"puffer": 0.030, "coat": 0.020, "suit": 0.012, "jacket": 0.016, "vest": 0.012}
OPEN = ("suit", "coat", "jacket", "vest")


def torso(p, who, out=0.0):
    """The trunk from hem to neck, inflated by out."""
    z = p[..., 2]
    slim = 0.90 if who.woman else 1.0
    w = np.interp(z, _Z, _W * slim).astype(np.float32) * (0.6 + 0.4 * who.girth) + out
    d = np.interp(z, _Z, _D).astype(np.float32) * (0.5 + 0.5 * who.girth) + out
    belly = (who.girth - 1) * 0.10 * np.exp(-(((z - 0.08) / 0.14) ** 2))
    bust = 0.02 * np.exp(-(((z - 0.30) / 0.07) ** 2)) if who.woman else 0.0
    y = p[..., 1] + np.where(p[..., 1] < 0, belly + bust, 0) - 0.012 + 0.05 * np.clip(z - 0.3, 0, 0.2)
    r = ((np.abs(p[..., 0]) / w) ** 2.5 + (np.abs(y) / d) ** 2.5) ** 0.4
    return (r - 1) * np.minimum(w, d) * 0.9


def head_distance(q, who, f):
    """A head in its own frame (origin between the ears, face to -Y); f holds this person's proportions."""
    m = q.copy()
    m[..., 0] = np.abs(m[..., 0])
    s = who.smile
    d = ell(m, (0, 0.012, 0.03), (0.073 * f["w"], 0.094, 0.084))
    d = smin(d, ell(m, (0, -0.028, -0.026), (0.061 * f["w"], 0.062, 0.083)), 0.03)
    d = smin(d, cone(m, (0.047 * f["jaw"], 0.0, -0.055), (0.014, -0.060, -0.090 * f["l"]), 0.020, 0.019), 0.03)
    d = smin(d, ell(m, (0, -0.068, -0.093 * f["l"]), (0.02, 0.019, 0.018)), 0.02)
    d = smin(d, ell(m, (0.042, -0.058, -0.020), (0.024, 0.024, 0.022)), 0.022)
    d = smin(d, cone(m, (0, -0.077, 0.022), (0.040, -0.064, 0.024), 0.010, 0.010), 0.022)
    d = smax(d, -ell(m, (0.031, -0.094, 0.006), (0.018, 0.017, 0.012)), 0.018)
    d = smin(d, ell(m, (0.0315, -0.0625, 0.004), (0.0175, 0.0155, 0.0135)), 0.006)
    nose = cone(m, (0, -0.080, 0.008), (0, -0.0985, -0.026), 0.0065, 0.0105)
    nose = smin(nose, ell(m, (0.0125 * f["nose"], -0.087, -0.031), (0.0085, 0.010, 0.0075)), 0.008)
    d = smin(d, nose, 0.010)
    up = 0.004 * s
    d = smin(d, cone(m, (0, -0.0860, -0.0525), (0.022, -0.0770, -0.0545 + up), 0.0052, 0.003), 0.007)
    d = smin(d, cone(m, (0, -0.0845, -0.0625), (0.019, -0.0770, -0.0590 + up), 0.0070, 0.003), 0.007)
    d = smax(d, -cone(m, (0, -0.0920, -0.0572), (0.024, -0.0815, -0.0560 + up), 0.0017, 0.0012), 0.003)
    if s > 0.5 or who.old:  # the fold from nose to mouth
        d = smax(d, -cone(m, (0.019, -0.090, -0.030), (0.033, -0.080, -0.056), 0.0016, 0.0012), 0.008)
    d = smax(d, -ell(m, (0.0315, -0.0805, 0.0030), (0.0135, 0.0105, 0.0042 - 0.0008 * s)), 0.002)
    ear = ell(m, (0.074 * f["w"], 0.014, -0.008), (0.011, 0.019, 0.033))
    ear = smax(ear, -ell(m, (0.088 * f["w"], 0.008, -0.006), (0.011, 0.011, 0.018)), 0.006)
    return smin(d, ear, 0.008)


def _skin_color(q, who):
    """Colour at head points: redder lips, cheeks, nose and ears, greyer chin on men, darker sockets."""
    x, y, z = np.abs(q[:, 0]), q[:, 1], q[:, 2]

    def spot(cx, cz, rx, rz):
        return np.exp(-(((x - cx) / rx) ** 2) - (((z - cz) / rz) ** 2)) * (y < -0.03)

    c = np.tile(V(who.skin, float), (len(q), 1))
    red = 0.5 * spot(0.042, -0.026, 0.022, 0.020) + 0.45 * spot(0, -0.028, 0.016, 0.012)
    red += 0.4 * ((x > 0.070) & (y > -0.02) & (z > -0.05) & (z < 0.04))
    c *= 1 + red[:, None] * V((0.10, -0.16, -0.16))
    lips = np.clip(1.6 * spot(0, -0.0572, 0.017, 0.0075) - 0.25, 0, 1) * (0.8 if who.woman else 0.5)
    c = c * (1 - lips[:, None]) + lips[:, None] * V(who.skin) * V((0.92, 0.46, 0.48))
    if not who.woman:
        c *= 1 - 0.13 * np.clip((-0.035 - z) / 0.03, 0, 1)[:, None] * (y < 0)[:, None] * V((1.1, 0.9, 0.7))
    c *= 1 - 0.30 * spot(0.031, 0.004, 0.018, 0.011)[:, None]
    c *= 1 + 0.05 * noise(q, 60, who.seed)[:, None] * V((0.5, 1, 1))
    return np.clip(c, 0, 1)


_LINES = {  # hairline: height against y, for the three cuts
    "short": (
        [-0.11, -0.07, -0.052, -0.036, -0.018, 0.002, 0.03, 0.06, 0.11],
        [82, 76, 52, 10, -12, 20, -24, -70, -80],
    ),
    "thin": ([-0.11, -0.06, -0.02, -0.008, 0.0, 0.02, 0.04, 0.06, 0.11], [110, 104, 84, 14, -6, 20, -24, -70, -80]),
    "bob": (
        [-0.11, -0.08, -0.066, -0.052, -0.040, -0.03, 0.03, 0.06, 0.11],
        [52, 44, 22, -20, -74, -118, -128, -130, -130],
    ),
}


def hair_distance(q, who, f):
    """The hair as one volume over the skull, cut along the hairline."""
    style = who.hair
    line = _LINES["bob" if style == "bob" else "thin" if style == "thin" else "short"]
    thick = {"crop": 0.005, "bun": 0.009, "tail": 0.009, "thin": 0.004, "bob": 0.016}.get(style, 0.006)
    z = q[..., 2]
    top = np.clip((z - 0.02) / 0.07, 0, 1) * (0.009 if style in ("short", "side", "bob") else 0.002)
    d = ell(q, (0, 0.014, 0.03), (0.074 * f["w"], 0.095, 0.085)) - thick - top
    if style == "bob":
        d = smin(d, ell(q, (0, 0.022, -0.035), (0.090 * f["w"], 0.088, 0.10)), 0.03)
    if style in ("short", "side"):  # the parting and the lift above the forehead
        d = smin(d, ell(q, (0.010, -0.048, 0.098), (0.048, 0.036, 0.018)), 0.03)
    limit = np.interp(q[..., 1], line[0], V(line[1]) / 1000).astype(np.float32)
    side = 0.25 * q[..., 0] if style == "side" else -0.35 * np.abs(q[..., 0]) if style != "bob" else 0.4 * q[..., 0]
    limit = limit + np.where(q[..., 1] < -0.04, side, 0) + 0.006 * noise(q, 45, who.seed)
    d = smax(d, (limit - z) * 0.7, 0.008)
    if style == "bun":
        d = smin(d, ell(q, (0, 0.125, 0.035), (0.034, 0.03, 0.032)), 0.012)
    if style == "tail":
        d = smin(d, cone(q, (0, 0.118, 0.03), (0, 0.142, -0.13), 0.022, 0.012), 0.012)
    return d - 0.003 * noise(q, (190, 45, 70), who.seed) - 0.0035 * noise(q, (70, 25, 25), who.seed + 3)


def _strands(v, who, f, count):
    """Loose hair ribbons over the hair volume, combed away from the crown."""
    rng = np.random.default_rng(who.seed + 55)
    p = v[rng.integers(0, len(v), count)].astype(np.float32)
    d0, n = hair_distance(p, who, f), np.zeros_like(p)
    for k in range(3):
        step = np.zeros(3, np.float32)
        step[k] = 0.004
        n[:, k] = hair_distance(p + step, who, f) - d0
    n /= np.linalg.norm(n, axis=1, keepdims=True) + 1e-9
    t = p - V((0.015, 0.05, 0.115), np.float32)
    t[:, 2] -= 0.02
    if who.hair in ("short", "side"):  # the front is swept to one side
        t = np.where((p[:, 1] < -0.02)[:, None], t * 0.4 + V((-0.06, -0.01, 0.0), np.float32), t)
    if who.hair in ("bun", "tail"):
        t = V((0, 0.14, 0.0), np.float32) - p
    if who.hair == "bob":
        t = t * (1.0, 0.3, 1.0) - V((0, 0, 0.09), np.float32)
    t += rng.normal(0, 0.006 if who.woman else 0.012, t.shape)
    free = (who.hair == "bob") & (p[:, 2:] < 0.03)  # long hair hangs straight at its ends
    t -= np.where(free, 0.3, 1.0) * (t * n).sum(1, keepdims=True) * n
    t /= np.linalg.norm(t, axis=1, keepdims=True) + 1e-9
    long = {"bob": 0.05, "crop": 0.012, "thin": 0.016, "bun": 0.035, "tail": 0.035}.get(who.hair, 0.026)
    ln = long * rng.uniform(0.5, 1.2, (count, 1))
    w, lift = np.cross(n, t) * 0.0011, 0.0007 if who.woman else 0.0021
    a, b, c = p - n * 0.001, p + t * ln * 0.5 + n * lift, p + t * ln + n * rng.normal(0.3, 0.8, (count, 1)) * lift
    out = np.stack([a - w, a + w, b + w * 0.8, b - w * 0.8, c + w * 0.2, c - w * 0.2], 1).reshape(-1, 3)
    i = 6 * np.arange(count)[:, None]
    return out, np.concatenate([i + V((0, 1, 2, 3)), i + V((3, 2, 4, 5))])


def _head(who, base, turn, neck):
    """Head, hair, eyes, brows, glasses and hat; base is the head's centre, turn its rotation."""
    rng = np.random.default_rng(who.seed + 101)
    f = {
        "w": rng.uniform(0.97, 1.06),
        "jaw": rng.uniform(0.9, 1.12),
        "l": rng.uniform(0.97, 1.05),
        "nose": rng.uniform(0.9, 1.25),
    }
    if who.woman:
        f["jaw"], f["w"], f["nose"] = 0.88, f["w"] * 0.97, 0.9
    low = (neck - base) @ turn / 0.97

    def body(q):
        d = head_distance(q, who, f)
        return smin(d, cone(q, (0, 0.022, -0.055), low, 0.049 if who.woman else 0.055, 0.060), 0.02)

    h = 0.0028 * who.fine
    v, q = surface(body, (-0.105, -0.13, min(low[2], -0.13) - 0.02), (0.105, 0.13, 0.13), h)
    add = lambda name, vv, qq, mat, col=None: who.parts.append((name, 0.97 * vv @ turn.T + base, qq, mat, col))  # noqa: E731
    add("skin", v, q, ("skin",), _skin_color(v, who))

    def front(x, z):
        y = np.linspace(-0.125, -0.03, 200)
        d = head_distance(np.stack([np.full(200, x), y, np.full(200, z)], -1).astype(np.float32), who, f)
        return y[np.argmax(d < 0)]

    _eyes(who, add, front)
    if who.glasses:
        _glasses(add)
    lid = 0.04 if who.hat in ("helmet", "cap") else 0.2  # hair above it is under the hat
    v, q = surface(
        lambda p: smax(hair_distance(p, who, f), p[..., 2] - lid, 0.01),
        (-0.115, -0.125, -0.15),
        (0.115, 0.175, min(0.155, lid + 0.02)),
        h * 1.15,
    )
    add("hair", v, q, ("hair", who.hair_color))
    if not who.hat:
        add("strands", *_strands(v, who, f, int(3800 / who.fine)), ("hair", who.hair_color))
    if who.hat:
        v, q = surface(lambda p: _hat(p, who.hat), (-0.22, -0.22, 0.0), (0.22, 0.22, 0.175), 0.0042)
        add("hat", v, q, ("plastic" if who.hat == "helmet" else "cloth", who.hat_color))


def _eyes(who, add, front):
    """Eyeballs, lashes and brows; front finds the face's surface."""
    for sx in (-1, 1):
        for name, c, r, mat in (
            ("white", (0.031, -0.0635, 0.003), 0.0126, ("eye", (0.62, 0.58, 0.54))),
            ("iris", (0.0305, -0.0706, 0.0032), 0.0062, ("eye", (0.012, 0.007, 0.005))),
        ):
            a, b = np.meshgrid(np.linspace(0, 2 * np.pi, 13), np.linspace(0, np.pi, 9), indexing="ij")
            ball = V(c) * (sx, 1, 1) + r * np.stack(
                [np.cos(a) * np.sin(b), np.sin(a) * np.sin(b), np.cos(b)], -1
            ).reshape(-1, 3)
            i, j = np.meshgrid(np.arange(12), np.arange(8), indexing="ij")
            add(name, ball, np.stack([i * 9 + j, i * 9 + j + 1, i * 9 + j + 10, i * 9 + j + 9], -1).reshape(-1, 4), mat)
        t = np.linspace(0, 1, 7)
        xs, zs = sx * (0.0185 + 0.026 * t), 0.0045 + 0.0058 * np.sin(np.pi * (0.1 + 0.82 * t)) - 0.001 * t
        lash = [(x, min(front(x, z + 0.002), -0.066) - 0.0002, z) for x, z in zip(xs, zs, strict=True)]
        add("lash", *tube(lash, 0.0013), ("hair", (0.01, 0.008, 0.007)))
        xs, zs = sx * (0.014 + 0.037 * t), 0.0215 + 0.006 * np.sin(np.pi * (0.15 + 0.6 * t))
        brow = [(x, front(x, z) + 0.0006, z) for x, z in zip(xs, zs, strict=True)]
        tone = (0.10, 0.09, 0.085) if who.old else (0.02, 0.015, 0.012)
        add("brow", *tube(brow, (0.0030 if not who.woman else 0.0018) * (1.0 - 0.55 * t)), ("hair", tone))


def _glasses(add):
    """Squarish spectacles."""
    frame = ("gloss", (0.02, 0.02, 0.022))
    t = np.linspace(0, 2 * np.pi, 25)
    for sx in (-1, 1):
        square = lambda u: np.sign(u) * np.abs(u) ** 0.6  # noqa: E731
        ring = np.stack([sx * 0.0335 + 0.0245 * square(np.cos(t)), 0 * t, 0.001 + 0.0155 * square(np.sin(t))], -1)
        ring[:, 1] = -0.096 + 0.28 * np.maximum(np.abs(ring[:, 0]) - 0.03, 0)
        add("glasses", *tube(ring, 0.0016), frame)
        add(
            "glasses",
            *tube([(sx * 0.0595, -0.088, 0.006), (sx * 0.080, 0.0, 0.010), (sx * 0.079, 0.02, 0.0)], 0.0014),
            frame,
        )
    add(
        "glasses",
        *tube([(-0.0095, -0.096, 0.004), (0, -0.098, 0.006), (0.0095, -0.096, 0.004)], 0.0014),
        frame,
    )


def _hat(p, kind):
    """A straw hat, a helmet or a cap."""
    if kind == "straw":
        crown = smax(ell(p, (0, 0.012, 0.06), (0.092, 0.108, 0.10)), 0.03 - p[..., 2], 0.01)
        r = np.linalg.norm(p[..., :2], axis=-1)
        brim = np.maximum(np.abs(p[..., 2] - 0.052 + 0.10 * np.maximum(r - 0.09, 0)) - 0.004, r - 0.205)
        return smin(crown, brim, 0.02)
    dome = ell(p, (0, 0.012, 0.045), (0.098, 0.120, 0.105))
    ridge = np.maximum(np.abs(p[..., 0]) - 0.012, ell(p, (0, 0.012, 0.045), (0.10, 0.126, 0.112)))
    dome = smax(smin(dome, ridge, 0.01), 0.046 - p[..., 2] - 0.12 * p[..., 1], 0.006)
    brim = np.maximum(
        np.abs(p[..., 2] - 0.050 - 0.10 * p[..., 1]) - 0.004, ell(p, (0, -0.018, 0.05), (0.104, 0.140, 0.5))
    )
    return smin(dome, brim, 0.008)


def _hand(who, wrist, fwd, palm, grip, side):
    """One hand: palm, four fingers of two joints each, thumb."""
    f = fwd / np.linalg.norm(fwd)
    n = palm - (palm @ f) * f
    n /= np.linalg.norm(n)
    s = np.cross(n, f) * side  # towards the thumb
    curl = {"rest": 0.55, "flat": 0.12, "fist": 1.5, "point": 1.45}[grip]
    k = wrist + f * 0.085

    def fn(p):
        d = cone(p, wrist, wrist + f * 0.03, 0.027, 0.028)
        for o in (-0.024, -0.008, 0.008, 0.024):
            d = smin(d, cone(p, wrist + f * 0.02 + s * o * 0.7, k + s * o, 0.015, 0.0115), 0.012)
        for i, o in enumerate((0.026, 0.009, -0.008, -0.024)):
            c = 0.05 if grip == "point" and i == 0 else curl
            m = k + s * o + (f * np.cos(c * 0.5) + n * np.sin(c * 0.5)) * (0.040 if i < 3 else 0.033)
            e = m + (f * np.cos(c * 1.5) + n * np.sin(c * 1.5)) * (0.042 if i < 3 else 0.032)
            d = smin(d, np.minimum(cone(p, k + s * o, m, 0.0100, 0.0088), cone(p, m, e, 0.0088, 0.0070)), 0.005)
        t = wrist + f * 0.055 + s * 0.045 + n * 0.014
        d = smin(d, cone(p, wrist + f * 0.015 + s * 0.014, t, 0.017, 0.0115), 0.012)
        return smin(d, cone(p, t, t + f * 0.034 + s * 0.004 + n * 0.010, 0.0108, 0.0085), 0.005)

    c = wrist + f * 0.07
    v, q = surface(fn, c - 0.13, c + 0.13, 0.0042 * who.fine)
    tint = V(who.skin) * V((1.0, 0.93, 0.92)) * (1 + 0.06 * noise(v, 50)[:, None])
    who.parts.append(("hand", v, q, ("skin",), tint))


def _folds(p, d, who, points, amp):
    """Cloth folds near the surface, deeper around the given joints."""
    near = np.abs(d) < 0.03
    q = p[near]
    n = np.abs(noise(q, (7, 7, 16), who.seed)) * 1.2 - 0.4 + 0.5 * noise(q, (16, 16, 9), who.seed + 5)
    n += 0.35 * noise(q, 34, who.seed + 9) + 0.6 * noise(q, (17, 17, 3), who.seed + 2) * (
        q[..., 2] < who.pelvis[2] + 0.05
    )
    w = np.full(len(q), 0.55, np.float32)
    for c in points:
        w += 1.1 * np.exp(-((np.linalg.norm(q - c, axis=-1) / 0.13) ** 2))
    d[near] -= amp * n * w
    return d


def figure(who):
    """Build all parts of a person; returns (name, vertices, quads, material, colours or None) tuples."""
    who.parts = []
    pel, t = V(who.pelvis, np.float32), rot(2, who.twist) @ rot(0, who.lean)
    world = lambda q: pel + t @ V(q, np.float32)  # noqa: E731
    local = lambda p: (p - pel) @ t  # noqa: E731
    sw = 0.146 if who.woman else 0.168
    base = world((0, -0.022, 0.642))
    turn = rot(2, who.head[0]) @ rot(2, who.twist) @ rot(0, who.head[1])
    _head(who, base, turn, world((0, 0.006, 0.47)))
    arms = []
    for sx, hand, palm, grip in ((1, who.hand_l, who.palm_l, who.grip_l), (-1, who.hand_r, who.palm_r, who.grip_r)):
        sh = world((sx * sw, 0.014, 0.405))
        elbow, wrist = reach(sh, world(hand), 0.285, 0.25, t @ V((sx * 0.45, 0.8, -0.5)))
        arms.append((sh, elbow, wrist))
        d = wrist - elbow
        if grip == "rest" and hand[2] < 0.0:
            d = d + V((0, 0.0, -0.10))
        _hand(who, wrist + d * 0.02, d, V(palm, np.float32) @ rot(2, who.twist).T, grip, sx)
    legs = []
    for sx, foot in ((1, who.foot_l), (-1, who.foot_r)):
        hip = pel + rot(2, who.twist * 0.5) @ V((sx * 0.088, 0.005, -0.02))
        knee, ankle = reach(hip, V(foot) + V((0, 0, 0.085)), 0.418, 0.412, V((sx * 0.12, -1.0, 0.05)))
        legs.append((hip, knee, ankle))
    _trousers(who, pel, legs)
    _top(who, local, world, arms, legs)
    return who.parts


def _trousers(who, pel, legs):
    def fn(p):
        d = ell(p, pel + V((0, 0.012, -0.01)), (0.165, 0.125, 0.14))
        for hip, knee, ankle in legs:
            slim = 0.012 if who.wear == "coat" else 0.0
            leg = smin(
                cone(p, hip, knee, 0.098 - 2 * slim, 0.078 - slim),
                cone(p, knee, ankle + V((0, 0.005, -0.025)), 0.076, 0.066),
                0.02,
            )
            d = smin(d, leg, 0.02)
        if who.skirt:
            d = smin(d, smax(cone(p, pel, (legs[0][1] + legs[1][1]) / 2, 0.15, 0.17), 0.50 - p[..., 2], 0.01), 0.05)
        return _folds(p, d, who, [g[1] for g in legs] + [g[2] for g in legs], 0.0095)

    pts = V([j for g in legs for j in g] + [pel])
    v, q = surface(fn, pts.min(0) - 0.2, pts.max(0) + 0.17, 0.0095 * who.fine)
    who.parts.append(("legs", v, q, ("cloth", who.legs), None))
    for i, (_, _, ankle) in enumerate(legs):
        r = rot(2, who.toe[i])
        o = V((ankle[0], ankle[1], ankle[2] - 0.085))

        def shoe(p, r=r, o=o):
            q = (p - o) @ r
            d = smin(
                cone(q, (0, 0.03, 0.045), (0, -0.15, 0.028), 0.040, 0.034),
                cone(q, (0, 0.02, 0.08), (0, -0.05, 0.06), 0.042, 0.032),
                0.03,
            )
            return smax(d, 0.004 - q[..., 2], 0.004)

        v, q = surface(shoe, o - V((0.2, 0.22, 0.02)), o + V((0.2, 0.22, 0.13)), 0.008 * who.fine)
        who.parts.append(("shoe", v, q, ("gloss", (0.012, 0.010, 0.010)), None))


def _front(q, who):
    """Depth pattern of a garment's front: opening wedge, lapel or placket relief, pockets."""
    x, y, z = np.abs(q[..., 0]), q[..., 1], q[..., 2]
    zv, slope = {"suit": (0.20, 0.26), "coat": (0.34, 0.42), "jacket": (0.36, 0.44), "vest": (0.30, 0.36)}.get(
        who.wear, (0.455, 0.7)
    )
    vx = slope * (z - zv)
    cut = np.maximum(np.maximum(x - vx, y + 0.01), zv - z)
    relief = np.zeros_like(x)
    if who.wear in ("suit", "coat", "jacket"):
        wide = 0.055 * np.clip((z - zv) / 0.12, 0, 1) if who.wear != "jacket" else 0.04 * (z > 0.42)
        relief += 0.009 * ((x > vx) & (x < vx + wide) & (z > zv - 0.01) & (z < 0.47))
    relief -= 0.008 * np.exp(-((q[..., 0] / 0.006) ** 2)) * (z < zv + 0.02)
    pocket = np.exp(-(((z - 0.0 - 0.35 * (x - 0.1)) / 0.008) ** 2)) * (x > 0.06) * (x < 0.14)
    relief -= 0.004 * pocket * (who.wear != "shirt")
    return cut, np.where(y < 0, relief, -0.003 * np.exp(-((x / 0.006) ** 2)))


def _fasten(who, fn, world, hem):
    """A zip or buttons down the front, laid on the finished surface."""
    top = {"suit": 0.17, "coat": 0.30, "jacket": 0.35, "vest": 0.29, "puffer": 0.44}.get(who.wear, 0.42)
    z = np.linspace(
        hem + 0.02 if who.wear != "suit" else 0.05,
        top,
        {"suit": 2, "shirt": 6, "blouse": 6, "coat": 5, "vest": 5}.get(who.wear, 24),
    )
    y = np.linspace(-0.30, -0.03, 136)
    ray = np.stack(
        [np.zeros((len(z), 136)), np.broadcast_to(y, (len(z), 136)), np.broadcast_to(z[:, None], (len(z), 136))], -1
    )
    d = fn(np.stack([[world(q) for q in row] for row in ray]).astype(np.float32))
    hit = y[np.argmax(d < 0, axis=1)]
    if who.wear in ("jacket", "puffer"):
        who.parts.append(
            (
                "zip",
                *tube([world((0, b - 0.0005, a)) for a, b in zip(z, hit, strict=True)], 0.0034),
                ("metal", (0.22, 0.22, 0.23)),
                None,
            )
        )
    elif who.wear != "tee":
        size, tone = (0.0055, (0.55, 0.55, 0.53)) if who.wear in ("shirt", "blouse") else (0.0105, (0.03, 0.025, 0.02))
        for a, b in zip(z, hit, strict=True):
            pts = [world((0, b + e, a)) for e in (0.004, -0.0025, -0.0035)]
            who.parts.append(("button", *tube(pts, (size, size, 0.0003), 8), ("gloss", tone), None))


def _sleeve(p, sh, el, wr, r, bulk, short):
    """One sleeve from shoulder to wrist, r the arm's strength."""
    if short:
        return cone(p, sh, sh + (el - sh) * 0.75, 0.060 * r, 0.060 * r)
    upper = cone(p, sh, el, 0.053 * r + bulk * 0.8, 0.043 * r + bulk * 0.8)
    return smin(upper, cone(p, el, el + (wr - el) * 0.97, 0.042 * r + bulk * 0.8, 0.033 * r + bulk * 0.7), 0.015)


def _top(who, local, world, arms, legs):
    """The upper garment with its sleeves, then what goes with it."""
    standing = who.pelvis[2] > 0.75
    hem = HEMS.get(who.wear, -0.01) if standing else max(HEMS.get(who.wear, -0.01), -0.08)
    bulk = BULKS.get(who.wear, 0.004)
    arm = 0.8 if who.woman else 1.0

    def fn(p):
        q = local(p)
        d = torso(q, who, bulk)
        cut, relief = _front(q, who)
        sleeves = np.full_like(d, 9)
        for sh, el, wr in arms:
            d = smin(d, cone(p, world((0, 0.02, 0.47)), sh, 0.045 + bulk * 0.3, 0.050 * arm + bulk * 0.5), 0.05)
            sleeves = np.minimum(sleeves, _sleeve(p, sh, el, wr, arm, bulk, who.wear == "tee"))
        if hem < -0.03 and standing:  # the skirt of the garment follows the thighs
            for hip, knee, _ in legs:
                d = smin(d, cone(p, hip + V((0, 0, 0.02)), knee, 0.112 + bulk * 0.5, 0.104 + bulk * 0.5), 0.04)
        d = smax(d, hem - q[..., 2] + 0.010 * noise(p, 8, who.seed), 0.012)
        d = smax(d, q[..., 2] - 0.472 - 0.45 * (q[..., 1] + 0.03), 0.008)
        d = smin(d - relief, sleeves, 0.025)
        if who.wear == "puffer":
            d -= 0.014 * np.sqrt(np.abs(np.sin(np.pi * q[..., 2] / 0.085))) - 0.010
        d = _folds(
            p, d, who, [a[1] for a in arms] + [a[0] - V((0, 0, 0.06)) for a in arms], 0.0115 if bulk > 0.004 else 0.009
        )
        return smax(d, -cut, 0.005) if who.wear in OPEN else d

    _fasten(who, fn, world, hem)
    corners = [world((x, y, hem)) for x in (-0.1, 0.1) for y in (-0.14, 0.14)]
    pts = V([j for a in arms for j in a] + [world((0, 0, hem)), world((0, 0, 0.5)), *corners])
    v, q = surface(fn, pts.min(0) - 0.2, pts.max(0) + 0.14, 0.0072 * who.fine)
    who.parts.append(("top", v, q, ("puffer" if who.wear == "puffer" else "cloth", who.top), None))
    _collar(who, local, world)
    if who.wear in OPEN and who.wear != "vest":
        for _, el, wr in arms:
            d = (wr - el) / np.linalg.norm(wr - el)
            cuff = lambda p, wr=wr, d=d: cone(p, wr - d * 0.03, wr + d * 0.006, 0.036, 0.034)  # noqa: E731
            v, q = surface(cuff, wr - 0.08, wr + 0.08, 0.006)
            who.parts.append(("cuff", v, q, ("cloth", who.under), None))


def _collar(who, local, world):
    """The collar, the shirt that shows in the opening, the tie, the belt."""
    thick = who.wear in BULKS

    def ring(p, grow, thick, rise):
        x = local(p)
        z0 = 0.488 + 0.45 * np.minimum(x[..., 1] + 0.01, 0.03)
        r = np.sqrt((x[..., 0] * 1.0) ** 2 + ((x[..., 1] - 0.002) * 0.93) ** 2)
        d = np.abs(r - 0.064 - grow + 0.25 * (x[..., 2] - 0.50)) - thick
        gap = 0.012 + 0.30 * np.maximum(0.50 - x[..., 2], 0) + (0.9 * grow)
        d = np.maximum(d, np.abs(x[..., 2] - z0) - rise)
        return np.maximum(d, -np.maximum(np.abs(x[..., 0]) - gap, x[..., 1])) * 0.8

    c = world((0, -0.01, 0.49))
    if who.wear not in ("tee", "blouse"):
        v, q = surface(
            lambda p: ring(p, 0.013 if thick else 0.003, 0.0055, 0.026 if thick else 0.021) - 0.001,
            c - 0.13,
            c + 0.13,
            0.0045,
        )
        who.parts.append(("collar", v, q, ("cloth", who.top), None))
    if who.wear in OPEN:

        def shirt(p):
            x = local(p)
            d = np.maximum(
                np.maximum(torso(x, who, -0.008), np.maximum(0.12 - x[..., 2], np.abs(x[..., 0]) - 0.095)),
                x[..., 2] - 0.465 - 0.4 * (x[..., 1] + 0.03),
            )
            return np.maximum(np.minimum(d, ring(p, 0.002, 0.004, 0.022)), x[..., 1] - 0.09) - 0.001

        v, q = surface(shirt, c - V((0.24, 0.24, 0.38)), c + V((0.24, 0.24, 0.10)), 0.006)
        who.parts.append(("shirt", v, q, ("cloth", who.under), None))
        if who.tie:
            pts = [
                world((0, y, z))
                for y, z in ((-0.083, 0.485), (-0.105, 0.45), (-0.128, 0.36), (-0.135, 0.26), (-0.135, 0.18))
            ]
            who.parts.append(("tie", *tube(pts, [0.016, 0.013, 0.020, 0.026, 0.028], 8), ("cloth", who.tie), None))
    if who.wear == "shirt":

        def belt(p):
            x = local(p)
            return np.maximum(torso(x, who, 0.008), np.abs(x[..., 2] + 0.005) - 0.018)

        b = world((0, 0, 0))
        v, q = surface(belt, b - 0.24, b + 0.24, 0.007)
        who.parts.append(("belt", v, q, ("gloss", (0.015, 0.012, 0.010)), None))
