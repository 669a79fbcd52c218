// A number opens its cases; the quotations are taken from the cases at the end of the page.
(function () {
  "use strict";
  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }
  function closeOthers(kept) {
    all("details.n[open]").forEach(function (each) {
      if (each !== kept) each.open = false;
    });
  }
  function fill(opened) {
    var code = opened.dataset.code;
    if (!code || opened.dataset.done) return;
    opened.dataset.done = "1";
    all("dd[data-case]", opened).forEach(function (line) {
      var quote = document.getElementById("q-" + code + "-" + line.dataset.case);
      if (quote) line.textContent = quote.textContent;
    });
  }
  document.addEventListener("toggle", function (event) {
    var opened = event.target;
    if (!opened.classList || !opened.classList.contains("n") || !opened.open) return;
    fill(opened);
    opened.classList.toggle("left", opened.getBoundingClientRect().right < 560);
    closeOthers(opened);
  }, true);
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    all("details.n[open]").forEach(function (each) {
      each.open = false;
      each.querySelector("summary").focus();
    });
  });
  document.addEventListener("click", function (event) {
    if (!event.target.closest("details.n")) closeOthers(null);
    var link = event.target.closest('a[href^="#"]');
    var target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!target) return;
    closeOthers(null);
    all("details", target).slice(0, 1).forEach(function (each) {
      each.open = true;
    });
  });
})();
