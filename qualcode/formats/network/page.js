'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const byId = (id) => document.getElementById(id);
const marked = [...document.querySelectorAll('[data-tie]')];

function chosen() {
  return {
    site: document.querySelector('input[name=site]:checked').value,
    type: byId('type').value,
    formality: byId('formality').value,
    least: Math.max(1, Number(byId('least').value) || 1),
    standings: new Set([...document.querySelectorAll('input[name=standing]:checked')].map((box) => box.value)),
  };
}

function fits(tie, want) {
  return tie.site === want.site && tie.type === want.type && want.standings.has(tie.standing)
    && (want.formality === '' || tie.formality === want.formality) && tie.weight >= want.least;
}

function apply() {
  const want = chosen();
  const shown = new Set();
  data.ties.forEach((tie, n) => { if (fits(tie, want)) shown.add(String(n)); });
  for (const part of marked) part.classList.toggle('off', !shown.has(part.dataset.tie));
  for (const part of document.querySelectorAll('[data-site]')) part.classList.toggle('off', part.dataset.site !== want.site);
  byId('count').textContent = shown.size === 1 ? '1 tie shown' : shown.size + ' ties shown';
  const open = byId('detail').dataset.open;
  if (open && !shown.has(open)) close();
}

function line(parent, tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  parent.append(made);
  return made;
}

function close() {
  byId('detail').replaceChildren();
  delete byId('detail').dataset.open;
  for (const part of marked) part.classList.remove('chosen');
  line(byId('detail'), 'p', 'Choose a tie to see whose word it rests on.');
}

function show(number) {
  const tie = data.ties[number];
  const detail = byId('detail');
  detail.replaceChildren();
  detail.dataset.open = number;
  for (const part of marked) part.classList.toggle('chosen', part.dataset.tie === number);
  line(detail, 'h2', tie.name);
  line(detail, 'p', tie.told);
  const list = document.createElement('ol');
  for (const found of tie.statements) {
    const item = document.createElement('li');
    line(item, 'strong', found.who);
    line(item, 'span', ' ' + found.said);
    line(item, 'code', found.place);
    if (found.quote) line(item, 'blockquote', found.quote);
    list.append(item);
  }
  detail.append(list);
}

for (const part of marked) {
  part.addEventListener('click', () => show(part.dataset.tie));
  part.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); show(part.dataset.tie); }
  });
}
byId('filters').addEventListener('input', apply);
close();
apply();
