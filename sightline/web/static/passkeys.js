// Signs in with a passkey, or makes one.
//   <form method="post" data-passkey="get" data-passkey-options="#id-of-json"> or data-passkey-ask="…">
//     <input type="hidden" name="credential"> <button type="submit">Use a passkey</button></form>
// The browser asks the device; its answer is put in `credential` and the form goes as any other.
// A form of this kind is hidden until there is a script and a browser that knows passkeys.
const FAILED = "The passkey was not used. Try again, or sign in another way.";

function toBytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function toText(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

const named = (keys) => (keys || []).map((key) => ({ ...key, id: toBytes(key.id) }));

function read(options) {
  const asked = { ...options.publicKey, challenge: toBytes(options.publicKey.challenge) };
  if (asked.user) asked.user = { ...asked.user, id: toBytes(asked.user.id) };
  if (asked.allowCredentials) asked.allowCredentials = named(asked.allowCredentials);
  if (asked.excludeCredentials) asked.excludeCredentials = named(asked.excludeCredentials);
  return asked;
}

// Kept on the device and opened by its own check (a finger, a face, a PIN): that is the second factor.
function lasting(asked) {
  const selection = { ...asked.authenticatorSelection, residentKey: "required", requireResidentKey: true };
  return { ...asked, authenticatorSelection: { ...selection, userVerification: "required" } };
}

function write(credential) {
  const { response } = credential;
  const told = { clientDataJSON: toText(response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) told[part] = toText(response[part]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: told,
  });
}

async function optionsOf(form) {
  if (!form.dataset.passkeyAsk) return JSON.parse(document.querySelector(form.dataset.passkeyOptions).textContent);
  const headers = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" };
  const answer = await fetch(form.dataset.passkeyAsk, { credentials: "same-origin", headers });
  if (!answer.ok) throw new Error("refused");
  const told = await answer.json();
  return told.request_options;
}

async function use(form) {
  const options = await optionsOf(form);
  const told = options.creation_options || options.request_options || options;
  const making = form.dataset.passkey === "create";
  const asked = read(told);
  return write(
    making
      ? await navigator.credentials.create({ publicKey: lasting(asked) })
      : await navigator.credentials.get({ publicKey: asked }),
  );
}

function fail(form) {
  const line = form.querySelector("[data-passkey-failed]") || document.createElement("p");
  line.className = "govuk-error-message";
  line.dataset.passkeyFailed = "yes";
  line.setAttribute("role", "alert");
  line.textContent = FAILED;
  form.append(line);
}

function begin(form) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    const field = form.elements.namedItem("credential");
    if (field.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    try {
      field.value = await use(form);
    } catch {
      fail(form);
      return;
    }
    form.requestSubmit();
    field.value = ""; // spent: each answer is good for one question
  });
}

export function startPasskeys(scope = document) {
  if (!window.PublicKeyCredential) return;
  scope.querySelectorAll("form[data-passkey]").forEach(begin);
}
