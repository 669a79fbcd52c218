// What every page shares: dialogs, the toast, and going places with two keys.
"use strict";
const casepath = {
  csrf: document.querySelector('meta[name="csrf"]').content,
  timer: 0,
  toast(words, bad = false) {
    const toast = document.getElementById("toast");
    toast.textContent = words;
    toast.className = "toast on" + (bad ? " bad" : "");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { toast.className = "toast"; }, bad ? 9000 : 2200);
  },
  async send(address, body) {
    return fetch(address, {
      method: "POST", credentials: "same-origin", redirect: "error",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": this.csrf, "Accept": "application/json" },
      body: JSON.stringify(body),
    });
  },
  typing(target) {
    return target.closest("input, textarea, select, dialog[open]") !== null;
  },
};

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener && opener.tagName === "BUTTON") document.getElementById(opener.dataset.open)?.showModal();
  const sure = event.target.closest("button[data-ask]");
  if (sure && !window.confirm(sure.dataset.ask)) event.preventDefault();
});

(() => {
  let before = "";
  const places = { c: "/", q: "/queue", b: "/codebook", u: "/disagreements", m: "/patterns" };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || casepath.typing(event.target)) return;
    if (event.key === "?") { document.getElementById("keys")?.showModal(); event.preventDefault(); }
    const text = document.querySelector("main[data-case]");
    if (before === "g" && event.key === "v" && text) { window.location.assign("/case/" + encodeURIComponent(text.dataset.case) + "/assess"); event.preventDefault(); event.stopImmediatePropagation(); }
    if (before === "g" && places[event.key]) { window.location.assign(places[event.key]); event.preventDefault(); event.stopImmediatePropagation(); }
    before = event.key;
  }, true);
})();

// Lists that are walked with j and k.
(() => {
  const items = [...document.querySelectorAll("[data-walk]")];
  if (!items.length) return;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || casepath.typing(event.target)) return;
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const at = items.indexOf(document.activeElement);
    items[Math.max(0, Math.min(items.length - 1, at + step))].focus();
    event.preventDefault();
  });
})();

for (const bar of document.querySelectorAll("[data-width]")) bar.style.width = bar.dataset.width + "%";
for (const chooser of document.querySelectorAll("select[data-go]")) chooser.addEventListener("change", () => chooser.form.submit());
for (const link of document.querySelectorAll("[data-reload]")) link.addEventListener("click", (event) => { event.preventDefault(); window.location.reload(); });
if (document.querySelector("[data-again]")) setTimeout(() => window.location.reload(), 1500);
