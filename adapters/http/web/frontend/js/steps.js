// The three screens, turned without asking the server: on a slow line nobody waits for the next question.
// The browser's own back button turns one back.
const MISSING = { category: 1, danger: 1, story: 2, contact: 3 };
let inFront = null; // the form of the page, or the last one after it was sent

function backAndForth(event) {
  if (inFront.form.isConnected) inFront.show(event.state?.step || 1);
  else location.reload(); // it was sent: the receipt is no screen of the form
}

export function stepsOf(form, photos) {
  const sections = [...form.querySelectorAll("section[data-step]")], texts = JSON.parse(form.dataset.missing || "{}");
  const box = { now: () => Number(form.elements.step.value), show, changed: () => {} };

  function show(number, { quiet = false } = {}) {
    form.elements.step.value = number;
    for (const section of sections) {
      section.hidden = Number(section.dataset.step) !== number;
      for (const button of section.querySelectorAll("[type=submit]")) button.disabled = section.hidden;
    }
    summary();
    if (quiet) return;
    clear();
    document.getElementById(`step-${number}`).focus({ preventScroll: true });
    scrollTo(0, 0);
  }
  function missing(before) {
    const empty = {
      category: !form.elements.category.value,
      danger: !form.elements.danger.value,
      story: form.elements.story.value.trim().length < Number(form.dataset.shortest),
      contact: !form.elements.contact.value,
    };
    return Object.keys(empty).filter((name) => empty[name] && MISSING[name] < before);
  }
  // Says whether it was a turn of the screens, or a press of "send" too early: on a slow line nobody uploads photos to be
  // told what is missing. Sending is for others.
  function turn(button) {
    const to = Number(button?.value) || 0;
    const faults = missing(to || sections.length + 1);
    if (faults.length) return fault(faults, MISSING[faults[0]]);
    if (!to) return false;
    if (to > box.now()) history.pushState({ step: to }, "");
    show(to);
    box.changed();
    return true;
  }
  function fault(names, step) {
    show(step, { quiet: true });
    clear();
    const holder = document.createElement("div"), title = document.createElement("h2"), list = document.createElement("ul");
    holder.className = "govuk-error-summary";
    holder.tabIndex = -1;
    holder.setAttribute("role", "alert");
    title.className = "govuk-error-summary__title";
    title.textContent = form.dataset.problem;
    list.className = "govuk-list govuk-error-summary__list";
    for (const name of names) {
      const line = document.createElement("li"), way = document.createElement("a");
      Object.assign(way, { href: `#${name}`, textContent: texts[name] });
      way.addEventListener("click", (event) => { event.preventDefault(); document.getElementById(name).focus(); });
      line.append(way);
      list.append(line);
    }
    holder.append(title, list);
    document.getElementById("errors").append(holder);
    holder.focus();
    scrollTo(0, 0);
    return true;
  }
  function clear() { document.getElementById("errors").replaceChildren(); }
  function summary() {
    for (const place of form.querySelectorAll("[data-of]")) {
      const name = place.dataset.of;
      if (name === "photos") place.textContent = photos.files().length;
      else if (name === "story") place.textContent = form.elements.story.value.trim();
      else place.textContent = [...form.elements[name]].find((field) => field.checked)?.labels[0].textContent.trim() || "";
    }
  }
  if (!inFront) addEventListener("popstate", backAndForth);
  inFront = { form, show };
  if (!history.state?.step) history.replaceState({ step: box.now() }, "");
  summary();
  return Object.assign(box, { turn, summary });
}
