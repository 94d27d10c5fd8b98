// Several sheets on one page: photos become rows, and a draft survives a reload.
import { freshKey } from "./fresh_key.js";
import { filesOf, opened, put, putFiles, seal, wipeSealed } from "./sealed.js";

const WAIT_MS = 400;
let timer = 0;

export function rows(init) {
  document.addEventListener("app:page", () => begin(init));
  begin(init, true);
}

function begin(init, restore = false) {
  const form = document.querySelector("form[data-rows]");
  if (!form) { if (document.querySelector(".app-slips")) wipe(); return; }
  const many = form.querySelector("#many"), drop = form.querySelector("[data-drop]");
  many.addEventListener("change", () => { take(form, many.files, init); many.value = ""; });
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.dataset.over = ""; });
  drop.addEventListener("dragleave", () => delete drop.dataset.over);
  drop.addEventListener("drop", (event) => { event.preventDefault(); delete drop.dataset.over; take(form, event.dataTransfer.files, init); });
  form.addEventListener("input", () => later(form));
  form.addEventListener("change", () => later(form));
  offer(form);
  if (restore) read().then((draft) => draft && fill(form, draft, init)).catch(() => {});
  else later(form);
}

function take(form, files, init) {
  for (const file of files) {
    const empty = [...form.querySelectorAll("[data-row]")].find((row) => !picked(row));
    const row = empty || add(form, init);
    if (!row) break;
    put(row.querySelector("input[type=file]"), [file]);
  }
  later(form);
}

const picked = (row) => row.querySelector("input[type=file]").files.length || row.querySelector("textarea").value.trim();

function add(form, init, key, command) {
  const list = form.querySelector("[data-list]"), there = [...list.querySelectorAll("[data-row]")];
  if (there.length >= Number(form.dataset.rows)) return null;
  const number = key || String(Math.max(0, ...there.map((row) => Number(row.dataset.row))) + 1);
  const blank = document.querySelector("template[data-blank]").innerHTML.replaceAll("row-0-", `row-${number}-`);
  list.insertAdjacentHTML("beforeend", blank);
  const row = list.lastElementChild;
  row.dataset.row = number;
  row.querySelector("input[name=row]").value = number;
  row.querySelector(`[name="row-${number}-command_id"]`).value = command || freshKey();
  const title = row.querySelector("legend").textContent, named = title.replace("0", number);
  row.querySelector("legend").textContent = named;
  for (const span of row.querySelectorAll(".govuk-visually-hidden")) span.textContent = span.textContent.replace(title.trim(), named.trim());
  init(row);
  return row;
}

function offer(form) {
  const line = document.createElement("p"), button = document.createElement("button");
  line.className = "govuk-body-s";
  Object.assign(button, { type: "button", className: "app-link-button govuk-body-s", textContent: form.dataset.wipeText });
  button.addEventListener("click", async () => { await wipe(); location.reload(); });
  line.append(form.dataset.keptText + " ", button);
  form.append(line);
}

function later(form) { clearTimeout(timer); timer = setTimeout(() => keep(form).catch(() => {}), WAIT_MS); }

async function keep(form) {
  if (!form.isConnected) return;
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  await seal(location.pathname, { fields, files: await filesOf(form) });
  form.dataset.keptAt = Date.now();
}

const read = () => opened(location.pathname);

async function fill(form, draft, init) {
  const commands = new Map(draft.fields.filter(([name]) => name.endsWith("-command_id")));
  for (const key of draft.fields.filter(([name]) => name === "row").map(([, value]) => value)) {
    if (!form.querySelector(`[data-row="${key}"]`)) add(form, init, key);
    form.querySelector(`[name="row-${key}-command_id"]`).value = commands.get(`row-${key}-command_id`);
  }
  for (const [name, value] of draft.fields) {
    if (name === "row" || name.endsWith("-command_id")) continue;
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`))
      if (field.type === "radio") field.checked = field.value === value;
      else if (field.type !== "file") field.value = value;
  }
  putFiles(form, draft.files);
}

async function wipe() {
  clearTimeout(timer);
  await wipeSealed();
}
