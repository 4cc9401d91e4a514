// A list by keyboard: j and k go from row to row, any other key presses what the row says is its own (data-key).
// Where pressing loads the page anew, the row that stands in the same place is the current one then.

const rows = [...document.querySelectorAll("[data-row], #result_list tbody tr")];
for (const row of rows) row.tabIndex = -1;
const kept = `row ${location.pathname}`;
let at = -1;

function go(to) {
  if (!rows[to]) return;
  rows[at]?.classList.remove("current");
  at = to;
  rows[at].classList.add("current");
  rows[at].focus();
  rows[at].scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, .select2-container");
  if (typing || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { j: 1, k: -1 }[event.key];
  const key = event.key === "e" ? "a" : `[data-key="${event.key}"]`;
  const own = /^[a-z0-9]$/.test(event.key) ? rows[at]?.querySelector(key) : null;
  if (!step && !own) return;
  event.preventDefault();
  if (step) return go(Math.max(0, at + step));
  sessionStorage.setItem(kept, at);
  own.click();
});

const before = sessionStorage.getItem(kept);
sessionStorage.removeItem(kept);
if (before !== null && rows.length) go(Math.min(Number(before), rows.length - 1));
else go(rows.findIndex((row) => row.dataset.row === "current"));
