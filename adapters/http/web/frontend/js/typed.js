// What an official typed and chose survives a reload, the back button and an error of the server. With it stay the key of
// the wish, so that what had arrived is not done twice, and the version that was seen, so that nobody's newer work is
// overwritten unseen. Each form of a page is kept by the address that it is sent to, or by the name that it gives itself.
// Passwords and codes are never kept.
import { freshKey } from "./fresh_key.js";
import { filesOf, opened, ownedBy, putFiles, seal, unseal } from "./sealed.js";

const queues = new WeakMap(), tries = new WeakMap();
export const nameOf = (form) => form.dataset.keptAs || new URL(form.getAttribute("action"), location).pathname;
const files = (form) => `${nameOf(form)} files`;
const kept = (form) => form?.matches("form[data-keeps]:not([data-rows])");
const ticks = (field) => field.type === "radio" || field.type === "checkbox";
const secret = (field) => field.type === "password" || field.autocomplete === "one-time-code";
function texts(form) {
  const never = new Set([...form.elements].filter(secret).map((field) => field.name));
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !never.has(name));
}

export function keepsForms(said) {
  ownedBy(said.who);
  document.addEventListener("app:page", ({ detail }) => all((form) => begin(form, said, nameOf(form) !== detail)));
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); }); // a form that was sent may be done
  all((form) => begin(form, said, true));
}
const all = (work) => [...document.querySelectorAll("form[data-keeps]")].filter(kept).forEach(work);

async function begin(form, said, restore) {
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
const keepWords = (form) => seal(nameOf(form), { fields: texts(form), tried: tries.get(form) });
const keepFiles = async (form) => seal(files(form), await filesOf(form));
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
  await forget(form).catch(() => {});
}
const forget = async (form) => { await unseal(nameOf(form)); await unseal(files(form)); };

async function fill(form, said) {
  const draft = await opened(nameOf(form));
  if (!draft) return;
  const places = new Map(), valuesOf = (wanted) => draft.fields.filter(([name]) => name === wanted).map(([, value]) => value);
  for (const list of form.querySelectorAll("[data-repeats]")) enough(list, valuesOf(list.dataset.repeats).length);
  for (const field of form.elements) {
    if (!field.name || field.type === "file" || secret(field)) continue;
    const values = valuesOf(field.name), place = places.get(field.name) || 0;
    places.set(field.name, place + 1);
    if (ticks(field)) field.checked = values.includes(field.value);
    else if (place < values.length) field.value = values[place];
    if (field.type !== "hidden" && field.type !== "submit" && field.value !== field.defaultValue) field.closest("details")?.setAttribute("open", "");
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  if (draft.tried) tries.set(form, draft.tried);
  putFiles(form, await opened(files(form)) || []);
  offer(form, said);
  form.dataset.keptAt = Date.now();
}

// As many fields as were written in: a copy of the last one, with the next number.
function enough(list, wanted) {
  for (let number = list.children.length + 1; number <= wanted; number += 1) {
    const copy = list.lastElementChild.cloneNode(true), next = (text) => text.replace(String(number - 1), String(number));
    for (const part of [copy, ...copy.querySelectorAll("[id],[for],[aria-describedby]")])
      for (const name of ["id", "for", "aria-describedby"]) if (part.hasAttribute(name)) part.setAttribute(name, next(part.getAttribute(name)));
    for (const label of copy.querySelectorAll("label")) label.textContent = next(label.textContent);
    copy.querySelector("textarea").value = "";
    list.append(copy);
  }
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
