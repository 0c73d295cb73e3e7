"use strict";
// Which languages stand side by side, in which order, and where the reader is. The state is in the
// address (#show=th,ar&at=12), so that a link shares it; without this script the page is a sequence.
(() => {
  const root = document.documentElement;
  const main = document.getElementById("text");
  const columns = new Map([...main.querySelectorAll(".column")].map((each) => [each.dataset.language, each]));
  const list = document.querySelector(".choices");
  const narrow = window.matchMedia("screen and (max-width: 44rem)");
  const SLIVER = 12;
  let order = [...columns.keys()];
  let shown = new Set();

  const buttons = new Map();
  for (const choice of list.querySelectorAll(".choice")) {
    const link = choice.querySelector("a");
    const button = document.createElement("button");
    button.type = "button";
    for (const name of ["lang", "dir", "class"]) button.setAttribute(name, link.getAttribute(name));
    button.append(...link.childNodes);
    button.addEventListener("click", () => choose(choice.dataset.language));
    link.replaceWith(button);
    buttons.set(choice.dataset.language, button);
    dragging(choice);
  }
  for (const [language, column] of columns) column.prepend(mover(language, column));

  // A column moves by its arrows, from the keyboard too, or by dragging its name in the list.
  function mover(language, column) {
    const box = document.createElement("div");
    box.className = "mover";
    box.dir = getComputedStyle(main).direction; // the page's, not the column's: columns stand in its order
    const { earlier, earlierLang, later, laterLang } = column.dataset;
    for (const [step, label, lang] of [[-1, earlier, earlierLang], [1, later, laterLang]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.step = step;
      button.setAttribute("aria-label", `${label}: ${column.dataset.name}`);
      button.title = label;
      if (lang) button.lang = lang;
      button.addEventListener("click", () => {
        move(language, step);
        button.focus();
      });
      box.append(button);
    }
    return box;
  }

  function visible() {
    return order.filter((language) => shown.has(language));
  }

  function move(language, step) {
    const now = visible();
    const other = now[now.indexOf(language) + step];
    if (other === undefined) return;
    const [a, b] = [order.indexOf(language), order.indexOf(other)];
    [order[a], order[b]] = [order[b], order[a]];
    keepingPlace(show);
  }

  function choose(language) {
    keepingPlace(() => {
      if (narrow.matches) shown = new Set([language]);
      else if (!shown.has(language)) shown.add(language);
      else if (shown.size > 1) shown.delete(language);
      show();
    });
  }

  function dragging(choice) {
    choice.draggable = true;
    choice.addEventListener("dragstart", (event) => {
      event.dataTransfer.setData("text/plain", choice.dataset.language);
      choice.classList.add("dragged");
    });
    choice.addEventListener("dragend", () => choice.classList.remove("dragged"));
    choice.addEventListener("dragover", (event) => {
      event.preventDefault();
      choice.classList.add("target");
    });
    choice.addEventListener("dragleave", () => choice.classList.remove("target"));
    choice.addEventListener("drop", (event) => {
      event.preventDefault();
      choice.classList.remove("target");
      const moved = event.dataTransfer.getData("text/plain");
      if (!columns.has(moved) || moved === choice.dataset.language) return;
      const before = order.indexOf(moved) > order.indexOf(choice.dataset.language);
      order = order.filter((each) => each !== moved);
      order.splice(order.indexOf(choice.dataset.language) + (before ? 0 : 1), 0, moved);
      keepingPlace(show);
    });
  }

  function show() {
    root.style.setProperty("--edge", `${edge()}px`); // targets come to stand right below the chooser
    const now = visible();
    root.classList.add("beside");
    main.style.setProperty("--count", now.length);
    const forward = getComputedStyle(main).direction === "ltr";
    arrange();
    for (const [language, column] of columns) {
      const place = now.indexOf(language);
      column.hidden = place < 0;
      column.style.setProperty("--place", place + 1);
      buttons.get(language).setAttribute("aria-pressed", String(place >= 0));
      for (const button of column.querySelectorAll(".mover button")) {
        const step = Number(button.dataset.step);
        button.disabled = now[place + step] === undefined;
        button.textContent = (step < 0) === forward ? "←" : "→";
      }
    }
    remember();
  }

  // The names in the chooser stand in the order of the columns. Moving a button takes the focus from it.
  function arrange() {
    const choices = order.map((each) => buttons.get(each).closest(".choice"));
    if (choices.every((each, at) => list.children[at] === each)) return;
    const focused = document.activeElement;
    list.append(...choices);
    if (list.contains(focused)) focused.focus({ preventScroll: true });
  }

  // Where the text begins to be seen: below the chooser, which stays at the top.
  function edge() {
    return document.getElementById("chooser").getBoundingClientRect().bottom;
  }

  // The first segment of which more than a sliver is seen, and where it begins: what must not move when
  // columns do.
  function place() {
    for (const language of visible()) {
      for (const segment of columns.get(language).querySelectorAll(".segment")) {
        const box = segment.getBoundingClientRect();
        if (box.bottom > edge() + SLIVER) return { number: segment.dataset.segment, offset: box.top };
      }
    }
    return null;
  }

  function find(number) {
    for (const language of visible()) {
      const found = columns.get(language).querySelector(`.segment[data-segment="${number}"]`);
      if (found) return found;
    }
    return null;
  }

  function keepingPlace(change) {
    const before = window.scrollY > 0 ? place() : null;
    change();
    const found = before && find(before.number);
    if (found) window.scrollBy({ top: found.getBoundingClientRect().top - before.offset, behavior: "instant" });
  }

  function remember() {
    const at = window.scrollY > 0 ? place() : null;
    const state = `#show=${visible().join(",")}${at ? `&at=${at.number}` : ""}`;
    try {
      history.replaceState(null, "", state);
    } catch {
      // Some browsers guard the history of pages that come from a file; the page works without.
    }
  }

  function recall() {
    const hash = location.hash.slice(1);
    const state = new URLSearchParams(hash);
    const wanted = (state.get("show") || "").split(",").filter((each) => columns.has(each));
    const target = hash && !state.has("show") ? document.getElementById(decodeURIComponent(hash)) : null;
    const home = target && target.closest(".column");
    if (home && shown.has(home.dataset.language)) return;
    const most = narrow.matches ? 1 : 2;
    if (wanted.length) {
      order = [...wanted, ...order.filter((each) => !wanted.includes(each))];
      shown = new Set(narrow.matches ? wanted.slice(0, 1) : wanted);
    } else if (home) {
      shown = new Set([home.dataset.language]);
    } else {
      shown = new Set(order.slice(0, most));
    }
    show();
    const found = target || (state.get("at") && find(state.get("at")));
    if (found) window.scrollBy({ top: found.getBoundingClientRect().top - edge() - 2, behavior: "instant" });
  }

  function light(event) {
    const segment = event.target instanceof Element ? event.target.closest(".segment") : null;
    for (const each of main.querySelectorAll(".segment.lit")) each.classList.remove("lit");
    if (!segment || event.type === "pointerleave" || event.type === "focusout") return;
    for (const each of main.querySelectorAll(`.segment[data-segment="${segment.dataset.segment}"]`)) each.classList.add("lit");
  }

  for (const kind of ["pointerover", "focusin", "focusout", "pointerleave"]) main.addEventListener(kind, light);
  narrow.addEventListener("change", () => {
    if (narrow.matches && shown.size > 1) keepingPlace(() => { shown = new Set(visible().slice(0, 1)); show(); });
  });
  window.addEventListener("hashchange", recall);
  let waiting = 0;
  window.addEventListener("scroll", () => { clearTimeout(waiting); waiting = setTimeout(remember, 250); }, { passive: true });
  recall();
})();
