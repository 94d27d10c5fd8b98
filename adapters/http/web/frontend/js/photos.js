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

// `form.shrinking` is a promise while photos are made smaller: whoever sends the form waits for it.
export function shrinkInto(input, say) {
  const form = input.form;
  input.addEventListener("change", () => { form.shrinking = shrinkAll(input, say); });
}

async function shrinkAll(input, say) {
  const list = document.getElementById("photo-list");
  if (!input.files.length) { list?.replaceChildren(); return; }
  const kept = new DataTransfer();
  for (const file of [...input.files].slice(0, MOST)) kept.items.add(await shrunk(file));
  const dropped = input.files.length - kept.files.length;
  input.files = kept.files;
  list?.replaceChildren(...[...kept.files].map((file, index) => {
    const item = document.createElement("li"), image = new Image();
    image.src = URL.createObjectURL(file);
    image.alt = `${input.dataset.one} ${index + 1}`;
    image.onload = () => URL.revokeObjectURL(image.src);
    item.append(image);
    return item;
  }));
  if (dropped > 0 && list) {
    const item = document.createElement("li"), note = document.createElement("strong");
    note.textContent = input.dataset.tooMany;
    item.append(note);
    list.prepend(item);
  }
  say(dropped > 0 ? input.dataset.tooMany : `${kept.files.length} ${input.dataset.count}`);
}
