// What an official typed and chose lies in the browser's store only as ciphertext. Its key lives in this tab and goes with
// it, or with the person: whoever signs in next in the same tab finds nothing. Each tab has drafts of its own.
const NAME = "sheets", OWNER = "sheets-of", KEPT_MS = 7 * 24 * 3600 * 1000;

export async function seal(name, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12)), plain = new TextEncoder().encode(JSON.stringify(value));
  const { tab, key } = await secret(true), sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain);
  await stored("readwrite", (drafts) => drafts.put({ iv, sealed }, `${tab} ${name}`));
}

export async function opened(name) {
  const own = await secret(false), kept = own && await stored("readonly", (drafts) => drafts.get(`${own.tab} ${name}`));
  if (!kept) return null;
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, own.key, kept.sealed)));
}

export async function unseal(name) {
  const own = await secret(false);
  if (own) await stored("readwrite", (drafts) => drafts.delete(`${own.tab} ${name}`));
}

export async function wipeSealed() {
  const own = await secret(false);
  sessionStorage.removeItem(NAME); // first: without the key nobody reads the rest
  if (own) await stored("readwrite", (drafts) => drafts.delete(IDBKeyRange.bound(`${own.tab} `, `${own.tab} \uffff`)));
}

export function ownedBy(person) {
  if (sessionStorage.getItem(OWNER) !== person) sessionStorage.removeItem(NAME);
  sessionStorage.setItem(OWNER, person);
  for (const form of document.querySelectorAll('form[action="/sign-out"]'))
    form.addEventListener("submit", () => sessionStorage.removeItem(NAME));
  forgetOld().catch(() => {});
}

// Of tabs that were closed long ago: nobody can read it any more. The name of a tab begins with when it was given.
async function forgetOld() {
  const own = await secret(false), long = String(Date.now() - KEPT_MS);
  if (!own || own.tab > long) await stored("readwrite", (drafts) => drafts.delete(IDBKeyRange.upperBound(long)));
}

export async function filesOf(form) {
  const found = [];
  for (const [name, value] of new FormData(form))
    if (value instanceof File && value.size) found.push({ name, file: value.name, type: value.type, data: await base64(value) });
  return found;
}

export function putFiles(form, items) {
  const byName = new Map();
  for (const { name, file, type, data } of items)
    byName.set(name, [...(byName.get(name) || []), new File([bytes(data)], file, { type })]);
  for (const [name, files] of byName) {
    const field = form.querySelector(`[name="${CSS.escape(name)}"]`);
    if (field) put(field, files);
  }
}

export function put(field, files) {
  const list = new DataTransfer();
  for (const file of files) list.items.add(file);
  field.files = list.files;
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

const letters = (signs) => btoa(String.fromCharCode(...signs));

async function secret(make) {
  let kept = sessionStorage.getItem(NAME);
  if (!kept && !make) return null;
  if (!kept) {
    const random = (length) => letters(crypto.getRandomValues(new Uint8Array(length)));
    kept = `${Date.now()}-${random(9)} ${random(32)}`;
    sessionStorage.setItem(NAME, kept);
  }
  const [tab, raw] = kept.split(" ");
  const key = await crypto.subtle.importKey("raw", bytes(raw), "AES-GCM", false, ["encrypt", "decrypt"]);
  return { tab, key };
}

const bytes = (address) => Uint8Array.from(atob(address.slice(address.indexOf(",") + 1)), (sign) => sign.charCodeAt(0));

const base64 = (file) => new Promise((done, failed) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result);
  reader.onerror = failed;
  reader.readAsDataURL(file);
});
