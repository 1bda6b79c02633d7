"use strict";
// The interface's words in both languages, and the desk's names for findings, roles and changes.
const PROGRAMS = {mutool: "MuPDF", gs: "Ghostscript"};
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
    sheets: "打印用的大样", exact: (by) => `分色、叠印由 ${PROGRAMS[by]} 按文件算出。`, rough: "没有 MuPDF 或 Ghostscript：不显示叠印，颜色近似，没有分色与墨量。",
    noPlates: "没有 MuPDF 或 Ghostscript，分色与墨量无从算起。", noSoft: "没有可用的印刷特性文件。",
    swipe: "拉幕", blink: "闪看", regions: (n) => `变动区 ${n} 处`, oldState: "旧", newState: "新",
    added: "新增", removed: "撤下", replaced: "换图", cropped: "改取景", moved: "移动",
    frameMoved: "稿框", changedWords: "改字", from: "由", to: "为", mm: "毫米", column: "栏", sum: "总",
    single: "单看一版显示为灰", close: "关闭", error: "错误", warning: "提醒", note: "说明", jump: "到版面上看",
    live: "实时", lost: "与 layout watch 的连接断了，正在重试", pageName: (n) => `第 ${n} 版`,
    notes: "批注", issue: "全期", pin: "加批注", pinHow: "点版面落批注；键盘：方向键移版面，回车落在十字处，Esc 作罢",
    author: "署名", export: "导出", import: "导入", print: "打印", done: "已改", open: "未改", remove: "删去",
    noNotes: "本版没有批注。按 A 或“加批注”，再点版面。", noteText: (n) => `批注 ${n}`, notePlace: "写批注……", noteStale: "记在旧样上",
    notesBroken: "这不是批注文件", notesOther: (title) => `这是“${title}”的批注`, notesTaken: (n, of) => `收进 ${n} 条，共 ${of} 条`,
    copyFaults: "稿件与组版", preflight: "印前检查", preflightPasses: "印前检查通过", notJudged: "缺图或缺广告，印前检查没有做",
    pagesState: "各版", signoff: "签样", sign: "签", release: "付印", changedSince: "与付印文件不同", unsignable: "签样簿有误",
    noBuild: "还没有付印文件：先 layout build，再 layout sign。", mayGo: "各审已签，可以付印。", missingRoles: (roles) => `还缺：${roles.join("、")}`,
    isBuilt: "本版就是已构建的付印文件。", notBuilt: "本版与已构建的付印文件不同：签样不管这里看到的样。", howSign: "签样：",
    stage_signed: "已签", stage_missing: "未签", stage_void: "作废", stage_untrusted: "不算数", voidSince: (what) => `签后改动：${what}`,
    untrusted: "不是用该人的密钥签的", withKey: "带密钥签名",
    list_page: "版", list_note: "号", list_where: "位置", list_notes: "批注", list_by: "署名、时间", list_state: "状态",
    list_errors: "错", list_warnings: "警", list_largestShort: "墨量", list_changes: "改", list_signoff: "签样",
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
      "caption-ending": "图注句末", "ink-limit": "墨量超限", "ink-high": "墨量近限", "ink-square": "大面积重墨", "image-coarse": "图太粗", "image-low": "图偏粗",
      "image-fine": "图过细", "spot-colour": "专色", "text-tiny": "字太小", "text-rich-black": "四色黑字", "text-white-small": "反白字小", "text-white-tiny": "反白字太小",
      "text-inks-small": "套色字小", "text-inks-tiny": "套色字太小", "line-thin": "线太细", "line-white-thin": "反白线太细", "line-inks-thin": "套色线太细", "gray-text": "灰字",
      "overprint-white": "白色叠印", "overprint-white-text": "白字叠印", "knockout-black-text": "黑字未叠印", "knockout-black-line": "黑线未叠印", "font-missing": "字体未嵌入",
      "colour-managed": "颜色未定墨", "page-empty": "空版", "page-size": "版面尺寸", "trim-box": "缺成品框", "bleed-small": "出血不足",
      "table-too-wide": "表过宽", "table-too-high": "表过高", "table-overset": "表排不下", "table-outside": "表出框", "table-spread": "合并格有误",
      "dash-ink": "破折号断开", "ellipsis-ink": "省略号不匀", "mark-ink": "标点出格"},
    keys: [["← → ↑ ↓", "移动"], ["+  −", "放大、缩小"], ["0", "整版"], ["9", "300 dpi 原大"], ["PgUp PgDn", "换版"],
      ["1 … 5", "版面、软打样、分色、墨量、比对"], ["C M Y K", "分色时开关各版"], ["G B F S T E O", "栏格、行线、稿框、安全区、成品、问题、批注"], ["A", "加批注；回车落在十字处，Esc 作罢"],
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
    sheets: "The proof for the printer", exact: (by) => `Plates and overprint as ${PROGRAMS[by]} reads the file.`, rough: "Neither MuPDF nor Ghostscript: no overprint, approximate colour, no plates, no ink.",
    noPlates: "Plates and ink need MuPDF or Ghostscript; neither served.", noSoft: "No usable press profile.",
    swipe: "Swipe", blink: "Blink", regions: (n) => `${n} changed regions`, oldState: "old", newState: "new",
    added: "added", removed: "removed", replaced: "replaced", cropped: "cropped anew", moved: "moved",
    frameMoved: "Frame", changedWords: "Copy", from: "from", to: "to", mm: "mm", column: "column", sum: "total",
    single: "a single plate shows in grey", close: "Close", error: "error", warning: "warning", note: "note", jump: "Show on the page",
    live: "live", lost: "Lost layout watch, trying again", pageName: (n) => `Page ${n}`,
    notes: "Notes", issue: "Issue", pin: "Add note", pinHow: "Click where the note belongs; by keys: arrows move the page, Enter pins at the cross, Esc gives up",
    author: "Name", export: "Export", import: "Import", print: "Print", done: "done", open: "open", remove: "Delete",
    noNotes: "No notes on this page. Press A or “Add note”, then click on the page.", noteText: (n) => `Note ${n}`, notePlace: "What is to be done…", noteStale: "made on an older proof",
    notesBroken: "This is no file of notes", notesOther: (title) => `These are notes on “${title}”`, notesTaken: (n, of) => `${n} of ${of} notes taken in`,
    copyFaults: "Copy and make-up", preflight: "Preflight", preflightPasses: "The preflight passes", notJudged: "Not preflighted: a picture or an ad is missing",
    pagesState: "Pages", signoff: "Sign-offs", sign: "signed", release: "released", changedSince: "not as built", unsignable: "ledger broken",
    noBuild: "No press files yet: layout build, then layout sign.", mayGo: "All stages are signed: may be sent.", missingRoles: (roles) => `Missing: ${roles.join(", ")}`,
    isBuilt: "This page is the press file that was built.", notBuilt: "This page differs from the press file that was built: no sign-off covers what you see.", howSign: "To sign:",
    stage_signed: "signed", stage_missing: "not signed", stage_void: "void", stage_untrusted: "does not count", voidSince: (what) => `changed since: ${what}`,
    untrusted: "not signed with this person's key", withKey: "with key",
    list_page: "Page", list_note: "No.", list_where: "Place", list_notes: "Note", list_by: "By", list_state: "State",
    list_errors: "Err.", list_warnings: "Warn.", list_largestShort: "Ink", list_changes: "Chg.", list_signoff: "Signed",
    roles: {kicker: "kicker", headline: "headline", deck: "deck", byline: "byline", subhead: "section", "subhead-long": "section",
      body: "text", caption: "caption", credit: "credit", folio: "folio line", "folio-number": "page number", text: "text"},
    codes: {},
    keys: [["← → ↑ ↓", "move"], ["+  −", "zoom"], ["0", "whole page"], ["9", "300 dpi, pixel for pixel"], ["PgUp PgDn", "other page"],
      ["1 … 5", "page, soft proof, plates, ink, compare"], ["C M Y K", "plates on and off"], ["G B F S T E O", "grid, baselines, frames, safe, trim, faults, notes"], ["A", "add a note; Enter pins it at the cross, Esc gives up"],
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
