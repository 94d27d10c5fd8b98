// govuk-frontend is imported piece by piece so that esbuild drops the rest.
import { createAll, Button, CharacterCount, ErrorSummary, PasswordInput, ServiceNavigation, SkipLink, NotificationBanner } from "govuk-frontend";
import { keepsTyped } from "./keep.js";
import { keepsFiles } from "./resend.js";
import { revealsBelow } from "./reveal.js";
import { movesAmongRows } from "./list_keys.js";
import { rows } from "./rows.js";
import { keepsForms } from "./typed.js";
import "htmx.org/dist/htmx.esm.js";

document.documentElement.classList.add("app-js");
document.body.classList.add("js-enabled", "govuk-frontend-supported");
const texts = JSON.parse(document.getElementById("texts")?.textContent || "{}");

function init(root) {
  for (const Component of [Button, ErrorSummary, ServiceNavigation, SkipLink, NotificationBanner])
    createAll(Component, undefined, root);
  revealsBelow(root);
  createAll(CharacterCount, { i18n: texts.characterCount }, root);
  createAll(PasswordInput, { i18n: texts.passwordInput }, root);
}
init(document);
if (texts.kept) { keepsTyped(texts.kept); keepsFiles(texts.kept, init); keepsForms(texts.kept); }
rows(init);
movesAmongRows();

document.addEventListener("htmx:after:swap", (event) => {
  init(event.detail?.ctx?.target || document);
  // htmx drops focus to <body> when the focused form is inside the swapped part
  if (document.activeElement === document.body) {
    const place = document.querySelector("[data-focus]");
    if (place) {
      if (!place.matches("input,textarea,select,a,button")) place.tabIndex = -1;
      place.focus();
    }
  }
  // tell those who do not see the page how many results there are now
  const live = document.getElementById("live"), said = document.querySelector("[data-announce]");
  if (live && said) live.textContent = said.dataset.announce;
});

// Filters are open on a wide screen and folded on a phone.
const fold = document.querySelector("details.app-fold");
if (fold && matchMedia("(max-width: 48.0625em)").matches) fold.open = false;

for (const button of document.querySelectorAll("[data-copy]"))
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
    document.getElementById("live").textContent = button.dataset.done;
  });
document.addEventListener("click", (event) => { if (event.target.closest?.("[data-print]")) print(); });
