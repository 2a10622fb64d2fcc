// The board of a posting without a mouse: arrows go from card to card, Enter opens the person, a number takes the step of that number for
// the people ticked. Only while a card has the focus, so that no key is taken from elsewhere. The board itself needs none of this.
const form = document.querySelector("form[data-board]");
const boxes = () => [...form.querySelectorAll("input[name=preselection]")];
const columns = () => [...form.querySelectorAll(".column")].map(column => [...column.querySelectorAll("input[name=preselection]")]);

function neighbour(box, key) {
  const all = columns();
  if (all.length === 0) {
    const list = boxes();
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    return key === "Home" ? list[0] : key === "End" ? list.at(-1) : step ? list[list.indexOf(box) + step] : undefined;
  }
  const x = all.findIndex(column => column.includes(box));
  const y = all[x].indexOf(box);
  switch (key) {
    case "ArrowDown": return all[x][y + 1];
    case "ArrowUp": return all[x][y - 1];
    case "ArrowRight": return all[x + 1]?.[Math.min(y, all[x + 1].length - 1)];
    case "ArrowLeft": return all[x - 1]?.[Math.min(y, all[x - 1].length - 1)];
    case "Home": return all[x][0];
    case "End": return all[x].at(-1);
    default: return undefined;
  }
}

form?.addEventListener("keydown", event => {
  const box = event.target;
  if (box.name !== "preselection" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter") {
    // Otherwise the browser would press the first button of the form: a step that nobody asked for.
    event.preventDefault();
    box.closest("li, tr").querySelector("a[href^='/preselections/']").click();
    return;
  }
  const step = /^[1-9]$/.test(event.key) ? form.querySelector(`button[data-key="${event.key}"]`) : null;
  if (step) {
    event.preventDefault();
    if (boxes().every(one => !one.checked)) box.checked = true;
    step.click();
    return;
  }
  const next = neighbour(box, event.key);
  if (next) {
    event.preventDefault();
    next.focus();
    next.closest("li, tr").scrollIntoView({ block: "nearest", inline: "nearest" });
  } else if (event.key.startsWith("Arrow")) {
    event.preventDefault();
  }
});
