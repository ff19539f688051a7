// A click on a province of the map filters the table of agencies by it; a second click shows all again.
// The map's table holds a link for each province, so that it works without the picture as well.
document.addEventListener("ks:province", ({ target, detail: { code } }) => {
  const link = document.querySelector(`#${target.dataset.table} tr[data-code="${code}"] a`);
  const field = document.getElementById("units-province");
  if (!link || !field) return;
  const key = new URL(link.href).searchParams.get("province");
  field.value = field.value === key ? "" : key;
  field.form.requestSubmit();
});
