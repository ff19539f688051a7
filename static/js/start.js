// A new questionnaire: the code follows the title until somebody types a code.

const form = document.querySelector("form[enctype]");
const code = form.elements.code;
const LONGEST = 60;
let isTyped = Boolean(code.value);

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/giu, "d").toLowerCase();
const codeOf = (title) =>
  plain(title)
    .replace(/[^a-z0-9]+/gu, "-")
    .slice(0, LONGEST)
    .replace(/^-+|-+$/gu, "");

const chosenTitle = () => {
  const name = { copy: "version", ready: "ready" }[form.elements.source.value];
  return (name && form.querySelector(`[name=${name}]:checked`)?.dataset.title) || "";
};

form.addEventListener("input", (event) => {
  if (event.target === code) isTyped = Boolean(code.value);
  else if (!isTyped) code.value = codeOf(form.elements.title_vi.value || form.elements.title_en.value || chosenTitle());
});

// What is typed is searched for at once; Enter there creates nothing.
form.elements.find.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
