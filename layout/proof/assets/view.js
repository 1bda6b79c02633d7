"use strict";
// The sheet under the pointer: zoom, pan, pinch. z is CSS pixels a point; x and y are the sheet's corner on the stage.
const FULL = 300 / 72; // z at which a CSS pixel is a pixel of 300 dpi
const ACTUAL = 96 / 72; // z of 100 %: CSS counts 96 pixels an inch
const MOST = 12;

const View = {
  z: 1, x: 0, y: 0, fitted: true, dragged: 0, medium: [1, 1], changed: () => {}, moved: () => {},

  size() { const box = $("stage").getBoundingClientRect(); return [box.width, box.height]; },

  open(medium) { // another page keeps zoom and place when it has the same size
    const same = medium[0] === this.medium[0] && medium[1] === this.medium[1];
    this.medium = medium;
    if (same && !this.fitted) this.apply(); else this.fit();
  },

  fit() {
    const [width, height] = this.size(), foot = this.foot();
    this.z = Math.min((width - 24) / this.medium[0], (height - foot - 24) / this.medium[1]);
    this.fitted = true;
    this.center(this.medium[0] / 2, this.medium[1] / 2);
  },

  foot() { // what the options' bar covers
    const bar = $("options");
    return bar.hidden || !bar.offsetHeight ? 0 : bar.offsetHeight + 10;
  },

  center(px, py) { // the point px, py of the medium in the middle of the stage
    const [width, height] = this.size();
    this.x = width / 2 - px * this.z;
    this.y = (height - this.foot()) / 2 - py * this.z;
    this.apply();
  },

  zoom(factor, at) { // about a place on the stage, its middle when left out
    const [width, height] = this.size();
    const [ax, ay] = at || [width / 2, height / 2];
    const least = Math.min(width / this.medium[0], height / this.medium[1]) * 0.5;
    const z = Math.min(MOST, Math.max(least, this.z * factor));
    this.x = ax - (ax - this.x) * z / this.z;
    this.y = ay - (ay - this.y) * z / this.z;
    this.z = z;
    this.fitted = false;
    this.apply();
  },

  pan(dx, dy) { this.x += dx; this.y += dy; this.fitted = false; this.apply(); },

  show(rect) { // [x, y, width, height] on the medium, with what stands round it
    const [width, height] = this.size();
    const z = Math.min(width * 0.6 / rect[2], height * 0.6 / rect[3], 2 * ACTUAL);
    this.z = Math.max(z, Math.min(width / this.medium[0], height / this.medium[1]));
    this.fitted = false;
    this.center(rect[0] + rect[2] / 2, rect[1] + rect[3] / 2);
  },

  apply() {
    const [width, height] = this.size();
    const wide = this.medium[0] * this.z, high = this.medium[1] * this.z;
    const keep = (at, extent, room) => Math.max(Math.min(at, room - 60), 60 - extent);
    this.x = Math.round(keep(this.x, wide, width));
    this.y = Math.round(keep(this.y, high, height));
    const sheet = $("sheet");
    sheet.style.width = `${wide}px`;
    sheet.style.height = `${high}px`;
    sheet.style.transform = `translate(${this.x}px, ${this.y}px)`;
    sheet.style.setProperty("--z", this.z);
    $("percent").textContent = `${Math.round(this.z / ACTUAL * 100)} %`;
    this.changed();
  },

  visible() { // the part of the medium on the stage: left, top, right, bottom
    const [width, height] = this.size();
    return [-this.x / this.z, -this.y / this.z, (width - this.x) / this.z, (height - this.y) / this.z];
  },

  at(event) { // place on the stage
    const box = $("stage").getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  },

  point(event) { // place on the medium
    const [x, y] = this.at(event);
    return [(x - this.x) / this.z, (y - this.y) / this.z];
  },

  middle() { // the middle of the stage, as a place on the medium
    const [width, height] = this.size();
    return [(width / 2 - this.x) / this.z, (height / 2 - this.y) / this.z];
  },

  listen() {
    const stage = $("stage"), down = new Map();
    const spread = () => {
      const [a, b] = [...down.values()];
      return b && {gap: Math.hypot(a[0] - b[0], a[1] - b[1]), mid: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]};
    };
    stage.addEventListener("pointerdown", (event) => {
      if (event.target.closest("#options, #divider") || event.button > 0) return;
      down.set(event.pointerId, this.at(event));
      this.dragged = 0;
    });
    stage.addEventListener("pointermove", (event) => {
      const last = down.get(event.pointerId);
      if (!last) { this.moved(event); return; }
      const here = this.at(event), before = spread();
      down.set(event.pointerId, here);
      this.dragged += Math.abs(here[0] - last[0]) + Math.abs(here[1] - last[1]);
      if (this.dragged > 4 && !stage.hasPointerCapture(event.pointerId)) {
        stage.setPointerCapture(event.pointerId);
        stage.classList.add("dragging");
      }
      const after = spread();
      if (!after) { if (this.dragged > 4) this.pan(here[0] - last[0], here[1] - last[1]); return; }
      this.pan(after.mid[0] - before.mid[0], after.mid[1] - before.mid[1]);
      if (before.gap > 0) this.zoom(after.gap / before.gap, after.mid);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      stage.addEventListener(end, (event) => { down.delete(event.pointerId); stage.classList.remove("dragging"); });
    }
    stage.addEventListener("pointerleave", () => this.moved(null));
    stage.addEventListener("wheel", (event) => {
      event.preventDefault();
      const unit = event.deltaMode ? 24 : 1;
      if (event.ctrlKey || event.metaKey) this.zoom(Math.exp(-event.deltaY * unit / 300), this.at(event));
      else this.pan(-(event.shiftKey ? event.deltaY : event.deltaX) * unit, -(event.shiftKey ? 0 : event.deltaY) * unit);
    }, {passive: false});
    stage.addEventListener("dblclick", (event) => {
      if (event.target.closest("#options, #divider")) return;
      if (this.fitted) this.zoom(2 * ACTUAL / this.z, this.at(event)); else this.fit();
    });
    new ResizeObserver(() => { if (this.fitted) this.fit(); else this.apply(); }).observe(stage);
  },
};
