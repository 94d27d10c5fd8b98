// What an official typed and chose on a page of its own survives a reload, the back button and an error of the server. With
// it stay the key of the wish, so that what had arrived is not done twice, and the version of the case that was seen, so
// that nobody's newer work is overwritten unseen.
import { freshKey } from "./fresh_key.js";
import { filesOf, opened, ownedBy, putFiles, seal, unseal } from "./sealed.js";

const queues = new WeakMap(), tries = new WeakMap();
const words = () => location.pathname, files = () => `${location.pathname} files`;
const kept = (form) => form?.matches("form[data-keeps]:not([data-rows])");
const ticks = (field) => field.type === "radio" || field.type === "checkbox";
const texts = (form) => [...new FormData(form)].filter(([, value]) => typeof value === "string");

export function keepsForms(said) {
  ownedBy(said.who);
  document.addEventListener("app:page", () => begin(said));
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); }); // a form that was sent may be done
  begin(said, true);
}

async function begin(said, restore = false) {
  const form = document.querySelector("form[data-keeps]");
  if (!kept(form)) return;
  if (restore) await fill(form, said).catch(() => {});
  else keepAll(form);
  form.addEventListener("input", () => { offer(form, said); inTurn(form, keepWords); });
  form.addEventListener("change", (event) => {
    offer(form, said);
    inTurn(form, event.target.type === "file" ? keepFiles : keepWords);
  });
}

function inTurn(form, work) {
  form.dataset.keeping = "";
  const mine = (queues.get(form) || Promise.resolve()).then(() => form.dataset.over === undefined && work(form)).catch(() => {}).then(() => {
    if (queues.get(form) === mine) delete form.dataset.keeping;
    form.dataset.keptAt = Date.now();
  });
  queues.set(form, mine);
  return mine;
}
const keepWords = (form) => seal(words(), { fields: texts(form), tried: tries.get(form) });
const keepFiles = async (form) => seal(files(), await filesOf(form));
function keepAll(form) { inTurn(form, keepFiles); return inTurn(form, keepWords); }

// Before it is sent. What was changed after a try whose end is unknown is another wish where the version guards it.
export async function trying(form) {
  if (!kept(form)) return;
  const now = JSON.stringify(texts(form).filter(([name]) => name !== "command_id")), before = tries.get(form);
  if (before && before !== now && form.elements.version) form.elements.command_id.value = freshKey();
  tries.set(form, now);
  await keepAll(form);
}

export async function done(form) {
  if (!kept(form)) return;
  form.dataset.over = "";
  await queues.get(form);
  await forget().catch(() => {});
}
const forget = async () => { await unseal(words()); await unseal(files()); };

async function fill(form, said) {
  const draft = await opened(words());
  if (!draft) return;
  for (const field of form.elements) {
    if (!field.name || field.type === "file") continue;
    const values = draft.fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (ticks(field)) field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  if (draft.tried) tries.set(form, draft.tried);
  putFiles(form, await opened(files()) || []);
  offer(form, said);
  form.dataset.keptAt = Date.now();
}

function offer(form, said) {
  if (form.querySelector("[data-wipes]") || !crypto.subtle) return; // without a certificate nothing is kept
  const line = document.createElement("p"), button = document.createElement("button");
  line.className = "govuk-body-s";
  Object.assign(button, { type: "button", className: "app-link-button govuk-body-s", textContent: said.wipe });
  button.dataset.wipes = "";
  button.addEventListener("click", async () => { await done(form); location.reload(); });
  line.append(said.draft + " ", button);
  form.append(line);
}
