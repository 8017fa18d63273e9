// The address that the server prints has the token behind "#", which never leaves the browser: put it in, take it away.
const told = location.hash.slice(1);
if (told) {
  document.querySelector("[name=token]").value = decodeURIComponent(told);
  history.replaceState(null, "", location.pathname + location.search);
  document.querySelector("[name=name]").focus();
}
