// What makes the page wider than its window: with every part closed, and open.
(() => {
  const problems = [], root = document.documentElement, parts = [...document.querySelectorAll("details")];
  const scrolls = e => { for (; e && e !== root; e = e.parentElement) if (["auto", "scroll"].includes(getComputedStyle(e).overflowX)) return true; return false; };
  for (const open of [false, true]) {
    parts.forEach(p => { p.open = open; });
    if (root.scrollWidth <= root.clientWidth) continue;
    const out = [...document.body.querySelectorAll("*")].filter(e => { const b = e.getBoundingClientRect(); return b.right > root.clientWidth + 1 || b.left < -1; });
    const culprits = out.filter(e => !scrolls(e)).slice(0, 5).map(e => `<${e.localName} class="${e.className}" id="${e.id}">`);
    problems.push(`the page is ${root.scrollWidth} wide in a window of ${root.clientWidth} (parts ${open ? "open" : "closed"}): ${culprits.join(" ")}`);
  }
  return problems;
})()
