// Sends a form without leaving the page, so that chosen photos survive an error and a lost network loses nothing.
// The server's own page is what is shown: its <main> takes the place of ours.
export function sendsInPlace(form, { start, say }) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    await form.shrinking;
    const lost = document.getElementById("lost");
    if (lost) lost.hidden = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      show(page, answer, form);
      start();
    } catch { // no network, or it broke off: the command id makes a second try safe
      delete form.dataset.busy;
      if (lost) { lost.hidden = false; lost.focus(); say(lost.textContent.trim()); }
    }
  });
}

function show(page, answer, form) {
  const fresh = page.querySelector("main"), here = document.querySelector("main");
  const chosen = form.querySelector("input[type=file]"), thumbnails = document.getElementById("photo-list");
  document.title = page.title;
  if (!page.querySelector(".govuk-back-link")) document.querySelector(".govuk-back-link")?.closest("nav").remove();
  here.replaceWith(document.adoptNode(fresh));
  const empty = fresh.querySelector("form[data-send] input[type=file]");
  if (!answer.ok && chosen && empty) {
    empty.files = chosen.files;
    document.getElementById("photo-list")?.replaceWith(thumbnails);
  }
  if (answer.redirected) history.replaceState(null, "", answer.url);
  const place = document.querySelector(".govuk-error-summary:not([hidden])") || document.querySelector("h1");
  place.tabIndex = -1;
  place.focus();
  scrollTo(0, 0);
}
