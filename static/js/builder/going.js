// ?field=relevant leads to that field of the selected node: the check and the log link to it.

const url = new URL(location);
const wanted = url.searchParams.get("field");

if (wanted) {
  url.searchParams.delete("field");
  history.replaceState(null, "", url);
  const controls = [...document.querySelectorAll("#props [data-field], #props [data-rename]")];
  const nameOf = (control) => control.dataset.field ?? "name";
  const control = controls.find((each) => nameOf(each) === wanted) ?? controls.find((each) => nameOf(each).split(".")[0] === wanted.split(".")[0]);
  for (let part = control?.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  control?.scrollIntoView({ block: "center" });
  control?.focus();
}
