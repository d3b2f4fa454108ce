// Asks how far the demonstration data is, and goes on when it is there.
const bar = document.getElementById("share");
const EVERY_MS = 500;

async function ask() {
  try {
    const answer = await fetch("/auth/setup/progress", { cache: "no-store" });
    const { share, done } = await answer.json();
    bar.value = share;
    if (done) {
      // The set-up page shows a failure, and leads to sign-in after a success.
      window.location.replace("/auth/setup");
      return;
    }
  } catch {
    // The server may be busy for a moment; the next question will tell.
  }
  window.setTimeout(ask, EVERY_MS);
}

ask();
