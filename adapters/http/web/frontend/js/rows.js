// Several sheets on one page: photos become rows, and a draft survives a reload. The draft lies in the browser's store
// only as ciphertext; its key lives in this tab and goes with it.
const NAME = "sheets", WAIT_MS = 400;
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

function put(field, files) {
  const list = new DataTransfer();
  for (const file of files) list.items.add(file);
  field.files = list.files;
}

function add(form, init, key, command) {
  const list = form.querySelector("[data-list]"), there = [...list.querySelectorAll("[data-row]")];
  if (there.length >= Number(form.dataset.rows)) return null;
  const number = key || String(Math.max(0, ...there.map((row) => Number(row.dataset.row))) + 1);
  const blank = document.querySelector("template[data-blank]").innerHTML.replaceAll("row-0-", `row-${number}-`);
  list.insertAdjacentHTML("beforeend", blank);
  const row = list.lastElementChild;
  row.dataset.row = number;
  row.querySelector("input[name=row]").value = number;
  row.querySelector(`[name="row-${number}-command_id"]`).value = command || crypto.randomUUID();
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
  const fields = [], files = [];
  for (const [name, value] of new FormData(form))
    if (value instanceof File) { if (value.size) files.push({ name, file: value.name, type: value.type, data: await base64(value) }); }
    else fields.push([name, value]);
  const iv = crypto.getRandomValues(new Uint8Array(12)), plain = new TextEncoder().encode(JSON.stringify({ fields, files }));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await secret(true), plain);
  await stored("readwrite", (drafts) => drafts.put({ iv, sealed }, location.pathname));
  form.dataset.keptAt = Date.now();
}

async function read() {
  const key = await secret(false), kept = key && await stored("readonly", (drafts) => drafts.get(location.pathname));
  if (!kept) return null;
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, key, kept.sealed)));
}

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
  const byName = grouped(draft.files);
  for (const [name, items] of byName) {
    const field = form.querySelector(`[name="${CSS.escape(name)}"]`);
    if (field) put(field, items.map((item) => new File([bytes(item.data)], item.file, { type: item.type })));
  }
}

function grouped(items) {
  const found = new Map();
  for (const item of items) found.set(item.name, [...(found.get(item.name) || []), item]);
  return found;
}

async function wipe() {
  clearTimeout(timer);
  sessionStorage.removeItem(NAME);
  await stored("readwrite", (drafts) => drafts.clear());
}

const answered = (wish) => new Promise((done, failed) => {
  wish.onsuccess = () => done(wish.result);
  wish.onerror = () => failed(wish.error);
});

async function stored(mode, act) {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("drafts");
  const db = await answered(opening);
  try { return await answered(act(db.transaction("drafts", mode).objectStore("drafts"))); } finally { db.close(); }
}

async function secret(make) {
  let kept = sessionStorage.getItem(NAME);
  if (!kept && !make) return null;
  if (!kept) {
    kept = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));
    sessionStorage.setItem(NAME, kept);
  }
  const raw = Uint8Array.from(atob(kept), (sign) => sign.charCodeAt(0));
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

const bytes = (address) => Uint8Array.from(atob(address.slice(address.indexOf(",") + 1)), (sign) => sign.charCodeAt(0));

const base64 = (file) => new Promise((done, failed) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result);
  reader.onerror = failed;
  reader.readAsDataURL(file);
});
