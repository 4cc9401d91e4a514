// Who can be named in a note: after "@" the editors whose name begins like what follows are offered below the text.

for (const area of document.querySelectorAll("textarea[data-editors]")) {
  const offers = document.createElement("ul");
  offers.className = "offers";
  offers.hidden = true;
  offers.setAttribute("aria-label", "Editors to name");
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  area.after(offers, said);
  let asked = 0;

  const typed = () => /(?:^|[^\w@.+-])@([\w.+-]*)$/u.exec(area.value.slice(0, area.selectionStart));
  const close = () => { offers.hidden = true; offers.replaceChildren(); };

  function choose(name) {
    const end = area.selectionStart;
    const begin = end - typed()[1].length;
    area.setRangeText(`${name} `, begin, end, "end");
    close();
    area.focus();
  }

  area.addEventListener("input", async () => {
    const found = typed();
    if (!found) return close();
    const turn = ++asked;
    const answer = await fetch(`${area.dataset.editors}?q=${encodeURIComponent(found[1])}`);
    if (!answer.ok || turn !== asked || !typed()) return;
    const { editors } = await answer.json();
    offers.replaceChildren(...editors.map(({ name, full }) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = full ? `@${name}, ${full}` : `@${name}`;
      button.addEventListener("click", () => choose(name));
      item.append(button);
      return item;
    }));
    offers.hidden = !editors.length;
    said.textContent = editors.length ? `${editors.length} to name: arrow down to choose` : "";
  });

  area.addEventListener("keydown", (event) => {
    if (offers.hidden) return;
    const first = offers.querySelector("button");
    if (event.key === "ArrowDown") { event.preventDefault(); first.focus(); }
    if (event.key === "Tab" && !event.shiftKey) { event.preventDefault(); first.click(); }
    if (event.key === "Escape") close();
  });
  offers.addEventListener("keydown", (event) => {
    const item = event.target.closest("li");
    const to = { ArrowDown: item?.nextElementSibling, ArrowUp: item?.previousElementSibling }[event.key];
    if (event.key === "Escape") { close(); area.focus(); }
    if (event.key === "ArrowUp" && !to) { event.preventDefault(); area.focus(); }
    if (to) { event.preventDefault(); to.querySelector("button").focus(); }
  });
}
