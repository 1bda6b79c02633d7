"use strict";
// Notes pinned to the pages. They are kept by the browser, under the issue's title; a file carries them to others.
const Notes = {
  all: [], title: "", placing: false, chosen: "", message: "", changed: () => {}, show: () => {},

  open(title) {
    if (this.title === title) return;
    this.title = title;
    this.all = Store.get(`notes.${title}`, []).filter((note) => this.sound(note));
  },

  keep() { Store.set(`notes.${this.title}`, this.all); },

  // Files come from anywhere: only what has the form of a note is taken, and nothing of it is ever markup.
  sound(note) {
    const texts = ["id", "text", "author", "at", "sha"], numbers = ["folio", "x", "y"];
    return note && typeof note === "object" && texts.every((key) => typeof note[key] === "string") &&
      numbers.every((key) => Number.isFinite(note[key])) && typeof note.done === "boolean";
  },

  on(page) { return this.all.filter((note) => note.folio === page.folio); },
  number(note) { return this.all.filter((each) => each.folio === note.folio).indexOf(note) + 1; },
  author() { return Store.get("author", ""); },

  add(page, x, y) {
    const id = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
    const place = [x, y].map((each) => Math.round(each * 10) / 10);
    const note = {id, folio: page.folio, x: place[0], y: place[1], text: "", author: this.author(), at: new Date().toISOString(),
      done: false, sha: page.sha256};
    this.all.push(note);
    this.all.sort((one, other) => one.folio - other.folio);
    this.chosen = id;
    this.keep();
    return note;
  },

  edit(note, changes) {
    Object.assign(note, changes, {at: new Date().toISOString()});
    this.keep();
  },

  remove(note) {
    this.all = this.all.filter((each) => each !== note);
    this.keep();
  },

  // Where a note stands, in the desk's terms.
  place(note, page) {
    const {columns, area, pitch, baselines} = page.grid;
    const column = columns.findIndex(([left, right]) => note.x >= left && note.x <= right) + 1;
    const line = Math.floor((note.y - area[1]) / pitch) + 1;
    const story = page.stories.find(({rect}) => note.x >= rect[0] && note.y >= rect[1] && note.x <= rect[0] + rect[2] && note.y <= rect[1] + rect[3]);
    const cell = column && line > 0 && line <= baselines.length ? ` · ${t("column")} ${column} ${t("line")} ${line}` : "";
    return `${mm(note.x, 0)}, ${mm(note.y, 0)} ${t("mm")}${cell}${story ? ` · ${story.slug}` : ""}`;
  },

  // From another desk: notes that are new or were changed later than ours.
  merge(file) {
    const given = Array.isArray(file?.notes) ? file.notes : null;
    if (!given || !given.every((note) => this.sound(note))) return t("notesBroken");
    if (file.title !== this.title) return t("notesOther", `${file.title}`);
    let taken = 0;
    for (const note of given) {
      const own = this.all.find((each) => each.id === note.id);
      if (own && own.at >= note.at) continue;
      if (own) this.all.splice(this.all.indexOf(own), 1);
      const {id, folio, x, y, text, author, at, done, sha} = note;
      this.all.push({id, folio, x, y, text, author, at, done, sha});
      taken += 1;
    }
    this.all.sort((one, other) => one.folio - other.folio || one.at.localeCompare(other.at));
    this.keep();
    return t("notesTaken", taken, given.length);
  },

  export() {
    const text = JSON.stringify({version: 1, title: this.title, notes: this.all}, null, 1);
    const address = URL.createObjectURL(new Blob([text], {type: "application/json"}));
    el("a", {href: address, download: `${this.title.replace(/[^\p{L}\p{N}]+/gu, "-")}-notes.json`}).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  },

  async import(file) {
    try {
      this.message = this.merge(JSON.parse(await file.text()));
    } catch {
      this.message = t("notesBroken");
    }
    this.changed();
  },

  // All notes as a table on paper.
  print(pages) {
    const heads = ["page", "note", "where", "notes", "by", "state"].map((key) => el("th", {}, t(`list_${key}`)));
    const rows = this.all.map((note) => {
      const page = pages.find((each) => each.folio === note.folio);
      return el("tr", {}, [page?.name ?? note.folio, this.number(note), page ? this.place(note, page) : "", note.text,
        `${note.author} ${moment(note.at)}`, t(note.done ? "done" : "open")].map((each) => el("td", {}, `${each}`)));
    });
    $("list").replaceChildren(el("h1", {}, `${this.title} · ${t("notes")}`), el("table", {}, el("thead", {}, el("tr", {}, heads)), el("tbody", {}, rows)));
    document.body.classList.add("listing");
    window.addEventListener("afterprint", () => document.body.classList.remove("listing"), {once: true});
    window.print();
  },

  marks(page) {
    return this.on(page).map((note) => {
      const number = shape("text", {y: 0.5});
      number.textContent = this.number(note);
      const sign = shape("g", {class: "still"}, shape("path", {d: "M0 0L-9 -13A11 11 0 1 1 9 -13Z"}), number);
      number.setAttribute("y", -19);
      return shape("g", {transform: `translate(${note.x} ${note.y})`, class: `pin note ${note.done ? "done" : ""}`, "data-note": note.id}, sign);
    });
  },

  panel(page, data) {
    const others = data.pages.filter((each) => each !== page && this.on(each).length);
    const file = el("input", {type: "file", accept: ".json,application/json", class: "file", "aria-label": t("import"),
      onchange: (event) => { if (event.target.files[0]) this.import(event.target.files[0]); }});
    return [
      el("label", {class: "author"}, t("author"), el("input", {value: this.author(), maxlength: 40, onchange: (event) => Store.set("author", event.target.value.trim())})),
      el("div", {class: "tools"},
        el("button", {type: "button", "data-do": "pin"}, `＋ ${t("pin")}`),
        el("button", {type: "button", "data-note-do": "export", disabled: !this.all.length, onclick: () => this.export()}, t("export")),
        el("label", {class: "button"}, t("import"), file),
        el("button", {type: "button", "data-note-do": "print", disabled: !this.all.length, onclick: () => this.print(data.pages)}, t("print"))),
      el("p", {class: "sub", role: "status"}, this.message),
      ...(this.on(page).length ? this.on(page).map((note) => this.row(note, page)) : [Panels.empty("noNotes")]),
      ...others.flatMap((other) => [Panels.heading(t("pageName", other.name)), ...this.on(other).map((note) => this.row(note, other))]),
    ];
  },

  row(note, page) {
    const stale = note.sha !== page.sha256;
    const change = (changes) => { this.edit(note, changes); this.changed(); };
    return el("section", {class: `note ${note.done ? "done" : ""} ${note.id === this.chosen ? "chosen" : ""}`, "data-row": note.id},
      el("button", {type: "button", class: "row", title: t("jump"), onclick: () => this.show(note)},
        el("span", {class: "badge pinned"}, `${this.number(note)}`), el("span", {class: "sub"}, this.place(note, page))),
      el("textarea", {rows: 2, "aria-label": t("noteText", this.number(note)), placeholder: t("notePlace"),
        oninput: (event) => this.edit(note, {text: event.target.value})}, note.text),
      el("div", {class: "tools"},
        el("label", {}, el("input", {type: "checkbox", checked: note.done, onchange: (event) => change({done: event.target.checked})}), t("done")),
        el("span", {class: "sub"}, `${note.author} ${moment(note.at)}${stale ? ` · ${t("noteStale")}` : ""}`),
        el("button", {type: "button", "data-note-do": "remove", onclick: () => { this.remove(note); this.changed(); }}, t("remove"))));
  },
};
const moment = (at) => new Date(at).toLocaleString(language === "zh" ? "zh-CN" : "en-GB", {dateStyle: "short", timeStyle: "short"});
