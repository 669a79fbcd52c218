(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("data").textContent);
  var T = data.texts;
  var nodes = new Map(data.nodes.map(function (node) { return [node.id, node]; }));
  var edges = new Map(data.edges.map(function (edge) { return [edge.id, edge]; }));
  var panel = document.getElementById("panel");
  var filters = document.getElementById("filters");
  var chosen = { findings: new Set(), signs: new Set(), least: 0, words: "" };
  var open = null;

  // every text reaches the page as text, never as markup
  function make(tag, attributes) {
    var element = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      if (name === "text") { element.textContent = attributes[name]; } else { element.setAttribute(name, attributes[name]); }
    });
    Array.prototype.slice.call(arguments, 2).forEach(function (child) {
      if (child) { element.append(child); }
    });
    return element;
  }

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (whole, name) { return name in values ? String(values[name]) : whole; });
  }

  function signClass(edge) { return { "+": "plus", "-": "minus", "mixed": "mixed" }[edge.sign]; }

  function edgeName(edge) { return nodes.get(edge.source).label + " → " + nodes.get(edge.target).label; }

  // ---- the drawing
  function style() {
    var ink = "#23272a";
    return [
      { selector: "node", style: {
        shape: "data(shape)", width: "data(w)", height: "data(h)", "background-color": "data(fill)",
        "border-color": "data(stroke)", "border-width": 1.6, "border-style": "data(border)", label: "data(caption)", color: ink,
        "font-size": 14, "font-weight": 600, "text-wrap": "wrap", "text-max-width": 400,
        "text-valign": "center", "text-halign": "center", "line-height": 1.15,
        "font-family": "Calibri, Carlito, Segoe UI, Liberation Sans, Arial, sans-serif" } },
      { selector: "edge", style: {
        width: "data(width)", "line-color": "data(colour)", "target-arrow-color": "data(colour)",
        "target-arrow-shape": "data(arrow)", "line-style": "data(line)", "line-dash-pattern": [9, 5],
        "arrow-scale": 1.05, "curve-style": "bezier", "control-point-step-size": 34, opacity: 1 } },
      { selector: "edge[routed = 1]", style: {
        "edge-distances": "endpoints", "source-endpoint": "data(from)", "target-endpoint": "data(to)" } },
      { selector: "edge[bent = 1]", style: {
        "curve-style": "unbundled-bezier", "control-point-weights": "data(weights)", "control-point-distances": "data(distances)" } },
      { selector: "edge[straight = 1]", style: { "curve-style": "straight" } },
      { selector: "edge[beside = 1]", style: {
        "curve-style": "unbundled-bezier", "control-point-weights": [0.5], "control-point-distances": [90] } },
      { selector: "edge[crossed = 1]", style: {
        label: "×", "font-size": 26, "font-weight": 700, color: "data(colour)", "text-background-color": "#fff",
        "text-background-opacity": 1, "text-background-padding": 0, "text-background-shape": "round-rectangle" } },
      { selector: ".hidden", style: { display: "none" } },
      { selector: ".faded", style: { opacity: 0.13 } },
      { selector: "edge.open", style: { width: 5, opacity: 1, "z-index": 9 } },
      { selector: "node.open", style: { "border-width": 4, opacity: 1 } }
    ];
  }

  var cy = window.cytoscape({
    container: document.getElementById("canvas"),
    elements: {
      nodes: data.nodes.map(function (node) { return { data: node.drawn, position: { x: node.x, y: node.y }, grabbable: false }; }),
      edges: data.edges.map(function (edge) { return { data: edge.drawn }; })
    },
    layout: { name: "preset", fit: true, padding: 18 },
    style: style(),
    minZoom: 0.15,
    maxZoom: 3,
    boxSelectionEnabled: false,
    autounselectify: true
  });

  // ---- filters
  function visible(edge) {
    if (!chosen.findings.has(edge.finding) || !chosen.signs.has(edge.sign)) { return false; }
    if (chosen.least && edge.measured && !(edge.n_cases >= chosen.least)) { return false; }
    return true;
  }

  function matches(edge) {
    if (!chosen.words) { return true; }
    return (edgeName(edge) + " " + edge.reference).toLocaleLowerCase().indexOf(chosen.words) >= 0;
  }

  function draw() {
    cy.batch(function () {
      var ends = new Set();
      data.edges.forEach(function (edge) {
        var shown = visible(edge) || (open && open.id === edge.id);
        if (shown) { ends.add(edge.source); ends.add(edge.target); }
        cy.getElementById(edge.id).toggleClass("hidden", !shown);
      });
      data.nodes.forEach(function (node) {
        cy.getElementById(node.id).toggleClass("hidden", !ends.has(node.id) && node.kind !== "concept" && !(open && open.id === node.id));
      });
      cy.elements().removeClass("faded open");
      var kept = null;
      if (open) {
        var element = cy.getElementById(open.id);
        kept = open.kind === "edge" ? element.union(element.connectedNodes()) : element.closedNeighborhood();
        element.addClass("open");
      } else if (chosen.words) {
        var found = data.nodes.filter(function (node) { return node.label.toLocaleLowerCase().indexOf(chosen.words) >= 0; });
        kept = cy.collection();
        found.forEach(function (node) { kept = kept.union(cy.getElementById(node.id).closedNeighborhood()); });
        found.forEach(function (node) { cy.getElementById(node.id).addClass("open"); });
      }
      if (kept) { cy.elements().not(kept).addClass("faded"); }
    });
  }

  function box(set, value, text, on) {
    var input = make("input", { type: "checkbox", value: value });
    input.checked = on;
    if (on) { set.add(value); }
    input.addEventListener("change", function () {
      if (input.checked) { set.add(value); } else { set.delete(value); }
      refresh();
    });
    return make("label", {}, input, " " + text);
  }

  function buildFilters() {
    var search = make("input", { type: "search", id: "search", placeholder: T.search, "aria-label": T.search });
    search.addEventListener("input", function () {
      chosen.words = search.value.trim().toLocaleLowerCase();
      if (open) { location.hash = ""; }
      refresh();
    });
    filters.append(search);
    [["theory", T.theory], ["evidence", T.evidence]].forEach(function (kind) {
      var present = data.findings.filter(function (item) { return item.kind === kind[0] && item.n; });
      if (!present.length) { return; }
      var group = make("fieldset", {}, make("legend", { text: kind[1] }));
      present.forEach(function (item) {
        group.append(box(chosen.findings, item.id, item.label + " (" + item.n + ")", kind[0] === "theory" || (data.kinds.length === 1 && item.id === data.first)));
      });
      filters.append(group);
    });
    var signs = make("fieldset", {}, make("legend", { text: T.sign }));
    data.signs.forEach(function (sign) { signs.append(box(chosen.signs, sign.id, sign.label, true)); });
    filters.append(signs);
    if (data.counted) {
      var least = make("input", { type: "number", min: "0", value: "0", id: "least" });
      least.addEventListener("input", function () { chosen.least = Number(least.value) || 0; refresh(); });
      filters.append(make("label", {}, T.least + " ", least));
    }
    filters.addEventListener("submit", function (event) { event.preventDefault(); });
  }

  // ---- the panel
  function show() {
    panel.replaceChildren.apply(panel, Array.prototype.slice.call(arguments).filter(Boolean));
    panel.scrollTop = 0;
  }

  function edgeList(list) {
    var items = list.map(function (edge) {
      var button = make("button", { type: "button" },
        make("span", { "class": "mark " + signClass(edge), text: edge.mark, "aria-hidden": "true" }),
        " " + edgeName(edge), make("br"),
        make("span", { "class": "small", text: edge.line }));
      button.addEventListener("click", function () { location.hash = "edge=" + encodeURIComponent(edge.id); });
      return make("li", {}, button);
    });
    var result = make("ul", { "class": "edges" });
    items.forEach(function (item) { result.append(item); });
    return result;
  }

  function showList() {
    var list = data.edges.filter(function (edge) { return visible(edge) && matches(edge); });
    show(
      make("h2", { text: fill(T.list, { n: list.length }) }),
      make("p", { "class": "small", text: T.help }),
      edgeList(list));
  }

  function back() {
    var button = make("button", { type: "button", text: "← " + T.back });
    button.addEventListener("click", function () {
      location.hash = "";
      panel.focus();
    });
    return make("p", {}, button);
  }

  function numbers(rows) {
    var table = make("table", { "class": "numbers" });
    rows.forEach(function (row) {
      table.append(make("tr", {}, make("th", { scope: "row", text: row[0] }), make("td", { text: row[1] })));
    });
    return rows.length ? table : null;
  }

  function quotes(node, name) {
    return (node.quotes[name] || []).map(function (quote) {
      return make("blockquote", { "class": node.pole }, make("span", { text: quote[1] }), make("br"),
        make("span", { "class": "small", text: node.label + (quote[0] ? " · " + quote[0] : "") }));
    });
  }

  function cases(title, names, ends) {
    var part = make("section", {}, make("h3", { text: fill(title, { n: names.length }) }));
    names.forEach(function (name) {
      var box = make("div", { "class": "case" }, make("h4", { text: name }));
      ends.forEach(function (node) { quotes(node, name).forEach(function (quote) { box.append(quote); }); });
      part.append(box);
    });
    return part;
  }

  function showEdge(edge) {
    var source = nodes.get(edge.source), target = nodes.get(edge.target);
    show(
      back(),
      make("h2", {}, make("span", { "class": "mark " + signClass(edge), text: edge.mark }), " " + edgeName(edge)),
      make("p", { "class": "claim", text: edge.says }),
      make("p", { text: edge.found }),
      numbers(edge.numbers),
      data.public ? make("p", { "class": "small", text: T.public }) : null,
      edge.cases.length ? cases(edge.agreeTitle, edge.cases, [source, target]) : null,
      edge.counter.length ? cases(edge.againstTitle, edge.counter, [source, target]) : null);
  }

  function showNode(node) {
    var own = data.edges.filter(function (edge) { return edge.source === node.id || edge.target === node.id; });
    show(
      back(),
      make("h2", { text: node.label }),
      make("p", { "class": "claim", text: node.says }),
      numbers(node.numbers),
      make("h3", { text: fill(T.nodeEdges, { n: own.length }) }),
      edgeList(own),
      node.cases.length ? cases(T.nodeCases, node.cases, [node]) : null,
      node.before.length ? make("section", {}, make("h3", { text: fill(T.before, { n: node.before.length }) }),
        make("p", { "class": "small", text: node.before.join(", ") })) : null);
  }

  function refresh() {
    draw();
    if (!open) { showList(); }
  }

  function follow() {
    var parts = location.hash.slice(1).split("=");
    var name = "";
    try { name = decodeURIComponent(parts.slice(1).join("=")); } catch (error) { name = ""; }
    open = null;
    if (parts[0] === "edge" && edges.has(name)) { open = { kind: "edge", id: name }; }
    if (parts[0] === "node" && nodes.has(name)) { open = { kind: "node", id: name }; }
    draw();
    if (!open) { showList(); return; }
    if (open.kind === "edge") { showEdge(edges.get(name)); } else { showNode(nodes.get(name)); }
  }

  function fit() { cy.fit(cy.elements().not(".hidden"), 14); }

  // ---- what stands around the drawing
  function buildZoom() {
    [["+", T.closer, 1.25], ["−", T.farther, 0.8], ["⤢", T.whole, 0]].forEach(function (item) {
      var button = make("button", { type: "button", text: item[0], title: item[1], "aria-label": item[1] });
      button.addEventListener("click", function () {
        if (!item[2]) { fit(); return; }
        cy.zoom({ level: cy.zoom() * item[2], renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
      });
      document.getElementById("zoom").append(button);
    });
  }

  document.getElementById("sub").textContent = T.sub;
  document.getElementById("canvas-name").textContent = T.canvas;
  document.getElementById("canvas").setAttribute("aria-label", T.canvas);
  document.getElementById("panel").setAttribute("aria-label", T.panel);
  data.legend.forEach(function (item) {
    document.getElementById("legend").append(make("span", {}, make("i", { "class": item[0] }), item[1]));
  });
  buildFilters();
  buildZoom();
  cy.on("tap", "edge", function (event) { location.hash = "edge=" + encodeURIComponent(event.target.id()); });
  cy.on("tap", "node", function (event) { location.hash = "node=" + encodeURIComponent(event.target.id()); });
  cy.on("tap", function (event) { if (event.target === cy && open) { location.hash = ""; } });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && open) { location.hash = ""; panel.focus(); }
  });
  window.addEventListener("hashchange", follow);
  follow();
  // the drawing is fitted to what is seen at first, not to what filters hide
  cy.resize();
  fit();
}());
