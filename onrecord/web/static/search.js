// Filters stand open where there is room for them.
for (const details of document.querySelectorAll("[data-open-wide]")) {
  if (matchMedia("(min-width: 60.01rem)").matches) details.open = true;
}
