// The queue by keyboard: next and previous, accept and reject and on to the next, and back. Without it the same buttons
// are forms.

const list = document.querySelector(".suggestions[data-csrf]");
const said = document.querySelector("[data-said]");
const help = document.querySelector("[data-help]");
const keys = document.getElementById("keys");
const undone = []; // the ids of rows decided on here, the last one last

const rows = () => [...list.querySelectorAll(".suggestion")];
const current = () => document.activeElement?.closest(".suggestion") ?? null;

function go(row) {
  if (!row) return;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "center" });
}

function step(by) {
  const all = rows();
  const at = all.indexOf(current());
  go(all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]);
}

function following(row) {
  const all = rows();
  const open = all.slice(all.indexOf(row) + 1).find((one) => !one.classList.contains("done"));
  return open ?? all.find((one) => one !== row && !one.classList.contains("done")) ?? document.querySelector("[rel=next]");
}

async function decide(row, what) {
  const form = row?.querySelector("form");
  const button = form?.querySelector(`[value=${what}]`);
  if (!button) return false;
  const body = new FormData(form, button);
  const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
  const late = answer.status === 409; // somebody else decided meanwhile, and the row says what
  if (!answer.ok && !late) {
    said.textContent = "That was not done. Reload the page and try again.";
    said.classList.remove("visually-hidden");
    return false;
  }
  const holder = document.createElement("template");
  holder.innerHTML = (await answer.text()).trim();
  const fresh = holder.content.firstElementChild;
  row.replaceWith(fresh);
  said.textContent = late ? "Somebody else decided meanwhile."
    : `${what === "reopen" ? "waits again" : `${what}ed`}: ${fresh.querySelector("mark").textContent}`;
  if (late) go(fresh);
  return late ? false : fresh;
}

async function decideAndGo(row, what) {
  const next = following(row);
  const fresh = await decide(row, what);
  if (!fresh) return;
  undone.push(fresh.id);
  if (next?.rel === "next") next.focus();
  else go(next ?? fresh);
}

async function back() {
  const row = document.getElementById(undone.pop() ?? "");
  const fresh = row && await decide(row, "reopen");
  if (fresh) go(fresh);
}

function toggleKeys() {
  keys.hidden = !keys.hidden;
  help.setAttribute("aria-expanded", String(!keys.hidden));
}

const DO = {
  j: () => step(1),
  k: () => step(-1),
  a: () => decideAndGo(current(), "accept"),
  r: () => decideAndGo(current(), "reject"),
  u: back,
  w: () => current()?.querySelector("[data-bench]")?.click(),
  n: () => document.querySelector("[rel=next]")?.click(),
  "?": toggleKeys,
};

if (list) {
  help.hidden = false;
  help.addEventListener("click", toggleKeys);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, .select2")) return;
    if (!Object.hasOwn(DO, event.key)) return;
    event.preventDefault();
    DO[event.key]();
  });
  list.addEventListener("submit", (event) => {
    event.preventDefault();
    const row = event.target.closest(".suggestion");
    const what = event.submitter.value;
    if (what === "reopen") decide(row, what).then((fresh) => fresh && go(fresh));
    else decideAndGo(row, what);
  });
}
