// The workbench by keyboard, mouse and finger. Every act is a button, link or form of the page, sent by htmx; this module
// presses them. Without it the same forms work a page at a time.

import { complete } from "./completion.js";
import { Passages } from "./passages.js";

const $ = (selector) => document.querySelector(selector);
let passages, cards, marks, current = "", selection = null, moving = null;
let ahead = null; // what is typed while a form is on its way

// The bench as it came from the server: cards in reading order, and the marks of each statement.
function lay() {
  const bench = $("#bench");
  passages = new Passages($("#text"));
  cards = [...bench.querySelectorAll(".card[data-statement]")];
  marks = new Map(cards.map((card) => [card.dataset.statement, []]));
  for (const mark of bench.querySelectorAll(".mark")) {
    for (const [fragment] of states(mark)) marks.get(fragment)?.push(mark);
  }
  paint("coding", null);
  selection = moving = null;
  complete(bench);
  const first = cards.find((card) => card.dataset.status === "suggested") ?? cards[0];
  const wanted = [bench.dataset.current, current, location.hash.slice(1)].find((one) => marks.has(one));
  go(wanted ?? first?.dataset.statement ?? "", { quiet: !bench.dataset.current && !current && !location.hash });
}

const states = (mark) => mark.dataset.states.trim().split(" ").map((one) => one.split(":"));
const cardOf = (fragment) => document.getElementById(`card-${fragment}`);
const say = (text) => { $("#said").textContent = text; };

// Go to a statement: its passage, and its card beside the text.
function go(fragment, { quiet = false } = {}) {
  for (const mark of marks.get(current) ?? []) mark.classList.remove("current");
  cardOf(current)?.classList.remove("current");
  current = fragment;
  const card = cardOf(fragment), own = marks.get(fragment) ?? [];
  if (!card) return;
  card.classList.add("current");
  for (const mark of own) mark.classList.add("current");
  if (quiet) return;
  const panel = card.closest(".panel"), head = panel.querySelector(".panel-head");
  const top = card.getBoundingClientRect().top - panel.getBoundingClientRect().top - head.offsetHeight - 8;
  const below = card.getBoundingClientRect().bottom - panel.getBoundingClientRect().bottom;
  if (top < 0 || below > 0) panel.scrollTop += top;
  if (own.length) {
    const seen = own[0].getBoundingClientRect(), low = reach();
    if (seen.top < 60 || seen.bottom > low) scrollBy(0, seen.top - low * 0.35);
  }
  if (!$("#slot form")) card.focus({ preventScroll: true });
}

// How far down the text can be seen: to the panel, where that stands below it.
function reach() {
  const panel = $(".panel").getBoundingClientRect();
  return panel.left < $("#text").getBoundingClientRect().right ? Math.max(panel.top, 120) : innerHeight - 40;
}

function step(by, wanted) {
  const at = cards.findIndex((card) => card.dataset.statement === current);
  const rest = by > 0 ? cards.slice(at + 1) : cards.slice(0, Math.max(at, 0)).reverse();
  const next = rest.find(wanted);
  if (next) go(next.dataset.statement);
  else say(by > 0 ? "No further one." : "No earlier one.");
}

const open = (card) => card.dataset.status === "suggested";

function decide(verdict, onward) {
  const card = cardOf(current), button = card?.querySelector(`button[value="${verdict}"]`);
  if (!button || card.dataset.sent) return;
  say("");
  button.click();
  card.dataset.sent = "1"; // until the server answers with another card
  card.dataset.status = verdict === "reopen" ? "suggested" : `${verdict}ed`;
  if (onward) step(1, open);
}

// Passages: what is selected, painted so that it stays to be seen while a form has the focus.
function paint(name, span) {
  if (!CSS.highlights) return;
  if (span) CSS.highlights.set(name, new Highlight(passages.range(span.start, span.end)));
  else CSS.highlights.delete(name);
}

document.addEventListener("selectionchange", () => {
  const span = passages?.selected();
  if (span) selection = span;
  else if (!$("#slot form") && $("#text")?.contains(getSelection().anchorNode)) selection = null;
});

function takeSentence(by) {
  const card = cardOf(current);
  const from = selection ?? (card?.dataset.placed ? { start: Number(card.dataset.start), end: Number(card.dataset.end) } : { start: 0, end: 0 });
  const held = cards.filter((one) => one.dataset.placed && one.dataset.status !== "rejected")
    .map((one) => [Number(one.dataset.start), Number(one.dataset.end)]);
  const free = passages.all("sentence").filter((one) => !one.heading && !held.some(([start, end]) => start < one.end && one.start < end));
  const next = by > 0 // and round from one end of the text to the other
    ? free.find((one) => one.start >= from.end) ?? free[0]
    : free.findLast((one) => one.end <= from.start) ?? free.at(-1);
  if (!next) return say("Something is said of every sentence.");
  choose(next);
}

function choose(span) {
  passages.select(span.start, span.end);
  selection = span;
  say("");
}

function find(words) {
  const plain = words.toLocaleLowerCase(), from = selection?.end ?? 0;
  const sentences = passages.all("sentence");
  const has = (one) => passages.range(one.start, one.end).toString().toLocaleLowerCase().includes(plain);
  const found = sentences.find((one) => one.start >= from && has(one)) ?? sentences.find(has);
  if (found) choose(found);
  else say(`The text does not say “${words}”.`);
}

function widen(side, granularity, grows) {
  if (selection && !moving) return choose(passages.moved(selection, side, granularity, grows));
  const card = cardOf(current);
  if (!card?.dataset.move || !card.dataset.placed) return;
  const span = moving?.card === card ? moving : { start: Number(card.dataset.start), end: Number(card.dataset.end) };
  clearTimeout(moving?.timer);
  moving = { card, ...passages.moved(span, side, granularity, grows) };
  paint("coding", moving);
  moving.timer = setTimeout(settle, 500); // one act, however often the key was pressed
}

function settle() {
  if (!moving) return;
  const { card, start, end } = moving;
  moving = null;
  const values = { start, end, seen: card.dataset.seen, csrfmiddlewaretoken: $("#act [name=csrfmiddlewaretoken]").value };
  htmx.ajax("POST", card.dataset.move, { source: "#bench", target: "#bench", swap: "outerHTML show:none", values });
}

// Forms
function code(kind) {
  const span = selection;
  if (!span && kind !== "note") return say("Select a passage first: with the mouse, with s, or with f.");
  const address = $("#bench").dataset.new.replace("KIND", kind);
  show(span ? `${address}?start=${span.start}&end=${span.end}` : address, span);
}

async function show(address, span = null) {
  ahead = "";
  paint("coding", span);
  await htmx.ajax("GET", address, { source: "#slot", target: "#slot", swap: "innerHTML" });
  ahead = null;
}

function enter() {
  complete($("#slot"));
  const field = $("#slot").querySelector("input:not([type=hidden]), textarea, select");
  $(".panel").scrollTop = 0;
  field?.focus();
  field?.select?.();
  if (!ahead || !field) return;
  field.setRangeText(ahead, 0, field.value.length, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  ahead = null;
}

function leave() {
  paint("coding", null);
  $("#find").hidden = true;
  if ($("#slot").firstElementChild) $("#slot").replaceChildren();
  else { getSelection().removeAllRanges(); selection = null; }
  cardOf(current)?.focus({ preventScroll: true });
}

const press = (id) => document.getElementById(id)?.click();

const KEYS = {
  j: () => step(1, open), k: () => step(-1, open), J: () => step(1, () => true), K: () => step(-1, () => true),
  a: () => decide("accept"), r: () => decide("reject"), o: () => decide("reopen"),
  d: () => decide("accept", true), x: () => decide("reject", true),
  t: () => step(1, (card) => open(card) && card.dataset.kind !== cardOf(current).dataset.kind),
  e: () => { const card = cardOf(current); if (card?.dataset.edit) show(card.dataset.edit); },
  b: () => { const card = cardOf(current); if (card?.dataset.topics) show(card.dataset.topics); },
  u: () => press("undo"), U: () => press("redo"),
  s: () => takeSentence(1), S: () => takeSentence(-1),
  f: () => { $("#find").hidden = false; $("#find-words").focus(); $("#find-words").select(); },
  n: () => code("recommendation"), c: () => code("claim"), m: () => code("note"),
  w: () => widen("end", "word", true), W: () => widen("end", "word", false),
  q: () => widen("start", "word", true), Q: () => widen("start", "word", false),
  l: () => widen("end", "sentence", true), L: () => widen("end", "sentence", false),
  h: () => widen("start", "sentence", true), H: () => widen("start", "sentence", false),
  i: () => press("correct"), g: () => press("onward"),
  p: () => document.getElementById("publish")?.focus(),
  "?": () => $("#help").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || $("#help").open) return;
  const typing = event.target.closest?.("input:not([type=checkbox]), textarea, select");
  if (event.key === "Escape") return leave();
  if (ahead !== null && !typing && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    ahead += event.key;
    return;
  }
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !typing) {
    event.preventDefault();
    return press(event.shiftKey ? "redo" : "undo");
  }
  if (event.key === "Enter" && event.target.matches?.(".code :is(textarea:not([name=authors]), select)") && !event.shiftKey) {
    event.preventDefault();
    return event.target.form.requestSubmit(event.target.form.querySelector(".accept, .button"));
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key] || !keysAct()) return;
  event.preventDefault();
  if (moving && !"wWqQlLhH".includes(event.key)) settle();
  KEYS[event.key]();
});

const keysAct = () => localStorage.getItem("single-keys") !== "no";

document.addEventListener("click", (event) => {
  const at = (selector) => event.target.closest?.(selector);
  if (at("#keys")) return $("#help").showModal();
  const adds = at("a[data-new]");
  if (adds) {
    event.preventDefault();
    return code(adds.dataset.new);
  }
  if (at(".cancel")) {
    event.preventDefault();
    return leave();
  }
  const edits = at(".card :is(a.edit, a.topics)");
  if (edits) {
    event.preventDefault();
    go(edits.closest(".card").dataset.statement);
    return show(edits.href);
  }
  if (at("a, button, input, textarea, select, label")) return;
  const mark = at("#text .mark"), card = at(".card[data-statement]");
  if (card) go(card.dataset.statement);
  else if (mark && getSelection().isCollapsed) { // where several overlap, each click shows the next
    const known = states(mark).map(([fragment]) => fragment).filter((fragment) => marks.has(fragment));
    if (known.length) go(known[(known.indexOf(current) + 1) % known.length]);
  }
});

document.addEventListener("submit", (event) => {
  if (event.target.id !== "find") return;
  event.preventDefault();
  find($("#find-words").value.trim());
  $("#find").hidden = true;
  document.activeElement?.blur();
});

// A stance that was proposed belongs to the topic it was proposed with: another topic starts afresh.
document.addEventListener("input", (event) => {
  const { form, name } = event.target;
  if (name === "topic" && form.classList.contains("code") && !form.elements.stance.dataset.chosen) form.elements.stance.selectedIndex = 0;
  if (name === "stance") event.target.dataset.chosen = "yes";
});

document.addEventListener("change", (event) => {
  if (event.target.id === "single-keys") localStorage.setItem("single-keys", event.target.checked ? "yes" : "no");
});

// A card that came back: its passage wears the new state too.
function restate(card) {
  const { statement: fragment, status } = card.dataset;
  cards[cards.findIndex((one) => one.dataset.statement === fragment)] = card;
  if (fragment === current) {
    card.classList.add("current");
    if (document.activeElement === document.body) card.focus({ preventScroll: true });
  }
  for (const mark of marks.get(fragment) ?? []) {
    const told = states(mark).map(([one, was]) => [one, one === fragment ? status : was]);
    mark.dataset.states = told.map((one) => one.join(":")).join(" ");
    const kept = told.filter(([, one]) => one !== "rejected");
    const reviewed = kept.filter(([, one]) => one !== "note");
    for (const kind of ["recommendation", "claim"]) mark.classList.toggle(kind, kept.some(([one]) => one.startsWith(kind)));
    mark.classList.toggle("open", reviewed.length > 0 && reviewed.every(([, one]) => one === "suggested"));
    mark.classList.toggle("rejected", !kept.length);
    mark.classList.toggle("many", kept.length > 1);
  }
}

document.addEventListener("htmx:load", (event) => {
  const came = event.detail.elt;
  if (came.id === "bench") lay();
  else if (came.matches(".card")) restate(came);
  else if (came.closest("#slot") && came.matches("form")) enter();
});
function fail(event, why) {
  const card = event.detail.target?.closest?.(".card");
  if (card) delete card.dataset.sent;
  say(`Not saved: ${why} Load the page again to see what is.`);
}
document.addEventListener("htmx:responseError", (event) => fail(event, `the server answered ${event.detail.xhr.status}.`));
document.addEventListener("htmx:sendError", (event) => fail(event, "the server can’t be reached."));

$("#single-keys").checked = keysAct();
lay();
if ($("#slot form")) enter();
