// The reading page: a cursor over sentences, a pane beside it, and one key for each decision.
"use strict";
(() => {
  const main = document.getElementById("main");
  const pane = document.getElementById("pane");
  const words = document.getElementById("words").dataset;
  const mayWrite = main.dataset.mayWrite === "1";
  const address = "/case/" + encodeURIComponent(main.dataset.case);
  const sentences = () => [...document.querySelectorAll(".s")];
  const panes = new Map();
  let seen = Number(main.dataset.version);
  let here = null;
  let chosen = 0;
  // the queue from which the page was opened: every step goes to its next line
  const queue = main.dataset.kind ? { kind: main.dataset.kind, code: main.dataset.code, within: main.dataset.within } : null;

  // ---- the cursor
  async function load(number) {
    if (!panes.has(number)) {
      const answer = fetch(address + "/sentence/" + number, { credentials: "same-origin", redirect: "error" })
        .then((reply) => { if (!reply.ok) throw new Error(String(reply.status)); return reply.text(); });
      panes.set(number, answer);
      answer.catch(() => panes.delete(number));
    }
    return panes.get(number);
  }
  function choose(number) {
    chosen = number;
    for (const each of pane.querySelectorAll(".coding")) each.classList.toggle("now", Number(each.dataset.k) === chosen);
    for (const each of document.querySelectorAll("mark.now")) each.classList.remove("now");
    if (here) for (const each of here.querySelectorAll("mark")) {
      each.classList.toggle("now", each.dataset.k.split(" ").includes(String(chosen)));
    }
    const card = pane.querySelector(".coding.now");
    if (card) {  // only the pane moves: scrollIntoView would move the text too
      const [box, frame] = [card.getBoundingClientRect(), pane.getBoundingClientRect()];
      if (box.top < frame.top + 8) pane.scrollTop += box.top - frame.top - 8;
      else if (box.bottom > frame.bottom - 8) pane.scrollTop += Math.min(box.bottom - frame.bottom + 8, box.top - frame.top - 8);
    }
  }
  function firstChoice() {
    const open = pane.querySelector('.coding[data-open="1"]') || pane.querySelector(".coding");
    choose(open ? Number(open.dataset.k) : 0);
  }
  const codingOf = (code) => Number([...pane.querySelectorAll(".coding")].find((each) => each.dataset.code === code)?.dataset.k || 0);
  async function go(sentence, wanted = 0) {
    if (!sentence) return;
    if (here) here.classList.remove("here");
    here = sentence;
    here.classList.add("here");
    here.focus({ preventScroll: true });
    const box = here.getBoundingClientRect();
    const bottom = window.matchMedia("(max-width: 1000px)").matches ? innerHeight - pane.offsetHeight - 24 : innerHeight - 80;
    if (box.top < 70 || box.bottom > bottom) here.scrollIntoView({ block: "center" });
    const number = Number(here.dataset.n);
    // before the page has loaded the browser would scroll to the new address
    if (document.readyState === "complete") history.replaceState(history.state, "", "#s" + number);
    try {
      const html = await load(number);
      if (Number(here.dataset.n) !== number) return;  // the cursor has moved on
      pane.innerHTML = html;
      pane.scrollTop = 0;
      const place = typeof wanted === "string" ? codingOf(wanted) : wanted;
      if (place) choose(place); else firstChoice();
      load(number + 1).catch(() => {});
    } catch (error) {
      casepath.toast(error.message === "401" ? words.over : words.offline, true);
    }
  }
  function step(by) {
    const all = sentences();
    const at = all.indexOf(here);
    go(all[Math.max(0, Math.min(all.length - 1, at + by))]);
  }
  async function stepQueue(by) {
    const asked = new URLSearchParams({ ...queue, case: main.dataset.case, sentence: here?.dataset.n || 1, at: current()?.dataset.code || "", by });
    let found;
    try {
      const reply = await fetch("/queue/next?" + asked, { credentials: "same-origin", redirect: "error" });
      if (!reply.ok) throw new Error(String(reply.status));
      found = await reply.json();
    } catch (error) {
      casepath.toast(error.message === "401" ? words.over : words.offline, true);
      return;
    }
    if (found.end) casepath.toast(found.message);
    else if (found.case === main.dataset.case) await go(document.getElementById("s" + found.sentence), found.code);
    else window.location.assign(found.address);
  }
  async function stepOpen(by) {
    if (queue) { await stepQueue(by); return; }
    const all = sentences();
    let at = all.indexOf(here);
    const inside = [...pane.querySelectorAll('.coding[data-open="1"]')].map((each) => Number(each.dataset.k));
    const rest = by > 0 ? inside.find((each) => each > chosen) : inside.reverse().find((each) => each < chosen);
    if (here && rest) { choose(rest); return; }
    for (at += by; at >= 0 && at < all.length; at += by) {
      if (all[at].classList.contains("open")) { await go(all[at]); return; }
    }
    if (main.dataset.next && by > 0 && !document.querySelector(".s.open")) window.location.assign("/case/" + encodeURIComponent(main.dataset.next));
    else casepath.toast(document.querySelector(".s.open") ? words.end : words.done);
  }

  // ---- deciding
  const current = () => pane.querySelector(".coding.now");
  let turn = Promise.resolve();  // one after the other: a quick second key must know of the first
  function decide(body, options) {
    turn = turn.then(() => write(body, options));
    return turn;
  }
  async function write(body, { advance = false, to = "/decide" } = {}) {
    const number = Number(here.dataset.n);
    let reply;
    try {
      reply = await casepath.send(address + to, { ...body, sentence: number, seen });
    } catch (error) {
      casepath.toast(words.offline, true);
      return;
    }
    const answer = await reply.json().catch(() => ({ message: words.offline }));
    if (reply.status === 401) { casepath.toast(words.over, true); return; }
    if (answer.version !== undefined) seen = answer.version;
    for (const [each, html] of Object.entries(answer.sentences || {})) {
      const old = document.getElementById("s" + each);
      old.insertAdjacentHTML("afterend", html);
      const fresh = old.nextElementSibling;
      old.remove();
      panes.delete(Number(each));
      if (Number(each) === number) here = fresh;
    }
    if (answer.left !== undefined) document.getElementById("left").textContent = answer.left;
    if (!reply.ok) {
      casepath.toast(answer.message || words.offline, true);
      if (reply.status === 409) { panes.delete(number); await go(here, chosen); }
      return;
    }
    casepath.toast(answer.message);
    if (to !== "/decide") { window.location.reload(); return; }
    if (answer.at && answer.at !== number) { await go(document.getElementById("s" + answer.at)); return; }
    const before = chosen;
    await go(here, advance && !queue ? 0 : before);
    if (advance && (queue || !pane.querySelector('.coding[data-open="1"]'))) await stepOpen(1);
  }
  function judged(verdict, more = {}) {
    const coding = current();
    if (coding) decide({ verdict, code: coding.dataset.code, ...more }, { advance: ["accept", "reject", "unsure"].includes(verdict) });
  }

  // ---- a reason
  const why = document.getElementById("why");
  function ask(title, then) {
    const text = document.getElementById("why-text");
    document.getElementById("why-title").textContent = title;
    text.value = "";
    why.returnValue = "";
    why.onclose = () => { if (why.returnValue === "save") then(text.value.trim()); else here?.focus({ preventScroll: true }); };
    why.showModal();
    text.focus();
  }
  document.getElementById("why-text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); why.close("save"); }
  });

  // ---- choosing a code
  const chooser = document.getElementById("choose");
  const field = document.getElementById("choose-text");
  const list = document.getElementById("choose-list");
  let codes = null;
  let selection = null;
  let fetched = null;
  function allCodes() {
    fetched ??= fetch("/codes.json", { credentials: "same-origin" })
      .then((reply) => reply.json()).then((found) => { codes = found; });
    fetched.catch(() => { fetched = null; });
    return fetched;
  }
  if (mayWrite) allCodes().catch(() => {});
  const plain = (text) => text.toLowerCase().normalize("NFC");
  function showCodes() {
    if (!codes) return;
    const parts = plain(field.value).split(/\s+/).filter(Boolean);
    const fits = codes.filter((code) => parts.every((part) => plain(code.label + " " + code.id + " " + code.theme).includes(part)));
    const start = (code) => (parts.length && plain(code.label).startsWith(parts[0]) ? 0 : 1);
    fits.sort((one, other) => start(one) - start(other));
    list.replaceChildren(...fits.slice(0, 60).map((code, place) => {
      const item = document.createElement("li");
      item.role = "option"; item.id = "choice-" + place; item.dataset.code = code.id;
      const swatch = document.createElement("span");
      swatch.className = "swatch t" + code.number + " " + code.pole;
      const id = document.createElement("code");
      id.textContent = code.id;
      item.append(swatch, code.label, id);
      return item;
    }));
    point(0);
  }
  function point(place) {
    const items = [...list.children];
    const at = Math.max(0, Math.min(items.length - 1, place));
    items.forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
    field.setAttribute("aria-activedescendant", items[at]?.id || "");
    items[at]?.scrollIntoView({ block: "nearest" });
  }
  const pointed = () => [...list.children].findIndex((item) => item.getAttribute("aria-selected") === "true");
  function pick(title, scope, then) {
    document.getElementById("choose-title").textContent = title;
    const told = document.getElementById("choose-scope");
    told.textContent = scope ? (scope.quote ? told.dataset.selection + ": " + scope.quote : told.dataset.sentence) : "";
    field.value = ""; document.getElementById("choose-why").value = "";
    document.getElementById("choose-before").checked = false;
    list.replaceChildren();
    // the dialog opens at once, so that what is typed next lands in it
    allCodes().then(showCodes, () => { chooser.close(); casepath.toast(words.offline, true); });
    chooser.returnValue = "";
    chooser.onclose = () => {
      const code = list.children[pointed()]?.dataset.code;
      if (chooser.returnValue === "save" && code) {
        then(code, document.getElementById("choose-why").value.trim(), document.getElementById("choose-before").checked);
      } else here?.focus({ preventScroll: true });
    };
    chooser.showModal();
    field.focus();
  }
  field.addEventListener("input", showCodes);
  chooser.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { point(pointed() + 1); event.preventDefault(); }
    if (event.key === "ArrowUp") { point(pointed() - 1); event.preventDefault(); }
    if (event.key === "Enter" && event.target.tagName === "INPUT" && event.target.type === "text") {
      event.preventDefault();
      allCodes().then(() => chooser.close("save"), () => {});
    }
  });
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item) point([...list.children].indexOf(item));
  });
  list.addEventListener("dblclick", () => chooser.close("save"));

  // ---- selecting words: by mouse, or with shift and the arrows
  const points = (text) => [...text].length;  // code points, as everywhere in casepath
  function selected() {
    const chosenWords = window.getSelection();
    if (!chosenWords.rangeCount || chosenWords.isCollapsed) return null;
    const range = chosenWords.getRangeAt(0);
    const first = (range.startContainer.nodeType === 3 ? range.startContainer.parentElement : range.startContainer).closest(".s");
    const last = (range.endContainer.nodeType === 3 ? range.endContainer.parentElement : range.endContainer).closest(".s");
    if (!first || first !== last) return null;
    const upto = document.createRange();
    upto.selectNodeContents(first);
    upto.setEnd(range.startContainer, range.startOffset);
    const text = range.toString();
    const lead = text.length - text.trimStart().length;
    const start = Number(first.dataset.start) + points(upto.toString()) + points(text.slice(0, lead));
    const quote = text.trim();
    return quote ? { sentence: first, start, end: start + points(quote), quote } : null;
  }
  document.addEventListener("selectionchange", () => { if (!chooser.open) selection = selected(); });
  function extend(by) {
    const range = window.getSelection();
    if (!range.rangeCount || range.isCollapsed || !here.contains(range.anchorNode)) {
      const mark = here.querySelector("mark.now") || here;
      range.collapse(mark.firstChild?.nodeType === 3 ? mark.firstChild : mark, 0);
    }
    range.modify("extend", by > 0 ? "forward" : "backward", "word");
  }

  // ---- a stale decision said again, of words that the reviewer points at
  const asking = document.getElementById("again");
  let restating = "";
  async function post(to, button) {
    if (button.dataset.sure && !window.confirm(button.dataset.sure)) return;
    const reply = await casepath.send(address + to, { seen }).catch(() => null);
    if (reply?.ok) { window.location.reload(); return; }
    const answer = await reply?.json().catch(() => null);
    casepath.toast(answer?.message || words.offline, true);
  }

  // ---- dimming what all agree on, remembered in this browser
  function hide(on) {
    document.body.classList.toggle("hide-agreed", on);
    document.querySelector('[data-do="hide"]').setAttribute("aria-pressed", String(on));
    try { localStorage.setItem("casepath.hide-agreed", on ? "1" : ""); } catch { /* a browser that keeps nothing */ }
  }
  let remembered = "";
  try { remembered = localStorage.getItem("casepath.hide-agreed"); } catch { /* as above */ }
  if (remembered) hide(true);

  // ---- what can be done
  const actions = {
    accept: () => judged("accept"),
    reject: () => current() && ask(words.reject, (reason) => judged("reject", { reason })),
    unsure: () => current() && ask(words.unsure, (reason) => judged("unsure", { reason })),
    comment: () => current() && ask(words.comment, (reason) => reason && judged("comment", { reason })),
    recode: () => current() && pick(words.recode, null, (to, reason, before) => judged("recode", { to, reason, before })),
    add: () => {
      const scope = selected() ?? selection;  // the event that tells of a selection comes late
      if (scope && scope.sentence !== here) go(scope.sentence);
      pick(words.add, scope || {}, (code, reason, before) => {
        window.getSelection().removeAllRanges();
        decide({ verdict: "add", code, reason, before, ...(scope ? { start: scope.start, end: scope.end } : {}) });
      });
    },
    undo: () => decide({ verdict: "undo" }),
    family: () => current() && decide({ verdict: "accept", family: true, code: current().dataset.code }, { advance: true }),
    hide: () => hide(!document.body.classList.contains("hide-agreed")),
    lock: (button) => post("/lock", button),
    unlock: (button) => post("/unlock", button),
    dismiss: (button) => post("/stale/" + button.dataset.number + "/dismiss", button),
    again: (button) => {
      restating = button.dataset.number;
      asking.hidden = false;
      go(here || sentences()[0]);
    },
    againHere: () => {
      const scope = selected() ?? selection;
      const old = restating;
      actions.againNot();
      if (scope && scope.sentence !== here) here = scope.sentence;
      decide(scope ? { start: scope.start, end: scope.end } : {}, { to: "/stale/" + old + "/again" });
    },
    againNot: () => { restating = ""; asking.hidden = true; },
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) {
      const coding = button.closest(".coding");
      if (coding) choose(Number(coding.dataset.k));
      actions[button.dataset.do](button);
      return;
    }
    const coding = event.target.closest(".coding");
    if (coding && !event.target.closest("summary, a, button")) { choose(Number(coding.dataset.k)); return; }
    const sentence = event.target.closest(".s");
    if (sentence && window.getSelection().isCollapsed) {
      const mark = event.target.closest("mark");
      go(sentence, mark ? Number(mark.dataset.k.split(" ")[0]) : 0);
    }
  });
  const keys = { a: "accept", r: "reject", c: "recode", i: "add", "+": "add", u: "unsure", m: "comment", z: "undo" };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || casepath.typing(event.target)) return;
    const key = event.key;
    if (event.shiftKey && (key === "ArrowRight" || key === "ArrowLeft")) { extend(key === "ArrowRight" ? 1 : -1); event.preventDefault(); return; }
    if (event.target.closest("button, summary, a") && (key === "Enter" || key === " ")) return;
    if (key === "j" || key === "ArrowDown") step(1);
    else if (key === "k" || key === "ArrowUp") step(-1);
    else if (key === "n") stepOpen(1);
    else if (key === "p") stepOpen(-1);
    else if (key === "[" && main.dataset.previous) window.location.assign("/case/" + encodeURIComponent(main.dataset.previous));
    else if (key === "]" && main.dataset.next) window.location.assign("/case/" + encodeURIComponent(main.dataset.next));
    else if (key === "h") actions.hide();
    else if (restating && key === "Enter") actions.againHere();
    else if (restating && key === "Escape") actions.againNot();
    else if (key === "A" && mayWrite) actions.family();
    else if (/^[1-9]$/.test(key)) choose(Number(key));
    else if (keys[key] && mayWrite) actions[keys[key]]();
    else return;
    event.preventDefault();
  });
  window.addEventListener("hashchange", () => {
    if (/^#s\d+$/.test(window.location.hash)) go(document.querySelector(window.location.hash));
  });

  const asked = /^#s\d+$/.test(window.location.hash) ? document.querySelector(window.location.hash) : null;
  if (window.location.hash !== "#stale") go(asked || document.getElementById("s" + main.dataset.first) || sentences()[0], main.dataset.at || 0);
  else document.getElementById("stale")?.scrollIntoView();
})();
