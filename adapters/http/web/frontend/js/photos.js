// Photos are made smaller before they are sent; drawing them anew also drops the place where they were taken.
const LONGEST = 1600, QUALITY = 0.8, MOST = 5;

async function shrunk(file) {
  if (!file.type.startsWith("image/")) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return new File([blob], "photo.jpg", { type: "image/jpeg" });
  } catch { return file; } // a kind that this browser cannot draw: the server cleans it
}

// What is chosen later is added. `form.shrinking` is a promise while photos are made smaller: whoever sends waits for it.
export function photosIn(input, say) {
  const form = input.form, list = form.querySelector("#photo-list"), kept = [];
  const box = { files: () => [...kept], replace, changed: () => {} };

  input.addEventListener("change", () => {
    const chosen = [...input.files];
    form.shrinking = (form.shrinking || Promise.resolve()).then(() => add(chosen));
  });

  async function add(chosen) {
    const dropped = Math.max(0, kept.length + chosen.length - MOST);
    for (const file of chosen.slice(0, Math.max(0, MOST - kept.length))) {
      kept.push(await shrunk(file));
      show();
      await box.changed(); // each one is kept before the next is looked at
    }
    show(dropped);
    say(dropped ? input.dataset.tooMany : `${kept.length} ${input.dataset.count}`);
  }
  function replace(files) { kept.splice(0, kept.length, ...files); show(); }

  function show(dropped = 0) {
    const chosen = new DataTransfer();
    for (const file of kept) chosen.items.add(file);
    input.files = chosen.files;
    list?.replaceChildren(...kept.map(item));
    if (dropped && list) {
      const line = document.createElement("li"), note = document.createElement("strong");
      note.textContent = input.dataset.tooMany;
      line.append(note);
      list.prepend(line);
    }
  }
  function item(file, index) {
    const line = document.createElement("li"), name = `${input.dataset.one} ${index + 1}`;
    if (file.type.startsWith("image/")) {
      const image = new Image();
      image.src = URL.createObjectURL(file);
      image.alt = name;
      image.onload = () => URL.revokeObjectURL(image.src);
      line.append(image);
    } else line.append(Object.assign(document.createElement("span"), { textContent: "PDF" }));
    if (!input.dataset.remove) return line;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "app-link-button", textContent: input.dataset.remove });
    button.append(Object.assign(document.createElement("span"), { className: "govuk-visually-hidden", textContent: ` ${name}` }));
    button.addEventListener("click", () => { kept.splice(index, 1); show(); box.changed(); input.focus(); });
    line.append(button);
    return line;
  }
  return box;
}
