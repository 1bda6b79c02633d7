"use strict";
// What stands beside the page: faults, galleys, photographs, press facts, changes. Each is a function of the page.
const Panels = {
  jump: () => {}, choose: () => {},

  // A row that leads to a place on the page, or a plain one when it has none.
  row(kind, rect, ...children) {
    if (!rect) return el("div", {class: `row ${kind}`}, ...children);
    return el("button", {type: "button", class: `row ${kind}`, title: t("jump"), onclick: () => this.jump(rect)}, ...children);
  },

  empty(key) { return el("p", {class: "empty"}, t(key)); },

  heading(...children) { return el("h2", {}, ...children); },

  fault(fault, number) {
    const badge = el("span", {class: `badge ${fault.severity}`}, number === null ? "!" : `${number + 1}`);
    return this.row(`fault ${fault.severity}`, fault.rect,
      badge,
      el("span", {class: "text"},
        el("strong", {}, `${t(fault.severity)} · `, gist(fault)),
        el("span", {}, fault.message),
        fault.hint && el("span", {class: "hint"}, fault.hint),
        (fault.place || fault.rule) && el("code", {}, [fault.place, fault.story, fault.rule].filter(Boolean).join(" · "))));
  },

  faults(page, data) {
    const issue = data.faults.map((fault) => this.fault(fault, null));
    const own = page.faults.map((fault, nth) => {
      const row = this.fault(fault, nth);
      row.dataset.fault = nth;
      row.addEventListener("click", () => this.choose(nth));
      return row;
    });
    const judged = "exact" in page.facts, copy = own.filter((_, nth) => !page.faults[nth].rule), file = own.filter((_, nth) => page.faults[nth].rule);
    return [
      ...(issue.length ? [this.heading(t("issueFaults")), ...issue] : []),
      this.heading(t("copyFaults")), ...(copy.length ? copy : [this.empty("noFaults")]),
      this.heading(t("preflight")), ...(file.length ? file : [this.empty(!page.judged ? "notJudged" : judged ? "preflightPasses" : "working")]),
    ];
  },

  fit(lines, characters) {
    if (lines > 0) return el("span", {class: "over"}, t("over", characters, lines));
    if (lines < 0) return el("span", {class: "short"}, t("short", -characters, -lines));
    return el("span", {class: "even"}, t("even"));
  },

  galley(page) {
    if (!page.stories.length) return [this.empty("noStories")];
    return page.stories.map((story) => this.story(story, page.limits));
  },

  story(story, limits) {
    const {fit} = story, body = story.lines.filter((line) => line.number);
    const loose = body.filter((line) => line.opened > limits.loose).length;
    const tight = body.filter((line) => line.opened < limits.tight).length;
    const bands = fit.bands.map((lines) => (lines > 0 ? `+${lines}` : `${lines}`)).join(" ");
    const taken = [fit.head && `${t("head")} ${fit.head > 0 ? "+" : ""}${fit.head}`, fit.bands.some(Boolean) && `${t("bands")} ${bands}`,
      fit.foot && `${t("foot")} ${fit.foot}`].filter(Boolean).join(" · ");
    return el("details", {open: true, class: "story"},
      el("summary", {}, el("strong", {}, story.slug), el("span", {class: "sub"}, t("lines", body.length)),
        loose > 0 && el("span", {class: "tag loose"}, t("looseLines", loose)),
        tight > 0 && el("span", {class: "tag tight"}, t("tightLines", tight))),
      el("dl", {class: "fit"},
        el("dt", {}, t("written")), el("dd", {}, this.fit(fit.written_lines, fit.written_characters)),
        el("dt", {}, t("set")), el("dd", {}, this.fit(fit.left_lines, fit.left_characters), taken && ` · ${taken}`)),
      el("div", {class: "lines"}, story.lines.map((line) => this.line(line, limits)), story.overset.map((text) => this.lost(text))),
      story.edits.length > 0 && this.edits(story.edits));
  },

  line(line, limits) {
    const state = !line.number ? "" : line.opened > limits.loose ? "loose" : line.opened < limits.tight ? "tight" : "";
    const role = line.number ? `${line.number}` : named("roles", line.role);
    return el("button", {type: "button", class: `line ${line.number ? "body" : line.role} ${state}`, onclick: () => this.jump(line.rect)},
      el("span", {class: "number"}, role), el("span", {class: "copy"}, line.text),
      state && el("span", {class: "tag"}, `${t(state)} ${(line.opened * 100).toFixed(0)}`));
  },

  lost(text) {
    return el("div", {class: "line lost"}, el("span", {class: "number"}, "+"), el("span", {class: "copy"}, text),
      el("span", {class: "tag"}, t("overset")));
  },

  words(change) { // before struck, after underlined, with what stands round them
    return [el("span", {class: "context"}, change.left), change.before && el("del", {}, change.before),
      change.after && el("ins", {}, change.after), el("span", {class: "context"}, change.right)];
  },

  edits(edits) {
    return el("details", {class: "edits"}, el("summary", {}, t("edits", edits.length)),
      edits.map((edit) => el("p", {title: edit.summary}, el("span", {class: "rule"}, gist(edit)), " ", this.words(edit))));
  },

  photos(page) {
    if (!page.photos.length) return [this.empty("noPhotos")];
    return page.photos.map((photo) => {
      const {min, warn} = page.limits, missing = photo.pixels[0] === 0;
      const state = missing || photo.ppi < min ? "error" : photo.ppi < warn ? "warning" : "good";
      const size = `${mm(photo.rect[2], 0)} × ${mm(photo.rect[3], 0)} ${t("mm")}`;
      return this.row("photo", photo.rect, this.crop(photo),
        el("span", {class: "text"}, el("strong", {}, photo.name),
          el("span", {class: `ppi ${state}`}, missing ? t("missing") : `${photo.ppi} ppi`),
          el("span", {class: "sub"}, missing ? size : `${photo.pixels.join(" × ")} ${t("pixels")} · ${size}${photo.grey ? ` · ${t("grey")}` : ""}`),
          el("span", {class: "sub"}, `${t("crop")} ${percent(photo.crop[2])} × ${percent(photo.crop[3])} · ${photo.story}`)));
    });
  },

  crop(photo) { // the whole picture and the part of it that shows
    const [x, y, width, height] = photo.crop, wide = photo.pixels[0] || 3, high = photo.pixels[1] || 2;
    const scale = 64 / Math.max(wide, high);
    return shape("svg", {class: "crop", width: 64, height: 64, viewBox: `0 0 ${wide * scale} ${high * scale}`},
      shape("rect", {class: "all", width: wide * scale, height: high * scale}),
      shape("rect", {class: "shown", x: x * wide * scale, y: y * high * scale, width: width * wide * scale, height: height * high * scale}));
  },

  facts(page, data) {
    const {plates, ink} = page.facts, made = "exact" in page.facts;
    const size = `${mm(page.trim[0])} × ${mm(page.trim[1])} ${t("mm")}`;
    return [
      ink ? this.ink(page, ink) : this.empty(made ? "noPlates" : "working"),
      plates ? this.heading(t("plateShare")) : null,
      ...(plates || []).map((plate) => this.plate(plate)),
      el("dl", {class: "facts"}, el("dt", {}, t("press")), el("dd", {}, page.press),
        el("dt", {}, t("trimSize")), el("dd", {}, size), el("dt", {}, t("sha")), el("dd", {}, el("code", {}, page.sha256))),
      made ? el("p", {class: "sub"}, page.facts.exact ? t("exact", page.facts.by) : t("rough")) : null,
      data.sheets ? el("p", {}, el("a", {href: data.sheets}, `${t("sheets")} (${data.sheets})`)) : null,
    ].filter(Boolean);
  },

  ink(page, ink) {
    const limit = page.limits.ink, over = ink.largest > limit;
    const place = [ink.at[0] - 12, ink.at[1] - 12, 24, 24];
    return el("div", {class: "inkfacts"},
      this.row(`largest ${over ? "error" : "good"}`, place, el("b", {}, percent(ink.largest)), el("span", {}, `${t("largest")} · ${t("limit")} ${percent(limit)}`)),
      this.row("square", ink.square, el("b", {}, percent(ink.mean)), el("span", {class: "sub"}, t("mean"))),
      el("dl", {class: "facts"},
        el("dt", {}, t("above")), el("dd", {}, percent(ink.over, ink.over && ink.over < 0.001 ? 5 : 2))));
  },

  plate(plate) {
    const bar = el("span", {class: "bar"}), fill = el("span");
    fill.style.width = `${Math.min(100, plate.share * 100)}%`;
    fill.style.background = inkColour(plate);
    bar.append(fill);
    return el("div", {class: "plate"}, el("span", {}, named("inks", plate.name)), bar, el("span", {class: "sub"}, percent(plate.share, 1)));
  },

  changes(page) {
    const changes = page.changes;
    if (!changes) return [this.empty("noPrevious")];
    if (!changes.stories.length && !changes.regions.length) return [this.empty("noChanges")];
    const regions = changes.regions.map((rect, nth) =>
      this.row("region", rect, `${nth + 1}`, el("span", {class: "sub"}, `${mm(rect[0], 0)}, ${mm(rect[1], 0)} · ${mm(rect[2], 0)} × ${mm(rect[3], 0)} ${t("mm")}`)));
    return [...changes.stories.map((story) => this.changed(story, page)), this.heading(t("regions", changes.regions.length)), ...regions];
  },

  notes(page, data) { return Notes.panel(page, data); },

  issue(page, data) { return Issue.panel(page, data); },

  changed(story, page) {
    const now = page.stories.find((each) => each.slug === story.slug);
    const size = (rect) => rect.map((value) => mm(value)).join(" ");
    return el("section", {class: "changed"},
      this.row("story", now && now.rect, el("strong", {}, story.slug), story.kind !== "changed" && el("span", {class: "tag"}, t(story.kind))),
      story.moved && el("p", {class: "sub"}, `${t("frameMoved")} ${t("moved")}: ${size(story.moved[0])} → ${size(story.moved[1])} ${t("mm")}`),
      story.photos.map((photo) => this.row("photo", photo.rect, el("span", {class: "tag"}, t(photo.kind)), ` ${[photo.old, photo.new].filter(Boolean).join(" → ")}`)),
      story.texts.map((text) => [
        el("h3", {}, named("roles", text.role)),
        text.changes.map((change) => el("p", {class: "words"}, this.words(change))),
      ]));
  },
};
