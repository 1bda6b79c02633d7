"use strict";
// The pictures of a page: tiles by zoom, soft proof, plates put together, ink map, the last proof.
const INK_COLOURS = {Cyan: "#009fe3", Magenta: "#e5007d", Yellow: "#ffe800", Black: "#16161a"};
const LETTERS = {Cyan: "C", Magenta: "M", Yellow: "Y", Black: "K"};

// What a solid of an ink looks like on the screen: the press's own tones, and for spot inks what the file says of them.
function inkColour({name, colour: [cyan, magenta, yellow, black]}) {
  const light = (share) => Math.round(255 * (1 - share) * (1 - black));
  return INK_COLOURS[name] || `rgb(${light(cyan)} ${light(magenta)} ${light(yellow)})`;
}

// Tiles of one page in one layer. The base is always there; finer ones come where they are looked at.
class Tiles {
  constructor(layer) { this.layer = layer; this.tiles = new Map(); this.key = null; this.complete = false; }

  // Another page lies over the one before until its base is there: a renewed proof does not flicker.
  open(key, sheet, complete) {
    this.complete = complete;
    if (this.key === key) return;
    this.key = key;
    this.sheet = sheet;
    this.tiles.clear();
    const before = [...this.layer.children];
    for (const image of before) image.style.zIndex = 0;
    this.cover(sheet.base, [0, 0, ...sheet.medium]);
    const base = [...this.tiles.values()].map(({image}) => image.decode());
    Promise.allSettled(base).then(() => { for (const image of before) image.remove(); });
  }

  // Levels' sizes in pixels: each is half of the one above, rounded up.
  extent(level) {
    const levels = this.sheet.levels, top = levels[levels.length - 1];
    const halve = (length) => Math.ceil(Math.ceil(length * top / 72) * level / top);
    return this.sheet.medium.map(halve);
  }

  draw() {
    if (!this.key || this.layer.hidden) return;
    const wanted = View.z * 72 * (window.devicePixelRatio || 1) * 0.8;
    const {levels, base} = this.sheet;
    const fine = levels.find((each) => each >= wanted) || levels[levels.length - 1];
    const level = this.complete ? fine : base;
    this.cover(base, [0, 0, ...this.sheet.medium]);
    if (level !== base) this.cover(level, View.visible());
    for (const [name, tile] of this.tiles) {
      if (tile.level === base || tile.level === level) continue;
      tile.image.remove();
      this.tiles.delete(name);
    }
  }

  cover(level, [left, top, right, bottom]) {
    const {tile, medium} = this.sheet, [width, height] = this.extent(level), points = 72 / level;
    const last = (length) => Math.ceil(length / tile) - 1;
    const from = (place) => Math.max(0, Math.floor(place / points / tile));
    for (let row = from(top); row <= Math.min(last(height), from(bottom)); row++) {
      for (let column = from(left); column <= Math.min(last(width), from(right)); column++) {
        const name = `${level}/${row}-${column}`;
        if (this.tiles.has(name)) continue;
        const image = el("img", {src: `pages/${this.key}/${name}.jpg`, alt: "", draggable: "false", decoding: "async"});
        const share = (pixels, of) => `${pixels * points / of * 100}%`;
        image.style.left = share(column * tile, medium[0]);
        image.style.top = share(row * tile, medium[1]);
        image.style.width = share(Math.min(tile, width - column * tile), medium[0]);
        image.style.height = share(Math.min(tile, height - row * tile), medium[1]);
        image.style.zIndex = level;
        image.addEventListener("error", () => { image.remove(); this.tiles.delete(name); });
        this.tiles.set(name, {image, level});
        this.layer.append(image);
      }
    }
  }
}

// Plates as one picture: each plate's grey made its ink's tint, all multiplied as inks on paper are.
const Plates = {
  on: new Set(), key: null, images: [], plates: [],

  open(key, plates) {
    if (this.key === key) return;
    this.key = key;
    this.plates = plates;
    this.on = new Set(plates.map((plate) => plate.name));
    this.images = plates.map((_, nth) => {
      const image = new Image();
      image.addEventListener("load", () => this.draw());
      image.src = `pages/${key}/plate-${nth}.jpg`;
      return image;
    });
  },

  toggle(name) {
    if (this.on.has(name)) this.on.delete(name); else this.on.add(name);
    this.draw();
  },

  draw() {
    const canvas = $("plates"), first = this.images[0];
    if (!first || !first.naturalWidth) return;
    canvas.width = first.naturalWidth;
    canvas.height = first.naturalHeight;
    const paper = canvas.getContext("2d");
    paper.fillStyle = "#fff";
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.globalCompositeOperation = "multiply";
    this.plates.forEach((plate, nth) => {
      if (this.on.has(plate.name) && this.images[nth].naturalWidth) paper.drawImage(this.tinted(nth), 0, 0);
    });
  },

  tinted(nth) {
    if (this.on.size === 1) return this.images[nth];
    const sheet = document.createElement("canvas");
    sheet.width = this.images[nth].naturalWidth;
    sheet.height = this.images[nth].naturalHeight;
    const ink = sheet.getContext("2d");
    ink.drawImage(this.images[nth], 0, 0);
    ink.globalCompositeOperation = "screen";
    ink.fillStyle = inkColour(this.plates[nth]);
    ink.fillRect(0, 0, sheet.width, sheet.height);
    return sheet;
  },
};

// Ink values under the pointer. They come as a script: a page opened from disk may not read pixels of image files.
const Readings = {
  key: null, pixels: null, facts: null,

  open(key) {
    if (this.key === key) return;
    this.key = key;
    this.pixels = null;
    document.head.append(el("script", {src: `pages/${key}/inks.js`, onload: (event) => event.target.remove()}));
  },

  take(key, facts, picture) {
    const image = new Image();
    image.addEventListener("load", () => {
      if (key !== this.key) return;
      const sheet = document.createElement("canvas");
      sheet.width = image.naturalWidth;
      sheet.height = image.naturalHeight;
      const context = sheet.getContext("2d", {willReadFrequently: true});
      context.drawImage(image, 0, 0);
      this.pixels = context.getImageData(0, 0, sheet.width, sheet.height).data;
      this.facts = facts;
      document.documentElement.dataset.inks = key;
    });
    image.src = picture;
  },

  at([x, y]) { // shares of each ink at a place of the medium; null outside or as long as there are none
    if (!this.pixels) return null;
    const {width, height, resolution} = this.facts;
    const column = Math.floor(x * resolution / 72), row = Math.floor(y * resolution / 72);
    if (column < 0 || row < 0 || column >= width || row >= height) return null;
    const count = this.pixels.length / 4 / width / height;
    return Array.from({length: count}, (_, nth) => this.pixels[((nth * height + row) * width + column) * 4] / 255);
  },
};
window.PROOF_INKS = (key, facts, picture) => Readings.take(key, facts, picture);

// Old and new on one place: a curtain that is drawn, or both in turn.
const Compare = {
  mode: "swipe", share: 0.5, old: false, timer: 0, redraw: () => {},

  start(on) {
    clearInterval(this.timer);
    this.old = false;
    if (on && this.mode === "blink" && !matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.timer = setInterval(() => this.flip(), 700);
    }
    this.place();
    this.redraw();
  },

  flip() { this.old = !this.old; this.place(); this.redraw(); },

  hold() { // by hand: stops the blinking and shows the other one
    clearInterval(this.timer);
    this.old = this.mode === "blink" && this.old;
    this.mode = "blink";
    this.flip();
  },

  place() {
    const previous = $("previous"), divider = $("divider");
    const swipe = this.mode === "swipe";
    divider.hidden = previous.hidden || !swipe;
    const at = View.size()[0] * this.share;
    divider.style.left = `${at}px`;
    divider.setAttribute("aria-valuenow", Math.round(this.share * 100));
    const cut = Math.max(0, View.medium[0] * View.z - (at - View.x));
    previous.style.clipPath = swipe ? `inset(0 ${cut}px 0 0)` : "none";
    previous.style.visibility = swipe || this.old ? "visible" : "hidden";
  },

  listen() {
    const divider = $("divider");
    const move = (share) => { this.share = Math.min(0.98, Math.max(0.02, share)); this.place(); };
    divider.addEventListener("pointerdown", (event) => divider.setPointerCapture(event.pointerId));
    divider.addEventListener("pointermove", (event) => {
      if (divider.hasPointerCapture(event.pointerId)) move(View.at(event)[0] / View.size()[0]);
    });
    divider.addEventListener("keydown", (event) => {
      const step = {ArrowLeft: -0.02, ArrowRight: 0.02}[event.key];
      if (step) { event.preventDefault(); event.stopPropagation(); move(this.share + step); }
    });
  },
};
