// The search field's suggestions, by keyboard and pointer, and short addresses for its forms.
(() => {
  const field = () => document.getElementById("q");
  const list = () => document.getElementById("suggestions");
  const options = () => [...(list()?.children ?? [])];
  const chosen = () => options().find((option) => option.getAttribute("aria-selected") === "true");

  function show(isOpen) {
    const input = field();
    if (!input) return;
    list().hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen && options().length > 0));
    if (!isOpen) select(null);
  }

  function select(option) {
    for (const each of options()) each.setAttribute("aria-selected", String(each === option));
    if (option) field().setAttribute("aria-activedescendant", option.id);
    else field()?.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  function take(option) {
    if (option.dataset.url) {
      location.assign(option.dataset.url);
      return;
    }
    field().value = option.dataset.text;
    show(false);
    field().form.requestSubmit();
  }

  // Without script the field is a plain one, so it is a combobox only from here on.
  function prepare() {
    const input = field();
    if (!input || input.hasAttribute("role")) return;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", "suggestions");
    show(false);
  }

  document.addEventListener("keydown", (event) => {
    if (event.target !== field()) return;
    const all = options();
    const isOpen = !list().hidden && all.length > 0;
    const at = all.indexOf(chosen());
    if (event.key === "ArrowDown" && all.length) {
      if (!isOpen) show(true);
      select(all[(at + 1) % all.length]);
    } else if (event.key === "ArrowUp" && isOpen) {
      select(all[(at <= 0 ? all.length : at) - 1]);
    } else if (event.key === "Enter" && isOpen && chosen()) {
      take(chosen());
    } else if (event.key === "Escape" && isOpen) {
      show(false);
    } else return;
    event.preventDefault();
  });
  document.addEventListener("pointerdown", (event) => {
    const option = event.target.closest?.("#suggestions > *");
    if (!option) return;
    event.preventDefault(); // the focus stays in the field
    take(option);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target === field()) show(false);
  });
  document.addEventListener("submit", (event) => {
    if (event.target === field()?.form) show(false);
  });
  document.addEventListener("htmx:after:swap", () => {
    prepare();
    show(document.activeElement === field() && options().length > 0);
  });

  // What is empty is not said in an address.
  document.addEventListener("formdata", (event) => {
    if (!event.target.hasAttribute("data-tidy")) return;
    for (const [name, value] of [...event.formData]) {
      if (value === "") event.formData.delete(name);
    }
  });
  prepare();
})();
