// Making elements without markup in strings: nothing that is shown can act as HTML.

/** `element("button", {class: "primary", onclick: f}, "text", child)`; null and false children are left out. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name.startsWith("--")) made.style.setProperty(name, value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** Sets a property that differs: what is set again, though it is the same, is laid out again. */
export function put(of, name, value) {
  if (of[name] !== value) of[name] = value;
}

/** The same for the text of an element that holds nothing else: the text node stays, so that no box is made anew. */
export function putText(of, text) {
  const held = of.firstChild;
  if (held === null) of.textContent = text;
  else if (held.data !== text) held.data = text;
}

/** A button that never submits a form. */
export function button(attributes, ...children) {
  return element("button", { type: "button", ...attributes }, ...children);
}

/** Shows `children` in place of whatever `root` holds. */
export function show(root, ...children) {
  root.replaceChildren(...children.flat().filter(Boolean));
}
