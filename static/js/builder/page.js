// A page of the builder without outline and section: undo and redo work on it, and what they change is loaded anew.

import "./undoing.js";

document.addEventListener("draft:fragments", () => location.reload());
document.addEventListener("draft:refused", ({ detail }) => {
  const text = document.createElement("div");
  text.className = "msg msg--bad";
  text.setAttribute("role", "alert");
  text.textContent = detail.message;
  document.getElementById("notices").replaceChildren(text);
});
