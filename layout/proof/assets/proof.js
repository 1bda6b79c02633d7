"use strict";
// The proof's state and the wiring: pages, views, overlays, keys, live renewal.
const State = {data: null, nth: 0, view: "page", tab: Store.get("tab", "faults"), fault: -1};
const VIEWS = ["page", "soft", "plates", "ink", "compare"];
const TABS = ["faults", "galley", "photos", "facts", "changes", "notes", "issue"];
const current = new Tiles($("current")), previous = new Tiles($("previous"));
const page = () => State.data.pages[State.nth];

window.PROOF_DATA = (data) => {
  const first = State.data === null, folio = first ? Number(location.hash.slice(2)) : page()?.folio;
  State.data = data;
  Notes.open(data.title);
  State.nth = Math.max(0, data.pages.findIndex((each) => each.folio === folio));
  if (first) begin();
  words();
  openPage();
};

function begin() {
  View.changed = () => { current.draw(); previous.draw(); Compare.place(); };
  View.moved = status;
  View.listen();
  Compare.listen();
  Compare.redraw = options;
  Panels.jump = jump;
  Panels.choose = choose;
  Notes.changed = () => { Marks.draw(page(), State.view); panel(); };
  Notes.show = showNote;
  document.addEventListener("keydown", key);
  document.addEventListener("click", click);
  if (State.data.live) listen();
}

// Words in the chosen language on everything that stays in place.
function words() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = `${State.data.title} · ${language === "zh" ? "大样" : "proof"}`;
  $("title").textContent = State.data.title;
  for (const each of document.querySelectorAll("[data-t]")) each.textContent = t(each.dataset.t);
  for (const each of document.querySelectorAll("[data-label]")) each.setAttribute("aria-label", t(each.dataset.label));
  for (const each of document.querySelectorAll("[data-name]")) { each.title = t(each.dataset.name); each.setAttribute("aria-label", t(each.dataset.name)); }
  $("language").textContent = t("language");
  const rows = t("keys").map(([keys, means]) => [el("dt", {}, el("kbd", {}, keys)), el("dd", {}, means)]);
  $("keys").replaceChildren(el("h2", {}, t("help")), el("dl", {}, rows.flat()),
    el("form", {method: "dialog"}, el("button", {}, t("close"))));
  pageList();
}

function pageList() {
  $("pages").replaceChildren(...State.data.pages.map((each, nth) => {
    const errors = each.faults.filter((fault) => fault.severity === "error").length;
    const kind = errors ? "error" : each.faults.length ? "warning" : "good";
    return el("button", {type: "button", "data-page": nth, title: t("pageName", each.name ?? each.folio)},
      el("img", {src: `pages/${each.key}/thumb.jpg`, alt: "", draggable: "false", width: Math.round(each.sheet.medium[0]), height: Math.round(each.sheet.medium[1])}),
      el("span", {}, el("b", {}, `${each.name ?? each.folio}`), ` ${each.title} `,
        Issue.state(each, State.data.signoff), " ",
        each.faults.length > 0 && el("i", {class: `badge ${kind}`}, `${each.faults.length}`),
        each.changes && (each.changes.regions.length > 0) && el("i", {class: "badge note"}, "Δ")));
  }));
}

function openPage() {
  const {stale, faults} = State.data;
  const notes = stale ? [t("stale"), ...faults.map((fault) => [`${fault.place}: ${language === "zh" && fault.name ? `${fault.name}：` : ""}${fault.message}`, fault.hint].filter(Boolean).join(" — "))] : [];
  $("banner").hidden = !stale;
  $("banner").replaceChildren(...notes.map((note) => el("p", {}, note)));
  document.body.classList.toggle("empty", !page());
  if (!page()) return;
  history.replaceState(null, "", `#p${page().folio}`);
  View.open(page().sheet.medium);
  State.fault = -1;
  render();
  setTimeout(() => { if (page().facts.plates) Readings.open(page().key); }, 400);
}

// Everything that depends on page, view and overlays.
function render() {
  const {view} = State, here = page(), changes = here.changes, exact = Boolean(here.facts.plates);
  const shown = {
    soft: view === "soft" && here.facts.soft, plates: view === "plates" && exact,
    heat: view === "ink" && exact, previous: view === "compare" && Boolean(changes),
  };
  for (const [id, on] of Object.entries(shown)) $(id).hidden = !on;
  if (shown.soft) $("soft").src = `pages/${here.key}/soft.jpg`;
  if (shown.heat) { $("heat").src = `pages/${here.key}/ink.png`; place($("heat"), here); }
  if (shown.plates) { Plates.open(here.key, here.facts.plates); Plates.draw(); }
  if (shown.previous) previous.open(changes.key, changes.sheet, true);
  current.open(here.key, here.sheet, "exact" in here.facts);
  current.draw();
  previous.draw();
  Marks.draw(here, view);
  Compare.start(shown.previous);
  panel();
  pressed();
  status(null);
}

function place(image, {trim, sheet}) { // the ink map covers the trim only
  const share = (length, of) => `${length / of * 100}%`;
  image.style.left = share(sheet.origin[0], sheet.medium[0]);
  image.style.top = share(sheet.origin[1], sheet.medium[1]);
  image.style.width = share(trim[0], sheet.medium[0]);
  image.style.height = share(trim[1], sheet.medium[1]);
}

function pressed() {
  const mark = (selector, on) => {
    for (const each of document.querySelectorAll(selector)) each.setAttribute("aria-pressed", on(each.dataset));
  };
  mark("[data-view]", ({view}) => view === State.view);
  mark("[data-overlay]", ({overlay}) => Marks.on.has(overlay));
  mark("[data-page]", (data) => Number(data.page) === State.nth);
  const chosen = $("pages").children[State.nth];
  if (chosen !== pressed.chosen) chosen?.scrollIntoView({block: "nearest", inline: "nearest"});
  pressed.chosen = chosen;
}

// The bar at the stage's foot: what the view itself can be asked for.
function options() {
  const here = page(), made = "exact" in here.facts, box = $("options");
  const button = (name, on, act, more = {}) => el("button", {type: "button", "aria-pressed": on, onclick: act, ...more}, name);
  const wanting = {soft: !here.facts.soft && "noSoft", plates: !here.facts.plates && "noPlates", ink: !here.facts.plates && "noPlates", compare: !here.changes && "noPrevious"}[State.view];
  let content = [];
  if (wanting) content = [t(!made && wanting !== "noPrevious" ? "working" : wanting)];
  else if (State.view === "soft") content = [here.press, " · ", here.facts.exact ? t("exact", here.facts.by) : t("rough")];
  else if (State.view === "plates") {
    content = Plates.plates.map((plate) => {
      const {name} = plate, dot = el("i", {class: "dot"});
      dot.style.background = inkColour(plate);
      const names = [el("span", {class: "long-name"}, named("inks", name)), el("span", {class: "short-name"}, LETTERS[name] || name)];
      return button([dot, names], Plates.on.has(name), () => { Plates.toggle(name); options(); }, {"data-plate": name});
    }).concat(el("span", {class: "sub"}, t("single")));
  } else if (State.view === "ink") {
    content = here.facts.ink.legend.map(([colour, text]) => {
      const dot = el("i", {class: "dot"});
      dot.style.background = colour;
      return el("span", {class: "step"}, dot, text);
    });
    content.push(el("span", {class: here.facts.ink.largest > here.limits.ink ? "over" : "sub"}, `${t("largest")} ${percent(here.facts.ink.largest)}`));
  } else if (State.view === "compare") {
    content = ["swipe", "blink"].map((mode) => button(t(mode), Compare.mode === mode, () => { Compare.mode = mode; Compare.start(true); }, {"data-mode": mode}));
    if (Compare.mode === "blink") content.push(el("output", {class: "state"}, t(Compare.old ? "oldState" : "newState")));
    else content.push(el("span", {class: "sub"}, `← ${t("oldState")} | ${t("newState")} →`));
    content.push(el("span", {class: "sub"}, t("regions", here.changes.regions.length)));
  }
  const focus = document.activeElement?.closest("#options") && document.activeElement.textContent;
  box.replaceChildren(...content);
  box.hidden = content.length === 0;
  if (focus) [...box.querySelectorAll("button")].find((each) => each.textContent === focus)?.focus();
}

function panel() {
  const here = page(), counts = {faults: here.faults.length + State.data.faults.length, galley: here.stories.length, photos: here.photos.length,
    changes: here.changes ? here.changes.stories.length || here.changes.regions.length : 0, notes: Notes.all.filter((note) => !note.done).length};
  for (const tab of document.querySelectorAll("[data-tab]")) {
    const name = tab.dataset.tab, count = counts[name];
    tab.replaceChildren(t(name), ...(count ? [el("i", {class: "count"}, `${count}`)] : []));
    tab.setAttribute("aria-selected", name === State.tab);
    tab.tabIndex = name === State.tab ? 0 : -1;
  }
  $("body").replaceChildren(...Panels[State.tab](here, State.data));
  $("body").setAttribute("aria-label", t(State.tab));
}

function status(event) {
  const here = page();
  $("note").textContent = State.data.live ? `● ${t("live")}` : "";
  if (!event) { $("where").textContent = here.press; $("inks").textContent = ""; return; }
  const point = View.point(event), {origin} = here.sheet, {area, columns, pitch} = here.grid;
  const x = point[0] - origin[0], y = point[1] - origin[1];
  const column = columns.findIndex(([left, right]) => x >= left && x <= right) + 1;
  const line = Math.floor((y - area[1]) / pitch) + 1;
  const cell = column && line > 0 && line <= here.grid.baselines.length ? ` · ${t("column")} ${column} ${t("line")} ${line}` : "";
  $("where").textContent = `${mm(x)} × ${mm(y)} ${t("mm")}${cell}`;
  const inks = Readings.at(point);
  if (!inks) { $("inks").textContent = ""; return; }
  const total = inks.reduce((sum, ink) => sum + ink, 0);
  const names = here.facts.plates.map(({name}) => LETTERS[name] || name);
  $("inks").replaceChildren(...inks.map((ink, nth) => el("span", {}, el("b", {}, names[nth]), ` ${Math.round(ink * 100)}`)),
    el("span", {class: total > here.limits.ink ? "over" : ""}, el("b", {}, t("sum")), ` ${Math.round(total * 100)} %`));
}

function jump(rect) {
  const {origin} = page().sheet;
  View.show([rect[0] + origin[0], rect[1] + origin[1], rect[2], rect[3]]);
  Marks.flash(rect);
}

// A note at a place of the medium; the pointer gives it, or the middle of the stage for the keyboard.
function pinNote([x, y]) {
  const {origin} = page().sheet;
  if (!Marks.on.has("notes")) Marks.toggle("notes");
  const note = Notes.add(page(), x - origin[0], y - origin[1]);
  placing(false);
  setTab("notes");
  Marks.draw(page(), State.view);
  pressed();
  document.querySelector(`[data-row="${note.id}"] textarea`).focus();
}

function placing(on) {
  Notes.placing = on;
  $("stage").classList.toggle("placing", on);
  $("cross").hidden = !on;
  for (const each of document.querySelectorAll("[data-do=pin]")) each.setAttribute("aria-pressed", on);
  if (on) { document.body.classList.remove("open"); $("stage").focus(); }
  $("note").textContent = on ? t("pinHow") : "";
}

function showNote(note) {
  Notes.chosen = note.id;
  if (note.folio !== page().folio) turn(State.data.pages.findIndex((each) => each.folio === note.folio));
  if (!Marks.on.has("notes")) overlay("notes");
  if (State.tab !== "notes") setTab("notes");
  for (const row of document.querySelectorAll("[data-row]")) row.classList.toggle("chosen", row.dataset.row === note.id);
  document.querySelector("#body .note.chosen")?.scrollIntoView({block: "nearest"});
  jump([note.x - 60, note.y - 40, 120, 80]);
}

function choose(nth) {
  State.fault = nth;
  if (!Marks.on.has("faults")) { Marks.toggle("faults"); Marks.draw(page(), State.view); pressed(); }
  if (State.tab !== "faults") setTab("faults");
  for (const row of document.querySelectorAll("#body [data-fault]")) row.classList.toggle("chosen", Number(row.dataset.fault) === nth);
  document.querySelector("#body .chosen")?.scrollIntoView({block: "nearest"});
  const {rect} = page().faults[nth];
  if (rect) jump(rect);
}

function setView(view) { State.view = view; render(); if (View.fitted) View.fit(); }
function setTab(tab) { State.tab = tab; Store.set("tab", tab); document.body.classList.add("open"); panel(); }
function turn(nth) { if (State.data.pages[nth]) { State.nth = nth; openPage(); } }
function nextFault(step) {
  const count = page().faults.length;
  if (count) choose((State.fault + step + count + (State.fault < 0 && step < 0 ? 1 : 0)) % count);
}
function speak() { language = language === "zh" ? "en" : "zh"; Store.set("language", language); words(); render(); }
function overlay(name) { Marks.toggle(name); Marks.draw(page(), State.view); pressed(); }

const ACTIONS = {
  in: () => View.zoom(1.4), out: () => View.zoom(1 / 1.4), fit: () => View.fit(),
  full: () => View.zoom(FULL / (window.devicePixelRatio || 1) / View.z), help: () => $("keys").showModal(), language: speak, pin: () => placing(!Notes.placing),
};

function click(event) {
  const target = event.target.closest("[data-view], [data-overlay], [data-do], [data-page], [data-tab], .pin");
  if (!page()) return;
  if (Notes.placing && event.target.closest("#stage") && !event.target.closest("#options, #divider")) {
    if (View.dragged <= 4) pinNote(View.point(event));
    return;
  }
  if (!target) return;
  const {view, overlay: name, do: action, page: nth, tab, fault, note} = target.dataset;
  if (view) setView(view);
  else if (name) overlay(name);
  else if (action) ACTIONS[action]();
  else if (nth) turn(Number(nth));
  else if (tab && tab === State.tab && document.body.classList.contains("open")) document.body.classList.remove("open");
  else if (tab) setTab(tab);
  else if (note) showNote(Notes.all.find((each) => each.id === note));
  else choose(Number(fault));
}

const KEYS = {
  "+": ACTIONS.in, "=": ACTIONS.in, "-": ACTIONS.out, 0: ACTIONS.fit, 9: ACTIONS.full, "?": ACTIONS.help, l: speak,
  PageDown: () => turn(State.nth + 1), PageUp: () => turn(State.nth - 1),
  ArrowLeft: () => View.pan(80, 0), ArrowRight: () => View.pan(-80, 0), ArrowUp: () => View.pan(0, 80), ArrowDown: () => View.pan(0, -80),
  g: () => overlay("grid"), b: () => overlay("baselines"), f: () => overlay("frames"), s: () => overlay("safe"), t: () => overlay("trim"), e: () => overlay("faults"), o: () => overlay("notes"),
  a: ACTIONS.pin, Escape: () => placing(false), Enter: () => { if (Notes.placing) pinNote(View.middle()); },
  n: () => nextFault(1), p: () => nextFault(-1),
};
VIEWS.forEach((view, nth) => { KEYS[nth + 1] = () => setView(view); });
const PLATE_KEYS = Object.fromEntries(Object.entries(LETTERS).map(([name, letter]) => [letter.toLowerCase(), name]));

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !page() || $("keys").open) return;
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key, at = event.target;
  if (at.matches("input, textarea")) { if (name === "Escape") { at.blur(); $("stage").focus(); } return; }
  if (["Enter", " "].includes(name) && at.matches("button, summary, a")) return; // theirs
  if (at.matches("[role=tab]") && ["ArrowLeft", "ArrowRight"].includes(name)) {
    const step = name === "ArrowRight" ? 1 : -1;
    setTab(TABS[(TABS.indexOf(State.tab) + step + TABS.length) % TABS.length]);
    document.querySelector(`[data-tab=${State.tab}]`).focus();
  } else if (at.closest("#body") && /^(Arrow|Page)/.test(name)) return; // the panel scrolls itself
  else if (State.view === "plates" && PLATE_KEYS[name]) { Plates.toggle(PLATE_KEYS[name]); options(); }
  else if (State.view === "compare" && name === " " && !at.matches("button, summary")) Compare.hold();
  else if (KEYS[name]) KEYS[name]();
  else return;
  event.preventDefault();
}

// Under `layout watch`: the server says when there is something new.
function load() { document.head.append(el("script", {src: `data.js?${Date.now()}`, onload: (event) => event.target.remove()})); }
function listen() {
  const events = new EventSource("events");
  events.addEventListener("proof", load);
  events.addEventListener("error", () => { $("note").textContent = `○ ${t("lost")}`; });
  events.addEventListener("open", () => { $("note").textContent = `● ${t("live")}`; });
}
load();
