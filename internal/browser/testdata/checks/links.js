// What is wrong with the links within the page, and with its ids.
(() => {
  const problems = [], seen = new Set();
  for (const e of document.querySelectorAll("[id]")) {
    if (seen.has(e.id)) problems.push(`the id ${e.id} is used twice`);
    seen.add(e.id);
  }
  for (const a of document.querySelectorAll('a[href^="#"]')) {
    if (!seen.has(decodeURIComponent(a.hash.slice(1)))) problems.push(`the link ${a.hash} leads nowhere`);
  }
  return problems;
})()
