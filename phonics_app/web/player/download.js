// Carrying a test to the server by hand: a file that the hand-over page (/play/deliver) takes.

export function saveAsFile(session) {
  const content = { attempt_id: session.attemptId, events: session.events };
  const blob = new Blob([JSON.stringify(content, null, 1)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `phonics-test-${session.attemptId}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
