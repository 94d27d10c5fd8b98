// What was typed and chosen stays on this device until it is sent or wiped: it survives an error, a lost line and a reload.
import { freshKey } from "./fresh_key.js";
import { draftOf, forgetDraft, keepDraft, keepTexts, photosOf } from "./store.js";

const others = "BroadcastChannel" in window ? new BroadcastChannel("hoso-sent") : null;
const NOT_KEPT = new Set(["command_id", "unit", "step", "go", "photos"]);
const ticks = (field) => field.type === "radio" || field.type === "checkbox";

export async function wasSent(form) {
  const key = form.elements.command_id.value;
  form.dataset.over = "yes";
  others?.postMessage(key);
  await forgetDraft(form.dataset.unit, key);
}

export async function keepsDraft(form, { photos, steps, say }) {
  const box = document.getElementById("draft"), unit = form.dataset.unit;
  const fields = [...form.elements].filter((field) => field.name && !NOT_KEPT.has(field.name) && field.type !== "submit");
  const typed = () => fields.some((field) => field.type !== "hidden" && (ticks(field) ? field.checked : field.value));
  let timer;

  function words() {
    if (!form.isConnected || form.dataset.over || (!typed() && !photos.files().length)) return null;
    const values = {};
    for (const field of fields) if (!ticks(field) || field.checked) values[field.name] = field.value;
    const texts = { key: form.elements.command_id.value, step: steps.now(), values };
    keepTexts(unit, texts);
    box.hidden = false;
    return texts;
  }
  async function keep() {
    clearTimeout(timer);
    const texts = words();
    if (texts) await keepDraft({ ...texts, unit, photos: photos.files() });
  }
  function later() { words(); clearTimeout(timer); timer = setTimeout(keep, 300); }

  async function wipe() {
    clearTimeout(timer);
    await forgetDraft(unit, form.elements.command_id.value);
    for (const field of fields) if (ticks(field)) field.checked = false; else if (field.type !== "hidden") field.value = "";
    form.elements.command_id.value = freshKey();
    photos.replace([]);
    document.getElementById("lost").hidden = true;
    steps.show(1);
    say(box.dataset.wiped);
    box.hidden = true;
  }

  const key = form.elements.command_id.value, refused = typed();
  const draft = await draftOf(unit, key);
  if (draft && (!refused || draft.key === key)) {
    form.elements.command_id.value = draft.key;
    if (!refused) {
      for (const field of fields) {
        if (ticks(field)) field.checked = draft.values[field.name] === field.value;
        else if (draft.values[field.name] !== undefined) field.value = draft.values[field.name];
        field.dispatchEvent(new Event("change", { bubbles: true }));
      }
      steps.show(draft.step, { quiet: true });
    }
    photos.replace(photosOf(draft, draft.key));
    box.hidden = false;
  } else photos.replace(photosOf(undefined, key));
  steps.summary();
  form.addEventListener("input", later);
  form.addEventListener("change", keep); // a choice is whole at once; only typing waits for a pause
  photos.changed = keep;
  steps.changed = keep;
  addEventListener("pagehide", keep);
  for (const button of document.querySelectorAll("main [data-wipe]")) button.addEventListener("click", wipe);
  if (others) others.onmessage = ({ data }) => {
    if (data !== form.elements.command_id.value) return;
    form.dataset.over = "yes";
    say(box.dataset.sent);
    box.replaceChildren(Object.assign(document.createElement("p"), { className: "govuk-body", textContent: box.dataset.sent }));
    box.hidden = false;
  };
}
