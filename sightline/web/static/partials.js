// Sends a form and refreshes one part of the page.
//   <button name="add" value="adult" data-partial="#adults">Add another adult</button>
// The whole form is posted with `X-Partial: 1`; the elements named (commas between) are
// replaced by those with the same id in the answer. What was typed since is kept, and
// so is the focus. When anything goes wrong the form is sent in the ordinary way.
import { announce, post } from "./requests.js";

function controls(part) {
  return [...part.querySelectorAll("input, select, textarea")].filter((c) => c.id && c.type !== "file");
}

function valueOf(control) {
  return /^(radio|checkbox)$/.test(control.type) ? control.checked : control.value;
}

function setValue(control, value) {
  if (/^(radio|checkbox)$/.test(control.type)) control.checked = value;
  else control.value = value;
}

function remember(parts) {
  return new Map(parts.flatMap(controls).map((c) => [c.id, valueOf(c)]));
}

function keepLaterTyping(old, fresh, sent) {
  for (const control of controls(old)) {
    const twin = fresh.querySelector(`#${CSS.escape(control.id)}`);
    if (twin && sent.get(control.id) !== valueOf(control)) setValue(twin, valueOf(control));
  }
}

function keepFocus(act) {
  const active = document.activeElement;
  const { id, selectionStart, selectionEnd } = active;
  act();
  if (document.contains(active)) return true;
  const twin = id && document.getElementById(id);
  if (!twin) return false;
  twin.focus();
  if (selectionStart != null && twin.setSelectionRange) twin.setSelectionRange(selectionStart, selectionEnd);
  return true;
}

// The thing just asked for gets the focus: marked by the server, else the part itself.
function focusInto(part) {
  const wanted = part.querySelector("[data-focus]") || part;
  if (wanted === part) part.setAttribute("tabindex", "-1");
  wanted.focus();
}

function swap(parts, page, sent, restart) {
  const fresh = parts.map((part) => page.getElementById(part.id));
  if (fresh.some((part) => !part)) throw new Error("part missing");
  const focused = keepFocus(() => {
    parts.forEach((part, place) => {
      keepLaterTyping(part, fresh[place], sent);
      part.replaceWith(fresh[place]);
    });
  });
  fresh.forEach((part) => {
    restart(part);
    part.dispatchEvent(new CustomEvent("sightline:replaced", { bubbles: true }));
  });
  if (!focused || fresh.some((part) => part.querySelector("[data-focus]"))) {
    focusInto(fresh.find((part) => part.querySelector("[data-focus]")) || fresh[0]);
  }
  const words = fresh.map((part) => part.querySelector("[data-announce]")).find(Boolean);
  if (words) announce(words.dataset.announce || words.textContent.trim());
}

function sayBeside(button, words) {
  const line = document.createElement("p");
  line.className = "govuk-error-message";
  line.textContent = words;
  if (button.nextElementSibling?.matches(".govuk-error-message")) button.nextElementSibling.remove();
  button.after(line);
  announce(words);
}

async function refresh(form, button, parts, restart) {
  const sent = remember(parts);
  const body = new FormData(form, button);
  const address = button.getAttribute("formaction") || form.getAttribute("action") || location.href;
  button.setAttribute("aria-disabled", "true");
  try {
    const answer = await post(address, body, form, { mayMove: true });
    swap(parts, new DOMParser().parseFromString(await answer.text(), "text/html"), sent, restart);
  } catch (failure) {
    if (failure instanceof TypeError) {
      sayBeside(button, "That did not go through. Check your connection and try again.");
    } else {
      // Forms carry a key, so a second arrival is recorded once; the page says what is wrong.
      button.removeAttribute("data-partial");
      form.requestSubmit(button);
    }
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

// A choice that changes another part of the page: the button that refreshes it is pressed.
//   <div data-refresh-with="#draft-message"> radios </div>
function refreshOnChoice(event) {
  const area = event.target.closest("[data-refresh-with]");
  const button = area && document.querySelector(area.dataset.refreshWith);
  if (button?.form) button.form.requestSubmit(button);
}

export function startPartials(restart) {
  document.addEventListener("change", refreshOnChoice);
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button?.dataset.partial) return;
    const parts = button.dataset.partial.split(",").map((name) => document.querySelector(name.trim()));
    if (parts.some((part) => !part)) return;
    event.preventDefault();
    // The guard and the drafts must not take this for the form leaving.
    event.stopImmediatePropagation();
    if (button.getAttribute("aria-disabled") !== "true") refresh(event.target, button, parts, restart);
  }, true);
}
