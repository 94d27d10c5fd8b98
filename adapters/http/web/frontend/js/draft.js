// What was typed stays on this machine until it is sent or wiped; never the contact, never the photos.
const KEY = "hoso-draft";
const KEPT_MS = 24 * 3600 * 1000;

export function draftOf(form, say) {
  const box = document.getElementById("draft");
  const names = form.dataset.draft.split(" ");
  const unit = form.dataset.unit;
  const fields = () => [...form.elements].filter((field) => names.includes(field.name));

  function load() {
    try {
      const draft = JSON.parse(localStorage.getItem(KEY) || "null");
      return draft && draft.unit === unit && Date.now() - draft.at < KEPT_MS ? draft.values : null;
    } catch { return null; }
  }
  function save() {
    const values = {};
    for (const field of fields())
      if (field.type === "radio" || field.type === "checkbox") { if (field.checked) values[field.name] = field.value; }
      else values[field.name] = field.value;
    try { localStorage.setItem(KEY, JSON.stringify({ unit, at: Date.now(), values })); } catch { /* full or switched off */ }
    if (box) box.hidden = false;
  }

  const values = load();
  if (values) {
    // what the server sent back is newer than what lies here
    if (!fields().some((field) => (field.type === "radio" ? field.checked : field.value)))
      for (const field of fields())
        if (field.type === "radio" || field.type === "checkbox") field.checked = values[field.name] === field.value;
        else field.value = values[field.name] ?? "";
    if (box) box.hidden = false;
  }
  let timer;
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 400); });
  document.getElementById("draft-wipe")?.addEventListener("click", () => {
    clearTimeout(timer);
    try { localStorage.removeItem(KEY); } catch { /* nothing was kept */ }
    form.reset();
    for (const field of fields()) if (field.type === "radio" || field.type === "checkbox") field.checked = false; else field.value = "";
    if (box) { say(box.dataset.wiped); box.hidden = true; }
  });
  // Without a network the form would be lost in the browser's own error page.
  form.addEventListener("submit", (event) => {
    save();
    const lost = document.getElementById("lost");
    if (lost) lost.hidden = navigator.onLine;
    if (!navigator.onLine) {
      event.preventDefault();
      event.stopImmediatePropagation();
      lost?.focus();
    }
  }, { capture: true });
}
