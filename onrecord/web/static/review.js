// The queue by keyboard: j k step, a accept, x reject, c correct, o open. What is sent is the form that is on the page.
(() => {
  const queue = document.querySelector("[data-queue]");
  if (!queue) return;
  const items = [...queue.querySelectorAll("[data-item]")];
  let at = -1;
  const go = (n, first = false) => {
    items[at]?.removeAttribute("aria-current");
    at = Math.max(0, Math.min(n, items.length - 1));
    items[at].setAttribute("aria-current", "true");
    if (first) return;
    items[at].focus({ preventScroll: true });
    items[at].scrollIntoView({ block: "nearest" });
  };
  const press = (action) => items[at]?.querySelector(`[data-verdict] button[value="${action}"]`)?.click();
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const keys = {
      j: () => go(at + 1), k: () => go(at - 1), a: () => press("accept"), x: () => press("reject"),
      o: () => items[at]?.querySelector("[data-open]")?.click(),
      c: () => {
        const details = items[at]?.querySelector("[data-correct]");
        if (details) { details.open = true; details.querySelector("select, input:not([type=hidden])")?.focus(); }
      },
    };
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
  queue.addEventListener("focusin", (event) => {
    const item = event.target.closest("[data-item]");
    if (item && items.indexOf(item) !== at) { items[at]?.removeAttribute("aria-current"); at = items.indexOf(item); item.setAttribute("aria-current", "true"); }
  });
  go(0, true);
})();
