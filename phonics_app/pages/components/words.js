// Streamlit names its own controls in English only: their names for screen readers, and its few texts, in our words.
(() => {
  const words = WORDS;
  document.documentElement.lang = LANGUAGE;
  window.phonicsWords = words;
  const rename = root => {
    for (const element of root.querySelectorAll("[aria-label], [title]")) {
      for (const name of ["aria-label", "title"]) {
        const known = window.phonicsWords[element.getAttribute(name)];
        if (known) element.setAttribute(name, known);
      }
    }
    for (const element of root.querySelectorAll("a[href^='#'], [role=dialog] h1, [role=dialog] h2, [role=dialog] p, [role=alertdialog] p")) {
      const known = window.phonicsWords[element.textContent.trim()];
      if (known && element.childElementCount === 0) element.textContent = known;
    }
  };
  rename(document);
  if (window.phonicsWatcher) return;
  window.phonicsWatcher = new MutationObserver(() => rename(document));
  window.phonicsWatcher.observe(document.body, { childList: true, subtree: true });
})();
