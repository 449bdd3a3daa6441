// The month as one stop of the Tab key, with arrows from day to day. Links do without.
(() => {
  const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  const PAGES = { PageUp: "previous-month", PageDown: "next-month" };
  const days = () => [...document.querySelectorAll("[data-month] a.month-day")];

  function stopAt(chosen) {
    for (const day of days()) day.tabIndex = day === chosen ? 0 : -1;
  }

  function settle() {
    const all = days();
    const focused = all.find((day) => day === document.activeElement);
    stopAt(focused ?? all.find((day) => day.ariaCurrent) ?? all[0]);
  }

  const dateOf = (day) => Date.parse(`${day.id.slice(4)}T00:00Z`) / 86400000;

  document.addEventListener("keydown", (event) => {
    const from = event.target.closest?.("[data-month] a.month-day");
    if (!from || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = days();
    if (event.key in PAGES) {
      const link = document.getElementById(PAGES[event.key]);
      if (link) link.focus(), link.click();
    } else if (event.key in STEPS) {
      const wanted = dateOf(from) + STEPS[event.key];
      const to = all.find((day) => dateOf(day) === wanted);
      if (to) stopAt(to), to.focus();
    } else if (event.key === "Home" || event.key === "End") {
      const to = event.key === "Home" ? all[0] : all.at(-1);
      stopAt(to);
      to.focus();
    } else return;
    event.preventDefault();
  });

  document.addEventListener("htmx:after:swap", settle);
  settle();
})();
