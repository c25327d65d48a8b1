(() => {
"use strict";
const by = id => document.getElementById(id);
const make = (name, text, kind) => {
  const e = document.createElement(name);
  if (text !== undefined) e.textContent = text;
  if (kind) e.className = kind;
  return e;
};
const isolated = (text, name = "span", kind) => {
  const e = make(name, undefined, kind);
  e.append(make("bdi", text));
  return e;
};

// The contents show which chapter is being read.
const links = new Map([...document.querySelectorAll(".contents ol a")].map(a => [a.hash.slice(1), a]));
const chapters = [...document.querySelectorAll("main .chapter")];
const where = () => {
  let at = chapters[0];
  for (const c of chapters) if (c.getBoundingClientRect().top < innerHeight / 3) at = c;
  for (const [id, a] of links) {
    if (at && id === at.getAttribute("aria-labelledby")) a.setAttribute("aria-current", "location");
    else a.removeAttribute("aria-current");
  }
};
let waiting = false;
addEventListener("scroll", () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; where(); });
}, {passive: true});
where();

// What is folded is printed too.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const d of opened) d.open = true;
});
addEventListener("afterprint", () => { for (const d of opened) d.open = false; });

const shelf = by("explore-data");
if (!shelf) return;
const {texts, words, chapters: groups} = JSON.parse(shelf.textContent);
const search = by("explore-search"), items = by("explore-item"), domains = by("explore-group"), said = by("explore-said");
const known = new Map();
for (const g of groups) for (const i of g.items) known.set(i.name, i);
const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const say = text => { said.textContent = text; };
let shown;

// list fills the choice of questions with those that have the words searched for.
const list = () => {
  const wanted = plain(search.value).split(/\s+/).filter(Boolean);
  const before = items.value;
  const found = groups.map(g => [g, g.items.filter(i => {
    const all = plain(g.title + " " + i.label + " " + texts[i.views[0].measure]);
    return wanted.every(w => all.includes(w));
  })]).filter(([, some]) => some.length);
  if (!found.length) { say(words.none); search.setAttribute("aria-invalid", "true"); return; }
  search.removeAttribute("aria-invalid");
  items.replaceChildren(...found.map(([g, some]) => {
    const e = make("optgroup");
    e.label = g.title;
    e.append(...some.map(i => new Option(i.label, i.name)));
    return e;
  }));
  items.value = before;
  if (items.selectedIndex < 0) { items.selectedIndex = 0; if (before) choose(); }
};

// view returns the view of the item chosen by the groups chosen, as far as there is one.
const view = () => {
  const i = known.get(items.value);
  return i.views.find(v => v.by === domains.value) || i.views[0];
};

// regroup offers the groups that an item has, and keeps the choice where it can.
const regroup = () => {
  const before = domains.value;
  domains.replaceChildren(...known.get(items.value).views.map(v => new Option(v.by ? texts[v.group] : words.all, v.by)));
  domains.value = before;
  if (domains.selectedIndex < 0) domains.selectedIndex = 0;
};

const shape = (name, has) => {
  const e = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const k in has) e.setAttribute(k, has[k]);
  return e;
};
const percent = v => (100 * v).toFixed(2) + "%";

// bar draws one figure: its length or place, and the ends of its interval.
const bar = (cell, v, first) => {
  const svg = shape("svg", {class: first ? "bar all" : "bar", "aria-hidden": "true"});
  svg.append(shape("line", {x1: 0, x2: "100%", y1: "50%", y2: "50%", class: v.point ? "track" : "track none"}));
  const [, , at, from, to] = cell;
  if (at === undefined) return svg;
  if (!v.point) svg.append(shape("rect", {x: 0, width: percent(at), y: "22%", height: "56%", class: "length"}));
  if (from !== undefined) {
    svg.append(shape("line", {x1: percent(from), x2: percent(to), y1: "50%", y2: "50%", class: "halo"}), shape("line", {x1: percent(from), x2: percent(to), y1: "50%", y2: "50%", class: "ends"}));
  }
  if (v.point) svg.append(shape("circle", {cx: percent(at), cy: "50%", r: 5, class: "place"}));
  return svg;
};

// line is one line of a panel: a name, its bar, the figure and its interval.
const line = (name, base, cell, v, all, first) => {
  const e = make("div", undefined, first ? "line first" : "line");
  const plot = make("div", undefined, "plotted");
  plot.append(bar(cell, v, first));
  if (all && all[2] !== undefined && !first) {
    const rule = shape("svg", {class: "rule", "aria-hidden": "true"});
    rule.append(shape("line", {x1: percent(all[2]), x2: percent(all[2]), y1: 0, y2: "100%"}));
    plot.append(rule);
  }
  const figure = isolated(texts[cell[0]], "span", "figure");
  if (texts[cell[1]]) {
    const range = make("small");
    range.append(" [", make("bdi", texts[cell[1]]), "]");
    figure.append(range);
  }
  const label = make("span", name, "name");
  if (base) label.append(" ", isolated(words.base + " = " + base, "small"));
  e.append(label, plot, figure);
  return e;
};

const axis = v => {
  const e = make("div", undefined, "line axis");
  const ends = make("span", undefined, "ends");
  ends.append(make("bdi", texts[v.ends[0]]), make("bdi", texts[v.ends[1]]));
  e.append(make("span"), ends, make("span"));
  return e;
};

// chart draws one panel of answers, or for groups a panel for each answer.
const chart = v => {
  const out = by("explore-chart");
  out.setAttribute("aria-label", texts[v.chart]);
  const panels = v.by
    ? v.rows.map(r => [v.rows.length > 1 ? texts[r.label] : "", v.groups.map((g, k) => line(texts[g[0]], texts[g[1]], r.cells[k], v, r.cells[0], k === 0))])
    : [["", v.rows.map(r => line(texts[r.label], "", r.cells[0], v))]];
  out.className = panels.length > 1 ? "panels many" : "panels";
  out.replaceChildren(...panels.map(([title, lines]) => {
    const panel = make("div", undefined, "panel");
    if (title) panel.append(make("p", title, "answer"));
    panel.append(...lines, axis(v));
    return panel;
  }));
};

const head = (text, scope, kind) => {
  const e = make("th", text, kind);
  e.scope = scope;
  return e;
};

const tabulate = v => {
  const table = make("table"), top = make("thead"), body = make("tbody"), caption = make("caption", texts[v.title], "unseen");
  const names = make("tr"), bases = make("tr");
  names.append(head(words.row, "col"), ...v.groups.map(g => head(texts[g[0]], "col", "number")));
  top.append(names);
  bases.append(head(words.base, "row"), ...v.groups.map(g => isolated(texts[g[1]], "td")));
  body.append(bases, ...v.rows.map(r => {
    const e = make("tr");
    e.append(head(texts[r.label], "row"), ...r.cells.map(c => {
      const td = isolated(texts[c[0]], "td");
      if (texts[c[1]]) td.append(isolated(texts[c[1]], "small"));
      return td;
    }));
    return e;
  }));
  table.append(caption, top, body);
  by("explore-table").replaceChildren(table);
};

const draw = () => {
  shown = view();
  by("explore-title").textContent = texts[shown.title];
  by("explore-measure").textContent = texts[shown.measure];
  by("explore-notes").textContent = texts[shown.notes];
  chart(shown);
  tabulate(shown);
};

const address = () => "#explore=" + encodeURIComponent(items.value) + (domains.value ? "," + encodeURIComponent(domains.value) : "");

// choose shows what was chosen, says so, and keeps it in the address.
const choose = () => {
  regroup();
  draw();
  say(texts[shown.title]);
  try { history.replaceState(null, "", address()); } catch { /* an address that cannot change */ }
};

// follow shows what the address names, and reports whether it names anything.
const follow = () => {
  if (!location.hash.startsWith("#explore=")) return false;
  let item, group;
  try { [item, group = ""] = location.hash.slice(9).split(",").map(decodeURIComponent); } catch { return false; }
  if (!known.has(item)) return false;
  search.value = "";
  list();
  items.value = item;
  regroup();
  if (known.get(item).views.some(v => v.by === group)) domains.value = group;
  draw();
  say(texts[shown.title]);
  by("explore").scrollIntoView();
  return true;
};

// cells writes a row of a file for spreadsheets, none of which is a formula.
const cells = row => row.map(text => {
  const bare = text.replace(/[\u2066-\u2069]/g, "");
  const risky = /(?:^|[;\t\r\n])[\s\p{C}\p{Zs}\uFE00-\uFE0F]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\u2212\uFE62\uFE63\uFE66\uFE6B]/u;
  return '"' + (risky.test(bare) || /^[\t\r\n\0]/.test(bare) ? "'" + bare : bare).replace(/"/g, '""') + '"';
}).join(",") + "\r\n";

const save = () => {
  const v = shown;
  let out = "\uFEFF" + cells([texts[v.title]]) + cells([words.row, words.group, texts[v.value], words.interval, words.base]);
  for (const r of v.rows) r.cells.forEach((c, k) => { out += cells([texts[r.label], texts[v.groups[k][0]], texts[c[0]], texts[c[1]], texts[v.groups[k][1]]]); });
  const a = make("a");
  a.href = URL.createObjectURL(new Blob([out], {type: "text/csv"}));
  a.download = [items.value, domains.value].filter(Boolean).join("-by-").replace(/[^\w-]+/g, "-") + ".csv";
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 1000);
};

const copy = async () => {
  const link = location.href.split("#")[0] + address();
  try { await navigator.clipboard.writeText(link); } catch {
    const field = make("textarea", link, "unseen");
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    by("explore-link").focus();
  }
  by("explore-link").textContent = words.copied;
  say(words.copied);
};

by("explore-without").hidden = true;
by("explore-here").hidden = false;
list();
search.addEventListener("input", list);
items.addEventListener("change", choose);
domains.addEventListener("change", choose);
by("explore-save").addEventListener("click", save);
const linking = by("explore-link"), linkWord = linking.textContent;
linking.addEventListener("click", copy);
linking.addEventListener("blur", () => { linking.textContent = linkWord; });
addEventListener("hashchange", follow);
if (!follow()) { regroup(); draw(); }
})();
