// While someone types: trades or titles to choose from, and how many would be found. The search itself needs none of this.
const form = document.querySelector("form[data-search]");
const input = form?.querySelector("input[type=search]");
const list = form?.querySelector("datalist");
const count = form?.querySelector("[role=status]");
let waiting = 0;
let asked = null;

async function suggest() {
  const words = input.value.trim();
  asked?.abort();
  if (words.length < 2) {
    list.replaceChildren();
    count.textContent = "";
    return;
  }
  asked = new AbortController();
  try {
    const address = `/recherche/suggestions?${new URLSearchParams({ quoi: form.dataset.search, q: words })}`;
    const answer = await fetch(address, { signal: asked.signal, headers: { accept: "application/json" } });
    if (!answer.ok) return;
    const { total, suggestions } = await answer.json();
    list.replaceChildren(...suggestions.map(({ texte, nombre }) => {
      const option = document.createElement("option");
      option.value = texte;
      option.label = `${texte} (${nombre})`;
      return option;
    }));
    const noun = form.dataset.search === "offres" ? "offre" : "personne";
    count.textContent = total === 0 ? `Aucune ${noun} pour l’instant` : `${total.toLocaleString("fr-FR")} ${noun}${total > 1 ? "s" : ""}`;
  } catch (problem) {
    if (problem.name !== "AbortError") count.textContent = "";
  }
}

input?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(suggest, 150);
});
