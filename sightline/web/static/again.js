// Signing in again in the page, so that what was typed is kept where it stands.
// The dialog shows the product's own pages of signing in, one after another: there is no second way in.
// Before a form that holds something typed is sent, it is asked whether the session still stands.
import { announce } from "./requests.js";
import { startPasskeys } from "./passkeys.js";

const STANDING = "/signed-in";
const SIGN_IN = `/account/login/?next=${encodeURIComponent(STANDING)}`;
const SIGN_OUT = "/account/logout/";
const OTHER = "You signed in as somebody else, and this page is not theirs. Sign in as whoever opened it, or leave it.";

const owner = () => document.body.dataset.account;

function renewTokens(token) {
  document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
}

// "in": the session stands, and the page's forms may be sent. "out", "other": they may not.
export async function standing() {
  const answer = await fetch(STANDING, { credentials: "same-origin", headers: { "X-Partial": "1" } });
  if (!answer.ok || answer.redirected) return "out";
  const told = await answer.json();
  if (told.account !== owner()) return "other";
  renewTokens(told.token);
  return "in";
}

class Dialog {
  constructor() {
    this.element = document.createElement("dialog");
    this.element.className = "sl-again";
    this.element.setAttribute("aria-labelledby", "again-heading");
    this.done = new Promise((resolve) => { this.resolve = resolve; });
    this.element.addEventListener("close", () => {
      this.element.remove();
      this.resolve(this.signedIn === true);
    });
    this.element.addEventListener("submit", (event) => this.send(event));
    document.body.append(this.element);
    this.element.showModal();
  }

  async ask(url, options = {}) {
    try {
      const answer = await fetch(url, { credentials: "same-origin", ...options });
      if (new URL(answer.url).pathname === STANDING) return await this.arrive();
      this.show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      this.say("That did not go through. Check your connection and try again.");
    }
    return undefined;
  }

  async arrive() {
    const found = await standing();
    if (found === "other") return this.refuse();
    if (found === "out") return this.ask(SIGN_IN);
    this.signedIn = true;
    return this.element.close();
  }

  send(event) {
    event.preventDefault();
    const form = event.target;
    if (form.dataset.close) return this.element.close();
    return this.ask(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)) });
  }

  // Whoever signed in is signed out again: what stands on this page is not theirs to send.
  async refuse() {
    const page = await fetch(SIGN_OUT, { credentials: "same-origin" });
    const form = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("main form");
    if (form) await fetch(SIGN_OUT, { method: "POST", credentials: "same-origin", body: new URLSearchParams(new FormData(form)) });
    await this.ask(SIGN_IN);
    this.say(OTHER);
  }

  show(page) {
    const main = page.querySelector("main");
    const heading = document.createElement("h2");
    heading.id = "again-heading";
    heading.className = "govuk-heading-m";
    heading.textContent = main.querySelector("h1")?.textContent || "Sign in";
    main.querySelector("h1")?.replaceWith(heading);
    main.querySelectorAll("a[href]").forEach((link) => { link.target = "_blank"; });
    this.element.replaceChildren(...main.childNodes, this.wayOut());
    startPasskeys(this.element);
    (this.element.querySelector(".govuk-error-summary") || this.element.querySelector("form input:not([type=hidden])"))?.focus();
  }

  wayOut() {
    const form = document.createElement("form");
    form.dataset.close = "yes";
    const button = document.createElement("button");
    button.className = "sl-link-button";
    button.textContent = "Not now: back to the page, with what you typed";
    form.append(button);
    return form;
  }

  say(words) {
    const line = this.element.querySelector("[data-again-said]") || document.createElement("p");
    line.dataset.againSaid = "yes";
    line.className = "govuk-error-message";
    line.textContent = words;
    this.element.prepend(line);
    announce(words);
  }
}

let open = null;

// Resolves to whether the page's own account is signed in again.
export async function signInAgain() {
  if (!open) {
    open = new Dialog();
    open.ask(SIGN_IN);
    open.done.finally(() => { open = null; });
  }
  return open.done;
}

async function mayBeSent() {
  try {
    return (await standing()) === "in" || (await signInAgain());
  } catch {
    return true; // no connection: the browser says so itself, as for any page
  }
}

const typedIn = new WeakSet();
const asking = new WeakSet();
const cleared = new WeakSet();

function holdsTyping(form) {
  return typedIn.has(form) || [...form.querySelectorAll("textarea")].some((box) => box.value.trim());
}

function isOurs(form, button) {
  if (!owner() || form.method !== "post" || !form.closest("main")) return false;
  return !button?.dataset.partial && !form.dataset.passkey && holdsTyping(form);
}

async function askFirst(form, button) {
  asking.add(form);
  const may = await mayBeSent();
  asking.delete(form);
  if (!may) {
    announce("Not sent: you are signed out. What you typed is still here.");
    return;
  }
  cleared.add(form);
  form.requestSubmit(button);
  cleared.delete(form);
}

export function startAgain() {
  document.addEventListener("input", (event) => { if (event.target.form) typedIn.add(event.target.form); });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (cleared.has(form) || !isOurs(form, event.submitter)) return;
    event.preventDefault();
    // The guard and the drafts must not take this for the form leaving.
    event.stopImmediatePropagation();
    if (!asking.has(form)) askFirst(form, event.submitter);
  }, true);
}
