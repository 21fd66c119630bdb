// Saves a form as it is typed.   <form method="post" data-draft-url="…">
// Three seconds after a change its fields go to the server, and again when the page is
// left. `draft_order` grows with every save, so that the server can ignore one that
// arrives late. The answer may be JSON {"saved": "10:42"}.
import { signInAgain, standing } from "./again.js";
import { announce, post } from "./requests.js";

const PAUSE = 3000;
const LONGEST_RETRY = 30000;
const LARGEST_PARTING = 60000; // a browser refuses a larger body once the page is going

class Draft {
  constructor(form) {
    this.form = form;
    this.changed = false;
    this.failures = 0;
    this.timer = null;
    this.sending = false;
    this.status = form.querySelector("[data-draft-status]") || this.addStatus();
    form.addEventListener("input", () => this.note());
    form.addEventListener("change", () => this.note());
    form.addEventListener("sightline:replaced", () => this.note());
    form.addEventListener("submit", () => this.stop());
  }

  addStatus() {
    const status = document.createElement("p");
    status.className = "sl-saved";
    status.setAttribute("role", "status");
    this.form.append(status);
    return status;
  }

  note() {
    this.changed = true;
    this.wait(PAUSE);
  }

  wait(pause) {
    if (!this.timer) this.timer = setTimeout(() => this.save(), pause);
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = null;
    this.changed = false;
  }

  body() {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      const field = this.form.elements.namedItem(name);
      if (typeof value === "string" && field?.type !== "password") fields.append(name, value);
    }
    fields.append("draft_order", String(Date.now()));
    return fields;
  }

  async save() {
    this.timer = null;
    if (this.sending) return this.wait(PAUSE);
    this.sending = true;
    this.changed = false;
    try {
      const answer = await post(this.form.dataset.draftUrl, this.body(), this.form);
      this.failures = 0;
      this.offer(false);
      this.say(`Saved ${await savedAt(answer)}`, false);
    } catch (failure) {
      this.changed = true;
      this.failures += 1;
      await this.fail(failure);
      this.wait(Math.min(PAUSE * 2 ** this.failures, LONGEST_RETRY));
    }
    this.sending = false;
    if (this.changed) this.wait(PAUSE);
  }

  // Nothing is taken from whoever is typing: they go on, and sign in when they choose.
  async fail(failure) {
    const out = failure.signedOut && (await stillOut());
    this.offer(out);
    this.say(out ? SIGNED_OUT : "Not saved yet: trying again", true);
  }

  offer(out) {
    if (!out) {
      this.button?.remove();
      this.button = null;
      return;
    }
    if (this.button) return;
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "govuk-button govuk-button--secondary";
    this.button.textContent = "Sign in and save";
    this.button.addEventListener("click", async () => {
      if (!(await signInAgain())) return;
      clearTimeout(this.timer);
      await this.save();
      announce(this.status.textContent);
    });
    this.status.after(this.button);
  }

  // The last chance before the page goes: nothing waits for the answer.
  part() {
    if (!this.changed) return;
    const body = this.body();
    if (body.toString().length > LARGEST_PARTING) return;
    clearTimeout(this.timer);
    this.timer = null;
    post(this.form.dataset.draftUrl, body, this.form, { keepalive: true })
      .then(() => { this.changed = false; })
      .catch(() => this.wait(PAUSE));
  }

  say(words, failing) {
    this.status.classList.toggle("sl-saved--failing", failing);
    // Only new words are set: a screen reader hears the minute change, not every save.
    if (this.status.textContent !== words) this.status.textContent = words;
  }
}

async function savedAt(answer) {
  try {
    return (await answer.json()).saved || clock();
  } catch {
    return clock();
  }
}

function clock() {
  return new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

const SIGNED_OUT = "Not saved yet: you have been signed out. What you typed is here; sign in and it is saved.";

// Another tab may have signed in meanwhile: then this page goes on by itself.
async function stillOut() {
  try {
    return (await standing()) !== "in";
  } catch {
    return false;
  }
}

export function startDrafts() {
  const drafts = [...document.querySelectorAll("form[data-draft-url]")].map((form) => new Draft(form));
  if (!drafts.length) return;
  const part = () => drafts.forEach((draft) => draft.part());
  window.addEventListener("pagehide", part);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") part();
  });
  window.addEventListener("beforeunload", (event) => {
    if (drafts.some((draft) => draft.changed && draft.failures)) event.preventDefault();
  });
}
