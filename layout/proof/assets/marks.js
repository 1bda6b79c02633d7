"use strict";
// What is drawn over the page: grid, baselines, frames, boxes, faults, changes. Coordinates: points from the trim.
const SVG = "http://www.w3.org/2000/svg";
const OVERLAYS = ["grid", "baselines", "frames", "safe", "trim", "faults", "notes"];

function shape(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const Marks = {
  on: new Set(Store.get("overlays", ["faults", "trim", "notes"])),

  toggle(name) {
    if (this.on.has(name)) this.on.delete(name); else this.on.add(name);
    Store.set("overlays", [...this.on]);
  },

  draw(page, view) {
    const {medium, origin} = page.sheet, svg = $("marks");
    svg.setAttribute("viewBox", `0 0 ${medium[0]} ${medium[1]}`);
    const inside = shape("g", {transform: `translate(${origin[0]} ${origin[1]})`});
    for (const name of OVERLAYS) {
      if (this.on.has(name)) inside.append(shape("g", {class: name}, ...this[name](page)));
    }
    if (view === "ink" && page.facts.ink) inside.append(shape("g", {class: "heaviest"}, ...this.heaviest(page.facts.ink)));
    if (view === "compare") inside.append(shape("g", {class: "changes"}, ...this.changes(page)));
    inside.append(shape("g", {id: "flash"}));
    svg.replaceChildren(inside);
  },

  box(rect, more = {}) {
    const [x, y, width, height] = rect;
    return shape("rect", {x, y, width, height, ...more});
  },

  // A label of constant size on the screen, whatever the zoom.
  label(x, y, text, kind = "label") {
    const words = shape("text", {class: "still"});
    words.textContent = text;
    return shape("g", {transform: `translate(${x} ${y})`, class: kind}, words);
  },

  grid(page) {
    const {area, columns} = page.grid;
    const bars = columns.map(([left, right]) => this.box([left, area[1], right - left, area[3]], {class: "column"}));
    const names = columns.map(([left], nth) => this.label(left, area[1] - 3, `${nth + 1}`));
    return [...bars, this.box(area, {class: "area"}), ...names];
  },

  baselines(page) {
    const {area, baselines} = page.grid;
    const path = baselines.map((y) => `M${area[0]} ${y}h${area[2]}`).join("");
    const tens = baselines.filter((_, nth) => (nth + 1) % 10 === 0).map((y) => `M${area[0] - 9} ${y}h9M${area[0] + area[2]} ${y}h9`);
    const names = baselines.map((y, nth) => ((nth + 1) % 10 ? null : this.label(area[0] - 24, y, `${nth + 1}`)));
    return [shape("path", {d: path}), shape("path", {d: tens.join(""), class: "ten"}), ...names.filter(Boolean)];
  },

  frames(page) {
    const photos = page.photos.map((photo) => this.box(photo.rect, {class: "photo"}));
    const columns = page.stories.flatMap((story) => story.columns.map((rect) => this.box(rect, {class: "text"})));
    const stories = page.stories.flatMap(({slug, rect}) => [this.box(rect), this.label(rect[0] + rect[2], rect[1], slug)]);
    return [...columns, ...photos, ...stories];
  },

  // Where the most ink lies: on a point, and on a square of 15 mm.
  heaviest(ink) {
    const [x, y] = ink.at, rings = ["", "over"].map((kind) => shape("circle", {cx: x, cy: y, r: 9, class: kind}));
    const squares = ["", "over"].map((kind) => this.box(ink.square, {class: kind}));
    return [...squares, ...rings, this.label(x + 11, y, percent(ink.largest)), this.label(ink.square[0], ink.square[1], percent(ink.mean))];
  },

  safe(page) { return [this.box(page.grid.safe)]; },

  trim(page) {
    const [width, height] = page.trim, bleed = page.bleed;
    const boxes = [this.box([0, 0, width, height])];
    if (bleed > 0) boxes.push(this.box([-bleed, -bleed, width + 2 * bleed, height + 2 * bleed], {class: "bleed"}));
    if (page.fold) boxes.push(shape("path", {d: `M${page.fold} 0V${height}`, class: "fold"}));
    return boxes;
  },

  faults(page) {
    return page.faults.flatMap((fault, nth) => {
      if (!fault.rect) return [];
      const [x, y] = fault.rect;
      const number = shape("text", {y: 0.5});
      number.textContent = nth + 1;
      const pin = shape("g", {class: "still"}, shape("circle", {r: 10}), number);
      const at = shape("g", {transform: `translate(${x} ${y})`, class: `pin ${fault.severity}`, "data-fault": nth}, pin);
      return [this.box(fault.rect, {class: `place ${fault.severity}`}), at];
    });
  },

  notes(page) { return Notes.marks(page); },

  changes(page) {
    const changes = page.changes;
    if (!changes) return [];
    const moved = changes.stories.filter((story) => story.moved).map((story) => this.box(story.moved[0], {class: "was"}));
    return [...changes.regions.map((rect) => this.box(rect)), ...moved];
  },

  flash(rect) { // a short sign of where one has been taken
    const group = $("flash");
    if (group) group.replaceChildren(this.box(rect));
  },
};
