"use strict";
for (const button of document.querySelectorAll("th button")) {
  button.addEventListener("click", () => {
    const head = button.closest("th"), body = head.closest("table").tBodies[0];
    const place = [...head.parentNode.children].indexOf(head);
    const down = head.getAttribute("aria-sort") !== "descending";
    for (const other of head.parentNode.children) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const key = (row) => row.children[place].dataset.key ?? "";
    const rows = [...body.rows].filter((row) => !row.classList.contains("head"));
    for (const row of body.querySelectorAll("tr.head")) row.hidden = place !== 0;
    rows.sort((a, b) => {
      const x = key(a), y = key(b);
      if (x === "" || y === "") return (x === "") - (y === "");
      return down ? y - x : x - y;
    });
    if (place === 0) rows.length = 0;
    for (const row of place === 0 ? [...body.rows].sort((a, b) => a.dataset.order - b.dataset.order) : rows) body.append(row);
  });
}
