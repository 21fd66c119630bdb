// How the other scripts speak to the server and to a screen reader.

export function tokenFor(element) {
  const form = element.closest("form") || document;
  const field =
    form.querySelector("input[name=csrfmiddlewaretoken]") ||
    document.querySelector("input[name=csrfmiddlewaretoken]");
  return field ? field.value : "";
}

// A sign-in page that comes back in place of an answer is a refusal, not an answer.
export async function post(url, body, element, options = {}) {
  const answer = await fetch(url, {
    method: "POST",
    body,
    credentials: "same-origin",
    headers: { "X-CSRFToken": tokenFor(element), "X-Partial": "1", ...options.headers },
    ...(options.signal ? { signal: options.signal } : {}),
    ...(options.keepalive ? { keepalive: true } : {}),
  });
  if (!answer.ok || (answer.redirected && !options.mayMove)) {
    const failure = new Error("refused");
    failure.signedOut = answer.redirected || answer.status === 401 || answer.status === 403;
    failure.status = answer.status;
    throw failure;
  }
  return answer;
}

let speaker;

export function announce(words) {
  if (!speaker) {
    speaker = document.createElement("div");
    speaker.className = "govuk-visually-hidden";
    speaker.setAttribute("role", "status");
    document.body.append(speaker);
  }
  speaker.textContent = "";
  // Emptied first and filled a moment later, so that the same words are spoken again.
  setTimeout(() => {
    speaker.textContent = words;
  }, 100);
}
