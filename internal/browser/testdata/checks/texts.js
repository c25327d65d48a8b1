// What is wrong with the texts of pictures: one that leaves its picture, lies on
// another, reads in the wrong order, or is hard to read on what is drawn beneath it. Contrast is measured
// as WCAG 2.2 does (success criterion 1.4.3).
(() => {
  const problems = [], slack = 2; // units of the picture
  const light = colour => {
    const [r, g, b] = colour.match(/[\d.]+/g).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
  for (const svg of document.querySelectorAll("svg")) {
    const frame = svg.getBoundingClientRect();
    if (frame.width === 0) { problems.push(`picture ${svg.id}: it is not shown`); continue; }
    const unit = frame.width / svg.viewBox.baseVal.width;
    const rects = [...svg.querySelectorAll("rect")].filter(r => !r.closest("defs")).map(r => [r, r.getBoundingClientRect()]);
    const texts = [...svg.querySelectorAll("text")].map(t => [t, t.getBoundingClientRect()]);
    texts.forEach(([text, box], i) => {
      const wrong = what => problems.push(`picture ${svg.id}: the text "${text.textContent}" ${what}`);
      // A figure with its interval, as in "50 [43–57]", reads from left to right
      // in every language.
      if (/^[^\p{L}]*\[[^\p{L}]*\][^\p{L}]*$/u.test(text.textContent)) {
        const at = [...text.textContent].flatMap((c, k) => /[\d\[\]–]/.test(c) ? [text.getExtentOfChar(k).x] : []);
        if (at.some((x, k) => k > 0 && x < at[k - 1])) wrong("is in disorder");
      }
      const by = Math.max(frame.left - box.left, box.right - frame.right, frame.top - box.top, box.bottom - frame.bottom) / unit;
      if (by > slack) wrong(`leaves the picture by ${by.toFixed(1)}`);
      for (const [other, b] of texts.slice(i + 1)) {
        const across = Math.min(box.right, b.right) - Math.max(box.left, b.left), down = Math.min(box.bottom, b.bottom) - Math.max(box.top, b.top);
        // Boxes of lines that follow one another overlap by their leading.
        if (across > slack * unit && down > 0.5 * Math.min(box.height, b.height)) wrong(`lies on "${other.textContent}"`);
      }
      const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
      const beneath = rects.filter(([r, b]) => r.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING && b.left <= x && x <= b.right && b.top <= y && y <= b.bottom)
        .map(([r]) => getComputedStyle(r).fill).filter(f => f.startsWith("rgb(")).pop() || "rgb(255,255,255)";
      const ratio = contrast(getComputedStyle(text).fill, beneath);
      if (ratio < 4.5) wrong(`has a contrast of ${ratio.toFixed(2)}`);
    });
  }
  return problems;
})()
