// Places in the set text, as characters (code points) of the article's body, and the words and sentences around them.
// A browser counts UTF-16 units; Digest counts code points, so that an emoji is one character here as in the database.

const points = (text) => { let n = 0; for (const _ of text) n += 1; return n; };

export class Passages {
  constructor(text) {
    this.text = text;
    this.language = text.lang || undefined;
    this.paragraphs = [...text.querySelectorAll("p[data-start]")];
    this.starts = this.paragraphs.map((paragraph) => Number(paragraph.dataset.start));
    this.units = {};
  }

  // The body's character at a place in the page; null outside the text.
  offset(node, at) {
    const paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.("p[data-start]");
    if (!paragraph || !this.text.contains(paragraph)) return null;
    const range = document.createRange();
    range.setStart(paragraph, 0);
    range.setEnd(node, at);
    return Number(paragraph.dataset.start) + points(range.toString());
  }

  // The place in the page of a character of the body: [node, offset].
  place(offset) {
    let i = this.starts.findLastIndex((start) => start <= offset);
    if (i < 0) i = 0;
    let left = offset - this.starts[i], last = null;
    const nodes = document.createTreeWalker(this.paragraphs[i], NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      last = nodes.currentNode;
      let at = 0;
      for (const character of last.data) {
        if (!left) return [last, at];
        left -= 1;
        at += character.length;
      }
    }
    return last ? [last, last.data.length] : [this.paragraphs[i], 0];
  }

  range(start, end) {
    const range = document.createRange();
    range.setStart(...this.place(start));
    range.setEnd(...this.place(end));
    return range;
  }

  // What is selected in the text, {start, end} without white space at its ends and with whole characters as people
  // see them (a letter with its accents, a flag); null where nothing is.
  selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0).cloneRange();
    if (!range.intersectsNode(this.text)) return null;
    const whole = document.createRange();
    whole.selectNodeContents(this.text);
    if (range.compareBoundaryPoints(Range.START_TO_START, whole) < 0) range.setStart(...this.place(this.starts[0]));
    if (range.compareBoundaryPoints(Range.END_TO_END, whole) > 0) range.setEnd(...this.place(Infinity));
    const cut = this.paragraphs.flatMap((paragraph, i) => range.intersectsNode(paragraph) ? this.#within(range, paragraph, i) : []);
    return cut.length ? { start: cut[0].start, end: cut.at(-1).end } : null;
  }

  #within(range, paragraph, i) {
    const own = document.createRange();
    own.selectNodeContents(paragraph);
    if (own.compareBoundaryPoints(Range.START_TO_START, range) < 0) own.setStart(range.startContainer, range.startOffset);
    if (own.compareBoundaryPoints(Range.END_TO_END, range) > 0) own.setEnd(range.endContainer, range.endOffset);
    const before = document.createRange();
    before.setStart(paragraph, 0);
    before.setEnd(own.startContainer, own.startOffset);
    const text = paragraph.textContent;
    let left = before.toString().length, right = left + own.toString().length;
    if (left === right) return [];
    for (const { index, segment } of new Intl.Segmenter(this.language, { granularity: "grapheme" }).segment(text)) {
      if (index < left && index + segment.length > left) left = index;
      if (index < right && index + segment.length > right) right = index + segment.length;
    }
    const trimmed = text.slice(left, right);
    left += trimmed.length - trimmed.trimStart().length;
    right -= trimmed.length - trimmed.trimEnd().length;
    if (left >= right) return [];
    const start = this.starts[i] + points(text.slice(0, left));
    return [{ start, end: start + points(text.slice(left, right)) }];
  }

  select(start, end) {
    const [from, to] = [this.place(start), this.place(end)];
    getSelection().setBaseAndExtent(...from, ...to);
    from[0].parentElement.scrollIntoView({ block: "nearest" });
  }

  // All words or sentences of the text, {start, end, heading}, in order.
  all(granularity) {
    this.units[granularity] ??= this.paragraphs.flatMap((paragraph, i) => {
      const found = [], heading = paragraph.classList.contains("heading");
      let at = this.starts[i];
      for (const { segment, isWordLike } of new Intl.Segmenter(this.language, { granularity }).segment(paragraph.textContent)) {
        const start = at + points(segment) - points(segment.trimStart());
        at += points(segment);
        if (granularity === "word" ? isWordLike : segment.trim()) found.push({ start, end: start + points(segment.trim()), heading });
      }
      return found;
    });
    return this.units[granularity];
  }

  // A passage with one end moved by a word or a sentence; the same passage where there is none to go to.
  moved({ start, end }, side, granularity, grows) {
    const units = this.all(granularity);
    if (side === "end") {
      const unit = grows ? units.find((one) => one.end > end) : units.findLast((one) => one.end < end && one.end > start);
      return { start, end: unit?.end ?? end };
    }
    const unit = grows ? units.findLast((one) => one.start < start) : units.find((one) => one.start > start && one.start < end);
    return { start: unit?.start ?? start, end };
  }
}
