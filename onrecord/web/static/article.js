// The marked text and its margin: pointing shows who and why, a click or a key goes from one to the other.
(() => {
  const text = document.querySelector("article.text");
  const margin = document.querySelector("aside.margin");
  const tip = document.querySelector("[data-tip]");
  const cards = [...document.querySelectorAll("[data-card]")];
  const marksOf = new Map();
  for (const mark of text.querySelectorAll("[data-i]")) {
    const item = mark.dataset.i;
    if (!marksOf.has(item)) marksOf.set(item, []);
    marksOf.get(item).push(mark);
  }
  const cardOf = new Map(cards.map((card) => [card.dataset.card, card]));
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const moving = still ? "auto" : "smooth";

  const shownRooms = () => new Set(
    [...document.querySelectorAll("[data-layers] input:checked")].map((input) => input.name));
  const roomOf = (item) => ["statements", "events", "commitments", "meetings", "dates", "actors"]
    .find((room) => cardOf.get(item)?.classList.contains(room));

  // Items under a place of the text, the narrowest first; an event's whole sentence is not a place to point at.
  const under = (target) => {
    const items = [];
    const rooms = shownRooms();
    for (let node = target; node && node !== text; node = node.parentElement) {
      const item = node.dataset?.i;
      if (item && !node.matches(".evidence, .rejected") && !items.includes(item) && rooms.has(roomOf(item))) items.push(item);
    }
    return items;
  };

  let lit = [];
  const light = (items) => {
    for (const item of lit) for (const mark of marksOf.get(item) ?? []) mark.classList.remove("lit");
    lit = items;
    for (const item of lit) for (const mark of marksOf.get(item) ?? []) mark.classList.add("lit");
  };

  let held = null;
  const hold = (item, { scrollText = false, scrollCard = false, address = true } = {}) => {
    for (const card of cards) card.removeAttribute("aria-current");
    for (const mark of text.querySelectorAll(".held")) mark.classList.remove("held");
    held = item;
    const card = item && cardOf.get(item);
    if (!card) { if (address) history.replaceState(null, "", location.pathname + location.search); return; }
    card.setAttribute("aria-current", "true");
    for (const mark of marksOf.get(item) ?? []) mark.classList.add("held");
    if (scrollCard) {
      if (getComputedStyle(margin).overflowY === "auto") {
        margin.scrollTo({ top: card.offsetTop - margin.clientHeight / 3, behavior: moving });
      } else if (!scrollText) card.scrollIntoView({ block: "center", behavior: moving });
    }
    if (scrollText) document.getElementById(`at-${item}`)?.scrollIntoView({ block: "center", behavior: moving });
    if (address) history.replaceState(null, "", `#${item}`);
  };

  // Where the list is far below the text, what is said of a mark stands at the foot of the screen until another touch.
  const narrow = () => getComputedStyle(margin).position === "static";
  const say = (items, x, y) => {
    tip.replaceChildren(...items.slice(0, 5).map((item) => {
      const line = document.createElement("p");
      line.className = roomOf(item);
      line.textContent = cardOf.get(item)?.dataset.sum ?? "";
      if (narrow()) {
        const link = document.createElement("a");
        link.href = `#${item}`;
        link.textContent = "its card";
        link.addEventListener("click", (event) => { event.preventDefault(); say([], 0, 0); hold(item, { scrollCard: true }); });
        line.append(" ", link);
      }
      return line;
    }));
    tip.hidden = items.length === 0;
    if (tip.hidden) return;
    const box = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(8, Math.min(x + 14, innerWidth - box.width - 8))}px`;
    tip.style.top = `${y + 24 + box.height > innerHeight ? Math.max(8, y - box.height - 14) : y + 24}px`;
  };

  text.addEventListener("mousemove", (event) => {
    const items = under(event.target);
    if (items.join() !== lit.join()) light(items);
    say(items, event.clientX, event.clientY);
  });
  text.addEventListener("mouseleave", () => { light([]); if (!narrow()) say([], 0, 0); });
  text.addEventListener("click", (event) => {
    if (String(getSelection())) return;  // somebody is copying words
    const items = under(event.target);
    if (narrow()) say(items, 0, 0);
    if (!items.length) return;
    hold(items[(items.indexOf(held) + 1) % items.length], { scrollCard: !narrow() });
  });
  margin.addEventListener("click", (event) => {
    const jump = event.target.closest("[data-jump]");
    if (jump) { event.preventDefault(); hold(jump.dataset.jump, { scrollText: true }); return; }
    if (event.target.closest("a, button, input, select, textarea, summary, label")) return;
    const card = event.target.closest("[data-card]");
    if (card) hold(card.dataset.card, { scrollText: true });
  });
  margin.addEventListener("mouseover", (event) => {
    const card = event.target.closest("[data-card]");
    light(card ? [card.dataset.card] : []);
  });
  margin.addEventListener("mouseleave", () => light([]));

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), select, textarea")) return;
    if (event.key === "Escape") { hold(null); light([]); say([], 0, 0); return; }
    if (event.key !== "j" && event.key !== "k") return;
    const open = cards.filter((card) => shownRooms().has(roomOf(card.dataset.card)));
    if (!open.length) return;
    const at = open.findIndex((card) => card.dataset.card === held);
    const next = event.key === "j" ? Math.min(at + 1, open.length - 1) : Math.max(at - 1, 0);
    hold(open[next].dataset.card, { scrollText: true, scrollCard: true });
    open[next].querySelector("[data-jump]")?.focus({ preventScroll: true });
    event.preventDefault();
  });

  const fromAddress = () => {
    const item = decodeURIComponent(location.hash.slice(1)).replace(/^at-/, "");
    const form = document.querySelector("form.judging")?.closest("[data-card]")?.dataset.card;
    if (cardOf.has(item)) hold(item, { scrollText: true, scrollCard: true, address: false });
    else if (form) hold(form, { address: false }); // the form has the focus, and the page stays where it is
  };
  addEventListener("hashchange", fromAddress);
  for (const each of document.querySelectorAll("[data-keys]")) each.hidden = false;
  fromAddress();
})();
