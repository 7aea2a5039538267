/** Photos of an entry: taken or chosen, made small on the phone, kept with the half-filled form. */
import { copyOf, part, worded } from "./marked.js";
import { saysTime } from "./moments.js";
import { box, unbox } from "./seal.js";

/** The size of a picture whose longer side is at most `side`. */
export function fitted(width, height, side) {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** Draw a file anew: nothing but the picture stays. Resolves with a way to have it as a JPEG. */
async function drawn(file, side) {
  const image = new Image();
  // The address of a file lasts as long as the page, which is left when the entry is saved.
  image.src = URL.createObjectURL(file);
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), fitted(image.naturalWidth, image.naturalHeight, side));
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return (quality) => new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
}

/** A photo as it is kept: {id, at, sha256, bytes}, of at most `enough` bytes if it can be. Rejects where the file is no picture. */
export async function shrunk(file, at, { side, enough }, draw = drawn) {
  const jpeg = await draw(file, side);
  let bytes;
  for (const quality of [0.75, 0.5, 0.25]) {
    bytes = await (await jpeg(quality)).arrayBuffer();
    if (bytes.byteLength <= enough) break;
  }
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return { id: crypto.randomUUID(), at, sha256: [...hash].map((one) => one.toString(16).padStart(2, "0")).join(""), bytes };
}

/** Keep the photos of a half-filled form; only its officer can see them. */
export async function keepPhotos(store, who, id, photos) {
  if (!photos.length) return store.remove("photos", id);
  const boxed = photos.map(async ({ bytes, ...rest }) => ({ ...rest, boxed: await box(who.key, bytes) }));
  return store.put("photos", await Promise.all(boxed), id);
}

export async function keptPhotos(store, who, id) {
  const kept = ((await store.get("photos", id)) ?? []).map(async ({ boxed, ...rest }) => (
    { ...rest, bytes: await unbox(who.key, boxed, (bytes) => bytes) }
  ));
  return (await Promise.all(kept)).filter((one) => one.bytes);
}

/** Start the field. Returns `open(id)`, `list()` once all is kept, `offerWithout()`. */
export function startPhotos(form, { store, who }) {
  const field = part("photos");
  const { most } = field.dataset;
  const [list, said, without] = ["ul", "[role=status]", "[data-without]"].map((one) => field.querySelector(one));
  let id;
  let photos = [];
  let work = Promise.resolve();
  const change = (next, words = "") => {
    photos = next;
    said.textContent = words;
    form.dataset.photos = photos.length || "";
    without.hidden = true;
    for (const input of field.querySelectorAll("input")) input.disabled = photos.length >= most;
    list.replaceChildren(...photos.map((photo, index) => {
      const row = copyOf("photo");
      const [image, button] = row.children;
      image.src = URL.createObjectURL(new Blob([photo.bytes], { type: "image/jpeg" }));
      image.alt = `Photo ${index + 1} of ${photos.length}, taken ${saysTime(photo.at)}`;
      button.setAttribute("aria-label", `Remove photo ${index + 1}`);
      button.onclick = () => then(() => keep(photos.filter((one) => one !== photo), `Photo ${index + 1} removed.`));
      return row;
    }));
    form.dispatchEvent(new Event("change"));
  };
  const keep = async (next, words) => {
    await keepPhotos(store, who, id, next);
    change(next, words);
  };
  const add = async (file) => {
    if (photos.length >= most) return;
    const photo = await shrunk(file, Date.now(), field.dataset).catch(() => null);
    if (!photo) said.textContent = worded(said, "other", file.name || "This file");
    else await keep([...photos, photo]).catch(() => { said.textContent = said.dataset.full; });
  };
  const then = (act) => (work = work.then(act).catch(() => { said.textContent = said.dataset.failed; }));
  for (const input of field.querySelectorAll("input")) {
    input.addEventListener("change", () => {
      for (const file of [...input.files].slice(0, most)) then(() => add(file));
      input.value = "";
    });
  }
  without.addEventListener("click", () => then(() => keep([])).then(() => form.requestSubmit()));
  field.hidden = false;
  return {
    open: (one) => then(async () => { id = one; change(await keptPhotos(store, who, id)); }),
    list: () => work.then(() => photos),
    offerWithout: () => { without.hidden = !photos.length; },
  };
}
