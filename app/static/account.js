// Offers the zone that this browser's clock is set to. Nothing is chosen until somebody presses it.
(() => {
  const note = document.getElementById("zone-suggestion");
  const choice = document.getElementById("time_zone");
  if (!note || !choice) return;

  function suggested() {
    const name = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return [...choice.options].find((option) => name && option.value === name);
  }

  function show() {
    const option = suggested();
    note.hidden = !option || option.selected;
    if (option) note.querySelector("[data-zone-name]").textContent = option.text;
  }

  note.querySelector("[data-zone-use]").addEventListener("click", () => {
    choice.value = suggested().value;
    show();
    choice.focus();
  });
  choice.addEventListener("change", show);
  show();
})();
