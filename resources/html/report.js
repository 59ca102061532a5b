"use strict";
(() => {
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const one = (query, root = document) => root.querySelector(query);
  const picture = one("#picture");
  const groups = all("g[data-subject]", picture);
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });

  document.documentElement.classList.add("scripted");
  for (const part of all("[data-script]")) part.hidden = false;

  // What is selected: one subject of the picture, or the subjects of one row.

  const state = { subjects: new Set(), from: null };
  const rows = all("tr[data-lights]");
  const lightsOf = new Map(rows.map((row) => [row, row.dataset.lights.split(" ")]));

  function titleOf(group) {
    return one("title", group)?.textContent ?? "";
  }

  /** Everything that belongs to a component or connector: its flows' connectors and the components at their ends. */
  function around(subject) {
    const found = new Set([subject]);
    if (subject.startsWith("connector:")) {
      const [source, target] = subject.slice("connector:".length).split(">");
      return found.add(`component:${source}`).add(`component:${target}`);
    }
    for (const row of all("#matrix-table tr[data-lights]")) {
      const lights = lightsOf.get(row);
      if (lights.includes(subject)) lights.forEach((each) => found.add(each));
    }
    return found;
  }

  function select(origin, subjects, name) {
    const again = state.from === origin;
    state.from = again ? null : origin;
    state.subjects = again ? new Set() : subjects;
    const some = state.from !== null;
    for (const part of [picture, one("#selection")]) part.classList.toggle("picking", some);
    for (const group of groups) {
      group.classList.toggle("lit", state.subjects.has(group.dataset.subject));
      if (group.hasAttribute("aria-pressed")) {
        group.setAttribute("aria-pressed", String(group.dataset.subject === state.from));
      }
    }
    for (const row of rows) {
      const lit = row === state.from || (typeof state.from === "string" && lightsOf.get(row).includes(state.from));
      row.classList.toggle("lit", lit);
      row.toggleAttribute("aria-current", lit);
    }
    for (const part of all("#selection .selected")) part.hidden = !some;
    one("#selection .help").hidden = some;
    one("#selection output").textContent = some ? name : "";
    if (!some) one("[data-only]").checked = false;
    for (const table of tables) table.filter();
    if (typeof state.from === "string") {
      for (const table of tables) table.reveal();
    }
  }

  function selectGroup(group) {
    select(group.dataset.subject, around(group.dataset.subject), titleOf(group) || nameOf(group.dataset.subject));
  }

  function nameOf(subject) {
    const group = groups.find((each) => each.dataset.subject === subject && titleOf(each));
    return group ? titleOf(group) : "";
  }

  function selectRow(row) {
    const lights = lightsOf.get(row);
    select(row, new Set(lights), nameOf(lights[0]) || row.cells[0].textContent);
  }

  function clear() {
    if (state.from !== null) select(state.from, new Set(), "");
  }

  one("[data-clear]").addEventListener("click", clear);
  one("[data-only]").addEventListener("change", () => tables.forEach((table) => table.filter()));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
  });

  // Tables: filter, sort, move through the rows.

  function enliven(table) {
    const body = table.tBodies[0];
    const lines = [...body.rows];
    const tools = one(`[data-for="${table.id}"]`);
    const search = one("input[type=search]", tools);
    const choices = all("select", tools);
    const text = new Map(lines.map((row) => [row, row.textContent.toLowerCase()]));
    const cells = (row, column) => one(`td.c-${column}`, row).textContent;
    const place = new Map(lines.map((row, number) => [row, number]));

    function visible() {
      return [...body.rows].filter((row) => !row.hidden);
    }

    function filter() {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      const only = one("[data-only]").checked;
      for (const row of lines) {
        const lights = lightsOf.get(row);
        row.hidden =
          !words.every((word) => text.get(row).includes(word)) ||
          !choices.every((each) => !each.value || cells(row, each.dataset.column) === each.value) ||
          (only && lights !== undefined && !row.classList.contains("lit"));
      }
      const shown = visible();
      const count = shown.length === lines.length ? `${lines.length}` : `${shown.length} / ${lines.length}`;
      one("output", tools).textContent = count;
      if (!current || current.hidden) rove(shown.find((row) => lightsOf.has(row)));
    }

    let current = null;

    function reach(row, tab) {
      row.tabIndex = tab;
      for (const link of all("a", row)) link.tabIndex = tab;
    }

    /** One row, with its links, is reached by Tab; the arrows lead to the others. */
    function rove(row) {
      if (current) reach(current, -1);
      current = row ?? null;
      if (current) reach(current, 0);
    }

    function reveal() {
      const row = visible().find((each) => each.classList.contains("lit"));
      const frame = table.parentElement;
      if (row) frame.scrollTop = row.offsetTop - table.tHead.offsetHeight;
    }

    search.addEventListener("input", filter);
    choices.forEach((each) => each.addEventListener("change", filter));
    one("[data-unfold]", tools)?.addEventListener("change", (event) => {
      table.classList.toggle("unfolded", event.target.checked);
    });

    for (const [index, heading] of [...table.tHead.rows[0].cells].entries()) {
      const button = document.createElement("button");
      button.type = "button";
      button.title = one("main").dataset.sort;
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => {
        const next = { none: "ascending", ascending: "descending", descending: "none" };
        const way = next[heading.getAttribute("aria-sort") ?? "none"];
        all("th", table).forEach((each) => each.removeAttribute("aria-sort"));
        if (way !== "none") heading.setAttribute("aria-sort", way);
        const sign = way === "descending" ? -1 : 1;
        const by = (row) => row.cells[index].textContent;
        const sorted = [...lines].sort((a, b) =>
          way === "none" ? place.get(a) - place.get(b) : sign * order.compare(by(a), by(b)) || place.get(a) - place.get(b),
        );
        body.append(...sorted);
      });
    }

    for (const row of lines) {
      if (!lightsOf.has(row)) continue;
      reach(row, -1);
      row.addEventListener("click", (event) => {
        if (event.target.closest("a") || !getSelection().isCollapsed) return;
        rove(row);
        selectRow(row);
      });
    }
    rove(lines.find((row) => lightsOf.has(row)));
    body.addEventListener("keydown", (event) => {
      const row = event.target;
      if (!lightsOf.has(row)) return;
      const open = visible().filter((each) => lightsOf.has(each));
      const at = open.indexOf(row);
      const goal = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: open.length - 1 }[event.key];
      if (goal !== undefined && open[goal]) {
        rove(open[goal]);
        open[goal].focus();
      } else if (event.key === "Enter" || event.key === " ") {
        selectRow(row);
      } else if (goal === undefined) {
        return;
      }
      event.preventDefault();
    });
    return { filter, reveal };
  }

  const tables = all("table").map(enliven);

  // The picture: pan, zoom, select, and the same from the keyboard.

  const whole = picture.viewBox.baseVal;
  const home = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
  let view = { ...home };

  function look(next) {
    view = next;
    picture.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
  }

  function zoom(by, x = view.x + view.width / 2, y = view.y + view.height / 2) {
    const width = Math.min(Math.max(view.width / by, home.width / 40), home.width * 1.5);
    const share = width / view.width;
    look({ x: x - (x - view.x) * share, y: y - (y - view.y) * share, width, height: view.height * share });
  }

  function pan(dx, dy) {
    look({ ...view, x: view.x + dx * view.width, y: view.y + dy * view.height });
  }

  function inPicture(event) {
    return new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
  }

  const actions = { in: () => zoom(1.4), out: () => zoom(1 / 1.4), fit: () => look({ ...home }) };
  for (const button of all("[data-view]")) button.addEventListener("click", actions[button.dataset.view]);

  picture.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const at = inPicture(event);
      zoom(Math.exp(-event.deltaY / 400), at.x, at.y);
    },
    { passive: false },
  );

  let drag = null;
  picture.addEventListener("pointerdown", (event) => {
    if (event.button === 0) drag = { at: inPicture(event), moved: false, group: event.target.closest("g[data-subject]") };
  });
  picture.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const at = inPicture(event);
    const scale = picture.getScreenCTM().a;
    if (!drag.moved && Math.hypot(at.x - drag.at.x, at.y - drag.at.y) * scale < 4) return;
    if (!drag.moved) picture.setPointerCapture(event.pointerId);
    drag.moved = true;
    picture.classList.add("dragged");
    look({ ...view, x: view.x + drag.at.x - at.x, y: view.y + drag.at.y - at.y });
  });
  picture.addEventListener("pointercancel", () => (drag = null));
  picture.addEventListener("pointerup", () => {
    picture.classList.remove("dragged");
    const { moved, group } = drag ?? { moved: true };
    drag = null;
    if (moved) return;
    if (group && /^(component|connector):/.test(group.dataset.subject)) {
      selectGroup(group);
    } else {
      clear();
    }
  });

  const stops = groups.filter((group) => /^(component|connector):/.test(group.dataset.subject) && titleOf(group));
  stops.sort((a, b) => Number(a.dataset.subject > b.dataset.subject) - Number(a.dataset.subject < b.dataset.subject));
  for (const [number, group] of stops.entries()) {
    group.setAttribute("role", "button");
    group.setAttribute("aria-pressed", "false");
    group.setAttribute("tabindex", number ? "-1" : "0");
  }

  function show(group) {
    const box = group.getBBox();
    const inside =
      box.x >= view.x &&
      box.y >= view.y &&
      box.x + box.width <= view.x + view.width &&
      box.y + box.height <= view.y + view.height;
    if (inside) return;
    look({ ...view, x: box.x + box.width / 2 - view.width / 2, y: box.y + box.height / 2 - view.height / 2 });
  }

  picture.addEventListener("keydown", (event) => {
    const at = stops.indexOf(event.target);
    const moves = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1] };
    const steps = { ArrowLeft: at - 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowDown: at + 1, Home: 0, End: stops.length - 1 };
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.shiftKey && event.key in moves) {
      pan(...moves[event.key]);
    } else if (event.key in steps && at >= 0) {
      const next = stops[steps[event.key]];
      if (next) {
        event.target.setAttribute("tabindex", "-1");
        next.setAttribute("tabindex", "0");
        next.focus();
        show(next);
      }
    } else if ((event.key === "Enter" || event.key === " ") && at >= 0) {
      selectGroup(event.target);
    } else if (event.key === "+" || event.key === ";") {
      zoom(1.4);
    } else if (event.key === "-") {
      zoom(1 / 1.4);
    } else if (event.key === "0") {
      look({ ...home });
    } else {
      return;
    }
    event.preventDefault();
  });

  let before = null;
  addEventListener("beforeprint", () => {
    before = view;
    look({ ...home });
  });
  addEventListener("afterprint", () => before && look(before));
})();
