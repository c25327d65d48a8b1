// What is wrong with the figures: each needs a picture with marks and words for
// those who do not see it, and the same figures as a table.
(() => {
  const problems = [];
  const said = e => e && e.textContent.trim() !== "";
  const figures = document.querySelectorAll("figure");
  if (figures.length === 0) problems.push("the page has no figure");
  for (const figure of figures) {
    const wrong = what => problems.push(`figure ${figure.id || "without id"}: ${what}`);
    if (!said(figure.querySelector("figcaption"))) wrong("no caption");
    const svg = figure.querySelector("svg");
    if (!svg) wrong("no picture");
    else {
      const [, , width, height] = (svg.getAttribute("viewBox") || "0 0 0 0").split(" ").map(Number);
      const ground = m => m.localName === "rect" && m.width.baseVal.value >= width && m.height.baseVal.value >= height;
      const marks = [...svg.querySelectorAll("rect,line,circle,path,polygon,polyline")]
        .filter(m => !m.closest("defs,pattern,clipPath") && !ground(m));
      if (marks.length === 0) wrong("no marks");
      if (!said(svg.querySelector("title"))) wrong("no title");
      if (!said(svg.querySelector("desc"))) wrong("no description");
      if (svg.getAttribute("role") !== "img") wrong("the picture is not an image to assistive technology");
      const names = (svg.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean);
      if (names.length === 0 || !names.every(id => said(document.getElementById(id)))) wrong("the picture's name and description are not found");
    }
    const table = figure.querySelector("details table");
    if (!table) { wrong("no table of its data"); continue; }
    if (!said(figure.querySelector("details > summary"))) wrong("the table has no summary to open it by");
    if (!said(table.caption)) wrong("the table has no caption");
    const heads = [...table.querySelectorAll("thead th")];
    if (heads.length < 2 || !heads.every(h => h.scope === "col" && said(h))) wrong("a column of the table has no scoped header");
    const rows = [...table.querySelectorAll("tbody tr")];
    if (rows.length === 0) wrong("the table has no rows");
    for (const row of rows) {
      const [head, ...cells] = row.cells;
      if (!head || head.scope !== "row" || !said(head)) wrong("a row of the table has no scoped header");
      if (cells.length !== heads.length - 1) wrong(`a row of the table has ${cells.length} cells under ${heads.length - 1} headers`);
      if (!cells.every(said)) wrong("a cell of the table is blank");
    }
  }
  return problems;
})()
