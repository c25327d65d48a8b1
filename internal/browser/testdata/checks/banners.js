// What is wrong with banner tables: each has a caption, a head for each question
// of the banner over its groups, everybody first, bases in its first row, and
// columns that run in the direction of the page.
(() => {
  const problems = [];
  const said = e => e && e.textContent.trim() !== "";
  const tables = document.querySelectorAll("table.banner");
  if (tables.length === 0) problems.push("the page has no banner table");
  const rtl = getComputedStyle(document.body).direction === "rtl";
  tables.forEach((table, n) => {
    const wrong = what => problems.push(`banner table ${n}: ${what}`);
    if (!said(table.caption)) wrong("no caption");
    const [top, groups] = table.tHead.rows;
    const questions = [...top.querySelectorAll("th[scope=colgroup]")];
    const columns = groups ? [...groups.cells] : [];
    if (!said(top.cells[1]) || top.cells[1].scope !== "col") wrong("everybody does not come first");
    if (questions.reduce((sum, q) => sum + q.colSpan, 0) !== columns.length) wrong("the questions do not span their groups");
    if (![...questions, ...columns].every(h => h.scope && said(h))) wrong("a heading has no scope or no words");
    for (const q of questions) if (q.colSpan < 1) wrong("a question has no groups");
    const rows = [...table.tBodies[0].rows];
    if (rows.length < 2 || !rows[0].matches(".bases")) wrong("no bases or no figures");
    for (const row of rows) {
      const [head, ...cells] = row.cells;
      if (head.scope !== "row" || !said(head)) wrong("a row has no scoped header");
      if (cells.length !== columns.length + 1) wrong(`a row has ${cells.length} cells under ${columns.length + 1} columns`);
    }
    const cells = [...rows[0].cells].map(c => c.getBoundingClientRect().left);
    if (cells.some((x, k) => k > 0 && (rtl ? x >= cells[k - 1] : x <= cells[k - 1]))) wrong("columns run against the page");
    if (!said(table.parentElement.nextElementSibling)) wrong("no footer");
    for (const b of table.querySelectorAll("td bdi")) if (getComputedStyle(b).direction !== "ltr") wrong("a figure can be turned round");
  });
  return problems;
})()
