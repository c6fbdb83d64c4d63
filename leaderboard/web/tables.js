// Sorting and filtering for tables that are whole without it: a button in each heading, and a filter above long tables.
'use strict';

(function () {
  const many = 8;

  // What a cell sorts by: its first number, with a real minus sign and a baseline's brackets understood; or its text.
  function key(row, column) {
    const text = row.cells[column].textContent.trim();
    const match = /[−-]?\d+(\.\d+)?/.exec(text);
    return { text, number: match ? Number(match[0].replace('−', '-')) : null };
  }

  function compare(a, b, isNumber, direction) {
    if (!isNumber) return direction * a.text.localeCompare(b.text, 'en', { numeric: true });

    // Undefined stands last whichever way one sorts.
    if (a.number === null || b.number === null) return (a.number === null) - (b.number === null);
    return direction * (a.number - b.number);
  }

  function sort(table, heading, column) {
    const body = table.tBodies[0];
    const isDown = heading.getAttribute('aria-sort') === 'ascending';
    const isNumber = heading.classList.contains('number') || /^(Rank|Scored)/.test(heading.textContent.trim());
    for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
    heading.setAttribute('aria-sort', isDown ? 'descending' : 'ascending');
    const rows = [...body.rows].map((row) => ({ row, key: key(row, column) }));
    rows.sort((a, b) => compare(a.key, b.key, isNumber, isDown ? -1 : 1));
    body.append(...rows.map((one) => one.row));
  }

  function makeSortable(table) {
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = heading.textContent;
      button.addEventListener('click', () => sort(table, heading, column));
      heading.replaceChildren(button);
    });
  }

  function makeFilterable(table, number) {
    const rows = [...table.tBodies[0].rows];
    const bar = document.createElement('div');
    bar.className = 'filter';
    const label = document.createElement('label');
    label.textContent = 'Filter ';
    const input = document.createElement('input');
    input.type = 'search';
    input.id = 'filter-' + number;
    label.htmlFor = input.id;
    const count = document.createElement('output');
    count.htmlFor = input.id;
    bar.append(label, input);
    let box = null;
    if (rows.some((row) => row.classList.contains('baseline'))) {
      box = document.createElement('input');
      box.type = 'checkbox';
      box.checked = true;
      const words = document.createElement('label');
      words.append(box, ' Baselines');
      bar.append(words);
    }

    const apply = () => {
      const wanted = input.value.trim().toLowerCase();
      for (const row of rows) {
        row.hidden = !row.textContent.toLowerCase().includes(wanted)
          || (box !== null && !box.checked && row.classList.contains('baseline'));
      }

      count.textContent = rows.filter((row) => !row.hidden).length + ' of ' + rows.length;
    };
    input.addEventListener('input', apply);
    if (box) box.addEventListener('change', apply);
    bar.append(count);
    table.parentElement.before(bar);
    apply();
  }

  document.querySelectorAll('.scroll > table').forEach((table, number) => {
    if (table.tBodies[0].rows.length > 1) makeSortable(table);
    if (table.tBodies[0].rows.length >= many && !table.closest('details')) makeFilterable(table, number);
  });
})();
