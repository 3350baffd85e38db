// Keeps the thread live and sends without reloading. Without this file the page works by plain forms.
"use strict";

const thread = document.getElementById("thread");
const composer = document.getElementById("composer");
const body = document.getElementById("body");
const problem = document.getElementById("problem");
let newest = 0; // answers of slower, older requests are dropped

async function showThread() {
  const asked = ++newest;
  const query = new URLSearchParams({ customer: thread.dataset.customer, company: thread.dataset.company });
  const answer = await fetch(`/phone/thread?${query}`, { cache: "no-store" });
  if (!answer.ok || asked !== newest) return;
  const html = await answer.text();
  if (html === thread.dataset.shown) return;
  const atEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 60;
  const page = new DOMParser().parseFromString(html, "text/html");
  putInPlace([...page.querySelectorAll("li")]);
  thread.dataset.shown = html;
  if (atEnd) thread.scrollTop = thread.scrollHeight;
}

// Rows that did not change stay the same elements, so that a screen reader announces the new ones only.
function putInPlace(wanted) {
  const kept = wanted.map((row) => [...thread.children].find((old) => old.isEqualNode(row)) ?? row);
  for (const old of [...thread.children]) if (!kept.includes(old)) old.remove();
  kept.forEach((row, place) => {
    if (thread.children[place] !== row) thread.insertBefore(row, thread.children[place] ?? null);
  });
}

async function send(event) {
  event.preventDefault();
  if (!body.value.trim()) return;
  try {
    const answer = await fetch(composer.action, { method: "POST", body: new FormData(composer) });
    if (!answer.ok) throw new Error(`the sandbox answered ${answer.status}`);
    body.value = "";
    problem.hidden = true;
    await showThread();
  } catch (error) {
    problem.textContent = `The text was not sent: ${error.message}. Try again.`;
    problem.hidden = false;
  }
  body.focus();
}

composer.addEventListener("submit", send);
body.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  composer.requestSubmit();
});
document.querySelector("#pair select").addEventListener("change", (event) => event.target.form.requestSubmit());
new EventSource("/phone/events").addEventListener("change", () => showThread().catch(() => undefined));
thread.scrollTop = thread.scrollHeight;
