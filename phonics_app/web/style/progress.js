// Asks how far something is, and goes on when it is done, or when there is more to show.
const bar = document.getElementById("share");
const told = document.getElementById("told");
const EVERY_MS = 500;
let touched = false;

// Who has begun to choose is not interrupted.
document.addEventListener("input", () => { touched = true; });

async function ask() {
  try {
    const answer = await fetch(bar.dataset.ask, { cache: "no-store" });
    const { share, done, told: said, mark } = await answer.json();
    bar.value = share;
    if (told && said) told.textContent = said;
    const more = bar.dataset.mark !== undefined && mark !== bar.dataset.mark;
    if ((done || more) && !touched) {
      // The page behind it shows a failure as well as a success.
      window.location.replace(bar.dataset.then);
      return;
    }
  } catch {
    // The server may be busy for a moment; the next question will tell.
  }
  window.setTimeout(ask, EVERY_MS);
}

ask();
