// Small comforts on the public pages. Every page works without this script.
import { createAll, ErrorSummary, Radios } from "govuk-frontend";
import { draftOf } from "./draft.js";
import { shrinkInto } from "./photos.js";

document.documentElement.classList.add("app-js");
document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(ErrorSummary);
createAll(Radios);

const live = document.getElementById("live");
const say = (text) => { if (live) live.textContent = text; };

// One press is one message: the second press of an impatient finger is swallowed, a page taken from the
// browser's back/forward memory can be sent again.
for (const form of document.querySelectorAll("form[method=post]")) {
  let sending = false;
  form.addEventListener("submit", (event) => {
    if (sending || form.dataset.busy) event.preventDefault();
    else sending = true;
  });
  addEventListener("pageshow", () => { sending = false; });
}

const form = document.querySelector("form[data-draft]");
if (form) draftOf(form, say);
const photos = document.querySelector("input[type=file][data-shrink]");
if (photos) shrinkInto(photos, say);

// The message has arrived: what was kept of it on this machine is not needed any more.
if (document.querySelector("[data-draft-done]")) {
  try { localStorage.removeItem("hoso-draft"); } catch { /* storage switched off: then nothing was kept */ }
}

for (const button of document.querySelectorAll("[data-copy]"))
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
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
