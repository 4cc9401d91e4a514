// What is selected in a text goes into the field for its quote, and which one it is where the text holds it more than once.
// Without it the quote is pasted.

const plain = (text) => text.replace(/\s+/gu, " ").trim();

for (const text of document.querySelectorAll("[data-quotes]")) {
  const [quote, occurrence] = text.dataset.quotes.split(" ").map((id) => document.getElementById(id));
  if (!quote) continue;
  // Paragraphs are apart in the text as the server has it, and not in the document.
  const read = (range) => {
    const holder = document.createElement("div");
    holder.append(range.cloneContents());
    const parts = [...holder.querySelectorAll("p, h2")].map((part) => part.textContent);
    return plain(parts.length ? parts.join(" ") : holder.textContent);
  };

  document.addEventListener("selectionchange", () => {
    const selected = document.getSelection();
    if (!selected.rangeCount || selected.isCollapsed) return;
    const range = selected.getRangeAt(0);
    if (!text.contains(range.commonAncestorContainer)) return;
    const words = read(range);
    if (!words) return;
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const whole = document.createRange();
    whole.selectNodeContents(text);
    const times = (all) => all.split(words).length - 1;
    quote.value = words;
    occurrence.value = times(read(whole)) > 1 ? times(read(before)) + 1 : "";
  });
}
