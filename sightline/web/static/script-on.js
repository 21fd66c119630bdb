// Loaded in the head and not as a module, so that the page is never drawn once without
// script and again with it. GOV.UK Frontend's styles look for these two classes on the body.
(function () {
  function mark() {
    document.body.classList.add("js-enabled");
    if ("noModule" in HTMLScriptElement.prototype) {
      document.body.classList.add("govuk-frontend-supported");
    }
  }
  if (document.body) {
    mark();
    return;
  }
  new MutationObserver(function (changes, watcher) {
    if (document.body) {
      watcher.disconnect();
      mark();
    }
  }).observe(document.documentElement, { childList: true });
})();
