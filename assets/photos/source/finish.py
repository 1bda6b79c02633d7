"""From render buffers to pictures: denoise, tone, lens and grain, sRGB JPEG with metadata.

python finish.py BUFFERDIR [NAME ...]        (numpy and Pillow; reads BUFFERDIR/NAME.npz, writes ../NAME.jpg)
"""

from __future__ import annotations

import io
import sys
from html import escape
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms

WIDTH = 1800
# name: English description, exposure, warmth, contrast, saturation, bloom, grain
PICTURES = {
    "0506": (
        "Officials in a community consultation room; the first from the left points at a display board",
        1.12,
        0.02,
        1.08,
        1.05,
        0.04,
        0.016,
    ),
    "1201": (
        "A group in winter coats and helmets inspecting a building site with crane and safety fence",
        1.0,
        0.0,
        1.08,
        1.06,
        0.03,
        0.014,
    ),
    "0309": (
        "A group walking through an exhibition corridor with red display panels",
        1.0,
        0.0,
        1.0,
        1.05,
        0.05,
        0.018,
    ),
    "0825": (
        "A training class seen from behind: seated rows, a lecturer at a podium beside a bright screen",
        1.3,
        0.0,
        1.0,
        1.05,
        0.05,
        0.017,
    ),
    "0808": (
        "A night market with warm stalls, red lanterns and people strolling under a deep blue sky",
        1.1,
        0.0,
        1.0,
        1.05,
        0.16,
        0.024,
    ),
    "0621": (
        "A group listening to a farmer between vine rows, greenhouses and hills behind",
        1.0,
        0.0,
        1.08,
        1.12,
        0.03,
        0.013,
    ),
    "0609": (
        "Visitors talking with seated old people in the bright room of a care centre",
        1.3,
        0.0,
        1.0,
        1.05,
        0.06,
        0.016,
    ),
    "0619": (
        "A reading event: people round a long table with open books, bookshelves behind",
        1.15,
        0.0,
        1.0,
        1.05,
        0.05,
        0.017,
    ),
}
HAZE = {"1201": 700.0, "0621": 900.0}


def shift(a, dy, dx):
    """The array moved by whole pixels, edges repeated."""
    h, w = a.shape[:2]
    return a[np.clip(np.arange(h) + dy, 0, h - 1)][:, np.clip(np.arange(w) + dx, 0, w - 1)]


def blur(a, r):
    """Three box passes of radius r."""
    for _ in range(3):
        for ax in (0, 1):
            pad = [(0, 0)] * a.ndim
            pad[ax] = (r + 1, r)
            c = np.cumsum(np.pad(a, pad, mode="edge"), axis=ax, dtype=np.float64)
            n = a.shape[ax]
            hi, lo = [slice(None)] * a.ndim, [slice(None)] * a.ndim
            hi[ax], lo[ax] = slice(2 * r + 1, 2 * r + 1 + n), slice(0, n)
            a = ((c[tuple(hi)] - c[tuple(lo)]) / (2 * r + 1)).astype(np.float32)
    return a


def denoise(buf, passes=4):
    """Edge-avoiding wavelet filter on the light alone (colour divided by surface colour)."""
    color, albedo, normal = (buf[k].astype(np.float32) for k in ("color", "albedo", "normal"))
    depth = np.log(np.clip(buf["depth"][..., 0], 0.1, 500))
    color = np.minimum(color, 40)
    cover = np.clip(np.linalg.norm(normal, axis=-1), 0, 1)  # 0 in the open sky
    base = albedo + (0.04 + 0.96 * (1 - cover))[..., None]
    light = color / base
    lum = light.mean(-1)
    med = np.median(np.stack([shift(lum, y, x) for y in (-1, 0, 1) for x in (-1, 0, 1)]), 0)
    light *= (np.minimum(lum, 2.2 * med + 0.02) / np.maximum(lum, 1e-4))[..., None]  # fireflies
    kernel = {0: 3 / 8, 1: 1 / 4, 2: 1 / 16}
    for k in range(passes):
        lum = np.log1p(light.mean(-1))
        soft = blur(lum, 2)
        sigma = 2.2 * np.sqrt(np.maximum(blur((lum - soft) ** 2, 4), 1e-6)) + 0.004
        ref = blur(lum, 1)
        acc, wsum, s = np.zeros_like(light), np.zeros_like(lum), 2**k
        for dy in range(-2, 3):
            for dx in range(-2, 3):
                w = kernel[abs(dy)] * kernel[abs(dx)]
                w = w * np.exp(-np.abs(shift(ref, dy * s, dx * s) - ref) / sigma)
                w *= np.exp(-((shift(normal, dy * s, dx * s) - normal) ** 2).sum(-1) / 0.10)
                w *= np.exp(-((shift(albedo, dy * s, dx * s) - albedo) ** 2).sum(-1) / 0.012)
                w *= np.exp(-np.abs(shift(depth, dy * s, dx * s) - depth) / 0.08)
                acc += w[..., None] * shift(light, dy * s, dx * s)
                wsum += w
        light = acc / wsum[..., None]
    return light * base


def haze(linear, depth, reach):
    """Distant things fade into pale air; reach is the distance in metres at which two thirds are air."""
    air = (1 - np.exp(-np.minimum(depth, 400) / reach)) * (depth < 1e4)
    return linear * (1 - air[..., None]) + air[..., None] * np.array((0.60, 0.68, 0.78), np.float32)


def develop(linear, exposure, warmth, contrast, saturation, bloom, grain, seed):
    """Film-like tone curve, bloom, vignette, slight softness and grain; returns 8-bit sRGB at WIDTH."""
    x = linear * exposure * np.array((1 + 0.10 * warmth, 1.0, 1 - 0.14 * warmth), np.float32)
    r = max(2, x.shape[1] // 150)
    x = x * (1 - bloom) + bloom * 0.6 * blur(np.minimum(x, 8), r) + bloom * 0.4 * blur(np.minimum(x, 8), 4 * r)
    h, w = x.shape[:2]
    yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
    x *= (1 - 0.20 * (((xx / w - 0.5) ** 2 + ((yy / h - 0.5) * h / w) ** 2) / 0.36))[..., None]
    grey = x @ np.array((0.2126, 0.7152, 0.0722), np.float32)
    x = np.maximum(grey[..., None] + saturation * (x - grey[..., None]), 0)
    a, b, c, d, e = 2.51, 0.03, 2.43, 0.59, 0.14  # filmic shoulder and toe
    x = np.clip(0.62 * x, 0, None)
    x = np.clip(x * (a * x + b) / (x * (c * x + d) + e), 0, 1)
    s = np.where(x < 0.0031308, 12.92 * x, 1.055 * x ** (1 / 2.4) - 0.055)
    s = s**0.94
    lo, hi = np.percentile(s, 0.15), np.percentile(s, 99.7)
    s = np.clip((s - 0.9 * lo) / (0.5 * hi + 0.5 - 0.9 * lo), 0, 1)
    s = s + (contrast - 1) * 0.5 * np.sin(2 * np.pi * (s - 0.5)) / np.pi
    im = Image.fromarray((np.clip(s, 0, 1) * 255 + 0.5).astype(np.uint8)).resize((WIDTH, WIDTH * 2 // 3), Image.LANCZOS)
    s = np.asarray(im).astype(np.float32) / 255
    s += 0.22 * (s - blur(s, 1))
    rng = np.random.default_rng(seed)
    g = rng.normal(0, 1, s.shape[:2]).astype(np.float32)
    g = 0.5 * g + 0.4 * (g + shift(g, 0, 1) + shift(g, 1, 0) + shift(g, 1, 1)) / 2
    tint = rng.normal(0, 0.35, s.shape)
    amount = 0.62 * grain * (0.45 + 1.1 * np.sqrt(np.clip(s * (1 - s), 0, 1)))
    return (np.clip(s + amount * (g[..., None] + tint), 0, 1) * 255 + 0.5).astype(np.uint8)


def save(path, rgb, text):
    """JPEG between 200 and 600 KB with the sRGB profile, EXIF and XMP."""
    note = f"Stand-in picture (not a photograph): {text}. Replace with the real photograph of the same name. CC0"
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x8298] = note, "newspaper-layout contributors", "CC0 1.0"
    xmp = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" '
        'xmpRights:WebStatement="https://creativecommons.org/publicdomain/zero/1.0/"><dc:description><rdf:Alt>'
        f'<rdf:li xml:lang="x-default">{escape(note)}</rdf:li></rdf:Alt></dc:description>'
        "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    )
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for quality in range(90, 60, -2):
        out = io.BytesIO()
        Image.fromarray(rgb).save(
            out,
            "JPEG",
            quality=quality,
            subsampling=0,
            optimize=True,
            dpi=(300, 300),
            icc_profile=profile,
            exif=exif,
            xmp=xmp.encode(),
        )
        if out.tell() < 590_000:
            break
    path.write_bytes(out.getvalue())
    return out.tell(), quality


def main():
    """Finish the named pictures, or all whose buffers exist."""
    folder = Path(sys.argv[1])
    for name in sys.argv[2:] or PICTURES:
        if (folder / f"{name}.npz").exists():
            text, *look = PICTURES[name]
            with np.load(folder / f"{name}.npz") as buf:
                light = denoise(buf)
                if name in HAZE:
                    light = haze(light, buf["depth"][..., 0], HAZE[name])
                rgb = develop(light, *look, seed=int(name))
            target = Path(__file__).resolve().parent.parent / f"{name}.jpg"
            print(name, *save(target, rgb, text))


if __name__ == "__main__":
    main()
