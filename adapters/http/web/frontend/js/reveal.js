// What belongs to one answer of a question shows while that answer is chosen. govuk-frontend's own component says so with
// aria-expanded, which a radio button must not carry.
export function revealsBelow(root) {
  for (const input of root.querySelectorAll("input[data-aria-controls]")) {
    const part = document.getElementById(input.dataset.ariaControls);
    if (!part) continue;
    const show = () => part.classList.toggle("govuk-radios__conditional--hidden", !input.checked);
    for (const other of document.getElementsByName(input.name)) other.addEventListener("change", show);
    show();
  }
}
