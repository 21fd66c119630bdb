// What script adds to pages that already work without it: typing is saved on the server,
// searches answer while they are typed, and a part of a form can be refreshed in place.
// Nothing is kept in the browser: no local storage, no session storage, no database.
import { initAll } from "./vendor/govuk-frontend.min.js";
import { startAgain } from "./again.js";
import { startDrafts } from "./drafts.js";
import { startPartials } from "./partials.js";
import { startPasskeys } from "./passkeys.js";
import { startSearches } from "./searches.js";

function guardAgainstTwice() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    // An answer that is a file leaves the page standing, so the form opens again.
    setTimeout(() => delete form.dataset.sent, 5000);
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });
}

function grow(box) {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 4}px`;
}

function growBoxes() {
  if (CSS.supports("field-sizing", "content")) return;
  document.querySelectorAll("textarea.govuk-textarea").forEach(grow);
  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea.govuk-textarea")) grow(event.target);
  });
}

// A long form is sent by its button: Enter in one of its lines must not send half of it.
//   <form data-enter="stays">
function stayOnEnter() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    if (event.target.matches('form[data-enter="stays"] input:not([type="submit"], [type="button"], [type="file"])')) {
      event.preventDefault();
    }
  });
}

function closeMenusOnEscape() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.sl-recent[open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
}

initAll();
startAgain();
startPasskeys();
startDrafts();
startSearches();
startPartials((part) => {
  initAll({ scope: part });
  startSearches(part);
});
guardAgainstTwice();
growBoxes();
closeMenusOnEscape();
stayOnEnter();
