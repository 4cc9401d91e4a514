// Names of actors or topics offered while one is typed: arrows choose, Enter takes the name and saves, Tab takes it and stays.

let offers = null; // {input, list}
let asked = 0;

const many = (input) => "many" in input.dataset;
const typed = (input) => (many(input) ? input.value.split(";").at(-1) : input.value).trim();

function close() {
  offers?.list.remove();
  offers?.input.removeAttribute("aria-activedescendant");
  offers?.input.setAttribute("aria-expanded", "false");
  offers = null;
}

function choose(option) {
  offers.list.querySelectorAll("[aria-selected]").forEach((one) => one.removeAttribute("aria-selected"));
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  offers.input.setAttribute("aria-activedescendant", option?.id ?? "");
}

const chosen = () => offers?.list.querySelector("[aria-selected]");

function take(option) {
  const { input } = offers;
  const before = many(input) ? input.value.split(";").slice(0, -1).map((name) => name.trim()).filter(Boolean) : [];
  input.value = [...before, option.textContent].join("; ");
  close();
}

async function offer(input) {
  const words = typed(input), turn = asked += 1;
  if (!words) return close();
  const answer = await fetch(`${document.getElementById("bench").dataset[input.dataset.offers]}?q=${encodeURIComponent(words)}`);
  if (!answer.ok || turn !== asked || document.activeElement !== input) return;
  const { names } = await answer.json();
  close();
  if (!names.length) return;
  const list = document.createElement("ul");
  list.className = "offers";
  list.id = "offers";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.offers === "topics" ? "Topics" : "Actors");
  list.append(...names.map((name, i) => {
    const option = document.createElement("li");
    option.id = `offer-${i}`;
    option.setAttribute("role", "option");
    option.textContent = name;
    return option;
  }));
  input.after(list);
  input.setAttribute("aria-expanded", "true");
  offers = { input, list };
  choose(list.firstElementChild);
}

// Give the fields of a form that take names their role; called when a form is there.
export function complete(root) {
  for (const input of root.querySelectorAll("input[data-offers]")) {
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", "offers");
    input.addEventListener("input", () => offer(input));
    input.addEventListener("blur", () => setTimeout(() => { if (offers?.input === input && document.activeElement !== input) close(); }, 150));
    input.addEventListener("keydown", (event) => {
      if (offers?.input !== input || event.isComposing) return;
      const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
      if (step) choose(chosen()?.[step] ?? chosen());
      else if (event.key === "Enter" || event.key === "Tab") take(chosen());
      else if (event.key === "Escape") close();
      else return;
      if (event.key !== "Enter") event.preventDefault(); // Enter saves the form as well
      event.stopPropagation();
    });
  }
}

document.addEventListener("pointerdown", (event) => {
  const option = event.target.closest?.("#offers [role=option]");
  if (!option) return;
  event.preventDefault(); // the field keeps the focus
  choose(option);
  take(option);
});
