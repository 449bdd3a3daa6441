// Small manners shared by all pages. Every page works without them.
(() => {
  const root = document.documentElement;
  const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : systemIsDark.matches);

  function showTheme() {
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      button.setAttribute("aria-pressed", String(isDark()));
    }
  }

  function switchTheme() {
    const dark = !isDark();
    // Choosing what the system says means: follow the system again.
    const follows = dark === systemIsDark.matches;
    if (follows) delete root.dataset.theme;
    else root.dataset.theme = dark ? "dark" : "light";
    try {
      if (follows) localStorage.removeItem("theme");
      else localStorage.setItem("theme", root.dataset.theme);
    } catch { /* storage is closed: the choice lasts for this page */ }
    showTheme();
  }

  const submitsOf = (form) =>
    [...form.elements].filter((element) => element.type === "submit");

  function release(forms) {
    for (const form of forms) {
      delete form.dataset.busy;
      for (const button of submitsOf(form)) button.removeAttribute("aria-disabled");
    }
  }

  // Twice is once: a form that is being sent refuses a second submit and keeps the focus.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" && !form.hasAttribute("hx-post")) return;
    if (form.hasAttribute("data-stays")) return; // answered by a file: the page never goes
    if (form.dataset.busy) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.busy = "true";
    for (const button of submitsOf(form)) button.setAttribute("aria-disabled", "true");
  }, true);
  addEventListener("pageshow", () => release(document.forms));
  document.addEventListener("htmx:finally:request", (event) => {
    const form = event.target.closest?.("form");
    if (form) release([form]);
  });

  function focusFirstInvalid(scope) {
    scope.querySelector("[aria-invalid='true']")?.focus();
  }
  focusFirstInvalid(document);
  document.addEventListener("htmx:after:swap", () => {
    focusFirstInvalid(document.getElementById("main") ?? document);
    showTheme();
    const news = document.querySelector("#main [data-said]");
    if (news) document.getElementById("said").textContent = news.textContent;
  });

  document.addEventListener("click", (event) => {
    const target = event.target.closest?.("[data-theme-switch], [data-dismiss]");
    if (!target) return;
    if (target.hasAttribute("data-theme-switch")) switchTheme();
    else target.closest(".notice")?.remove();
  });

  const isTyping = (element) =>
    element.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName);

  document.addEventListener("keydown", (event) => {
    const menu = document.querySelector("details.menu[open]");
    if (event.key === "Escape" && menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    const search = document.querySelector("[data-search]");
    if (event.key !== "/" || !search || isTyping(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    search.focus();
    search.select();
  });

  systemIsDark.addEventListener("change", showTheme);
  showTheme();
})();
