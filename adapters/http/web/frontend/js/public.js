// Small comforts on the public pages. Every page works without this script.
import { createAll, ErrorSummary } from "govuk-frontend";
import { keepsDraft } from "./draft.js";
import { revealsBelow } from "./reveal.js";
import { photosIn } from "./photos.js";
import { savesReceipt } from "./picture.js";
import { sendsInPlace } from "./send.js";
import { stepsOf } from "./steps.js";
import { forgetCode, keptCode } from "./store.js";

document.documentElement.classList.add("app-js");
document.body.classList.add("js-enabled", "govuk-frontend-supported");
const say = (text) => { document.getElementById("live").textContent = text; };

function copies(button) {
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      say(button.dataset.done);
      button.textContent = button.dataset.done;
    } catch { // some apps' built-in browsers refuse: mark the code so that it can be copied by hand
      const code = document.getElementById("code");
      if (code) getSelection().selectAllChildren(code);
    }
  });
}

// One press is one message: the second press of an impatient finger is swallowed; a page that comes back from the
// browser's memory can be sent again.
function onceOnly(form) {
  let sending = false;
  form.addEventListener("submit", async (event) => {
    if (sending) { event.preventDefault(); return; }
    sending = true;
    if (!form.shrinking) return;
    event.preventDefault();
    await form.shrinking;
    form.submit();
  });
  addEventListener("pageshow", () => { sending = false; });
}

// A finger that reloads the receipt loses the code for good: ask first, unless it was copied, printed or used.
function guardsCode(main) {
  const ask = (event) => event.preventDefault();
  addEventListener("beforeunload", ask);
  const done = () => removeEventListener("beforeunload", ask);
  for (const way of main.querySelectorAll("[data-copy],[data-save],[data-print]")) way.addEventListener("click", done);
  for (const form of main.querySelectorAll("form")) form.addEventListener("submit", done);
}

function tellsCode(box) {
  if (!box || !keptCode()) return;
  box.querySelector("#sent-code").textContent = keptCode();
  box.hidden = false;
  box.querySelector("[data-forget]").addEventListener("click", () => { forgetCode(); box.hidden = true; });
}

// Runs for the page as loaded, and again for a <main> that the server sent in its place.
function start() {
  const main = document.querySelector("main");
  createAll(ErrorSummary, undefined, main);
  revealsBelow(main);
  tellsCode(main.querySelector("#sent-before"));
  const photos = new Map([...main.querySelectorAll("input[type=file][data-shrink]")].map((input) => [input.form, photosIn(input, say)]));
  for (const form of main.querySelectorAll("form[method=post]"))
    if (form.hasAttribute("data-send")) {
      const steps = stepsOf(form, photos.get(form));
      sendsInPlace(form, { start, say, steps });
      keepsDraft(form, { photos: photos.get(form), steps, say });
    } else onceOnly(form);
  if (main.querySelector("[data-draft-done]")) guardsCode(main);
  for (const button of main.querySelectorAll("[data-save]"))
    button.addEventListener("click", async () => {
      await savesReceipt(document.getElementById(button.dataset.save));
      say(button.dataset.done);
      button.textContent = button.dataset.done;
    });
  for (const button of main.querySelectorAll("[data-copy]")) copies(button);
  for (const button of main.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
}
start();

// The QR code of a receipt carries the tracking code behind the #, which no browser sends in an address: it is put into
// the field and posted.
const given = decodeURIComponent(location.hash.slice(1)), field = document.getElementById("code");
if (given && field instanceof HTMLInputElement && field.form && !field.value) {
  history.replaceState(null, "", location.pathname);
  field.value = given;
  field.form.requestSubmit();
}
