"""Blender building blocks for the stand-in pictures: materials, props, light, camera, render.

Not run by itself: scenes.py imports it inside Blender 3.4 or later.
"""

from __future__ import annotations

import math
from pathlib import Path

import bpy
import figures as fg
import numpy as np
from mathutils import Vector

_MATS: dict = {}


def reset():
    """An empty scene."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    _MATS.clear()


def _shader(name):
    m = bpy.data.materials.new(name)
    m.use_nodes = True
    m.node_tree.nodes["Principled BSDF"].inputs["Emission Strength"].default_value = 1.0
    return m, m.node_tree.nodes, m.node_tree.links, m.node_tree.nodes["Principled BSDF"]


def _bump(nodes, links, bsdf, scale, strength, distance, coords="Object", detail=2.0):
    """Noise bump; scale is one number or one per axis, in cells per metre."""
    co, mp = nodes.new("ShaderNodeTexCoord"), nodes.new("ShaderNodeMapping")
    tx, bp = nodes.new("ShaderNodeTexNoise"), nodes.new("ShaderNodeBump")
    mp.inputs["Scale"].default_value = np.broadcast_to(scale, 3)
    tx.inputs["Scale"].default_value, tx.inputs["Detail"].default_value = 1.0, detail
    bp.inputs["Strength"].default_value, bp.inputs["Distance"].default_value = strength, distance
    links.new(co.outputs[coords], mp.inputs["Vector"])
    links.new(mp.outputs["Vector"], tx.inputs["Vector"])
    links.new(tx.outputs["Fac"], bp.inputs["Height"])
    links.new(bp.outputs["Normal"], bsdf.inputs["Normal"])
    return tx


def _mottle(nodes, links, bsdf, tx, color, amount):
    """Uneven colour from a noise texture."""
    rp = nodes.new("ShaderNodeValToRGB")
    c = np.array(color[:3])
    rp.color_ramp.elements[0].position, rp.color_ramp.elements[1].position = 0.3, 0.7
    rp.color_ramp.elements[0].color = (*(c * (1 - amount)), 1)
    rp.color_ramp.elements[1].color = (*np.minimum(c * (1 + amount), 1), 1)
    links.new(tx.outputs["Fac"], rp.inputs["Fac"])
    links.new(rp.outputs["Color"], bsdf.inputs["Base Color"])


# kind: roughness, specular, bump scale, bump strength, bump distance, colour unevenness
_KINDS = {
    "cloth": (0.88, 0.25, 420, 0.18, 0.002, 0.03),
    "puffer": (0.48, 0.35, 120, 0.30, 0.003, 0.06),
    "gloss": (0.30, 0.50, 60, 0.02, 0.001, 0.05),
    "plastic": (0.32, 0.50, 8, 0.02, 0.002, 0.03),
    "hair": (0.68, 0.14, (520, 90, 110), 0.3, 0.002, 0.25),
    "drape": (0.80, 0.20, (7, 7, 0.8), 0.9, 0.05, 0.12),
    "eye": (0.12, 0.60, 5, 0.0, 0.001, 0.02),
    "wall": (0.80, 0.20, 3, 0.06, 0.004, 0.03),
    "paper": (0.75, 0.20, 30, 0.05, 0.001, 0.03),
    "metal": (0.45, 0.60, 20, 0.05, 0.001, 0.08),
    "soil": (0.95, 0.10, 9, 0.9, 0.03, 0.28),
    "concrete": (0.88, 0.20, 4, 0.25, 0.01, 0.16),
    "leaf": (0.55, 0.35, 6, 0.1, 0.01, 0.40),
    "wood": (0.38, 0.45, (3, 60, 60), 0.05, 0.001, 0.28),
    "film": (0.35, 0.50, (2, 2, 2), 0.3, 0.03, 0.06),
    "net": (0.85, 0.10, (0.7, 0.7, 0.5), 1.0, 0.5, 0.30),
    "brick": (0.85, 0.20, 30, 0.3, 0.01, 0.25),
}


def mat(kind, color=(0.5, 0.5, 0.5), power=0.0):
    """A cached material; kinds "glow" and "lamp" shine with the given power, "skin" takes mesh colours."""
    key = (kind, tuple(color), power)
    if key in _MATS:
        return _MATS[key]
    m, nodes, links, b = _shader(kind)
    if kind == "glow":
        b.inputs["Base Color"].default_value = (*color, 1)
        b.inputs["Emission"].default_value = (*color, 1)
        b.inputs["Emission Strength"].default_value = power
    elif kind == "lamp":  # a lit shade: bright in the middle, deeper at the rim
        b.inputs["Base Color"].default_value = b.inputs["Emission"].default_value = (*color, 1)
        lw, mr = nodes.new("ShaderNodeLayerWeight"), nodes.new("ShaderNodeMapRange")
        lw.inputs["Blend"].default_value = 0.5
        mr.inputs["To Min"].default_value, mr.inputs["To Max"].default_value = power, power * 0.12
        links.new(lw.outputs["Facing"], mr.inputs["Value"])
        links.new(mr.outputs["Result"], b.inputs["Emission Strength"])
        b.inputs["Emission Strength"].default_value = power
    elif kind == "skin":
        a = nodes.new("ShaderNodeVertexColor")
        a.layer_name = "Col"
        links.new(a.outputs["Color"], b.inputs["Base Color"])
        b.inputs["Roughness"].default_value, b.inputs["Specular"].default_value = 0.52, 0.38
        _bump(nodes, links, b, 350, 0.15, 0.001)
    elif kind == "tiles":
        b.inputs["Roughness"].default_value, b.inputs["Specular"].default_value = 0.16, 0.5
        tx = _bump(nodes, links, b, 2.2, 0.02, 0.004)
        co, br, mix = nodes.new("ShaderNodeTexCoord"), nodes.new("ShaderNodeTexBrick"), nodes.new("ShaderNodeMixRGB")
        br.offset = 0.0
        for k, v in (
            ("Scale", 1.0),
            ("Mortar Size", 0.004),
            ("Brick Width", power or 0.8),
            ("Row Height", power or 0.8),
        ):
            br.inputs[k].default_value = v
        c = np.array(color)
        for k, f in (("Color1", 1.0), ("Color2", 0.96), ("Mortar", 0.45)):
            br.inputs[k].default_value = (*(c * f), 1)
        mix.blend_type, mix.inputs[0].default_value = "MULTIPLY", 0.35
        links.new(co.outputs["Object"], br.inputs["Vector"])
        links.new(br.outputs["Color"], mix.inputs[1])
        links.new(tx.outputs["Fac"], mix.inputs[2])
        links.new(mix.outputs["Color"], b.inputs["Base Color"])
    else:
        rough, spec, scale, strength, dist, uneven = _KINDS[kind]
        b.inputs["Roughness"].default_value, b.inputs["Specular"].default_value = rough, spec
        if kind in ("cloth", "puffer", "drape"):
            b.inputs["Sheen"].default_value = 0.35
        _mottle(
            nodes,
            links,
            b,
            _bump(nodes, links, b, scale, strength, dist, detail=5 if kind in ("soil", "concrete") else 2),
            color,
            uneven,
        )
        if kind in ("leaf", "film", "paper"):
            _translucent(nodes, links, b, color)
    _MATS[key] = m
    return m


def _translucent(nodes, links, b, color):
    tr, mx = nodes.new("ShaderNodeBsdfTranslucent"), nodes.new("ShaderNodeMixShader")
    tr.inputs["Color"].default_value = (*np.minimum(np.array(color[:3]) * 1.25, 1), 1)
    mx.inputs[0].default_value = 0.3
    links.new(b.outputs[0], mx.inputs[1])
    links.new(tr.outputs[0], mx.inputs[2])
    links.new(mx.outputs[0], nodes["Material Output"].inputs["Surface"])


def picture(array, power=0.0, rough=0.5):
    """A material showing an RGB array (sRGB values 0..1, top row first), optionally shining like a screen."""
    m, nodes, links, b = _shader("picture")
    h, w = array.shape[:2]
    img = bpy.data.images.new("picture", w, h)
    img.pixels.foreach_set(np.dstack([array, np.ones((h, w, 1))])[::-1].astype(np.float32).ravel())
    img.update()
    tx = nodes.new("ShaderNodeTexImage")
    tx.image = img
    links.new(tx.outputs["Color"], b.inputs["Base Color"])
    b.inputs["Roughness"].default_value, b.inputs["Specular"].default_value = rough, 0.4
    if power:
        links.new(tx.outputs["Color"], b.inputs["Emission"])
        b.inputs["Emission Strength"].default_value = power
    return m


def _soften(a, r):
    """Blur an array by three box passes."""
    for _ in range(3):
        for ax in (0, 1):
            pad = [(0, 0)] * a.ndim
            pad[ax] = (r, r + 1)
            c = np.cumsum(np.pad(a, pad, mode="edge"), axis=ax)
            a = (np.take(c, range(2 * r + 1, c.shape[ax]), ax) - np.take(c, range(c.shape[ax] - 2 * r - 1), ax)) / (
                2 * r + 1
            )
    return a


def landscape(w, h, rng):
    """A small blurred picture: sky, far hills, near ground, specks."""
    y = np.linspace(0, 1, h)[:, None]
    sky, far, near = (
        np.array(c)
        for c in ((0.62, 0.76, 0.90), (0.35, 0.48, 0.52), rng.uniform(0.25, 0.45) * np.array((1.0, 1.05, 0.8)))
    )
    ridge = 0.45 + 0.12 * np.interp(np.arange(w), np.linspace(0, w, 7), rng.normal(0, 1, 7))[None, :]
    a = np.where(
        (y < ridge)[..., None], sky * (1.05 - 0.3 * y[..., None]), np.where((y < ridge + 0.18)[..., None], far, near)
    )
    for _ in range(12):
        i, j, s = rng.integers(0, h), rng.integers(0, w), rng.integers(h // 14 + 1, h // 6 + 2)
        a[i : i + 2 * s, j : j + s] = np.array(
            [(0.1, 0.1, 0.13), (0.75, 0.74, 0.7), (0.55, 0.10, 0.09), (0.25, 0.3, 0.4)]
        )[rng.integers(4)]
    return np.clip(a + rng.normal(0, 0.03, a.shape), 0, 1)


def poster(w, h, ground, head, seed, photos=3, ink=(0.2, 0.2, 0.22)):
    """A display panel: head band, blurred picture fields and grey bars where text would stand; nothing is legible."""
    rng = np.random.default_rng(seed)
    a = np.ones((h, w, 3)) * np.array(ground)
    top = int(h * 0.13)
    a[:top] = head
    n = rng.integers(6, 10)
    for k in range(n):  # stroke blobs in place of a heading
        _blob(a, rng, int(top * 0.26), int(w * (0.5 + (k - n / 2) * 0.07)), int(top * 0.5), (0.96, 0.88, 0.66), 1.0)
    y, pitch = top + int(h * 0.05), int(h * 0.034)
    for _ in range(photos):
        ph = int(h * rng.uniform(0.15, 0.2))
        for x0 in (0.07, 0.53):
            pw, x = int(w * 0.4), int(w * x0)
            if rng.random() < 0.75:
                a[y : y + ph, x : x + pw] = landscape(pw, ph, rng)[: max(0, h - y)]
            else:
                for yy in range(y, min(y + ph, h - pitch), pitch):
                    _bar(a, rng, yy, x, pw, pitch, ink)
        y += ph + int(h * 0.03)
        for yy in (y, y + pitch):
            if yy < h - 2 * pitch:
                _bar(a, rng, yy, int(w * 0.07), int(w * rng.uniform(0.6, 0.86)), pitch, ink)
        y += int(h * 0.10)
        if y > h * 0.78:
            break
    return np.clip(_soften(a, max(1, w // 220)), 0, 1)


def _bar(a, rng, y, x, w, pitch, ink):
    for k in range(0, w - pitch // 2, int(pitch * 0.6) + 1):
        if rng.random() < 0.9:
            _blob(a, rng, y, x + k, int(pitch * 0.55), ink, 0.8)


def _blob(a, rng, y, x, size, ink, dark):
    """Random strokes in a square: from afar like writing, but no sign of any script."""
    for _ in range(5):
        u, v, n, t = (
            rng.integers(0, size + 1),
            rng.integers(0, size + 1),
            int(size * rng.uniform(0.4, 1.0)),
            max(1, size // 8),
        )
        s = a[y + u : y + u + t, x : x + n] if rng.random() < 0.6 else a[y : y + n, x + v : x + v + t]
        s[:] = s * (1 - dark) + np.array(ink) * dark


def mesh(name, verts, faces, material, *, smooth=False, colors=None):
    """An object from arrays; faces all have the same number of corners."""
    verts, faces = np.asarray(verts, np.float32), np.asarray(faces, np.int32)
    me = bpy.data.meshes.new(name)
    k = faces.shape[1]
    me.vertices.add(len(verts))
    me.vertices.foreach_set("co", verts.ravel())
    me.loops.add(faces.size)
    me.loops.foreach_set("vertex_index", faces.ravel())
    me.polygons.add(len(faces))
    me.polygons.foreach_set("loop_start", np.arange(0, faces.size, k, dtype=np.int32))
    me.polygons.foreach_set("loop_total", np.full(len(faces), k, np.int32))
    if smooth:
        me.polygons.foreach_set("use_smooth", np.ones(len(faces), bool))
    me.update(calc_edges=True)
    if colors is not None:
        at = me.color_attributes.new("Col", "FLOAT_COLOR", "POINT")
        at.data.foreach_set("color", np.hstack([colors, np.ones((len(colors), 1))]).astype(np.float32).ravel())
    me.materials.append(material)
    shines = material.node_tree.nodes["Principled BSDF"].inputs["Emission Strength"].default_value != 1.0
    material.cycles.sample_as_light = not shines  # area lights do the lighting: far less noise
    ob = bpy.data.objects.new(name, me)
    ob.visible_diffuse = ob.visible_shadow = not shines
    bpy.context.collection.objects.link(ob)
    return ob


_CUBE = np.array([(x, y, z) for x in (0, 1) for y in (0, 1) for z in (0, 1)], float)
_FACES = np.array([(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)])


def box(lo, hi, material, bevel=0.004):
    """An axis-parallel box with slightly rounded edges."""
    lo, hi = np.array(lo, float), np.array(hi, float)
    mid = (lo + hi) / 2
    ob = mesh("box", (lo - mid) + _CUBE * (hi - lo), _FACES, material)
    ob.location = mid
    if bevel:
        b = ob.modifiers.new("bevel", "BEVEL")
        b.width, b.segments = bevel, 2
    return ob


def boxes(lows, highs, material):
    """Many boxes as one object."""
    lows, highs = np.asarray(lows, float), np.asarray(highs, float)
    v = (lows[:, None] + _CUBE[None] * (highs - lows)[:, None]).reshape(-1, 3)
    f = (_FACES[None] + 8 * np.arange(len(lows))[:, None, None]).reshape(-1, 4)
    return mesh("boxes", v, f, material)


def panel(center, width, height, material, facing=0.0, tilt=0.0):
    """An upright rectangle with a picture; facing 0 looks to -Y, 90 to +X."""
    v = np.array(
        [
            (-width / 2, 0, -height / 2),
            (width / 2, 0, -height / 2),
            (width / 2, 0, height / 2),
            (-width / 2, 0, height / 2),
        ]
    )
    ob = mesh("panel", v, [(0, 1, 2, 3)], material)
    uv = ob.data.uv_layers.new()
    uv.data.foreach_set("uv", np.array([0, 0, 1, 0, 1, 1, 0, 1], np.float32))
    ob.location, ob.rotation_euler = center, (math.radians(tilt), 0, math.radians(facing))
    return ob


def rod(points, radius, material, sides=8):
    """A rod or cable through points."""
    v, q = fg.tube(points, radius, sides)
    return mesh("rod", v, q, material, smooth=True)


def solid(profile, center, material, sides=28):
    """A turned body: profile is a list of (radius, height)."""
    a = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    v = np.array([(r * math.cos(t), r * math.sin(t), z) for r, z in profile for t in a])
    i, j = np.meshgrid(np.arange(len(profile) - 1), np.arange(sides), indexing="ij")
    k = (j + 1) % sides
    q = np.stack([i * sides + j, i * sides + k, (i + 1) * sides + k, (i + 1) * sides + j], -1).reshape(-1, 4)
    ob = mesh("solid", v, q, material, smooth=True)
    ob.location = center
    return ob


def person(x, y, yaw=0.0, scale=1.0, who=None, z=0.0):
    """Place a figure; yaw 0 faces -Y, positive turns to its own left (+X)."""
    root = bpy.data.objects.new("person", None)
    bpy.context.collection.objects.link(root)
    for name, v, q, m, c in fg.figure(who):
        ob = mesh(name, v, q, mat(m[0], *m[1:]), smooth=True, colors=c)
        ob.parent = root
    root.location, root.rotation_euler, root.scale = (x, y, z), (0, 0, math.radians(yaw)), (scale,) * 3
    return root


def copy_of(root, x, y, yaw=0.0, scale=1.0, z=0.0):
    """The same object (with its parts) once more, sharing its meshes."""
    new = root.copy()
    bpy.context.collection.objects.link(new)
    for ch in root.children:
        c = ch.copy()
        c.parent = new
        bpy.context.collection.objects.link(c)
    new.location, new.rotation_euler, new.scale = (x, y, z), (0, 0, math.radians(yaw)), (scale,) * 3
    return new


def leaves(centers, radii, count, size, material, seed=0, flat=1.0):
    """A cloud of small leaf quads filling blobs: crowns, hedges, vines."""
    rng = np.random.default_rng(seed)
    centers, radii = np.asarray(centers, float), np.asarray(radii, float)
    if radii.ndim == 1:
        radii = radii[:, None]
    k = rng.integers(0, len(centers), count)
    d = rng.normal(size=(count, 3))
    d /= np.linalg.norm(d, axis=1, keepdims=True)
    p = centers[k] + d * radii[k] * (rng.uniform(0.55, 1.05, (count, 1)) ** 0.6) * (1, 1, flat)
    u = rng.normal(size=(count, 3))
    u /= np.linalg.norm(u, axis=1, keepdims=True)
    w = np.cross(u, d + 0.6 * rng.normal(size=(count, 3)))
    w /= np.linalg.norm(w, axis=1, keepdims=True) + 1e-9
    s = size * rng.uniform(0.6, 1.3, (count, 1))
    v = np.stack([p - u * s, p + w * s * 0.55, p + u * s, p - w * s * 0.55], 1).reshape(-1, 3)
    return mesh("leaves", v, np.arange(4 * count).reshape(-1, 4), material)


def area(center, size, power, color=(1, 1, 1), look=(0, 0, -1), size_y=None):
    """An area light."""
    li = bpy.data.lights.new("area", "AREA")
    li.shape, li.size, li.size_y = "RECTANGLE", size, size_y or size
    li.energy, li.color = power, color
    ob = bpy.data.objects.new("area", li)
    ob.location, ob.rotation_euler = center, Vector(look).to_track_quat("-Z", "Y").to_euler()
    ob.visible_camera = False
    bpy.context.collection.objects.link(ob)
    return ob


def sun(look, power, color=(1, 0.95, 0.88), angle=0.6):
    """Sunlight."""
    li = bpy.data.lights.new("sun", "SUN")
    li.energy, li.color, li.angle = power, color, math.radians(angle)
    ob = bpy.data.objects.new("sun", li)
    ob.rotation_euler = Vector(look).to_track_quat("-Z", "Y").to_euler()
    bpy.context.collection.objects.link(ob)


def sky(low, high, power=1.0, clouds=0.0, seed=0.0):
    """A sky from horizon colour to zenith colour, with noise clouds."""
    w = bpy.data.worlds.new("sky")
    bpy.context.scene.world = w
    w.use_nodes = True
    n, ln = w.node_tree.nodes, w.node_tree.links
    co, sep, rp = n.new("ShaderNodeTexCoord"), n.new("ShaderNodeSeparateXYZ"), n.new("ShaderNodeValToRGB")
    ln.new(co.outputs["Generated"], sep.inputs[0])
    ln.new(sep.outputs["Z"], rp.inputs["Fac"])
    rp.color_ramp.elements[0].color, rp.color_ramp.elements[1].color = (*low, 1), (*high, 1)
    rp.color_ramp.elements[1].position = 0.45
    out = rp.outputs["Color"]
    if clouds:
        mp, tx, cr, mx = (n.new("ShaderNode" + k) for k in ("Mapping", "TexNoise", "ValToRGB", "MixRGB"))
        mp.inputs["Scale"].default_value, mp.inputs["Location"].default_value = (1.6, 1.6, 6), (seed, seed, 0)
        tx.inputs["Scale"].default_value, tx.inputs["Detail"].default_value = 1.6, 7
        cr.color_ramp.elements[0].position, cr.color_ramp.elements[1].position = 0.50, 0.78
        cr.color_ramp.elements[0].color, cr.color_ramp.elements[1].color = (0, 0, 0, 1), (clouds,) * 3 + (1,)
        mx.inputs[2].default_value = (0.95, 0.95, 0.96, 1)
        ln.new(co.outputs["Generated"], mp.inputs[0])
        ln.new(mp.outputs[0], tx.inputs[0])
        ln.new(tx.outputs["Fac"], cr.inputs[0])
        ln.new(cr.outputs[0], mx.inputs[0])
        ln.new(out, mx.inputs[1])
        out = mx.outputs[0]
    ln.new(out, n["Background"].inputs["Color"])
    n["Background"].inputs["Strength"].default_value = power


def camera(at, target, lens, fstop=4.0, focus=None):
    """A 36 mm wide camera looking at target, sharp at focus (default: the target)."""
    cam = bpy.data.cameras.new("camera")
    cam.lens, cam.sensor_width = lens, 36
    cam.dof.use_dof, cam.dof.aperture_fstop = True, fstop
    cam.dof.focus_distance = (Vector(focus or target) - Vector(at)).length
    ob = bpy.data.objects.new("camera", cam)
    ob.location, ob.rotation_euler = at, (Vector(target) - Vector(at)).to_track_quat("-Z", "Y").to_euler()
    bpy.context.collection.objects.link(ob)
    bpy.context.scene.camera = ob


def render(path, width, samples):
    """Render with Cycles and store linear colour, surface colour, normal and depth in an npz file."""
    sc = bpy.context.scene
    sc.render.engine = "CYCLES"
    sc.render.threads_mode, sc.render.threads = "FIXED", 2
    sc.render.resolution_x, sc.render.resolution_y, sc.render.resolution_percentage = width, width * 2 // 3, 100
    cy = sc.cycles
    cy.samples, cy.use_denoising, cy.use_adaptive_sampling, cy.adaptive_threshold = samples, False, True, 0.02
    cy.max_bounces, cy.diffuse_bounces, cy.glossy_bounces, cy.transmission_bounces = 4, 2, 2, 2
    cy.sample_clamp_direct, cy.sample_clamp_indirect, cy.blur_glossy, cy.caustics_reflective, cy.caustics_refractive = (
        20.0,
        2.5,
        1.0,
        False,
        False,
    )
    cy.use_fast_gi, cy.fast_gi_method, cy.ao_bounces_render = True, "REPLACE", 1  # ambient light instead of long paths
    sc.world.light_settings.distance, sc.world.light_settings.ao_factor = 4.0, 1.0
    layer = sc.view_layers[0]
    layer.use_pass_normal = layer.use_pass_diffuse_color = layer.use_pass_z = True
    sc.use_nodes = True
    nodes, links = sc.node_tree.nodes, sc.node_tree.links
    nodes.clear()
    src, out = nodes.new("CompositorNodeRLayers"), nodes.new("CompositorNodeOutputFile")
    comp = nodes.new("CompositorNodeComposite")
    links.new(src.outputs["Image"], comp.inputs[0])
    path = Path(path).resolve()
    out.base_path = str(path.parent)
    out.format.file_format, out.format.color_depth = "OPEN_EXR", "32"
    out.file_slots.clear()
    names = {"color": "Image", "albedo": "DiffCol", "normal": "Normal", "depth": "Depth"}
    for k, v in names.items():
        out.file_slots.new(f"{path.stem}_{k}_")
        links.new(src.outputs[v], out.inputs[-1])
    bpy.ops.render.render()
    res = {}
    for k in names:
        f = next(path.parent.glob(f"{path.stem}_{k}_*.exr"))
        img = bpy.data.images.load(str(f))
        px = np.empty(len(img.pixels), np.float32)
        img.pixels.foreach_get(px)
        res[k] = px.reshape(img.size[1], img.size[0], -1)[::-1, :, :3].astype(
            np.float16 if k != "depth" else np.float32
        )
        f.unlink()
    np.savez(path, **res)
