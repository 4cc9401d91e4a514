// What the desk does beyond forms and links. Without it everything still works, a page at a time.

const root = document.documentElement;
root.classList.add("scripted");

// A filter that is chosen from is applied at once. Select2 tells jQuery only.
const $ = window.django?.jQuery;
if ($) {
  $(document).on("change", ".autocomplete-filter select", (event) => event.target.form.requestSubmit());
}

// Select2 does not say what it chooses: it takes the name of the field it stands for.
function nameChoices() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const name = select.getAttribute("aria-label") ?? select.labels?.[0]?.textContent.replace(/:\s*$/, "").trim();
    const parts = select.nextElementSibling?.querySelectorAll(".select2-selection, [role=textbox], .select2-search__field");
    if (name) parts?.forEach((part) => part.setAttribute("aria-label", name));
  }
}
$?.(nameChoices); // after Select2, which waits for the same
document.addEventListener("formset:added", () => setTimeout(nameChoices));

// Django's halves of a moment, and the signs that its lists of two columns make on load, say what they are.
window.addEventListener("load", () => {
  for (const half of document.querySelectorAll(".datetime input:not([aria-label])")) {
    const name = half.closest(".form-row")?.querySelector("label, legend")?.textContent.replace(/:\s*$/, "").trim();
    half.setAttribute("aria-label", `${name}, ${half.classList.contains("vTimeField") ? "time" : "date"}`);
  }
  document.querySelectorAll(".help-tooltip[aria-label]").forEach((sign) => sign.setAttribute("role", "img"));
});

// Marks in the text and cards beside it point at each other.
const cardOf = (fragment) => document.getElementById(`card-${fragment}`);
const marksOf = (fragment) => document.querySelectorAll(`.mark[data-statements~="${CSS.escape(fragment)}"]`);

function light(fragment) {
  document.querySelectorAll(".mark.on, .card.on").forEach((one) => one.classList.remove("on"));
  if (!fragment) return;
  cardOf(fragment)?.classList.add("on");
  marksOf(fragment).forEach((mark) => mark.classList.add("on"));
}

document.addEventListener("click", (event) => {
  const mark = event.target.closest?.(".mark[data-statements]");
  if (!mark) return;
  const fragment = mark.dataset.statements.trim().split(" ").at(-1);
  light(fragment);
  cardOf(fragment)?.scrollIntoView({ block: "nearest" });
});
for (const kind of ["focusin", "mouseover"]) {
  document.addEventListener(kind, (event) => {
    const card = event.target.closest?.(".card[data-fragment]");
    if (card) light(card.dataset.fragment);
  });
}

// A decision on a card is sent by itself, so that the rest of the form keeps what was typed.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("button[data-decide]");
  if (!button) return;
  event.preventDefault();
  const card = button.closest(".card");
  const data = new FormData();
  data.set("decision", button.value);
  data.set("csrfmiddlewaretoken", button.form.elements.csrfmiddlewaretoken.value);
  button.disabled = true;
  try {
    const answer = await fetch(button.formAction, { method: "POST", body: data, headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".card");
    card.replaceWith(fresh);
    const next = document.querySelector(".card button.accept[data-decide]");
    (fresh.nextElementSibling?.querySelector("button[data-decide]") ?? next ?? fresh.querySelector("button"))?.focus();
  } catch {
    button.disabled = false;
    button.insertAdjacentHTML("afterend", '<span class="problem" role="alert">not saved</span>');
  }
});

// After a decision in a list the row that took its place is at hand, so that the next one is one key away.
const rows = () => [...document.querySelectorAll("#result_list .decision")];
document.addEventListener("submit", (event) => {
  const row = event.submitter?.closest(".decision");
  if (row) sessionStorage.setItem("decided", rows().indexOf(row));
});
const decided = sessionStorage.getItem("decided");
if (decided !== null) {
  sessionStorage.removeItem("decided");
  rows().at(Math.min(Number(decided), rows().length - 1))?.querySelector("button")?.focus();
}

// Forms: Ctrl+S saves, leaving with something unsaved asks, errors are where the reader is.
const form = document.querySelector(".change-form #content-main form");
if (form) {
  let typed = false;
  const note = () => { typed = true; };
  form.addEventListener("input", note);
  $?.(form).on("change", note);
  form.addEventListener("submit", () => { typed = false; });
  window.addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const save = form.querySelector('[name="_continue"]') ?? form.querySelector('[name="_save"]');
    if (save) {
      event.preventDefault();
      form.requestSubmit(save);
    }
  }, true); // before Select2, which keeps what is typed in it to itself
}
const errors = document.querySelector(".errornote");
if (errors) {
  errors.tabIndex = -1;
  errors.focus();
}
