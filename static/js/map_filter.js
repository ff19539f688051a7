// A click on a province of the map looks for it in the table of agencies; a second click shows all again.
// The map's table holds a link for each province, so that it works without the picture as well.
document.addEventListener("ks:province", ({ target, detail: { code } }) => {
  const link = document.querySelector(`#${target.dataset.table} tr[data-code="${code}"] a`);
  const field = document.getElementById("units-q");
  if (!link || !field) return;
  const name = new URL(link.href).searchParams.get("q");
  field.value = field.value === name ? "" : name;
  field.form.requestSubmit();
});
