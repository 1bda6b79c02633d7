"use strict";
// The interface's words in both languages, and the desk's names for findings, roles and changes.
const WORDS = {
  zh: {
    page: "版面", soft: "软打样", plates: "分色", ink: "墨量", compare: "比对",
    grid: "栏格", baselines: "行线", frames: "稿框", safe: "安全区", trim: "成品", faults: "问题",
    fit: "整版", zoomIn: "放大", zoomOut: "缩小", help: "快捷键", language: "EN",
    views: "看什么", overlays: "叠加显示", zoom: "缩放", pageList: "版次", stage: "版面，方向键移动，加减键缩放",
    divider: "新旧分界", galley: "小样", photos: "图片", facts: "印刷", changes: "改动",
    noFaults: "本版没有问题", noChanges: "与上一次大样相同", noPrevious: "没有上一次的大样可比",
    noPhotos: "本版没有图片", noStories: "本版没有稿件", issueFaults: "全期的问题",
    stale: "稿件现在无法排版，下面是上一次的大样。", working: "正在制作细图与分色……",
    over: (n, l) => `多 ${n} 字（${l} 行）`, short: (n, l) => `欠 ${n} 字（${l} 行）`, even: "正好",
    written: "原稿", set: "排后", head: "题", bands: "图", foot: "栏尾空", lines: (n) => `${n} 行`,
    overset: "排不下的", edits: (n) => `规范化改动 ${n} 处`, loose: "疏", tight: "密", line: "行",
    looseLines: (n) => `疏行 ${n}`, tightLines: (n) => `密行 ${n}`,
    pixels: "像素", ppi: "有效分辨率", crop: "取景", missing: "缺图", grey: "灰度",
    limit: "上限", largest: "最大", mean: "15 毫米见方平均最大", above: "超限面积", plateShare: "各版墨量",
    trimSize: "成品尺寸", press: "印刷条件", sha: "本版 PDF 的 SHA-256",
    sheets: "打印用的大样", exact: "分色、叠印由 Ghostscript 按文件算出。", rough: "没有 Ghostscript：不显示叠印，颜色近似，没有分色与墨量。",
    noPlates: "没有 Ghostscript，分色与墨量无从算起。", noSoft: "没有可用的印刷特性文件。",
    swipe: "拉幕", blink: "闪看", regions: (n) => `变动区 ${n} 处`, oldState: "旧", newState: "新",
    added: "新增", removed: "撤下", replaced: "换图", cropped: "改取景", moved: "移动",
    frameMoved: "稿框", changedWords: "改字", from: "由", to: "为", mm: "毫米", column: "栏", sum: "总",
    single: "单看一版显示为灰", close: "关闭", error: "错误", warning: "提醒", note: "说明", jump: "到版面上看",
    live: "实时", lost: "与 layout watch 的连接断了，正在重试", pageName: (n) => `第 ${n} 版`,
    roles: {kicker: "引题", headline: "主题", deck: "副题", byline: "署名", subhead: "小标题", "subhead-long": "小标题",
      body: "正文", caption: "图注", credit: "供图", folio: "报眉", "folio-number": "版次", text: "文字"},
    codes: {overset: "溢文", underset: "欠文", "glyph-missing": "缺字", "file-missing": "缺文件", "file-unreadable": "文件读不出",
      "image-resolution": "图太小", "image-resolution-low": "图偏小", "image-broken": "图损坏", "image-truncated": "图不全",
      "image-missing": "缺图", "image-unsupported": "图格式不收", "image-too-large": "图过大", "photo-outside": "图出框",
      "photo-overlap": "图相叠", "photo-too-wide": "图过宽", "area-outside": "稿出版心", "area-overlap": "稿相叠",
      "area-missing": "没给版位", "empty-story": "空稿", "head-too-wide": "题过宽", "headline-break-doubtful": "题回行可疑",
      "headline-proportion": "题比例", "headline-tight": "题过紧", "headline-uneven": "题不齐", "yaml-syntax": "YAML 语法",
      "unknown-key": "没有这一项", "unknown-name": "没有这个名字", "missing-key": "缺一项", "wrong-type": "类型不对", "bad-value": "值不对",
      "ambiguous-period": "点号歧义", "month-day-period": "月日用间隔号", "ratio-colon": "比号", "range-percent": "百分数起止",
      "fused-date": "日期连写", "zero-in-year": "年份用〇", "ellipsis-and-deng": "省略号与等重复", "unbalanced-pair": "标点不成对",
      "caption-ending": "图注句末"},
    keys: [["← → ↑ ↓", "移动"], ["+  −", "放大、缩小"], ["0", "整版"], ["9", "300 dpi 原大"], ["PgUp PgDn", "换版"],
      ["1 … 5", "版面、软打样、分色、墨量、比对"], ["C M Y K", "分色时开关各版"], ["G B F S T E", "栏格、行线、稿框、安全区、成品、问题"],
      ["N  P", "下一个、上一个问题"], ["空格", "比对时新旧对看"], ["双击", "放大到此处，再双击回整版"], ["L", "中文 / English"]],
  },
  en: {
    page: "Page", soft: "Soft proof", plates: "Plates", ink: "Ink", compare: "Compare",
    grid: "Grid", baselines: "Baselines", frames: "Frames", safe: "Safe", trim: "Trim", faults: "Faults",
    fit: "Fit", zoomIn: "Zoom in", zoomOut: "Zoom out", help: "Keys", language: "中文",
    views: "View", overlays: "Overlays", zoom: "Zoom", pageList: "Pages", stage: "Page: arrow keys move it, plus and minus zoom",
    divider: "Border of old and new", galley: "Galley", photos: "Photos", facts: "Press", changes: "Changes",
    noFaults: "Nothing to mend on this page", noChanges: "The same as in the last proof", noPrevious: "No earlier proof to compare with",
    noPhotos: "No photographs on this page", noStories: "No stories on this page", issueFaults: "Faults of the issue",
    stale: "The issue cannot be set as it stands. Below is the last proof.", working: "Making the fine pictures and plates…",
    over: (n, l) => `${n} characters over (${l} lines)`, short: (n, l) => `${n} characters short (${l} lines)`, even: "fits",
    written: "as written", set: "as set", head: "head", bands: "pictures", foot: "blank at foot", lines: (n) => `${n} lines`,
    overset: "Found no place", edits: (n) => `${n} changes by normalising`, loose: "loose", tight: "tight", line: "line",
    looseLines: (n) => `${n} loose`, tightLines: (n) => `${n} tight`,
    pixels: "pixels", ppi: "effective resolution", crop: "crop", missing: "missing", grey: "grey",
    limit: "limit", largest: "largest", mean: "largest mean of a 15 mm square", above: "area above the limit", plateShare: "Ink by plate",
    trimSize: "Trim", press: "Press condition", sha: "SHA-256 of this page's PDF",
    sheets: "The proof for the printer", exact: "Plates and overprint as Ghostscript reads the file.", rough: "Ghostscript is not installed: no overprint, approximate colour, no plates, no ink.",
    noPlates: "Plates and ink need Ghostscript, which is not installed.", noSoft: "No usable press profile.",
    swipe: "Swipe", blink: "Blink", regions: (n) => `${n} changed regions`, oldState: "old", newState: "new",
    added: "added", removed: "removed", replaced: "replaced", cropped: "cropped anew", moved: "moved",
    frameMoved: "Frame", changedWords: "Copy", from: "from", to: "to", mm: "mm", column: "column", sum: "total",
    single: "a single plate shows in grey", close: "Close", error: "error", warning: "warning", note: "note", jump: "Show on the page",
    live: "live", lost: "Lost layout watch, trying again", pageName: (n) => `Page ${n}`,
    roles: {kicker: "kicker", headline: "headline", deck: "deck", byline: "byline", subhead: "section", "subhead-long": "section",
      body: "text", caption: "caption", credit: "credit", folio: "folio line", "folio-number": "page number", text: "text"},
    codes: {},
    keys: [["← → ↑ ↓", "move"], ["+  −", "zoom"], ["0", "whole page"], ["9", "300 dpi, pixel for pixel"], ["PgUp PgDn", "other page"],
      ["1 … 5", "page, soft proof, plates, ink, compare"], ["C M Y K", "plates on and off"], ["G B F S T E", "grid, baselines, frames, safe, trim, faults"],
      ["N  P", "next, previous fault"], ["Space", "old and new in turn"], ["double click", "zoom in here, again: whole page"], ["L", "中文 / English"]],
  },
};

const Store = {
  get(key, otherwise) {
    try { return JSON.parse(localStorage.getItem(`proof.${key}`)) ?? otherwise; } catch { return otherwise; }
  },
  set(key, value) {
    try { localStorage.setItem(`proof.${key}`, JSON.stringify(value)); } catch { /* a browser may forbid it */ }
  },
};

let language = Store.get("language", (navigator.language || "zh").startsWith("zh") ? "zh" : "en");
const t = (key, ...given) => {
  const word = WORDS[language][key];
  return typeof word === "function" ? word(...given) : word;
};
const named = (kind, key) => WORDS[language][kind][key] || key;

// An element with its attributes, handlers (on*) and children; null children are left out.
function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name.startsWith("aria-")) made.setAttribute(name, `${value}`);
    else if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== false));
  return made;
}
const $ = (id) => document.getElementById(id);
const percent = (share, digits = 0) => `${(share * 100).toFixed(digits)} %`;
const mm = (points, digits = 1) => (points / 72 * 25.4).toFixed(digits);
