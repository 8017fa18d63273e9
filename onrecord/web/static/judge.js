// Reviewing on the article. By keyboard: a accept, x reject, c correct the card that is held; s e t m add what was missed.
// Words that are marked with the pointer go into the form with their place, counted in code points of the page's text.
(() => {
  const text = document.querySelector("[data-text]");
  const length = (range) => {
    const part = range.cloneContents();
    for (const each of part.querySelectorAll(".unseen")) each.textContent = " "; // one character, however it is shown
    return [...part.textContent].length;
  };
  const place = (node, offset) => {
    const block = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
    if (!block || !text.contains(block)) return null;
    const before = document.createRange();
    before.setStart(block, 0);
    before.setEnd(node, offset);
    return Number(block.dataset.start) + length(before);
  };

  // The words that are marked, or were before a field of a form took the mark away.
  let last = null;
  const marked = () => {
    const chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return last;
    const range = chosen.getRangeAt(0);
    const start = place(range.startContainer, range.startOffset);
    const end = place(range.endContainer, range.endOffset);
    if (start !== null && end !== null && end > start) last = { at: `${start}-${end}`, words: String(chosen).trim() };
    return last;
  };
  document.addEventListener("selectionchange", marked);

  for (const button of document.querySelectorAll("[data-take]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const found = marked();
      if (!found) return;
      button.parentElement.querySelector("textarea").value = found.words;
      button.parentElement.querySelector("input[type=hidden]").value = found.at;
    });
  }

  const adders = [...document.querySelectorAll("[data-add]")];
  const add = (link) => {
    const address = new URL(link.href);
    const found = marked();
    if (found) address.searchParams.set("at", found.at);
    location.assign(address);
  };
  for (const link of adders) link.addEventListener("click", (event) => { event.preventDefault(); add(link); });

  const cards = () => [...document.querySelectorAll("[data-card]")].filter((card) => card.offsetParent !== null);
  const held = () => document.querySelector("[data-card][aria-current]");
  const press = (action) => {
    const card = held();
    const button = card?.querySelector(`[data-verdict] button[value="${action}"]`);
    if (!button) return;
    const all = cards();
    const next = all[all.indexOf(card) + 1]; // a key goes on to the next card, as in the queue
    if (next) button.form.elements.back.value = `${location.pathname}#${next.dataset.card}`;
    button.click();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), select, textarea")) return;
    const adder = adders.find((link) => link.dataset.add === event.key);
    const keys = { a: () => press("accept"), x: () => press("reject"), c: () => held()?.querySelector("[data-correct]")?.click() };
    const act = adder ? () => add(adder) : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  const form = document.querySelector("form.judging");
  if (!form) return;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.preventDefault(); location.assign(form.querySelector("a.button").href); }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.querySelector("button.main").click(); }
  });
})();
