// Answers a search while it is typed.
//   <fieldset data-search-url="…" data-search-results="#found"> inputs </fieldset>
//   <div id="found"> … </div>
// The inputs inside go to the address by POST (nothing about a person is ever put in an
// address). The answer is HTML: its element with the same id, or all of it. An element
// in it with `data-announce` holds the words for a screen reader ("3 people found").
import { announce, post, tokenFor } from "./requests.js";

const PAUSE = 300;
const SHORTEST = 2;

class Search {
  constructor(area) {
    this.area = area;
    this.timer = null;
    this.current = null;
    area.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE);
    });
  }

  results() {
    return document.querySelector(this.area.dataset.searchResults);
  }

  body() {
    const fields = new URLSearchParams();
    this.area.querySelectorAll("input, select, textarea").forEach((field) => {
      if (!field.name || field.disabled || field.name === "csrfmiddlewaretoken") return;
      if (/^(radio|checkbox)$/.test(field.type) && !field.checked) return;
      fields.append(field.name, field.value);
    });
    return fields;
  }

  hasEnough() {
    const boxes = this.area.querySelectorAll("input[type=text], input[type=search], input:not([type])");
    return [...boxes].some((box) => box.value.trim().length >= SHORTEST);
  }

  async ask() {
    this.current?.abort();
    const target = this.results();
    if (!target || !this.hasEnough()) return;
    const request = new AbortController();
    this.current = request;
    target.setAttribute("aria-busy", "true");
    try {
      const body = this.body();
      body.append("csrfmiddlewaretoken", tokenFor(this.area));
      const answer = await post(this.area.dataset.searchUrl, body, this.area, { signal: request.signal });
      this.show(target, await answer.text());
    } catch (failure) {
      if (failure.name === "AbortError") return;
      this.fail(target, failure);
    }
    target.removeAttribute("aria-busy");
  }

  show(target, html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const part = page.getElementById(target.id) || page.body;
    target.replaceChildren(...part.childNodes);
    const words = target.querySelector("[data-announce]");
    announce(words ? words.dataset.announce || words.textContent.trim() : "Results have changed");
  }

  // Earlier results go too: they would answer a question that is no longer asked.
  fail(target, failure) {
    const words = document.createElement("p");
    words.className = "govuk-error-message";
    words.textContent = failure.signedOut
      ? "You have been signed out. Sign in again, then search."
      : "The search did not work. This does not mean that nobody was found. Try again.";
    target.replaceChildren(words);
    announce(words.textContent);
  }
}

export function startSearches(scope = document) {
  // A part that was just refreshed may be the area itself.
  const areas = [...scope.querySelectorAll("[data-search-url]")];
  if (scope !== document && scope.matches("[data-search-url]")) areas.push(scope);
  areas.forEach((area) => new Search(area));
}
