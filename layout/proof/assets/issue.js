"use strict";
// The issue as a whole: the state of every page, and who has signed (签样).
const Issue = {
  turn: () => {},

  // Signed stages of those asked for; null where nothing is built.
  signed(signoff) {
    if (!signoff || !signoff.stages.length) return null;
    return [signoff.stages.filter((stage) => stage.state === "signed").length, signoff.stages.length];
  },

  // Whether the page that is shown is the press file that was built and signed.
  built(page, signoff) { return Boolean(signoff && signoff.pages[page.folio]); },

  state(page, signoff) {
    const count = this.signed(signoff);
    if (!count) return signoff ? el("i", {class: "tag"}, t("unsignable")) : null;
    if (!this.built(page, signoff)) return el("i", {class: "tag void", title: t("notBuilt")}, t("changedSince"));
    const whole = count[0] === count[1];
    return el("i", {class: `tag ${whole ? "signed" : ""}`}, whole ? t("release") : `${t("sign")} ${count[0]}/${count[1]}`);
  },

  panel(page, data) {
    const {signoff} = data;
    return [
      ...(data.faults.length ? [Panels.heading(t("issueFaults")), ...data.faults.map((fault) => Panels.fault(fault, null))] : []),
      Panels.heading(t("pagesState")), this.pages(data),
      Panels.heading(t("signoff")), ...this.signoff(page, signoff),
    ];
  },

  pages({pages, signoff}) {
    const heads = ["page", "errors", "warnings", "largestShort", "changes", "signoff"].map((key) => el("th", {scope: "col"}, t(`list_${key}`)));
    const rows = pages.map((page, nth) => {
      const count = (severity) => page.faults.filter((fault) => fault.severity === severity).length;
      const {ink} = page.facts, over = ink && ink.largest > page.limits.ink;
      const cells = [
        el("button", {type: "button", "data-page": nth}, `${page.name} ${page.title}`),
        this.count(count("error"), "over"), this.count(count("warning"), "short"),
        el("span", {class: over ? "over" : ""}, ink ? percent(ink.largest) : "–"),
        page.changes ? `${page.changes.stories.length || page.changes.regions.length}` : "–",
        this.state(page, signoff) || "–",
      ];
      return el("tr", {}, cells.map((cell) => el("td", {}, cell)));
    });
    return el("table", {class: "pages"}, el("thead", {}, el("tr", {}, heads)), el("tbody", {}, rows));
  },

  count(number, kind) { return el("span", {class: number ? kind : "sub"}, `${number}`); },

  signoff(page, signoff) {
    if (!signoff) return [Panels.empty("noBuild")];
    const missing = signoff.stages.filter((stage) => stage.state !== "signed").map((stage) => stage.role);
    const gist = signoff.complete ? el("p", {class: "even gist"}, t("mayGo")) :
      missing.length ? el("p", {class: "short gist"}, t("missingRoles", missing)) : null;
    return [
      gist, el("ol", {class: "stages"}, signoff.stages.map((stage) => this.stage(stage))),
      ...signoff.faults.map((fault) => el("p", {class: "over"}, fault)),
      el("p", {class: this.built(page, signoff) ? "sub" : "short"}, t(this.built(page, signoff) ? "isBuilt" : "notBuilt")),
      missing.length ? el("p", {class: "sub"}, t("howSign"), " ", el("code", {}, `layout sign OUT --role ${missing[0]} --name …`)) : null,
    ].filter(Boolean);
  },

  stage(stage) {
    const signs = {signed: "✓", missing: "○", void: "✕", untrusted: "✕"};
    const why = stage.changed ? t("voidSince", stage.changed) : stage.state === "untrusted" ? t("untrusted") : "";
    return el("li", {class: `stage ${stage.state}`, "data-role": stage.role},
      el("b", {"aria-hidden": "true"}, signs[stage.state]), el("strong", {}, stage.role), el("span", {}, t(`stage_${stage.state}`)),
      stage.name && el("span", {class: "sub"}, `${stage.name} · ${moment(stage.at)}${stage.key ? ` · ${t("withKey")}` : ""}${stage.remark ? ` · ${stage.remark}` : ""}`),
      why && el("span", {class: "over"}, why));
  },
};
