// What was typed stays on this machine for a day, until it is sent or wiped: never the contact, never the photos.
const KEY = "hoso-draft";
const KEPT_MS = 24 * 3600 * 1000;

export function forgetDraft() {
  try { localStorage.removeItem(KEY); } catch { /* storage is switched off: then nothing was kept */ }
}

export function keepsDraft(form, say) {
  const box = document.getElementById("draft"), unit = form.dataset.unit;
  const fields = [...form.elements].filter((field) => form.dataset.draft.split(" ").includes(field.name));
  const ticks = (field) => field.type === "radio" || field.type === "checkbox";

  function kept() {
    try {
      const draft = JSON.parse(localStorage.getItem(KEY) || "null");
      return draft && draft.unit === unit && Date.now() - draft.at < KEPT_MS ? draft.values : null;
    } catch { return null; }
  }
  function keep() {
    const values = {};
    for (const field of fields)
      if (!ticks(field)) values[field.name] = field.value;
      else if (field.checked) values[field.name] = field.value;
    try { localStorage.setItem(KEY, JSON.stringify({ unit, at: Date.now(), values })); } catch { return; }
    box.hidden = false;
  }

  const values = kept();
  if (values) {
    // what the server sent back is newer than what lies here
    if (!fields.some((field) => (ticks(field) ? field.checked : field.value)))
      for (const field of fields)
        if (ticks(field)) field.checked = values[field.name] === field.value;
        else field.value = values[field.name] ?? "";
    box.hidden = false;
  }
  let timer;
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 400); });
  document.getElementById("draft-wipe").addEventListener("click", () => {
    clearTimeout(timer);
    forgetDraft();
    for (const field of fields) if (ticks(field)) field.checked = false; else field.value = "";
    say(box.dataset.wiped);
    box.hidden = true;
  });
}
