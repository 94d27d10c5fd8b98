// Drafts on this device, in IndexedDB: text, photos and the key of the wish, for a day. Where the browser refuses to keep
// anything (a private window), what was chosen still lives as long as the page.
import { openDB } from "idb";

const KEPT_MS = 24 * 3600 * 1000;
const inHand = new Map(); // key -> photos
let opening;

function database() {
  opening ??= openDB("hoso", 1, { upgrade: (db) => db.createObjectStore("drafts", { keyPath: "key" }) });
  return opening;
}
const quietly = async (work) => { try { return await work(await database()); } catch { return undefined; } };
const tabsKey = (unit) => `hoso-draft-${unit}`, textsKey = (unit) => `hoso-texts-${unit}`;
const session = (name, value) => {
  try {
    if (value === null) sessionStorage.removeItem(name);
    else if (value) sessionStorage.setItem(name, value);
    return sessionStorage.getItem(name);
  } catch { return null; }
};

// The code of a receipt, for who reloads the page or whose phone drops the tab: nobody can tell it a second time.
const CODE = "hoso-code";
export const keepCode = (code) => session(CODE, code);
export const keptCode = () => session(CODE);
export const forgetCode = () => session(CODE, null);

// Words are put down at every key press: a reload does not wait for a database.
export function keepTexts(unit, texts) { session(textsKey(unit), JSON.stringify({ ...texts, at: Date.now() })); }

// The draft of this tab, or else the latest of this school: a tab that was closed by accident finds its words again.
export async function draftOf(unit, key) {
  const own = session(tabsKey(unit));
  const all = (await quietly((db) => db.getAll("drafts"))) || [];
  for (const old of all.filter((draft) => Date.now() - draft.at > KEPT_MS)) await quietly((db) => db.delete("drafts", old.key));
  const fresh = all.filter((draft) => draft.unit === unit && Date.now() - draft.at <= KEPT_MS).sort((a, b) => b.at - a.at);
  const words = JSON.parse(session(textsKey(unit)) || "null");
  if (words && Date.now() - words.at <= KEPT_MS)
    return { unit, photos: [], ...fresh.find((draft) => draft.key === words.key), ...words };
  return fresh.find((draft) => draft.key === key) || fresh.find((draft) => draft.key === own) || fresh[0];
}

export async function keepDraft(draft) {
  session(tabsKey(draft.unit), draft.key);
  inHand.set(draft.key, draft.photos);
  const photos = await Promise.all(draft.photos.map(async (file) => ({ type: file.type, bytes: await file.arrayBuffer() })));
  await quietly((db) => db.put("drafts", { ...draft, at: Date.now(), photos }));
}

export function photosOf(draft, key) {
  if (inHand.has(key)) return inHand.get(key);
  return (draft?.photos || []).map(({ type, bytes }) => new File([bytes], type === "application/pdf" ? "paper.pdf" : "photo.jpg", { type }));
}

export async function forgetDraft(unit, key) {
  for (const name of [tabsKey(unit), textsKey(unit)]) session(name, null);
  inHand.delete(key);
  await quietly((db) => db.delete("drafts", key));
}
