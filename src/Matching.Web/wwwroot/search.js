// While someone types or chooses: trades or titles to choose from, and how many would be found. The search itself needs none of this.
const form = document.querySelector("form[data-search]");
const input = form?.querySelector("input[type=search]");
const list = form?.querySelector("datalist");
const count = form?.querySelector("[role=status]");
let waiting = 0;
let asked = null;

function tell(words, options) {
  list.replaceChildren(...options);
  count.textContent = words;
}

async function suggest() {
  asked?.abort();
  if (input.value.trim().length < 2) {
    tell("", []);
    return;
  }
  asked = new AbortController();
  try {
    const query = new URLSearchParams(new FormData(form));
    query.set("quoi", form.dataset.search);
    const answer = await fetch(`/recherche/suggestions?${query}`, { signal: asked.signal, headers: { accept: "application/json" } });
    if (!answer.ok) {
      // A commune half written, or a session that ended: no number is better than a wrong one.
      tell("", []);
      return;
    }
    const { total, suggestions } = await answer.json();
    const noun = form.dataset.search === "offres" ? "offre" : "personne";
    tell(total === 0 ? `Aucune ${noun} pour l’instant` : `${total.toLocaleString("fr-FR")} ${noun}${total > 1 ? "s" : ""}`, suggestions.map(({ texte, nombre }) => {
      const option = document.createElement("option");
      option.value = texte;
      option.label = `${texte} (${nombre})`;
      return option;
    }));
  } catch (problem) {
    if (problem.name !== "AbortError") tell("", []);
  }
}

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(suggest, 150);
});
