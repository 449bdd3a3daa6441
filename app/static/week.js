// The instructor's week: painting cells edits the day's text field, typing there paints the cells.
// The text fields are the form; without this file they are all there is.
(() => {
  const HOLD_MS = 350;
  const SLOP_PX = 8;
  const LOCKED = "Times that have passed cannot be changed.";
  const PRESETS = {
    weekdays: ["Weekdays 9 to 5", 0, 5, 9, 17],
    mornings: ["Mornings 8 to 12", 0, 5, 8, 12],
    evenings: ["Evenings 17 to 21", 0, 5, 17, 21],
    weekends: ["Weekends 10 to 16", 5, 7, 10, 16],
    clear: ["Week cleared", 0, 7, 0, 24],
  };

  const { Unclear, clock, dropScraps, none, quartersOf, read, textOf } = weekHours;

  // ---- One editor per rendered week ----
  let current = null;
  let leaving = false;

  class Editor {
    constructor(section) {
      this.form = section.querySelector("#week-form");
      this.scroller = section.querySelector(".week-scroll");
      this.undoButton = section.querySelector("[data-undo]");
      this.heads = [...section.querySelectorAll("thead th")];
      this.inputs = this.heads.map((head) => document.getElementById(head.dataset.field));
      this.rows = [...section.querySelectorAll("tbody tr")];
      this.cells = this.rows.map((row) => [...row.querySelectorAll("td")]);
      this.first = this.rows.map((row) => Number(row.dataset.minute) / 15);
      this.days = this.inputs.map((input) => read(input.value) ?? read(input.dataset.saved) ?? none());
      this.past = [];
      this.at = [0, 0];
      this.anchor = null;
      this.stroke = null;
      this.inputs.forEach((input, day) => { if (input.value !== input.dataset.saved) this.showDay(day); });
      this.cells.flat().forEach((cell) => { cell.tabIndex = -1; });
      this.scroller.removeAttribute("tabindex");
      const start = this.firstEditable();
      this.at = start;
      this.cell(start).tabIndex = 0;
      this.listen(section);
      this.showState();
      this.scrollToHours();
    }

    // Brings the first open hour into view, an hour of room above it.
    scrollToHours() {
      const row = this.cells.findIndex((cells) => cells.some((cell) => cell.ariaSelected === "true"));
      const [, day] = this.firstEditable();
      const top = this.rows[Math.max(0, row - 2)].offsetTop - this.heads[0].offsetHeight;
      const left = this.heads[day].offsetLeft - this.heads[0].offsetLeft;
      this.scroller.scrollTo({ top: row < 0 ? 0 : top, left, behavior: "instant" });
    }

    listen(section) {
      const table = section.querySelector("table");
      table.addEventListener("pointerdown", (event) => this.press(event));
      table.addEventListener("pointermove", (event) => this.move(event));
      for (const end of ["pointerup", "pointercancel"]) table.addEventListener(end, (event) => this.release(event));
      table.addEventListener("touchmove", (event) => { if (this.stroke?.painting) event.preventDefault(); }, { passive: false });
      table.addEventListener("contextmenu", (event) => { if (this.stroke) event.preventDefault(); });
      table.addEventListener("keydown", (event) => this.key(event));
      table.addEventListener("focusin", (event) => {
        const place = this.placeOf(event.target);
        if (place && event.target.matches("td")) this.stand(place);
      });
      section.addEventListener("click", (event) => {
        const button = event.target.closest("[data-preset], [data-undo]");
        if (button?.dataset.preset) this.preset(button.dataset.preset);
        else if (button) this.undo();
      });
      this.inputs.forEach((input, day) => {
        input.addEventListener("change", () => this.typed(day));
        input.addEventListener("input", () => this.showState());
      });
    }

    // -- reading and showing --
    cell([row, day]) { return this.cells[row][day]; }
    isLocked(place) { return this.cell(place).hasAttribute("aria-readonly"); }

    placeOf(target) {
      const cell = target.closest?.("td[role='gridcell']");
      return cell ? [this.rows.indexOf(cell.parentElement), cell.cellIndex - 1] : null;
    }

    firstEditable() {
      const open = (row, day) => !this.isLocked([row, day]);
      for (let day = 0; day < 7; day += 1) {
        const nine = this.first.indexOf(36);
        if (nine >= 0 && open(nine, day)) return [nine, day];
        const row = this.rows.findIndex((_, at) => open(at, day));
        if (row >= 0) return [row, day];
      }
      return [0, 0];
    }

    showCell(row, day) {
      const cell = this.cells[row][day];
      const from = this.first[row];
      const [one, two] = this.days[day].slice(from, from + 2);
      cell.classList.toggle("open", one && two);
      cell.classList.toggle("partly", one !== two);
      cell.classList.toggle("quarter-1", one && !two);
      cell.classList.toggle("quarter-2", two && !one);
      const state = one && two ? "open" : one || two ? "partly open" : "closed";
      const label = `${this.heads[day].dataset.label}, ${clock(from)} to ${clock(from + 2)}, ${state}${cell.dataset.note ?? ""}`;
      if (cell.ariaLabel !== label) cell.ariaLabel = label;
      cell.ariaSelected = String(one && two);
    }

    showDay(day) { this.rows.forEach((_, row) => this.showCell(row, day)); }

    get isChanged() {
      return this.inputs.some((input) => input.value.trim() !== input.dataset.saved);
    }

    showState() {
      const changed = this.isChanged;
      const bar = this.form.querySelector(".week-save");
      bar?.classList.toggle("is-changed", changed);
      if (bar) bar.querySelector(".week-unsaved").hidden = !changed;
      for (const input of this.inputs) {
        input.classList.toggle("is-changed", input.value.trim() !== input.dataset.saved);
      }
      if (this.undoButton) this.undoButton.ariaDisabled = String(!this.past.length);
    }

    // -- changing --
    snapshot() { return this.inputs.map((input) => input.value); }

    // Writes the days that differ from ``base``; only those, as others may hold unclear text.
    commit(base, said) {
      const before = this.snapshot();
      this.days.forEach((quarters, day) => {
        const text = textOf(quarters);
        if (text === textOf(base[day])) return;
        this.inputs[day].value = text;
        this.complain(day, "");
      });
      if (before.join("|") !== this.snapshot().join("|")) this.past.push(before);
      this.showState();
      say(said);
    }

    complain(day, problem) {
      const input = this.inputs[day];
      input.ariaInvalid = problem ? "true" : null;
      document.getElementById(`${input.id}-error`).textContent = problem;
    }

    typed(day) {
      const input = this.inputs[day];
      const before = this.snapshot();
      before[day] = textOf(this.days[day]);
      try {
        this.days[day] = quartersOf(input.value);
        input.value = textOf(this.days[day]);
        this.complain(day, "");
        if (before[day] !== input.value) this.past.push(before);
        this.showDay(day);
        say(`${this.heads[day].dataset.label}: ${input.value || "closed"}`);
      } catch (problem) {
        if (!(problem instanceof Unclear)) throw problem;
        this.complain(day, problem.message);
        say(problem.message);
      }
      this.showState();
    }

    undo() {
      const before = this.past.pop();
      if (!before) return say("Nothing to undo.");
      this.inputs.forEach((input, day) => {
        if (input.value === before[day]) return;
        input.value = before[day];
        this.days[day] = read(input.value) ?? this.days[day];
        this.complain(day, "");
        this.showDay(day);
      });
      this.showState();
      return say("Undone.");
    }

    // Paints the rectangle between two cells on a copy of the week as it was before the stroke.
    paint(base, from, to, open) {
      const [top, bottom] = [from[0], to[0]].sort((a, b) => a - b);
      const [left, right] = [from[1], to[1]].sort((a, b) => a - b);
      this.days = base.map((quarters) => [...quarters]);
      for (let day = left; day <= right; day += 1) {
        for (let row = top; row <= bottom; row += 1) {
          if (!this.isLocked([row, day])) this.days[day].fill(open, this.first[row], this.first[row] + 2);
        }
        if (this.inputs[day].readOnly) continue;
        dropScraps(this.days[day]);
      }
      for (let day = 0; day < 7; day += 1) this.showDay(day);
      const span = `${clock(this.first[top])}–${clock(this.first[bottom] + 2)}`;
      const heads = [left, right].map((day) => this.heads[day].dataset.short);
      return `${left === right ? heads[0] : heads.join(" to ")} ${span} ${open ? "open" : "closed"}`;
    }

    willOpen(place) {
      const from = this.first[place[0]];
      return !(this.days[place[1]][from] && this.days[place[1]][from + 1]);
    }

    toggle(from, to) {
      if (this.isLocked(from) && this.isLocked(to)) return say(LOCKED);
      const base = this.days;
      const open = this.willOpen(this.isLocked(from) ? to : from);
      return this.commit(base, this.paint(base, from, to, open));
    }

    preset(name) {
      const base = this.days;
      const [said, first, last, start, end] = PRESETS[name];
      this.days = base.map((quarters) => [...quarters]);
      for (let day = first; day < last; day += 1) {
        if (this.inputs[day].readOnly) continue;
        for (let at = start * 4; at < end * 4; at += 1) {
          const row = this.first.indexOf(at - (at % 2));
          if (row < 0 || !this.isLocked([row, day])) this.days[day][at] = name !== "clear";
        }
        dropScraps(this.days[day]);
        this.showDay(day);
      }
      this.commit(base, said);
    }

    // -- pointer: a mouse paints at once, a finger after holding still --
    press(event) {
      const place = this.placeOf(event.target);
      if (!place || event.button || event.target.closest("a") || this.stroke) return;
      if (this.isLocked(place)) {
        if (event.pointerType === "mouse") say(LOCKED);
        return;
      }
      this.stroke = { id: event.pointerId, from: place, x: event.clientX, y: event.clientY, painting: false };
      if (event.pointerType === "mouse" || event.pointerType === "pen") {
        event.preventDefault();
        this.begin();
      } else {
        this.stroke.timer = setTimeout(() => this.begin(), HOLD_MS);
      }
    }

    begin() {
      const { stroke } = this;
      Object.assign(stroke, { painting: true, base: this.days, open: this.willOpen(stroke.from) });
      this.pick(null);
      this.cell(stroke.from).focus({ preventScroll: true });
      this.cell(stroke.from).setPointerCapture?.(stroke.id);
      stroke.said = this.paint(stroke.base, stroke.from, stroke.from, stroke.open);
    }

    move(event) {
      const { stroke } = this;
      if (!stroke || event.pointerId !== stroke.id) return;
      if (!stroke.painting) {
        if (Math.hypot(event.clientX - stroke.x, event.clientY - stroke.y) > SLOP_PX) this.drop();
        return;
      }
      const to = this.placeAt(event.clientX, event.clientY);
      if (String(to) === String(stroke.to)) return;
      stroke.to = to;
      stroke.said = this.paint(stroke.base, stroke.from, to, stroke.open);
    }

    release(event) {
      const { stroke } = this;
      if (!stroke || event.pointerId !== stroke.id) return;
      this.drop();
      if (stroke.painting) this.commit(stroke.base, stroke.said);
      else if (event.type === "pointerup") this.toggle(stroke.from, stroke.from);
    }

    drop() {
      clearTimeout(this.stroke?.timer);
      this.stroke = null;
    }

    placeAt(x, y) {
      const nearest = (rects, from, to, value) => {
        const found = rects.findIndex((rect) => value < rect[to]);
        return found < 0 ? rects.length - 1 : found;
      };
      const row = nearest(this.rows.map((each) => each.getBoundingClientRect()), "top", "bottom", y);
      return [row, nearest(this.cells[0].map((each) => each.getBoundingClientRect()), "left", "right", x)];
    }

    // -- keyboard --
    stand(place) {
      this.cell(this.at).tabIndex = -1;
      this.at = place;
      this.cell(place).tabIndex = 0;
    }

    pick(anchor) {
      this.anchor = anchor;
      const [from, to] = [anchor ?? [-1, -1], anchor ? this.at : [-2, -2]];
      const within = (value, one, two) => value >= Math.min(one, two) && value <= Math.max(one, two) && one >= 0;
      this.cells.forEach((row, r) => row.forEach((cell, d) => {
        cell.classList.toggle("picked", within(r, from[0], to[0]) && within(d, from[1], to[1]));
      }));
    }

    go(row, day, extend) {
      const place = [Math.max(0, Math.min(this.rows.length - 1, row)), Math.max(0, Math.min(6, day))];
      const anchor = extend ? this.anchor ?? this.at : null;
      this.cell(place).focus();
      this.pick(anchor);
      if (anchor) {
        const count = (Math.abs(place[0] - anchor[0]) + 1) * (Math.abs(place[1] - anchor[1]) + 1);
        say(`${count} half hours chosen, x opens or closes them`);
      }
    }

    key(event) {
      if (event.ctrlKey && !["Home", "End"].includes(event.key)) return;
      if (event.metaKey || event.altKey || !event.target.matches("td[role='gridcell']")) return;
      const [row, day] = this.at;
      const last = this.rows.length - 1;
      const edge = (to) => () => this.go(event.ctrlKey ? to * last : row, to * 6, event.shiftKey);
      const press = () => { this.toggle(this.anchor ?? this.at, this.at); this.pick(null); };
      const act = {
        ArrowUp: () => this.go(row - 1, day, event.shiftKey),
        ArrowDown: () => this.go(row + 1, day, event.shiftKey),
        ArrowLeft: () => this.go(row, day - 1, event.shiftKey),
        ArrowRight: () => this.go(row, day + 1, event.shiftKey),
        PageUp: () => this.go(row - 4, day, event.shiftKey),
        PageDown: () => this.go(row + 4, day, event.shiftKey),
        Home: edge(0),
        End: edge(1),
        " ": press,
        Enter: press,
        x: press,
        z: () => this.undo(),
        Escape: () => this.pick(null),
      }[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    }
  }

  function say(text) {
    const place = document.getElementById("said");
    if (place && text) place.textContent = text;
  }

  function start() {
    const section = document.getElementById("week");
    if (!section || current?.section === section) return;
    current = { section, editor: section.querySelector("[data-undo]") ? new Editor(section) : null };
  }

  let kept = null;
  const scroller = () => document.querySelector(".week-scroll");
  document.addEventListener("htmx:before:swap", () => {
    kept = scroller() && { top: scroller().scrollTop, left: scroller().scrollLeft, behavior: "instant" };
  });
  document.addEventListener("htmx:after:swap", () => {
    const before = current?.section;
    start();
    if (!current || current.section === before) return;
    if (kept) scroller().scrollTo(kept);
    say(current.section.querySelector("[data-announce]")?.textContent.trim());
    if (current.section.querySelector("[aria-invalid='true']")) return;
    const notice = document.getElementById("week-notice");
    (notice ?? document.getElementById("save-week"))?.focus({ preventScroll: !notice });
  });
  // Leaving is free while the form is being sent as a plain page, and asked about otherwise.
  document.addEventListener("submit", (event) => { leaving = event.target.id === "week-form"; });
  addEventListener("pageshow", () => { leaving = false; });
  document.addEventListener("htmx:finally:request", () => { leaving = false; });
  addEventListener("beforeunload", (event) => {
    if (!leaving && current?.editor?.isChanged) event.preventDefault();
  });

  start();
})();
