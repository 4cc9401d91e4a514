// What is selected in a text goes into the form beside it: the quote, and the characters where it stands. Without a
// script the quote is pasted.

import { Passages } from "./passages.js";

const field = (name) => document.getElementById(`id_${name}`);

for (const text of document.querySelectorAll("[data-quotes]")) {
  if (!field("exact")) continue;
  const passages = new Passages(text);
  document.addEventListener("selectionchange", () => {
    const selected = passages.selected();
    if (!selected) return;
    field("exact").value = `${passages.range(selected.start, selected.end)}`;
    field("start").value = selected.start;
    field("end").value = selected.end;
  });
  // What is typed over is looked for again.
  field("exact").addEventListener("input", () => { field("start").value = field("end").value = ""; });
}
