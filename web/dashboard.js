'use strict';
// The dashboard. All it knows comes from one stream of events (/api/v1/events), which begins with
// how things are; all it does are three POSTs.

const $ = id => document.getElementById(id);
const HOST_ICON = '<svg viewBox="0 0 24 24"><rect x="3" y="4" width="18" height="12" rx="2"/><path d="M8 20h8M12 16v4"/></svg>';
const MARKS = {done: '✓', failed: '✕', 'undo-failed': '✕', undone: '↩', skipped: '–', warned: '!'};

const seat = {status: null, history: [], daemon: true, run: null};

// --- words -----------------------------------------------------------------------------------

const duration = ms => ms < 9.95 ? `${ms.toFixed(1)} ms` : ms < 999.5 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;

function ago(seconds) {
  const past = Math.max(0, Date.now() / 1000 - seconds);
  if (past < 45) return 'just now';
  if (past < 3600) return `${Math.round(past / 60)} min ago`;
  if (past < 86400) return `${Math.round(past / 3600)} h ago`;
  return new Date(seconds * 1000).toLocaleDateString();
}

const count = (n, word) => `${n} ${word}${n === 1 ? '' : 's'}`;
const and = words => words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
// Without USB addresses and codes of inputs, which are for the journal.
const plain = text => text.replace(/ \((\d+:\d+|0x[0-9a-f]+)\)/g, '');
const capital = text => text.charAt(0).toUpperCase() + text.slice(1);

// --- small builders --------------------------------------------------------------------------

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  element.append(...children.filter(child => child !== null));
  return element;
}

// The same name has the same colour everywhere.
function tint(name) {
  const targets = seat.status ? seat.status.targets : [];
  const index = targets.findIndex(target => target.name === name);
  return `t${index <= 0 ? 0 : 1 + (index - 1) % 5}`;
}

function dress(face, name) {
  face.className = `face ${tint(name)}`;
  if (name === 'host') face.innerHTML = HOST_ICON;
  else face.textContent = [...name][0] || '?';
}

const mark = state => make('span', {class: 'mark', 'aria-hidden': 'true'}, MARKS[state] || '');
const pill = target => target ? make('span', {class: `pill ${tint(target)}`}, target) : null;
const empty = text => make('li', {class: 'empty'}, text);
const say = text => { $('say').textContent = text; };

function set(element, text) { if (element.textContent !== text) element.textContent = text; }

// --- who has the seat ------------------------------------------------------------------------

function possessions(owner) {
  const devices = seat.status.devices.filter(device => device.owner === owner).map(device => device.name);
  const monitors = seat.status.monitors.filter(monitor => monitor.target === owner).length;
  const things = devices.length > 3 ? [count(devices.length, 'device')] : devices;
  if (monitors) things.push(count(monitors, 'monitor'));
  return things.length ? capital(and(things)) : 'Nothing is plugged in';
}

function renderNow() {
  const owner = seat.status.target;
  dress($('now-face'), owner);
  set($('now-name'), owner);
  set($('now-sub'), possessions(owner));
  document.title = `${owner} · hotseat`;
  const home = owner === 'host' && !seat.run;
  $('release').classList.toggle('calm', home);
  set($('release-sub'), home ? 'the host has it already' : 'everything returns to the host');
}

function describeTarget(target) {
  if (target.active) return 'has the seat';
  if (seat.run && seat.run.to === target.name) return 'switching…';
  if (target.kind === 'host') return 'this machine';
  if (target.state === 'running') return 'running';
  if (target.state === 'shutoff') return target.start === 'auto' ? 'off, will be started' : 'off, start it first';
  return target.state;
}

// In place, so that the focus stays where it is.
function renderTargets() {
  const box = $('targets');
  const wanted = seat.status.targets.map(target => target.name);
  for (const button of [...box.children]) if (!wanted.includes(button.dataset.name)) button.remove();
  seat.status.targets.forEach((target, place) => {
    let button = [...box.children].find(child => child.dataset.name === target.name);
    if (!button) {
      button = make('button', {type: 'button', class: 'target', 'data-name': target.name},
        make('span', {class: 'face', 'aria-hidden': 'true'}), make('span', {}, make('b', {}, target.name), make('small')));
      button.addEventListener('click', () => ask('switch', {to: target.name}));
    }
    if (box.children[place] !== button) box.insertBefore(button, box.children[place] || null);
    dress(button.firstChild, target.name);
    set(button.querySelector('small'), describeTarget(target));
    button.setAttribute('aria-current', target.active);
    button.dataset.busy = Boolean(seat.run && seat.run.to === target.name);
    button.classList.toggle('off', target.kind === 'guest' && target.state !== 'running');
  });
}

// --- a switch under way ----------------------------------------------------------------------

let ticking = 0;

function renderRun() {
  const run = seat.run;
  $('run').hidden = !run;
  clearInterval(ticking);
  if (!run) return;
  set($('run-title'), `${run.from} → ${run.to}`);
  const ended = run.steps.filter(step => step.state !== 'waiting' && step.state !== 'running').length;
  $('run-bar').style.width = `${Math.max(6, 100 * ended / Math.max(1, run.steps.length))}%`;
  $('steps').replaceChildren(...run.steps.map(renderStep));
  const tick = () => set($('run-clock'), `${((performance.now() - run.began) / 1000).toFixed(1)} s`);
  tick();
  ticking = setInterval(tick, 100);
}

function renderStep(step) {
  const words = make('span', {}, capital(plain(step.text)));
  if (step.detail) words.append(make('small', {}, step.detail));
  const took = step.state === 'done' || step.state === 'failed' ? duration(step.took_ms) : '';
  return make('li', {'data-state': step.state}, mark(step.state), words, make('time', {}, took));
}

function began(run) {
  const known = seat.run && seat.run.id === run.id ? seat.run : null;
  seat.run = {id: run.id, from: run.from, to: run.to, steps: run.steps || (known ? known.steps : []),
    began: known ? known.began : performance.now()};
  if (!known) { hideVerdict(); say(`Switching from ${run.from} to ${run.to}`); }
}

function stepped(step) {
  if (!seat.run || seat.run.id !== step.id) return;
  seat.run.steps[step.index] = step;
  for (let i = 0; i < seat.run.steps.length; ++i) seat.run.steps[i] = seat.run.steps[i] || {text: '…', state: 'waiting', took_ms: 0};
  renderRun();
}

function ended(report) {
  if (!seat.run || seat.run.id === report.id) seat.run = null;
  const undone = report.steps.find(step => step.state === 'failed');
  const problem = report.problems[0];
  if (report.refusal) showVerdict('bad', report.refusal.reason, report.refusal.hint);
  else if (report.outcome === 'done') showVerdict('good', `${report.owner} has the seat`, `in ${duration(report.took_ms)}`);
  else if (report.outcome === 'done-with-warnings') showVerdict('warn', `${report.owner} has the seat, but not everything followed`, report.warnings.join(' · '));
  else showVerdict('bad', `Not switched: ${report.owner} has the seat`,
    undone ? `${capital(plain(undone.text))}: ${undone.detail}` : problem ? `${problem.reason}. ${problem.hint}` : '');
}

let fading = 0;

function showVerdict(kind, title, text) {
  const box = $('verdict');
  clearTimeout(fading);
  box.dataset.kind = kind;
  set($('verdict-title'), title);
  set($('verdict-text'), text || '');
  box.hidden = false;
  say(`${title}. ${text || ''}`);
  if (kind === 'good') fading = setTimeout(hideVerdict, 6000);
}

function hideVerdict() { $('verdict').hidden = true; }

// --- what is where ---------------------------------------------------------------------------

function renderDevice(device) {
  const away = device.optional ? 'not plugged in' : 'missing';
  const where = device.present ? pill(device.owner) || make('span', {class: 'pill gone'}, 'unknown') : make('span', {class: 'pill gone'}, away);
  return make('li', {}, make('b', {}, device.name), where,
    device.problem ? make('small', {class: 'bad'}, device.problem) : null);
}

function renderMonitor(monitor) {
  const where = monitor.present ? pill(monitor.target) || make('span', {class: 'pill gone'}, 'unknown') : make('span', {class: 'pill gone'}, 'not found');
  const input = monitor.input_name || monitor.input;
  const sure = monitor.verified ? 'confirmed by the monitor' : 'asked for, not confirmed';
  return make('li', {}, make('b', {}, monitor.name), where,
    monitor.present && input ? make('small', {}, `${input}, ${sure}`) : null,
    monitor.problem ? make('small', {class: 'bad'}, monitor.problem) : null);
}

function renderSwitch(entry, longest) {
  const state = {done: 'done', 'done-with-warnings': 'warned', refused: 'failed', failed: 'failed', 'rolled-back': 'undone'}[entry.outcome];
  const lane = make('div', {class: 'lane', 'aria-hidden': 'true'}, make('i'));
  lane.firstChild.style.width = `${100 * entry.took_ms / longest}%`;
  return make('li', {'data-state': state}, mark(state), make('b', {}, `${entry.from} → ${entry.to}`),
    make('span', {class: 'num'}, entry.outcome === 'refused' ? '' : duration(entry.took_ms)), entry.outcome === 'refused' ? null : lane,
    make('small', {}, [entry.outcome === 'done' ? '' : entry.outcome.replaceAll('-', ' '), ago(entry.ended), entry.message].filter(Boolean).join(' · ')));
}

function renderFacts() {
  const {devices, monitors, problems} = seat.status;
  $('devices').replaceChildren(...(devices.length ? devices.map(renderDevice) : [empty('None is configured')]));
  $('monitors').replaceChildren(...(monitors.length ? monitors.map(renderMonitor) : [empty('None is configured')]));
  $('problems-card').hidden = problems.length === 0;
  $('problems').replaceChildren(...problems.map(renderProblem));
}

// What to do where hotseatd names the problem alone.
const ADVICE = [
  [/libvirt.* not reachable/, 'The keyboard still comes back. On the host: systemctl start libvirtd'],
  [/not plugged in/, 'Plug it in; it follows the seat by itself'],
  [/devices match/, 'Tell them apart in hotseat.toml, by serial or port'],
];

// "what is wrong (what to do)"
function renderProblem(problem) {
  const [, what, said] = /^([^]*?)(?: \(([^()]*)\))?$/.exec(problem);
  const hint = said || (ADVICE.find(([pattern]) => pattern.test(what)) || [])[1];
  return make('li', {}, capital(what), hint ? make('small', {}, capital(hint)) : null);
}

function renderHistory() {
  const longest = Math.max(1, ...seat.history.map(entry => entry.took_ms));
  $('history').replaceChildren(...(seat.history.length ? seat.history.map(entry => renderSwitch(entry, longest)) : [empty('None yet')]));
}

function render() {
  if (seat.status) {
    const current = seat.status.current;
    if (current) began(current);
    renderTargets();
    renderNow();
    renderFacts();
  }
  renderRun();
  renderHistory();
  renderLink();
  $('main').setAttribute('aria-busy', !seat.status);
}

// --- asking ----------------------------------------------------------------------------------

async function ask(what, body) {
  try {
    const answer = await fetch(`/api/v1/${what}`, {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body || {})});
    if (answer.status === 401) return location.assign('/pair');
    if (answer.ok) return undefined;
    const {error, report} = await answer.json();
    // What has become of a switch everybody hears; of one that was never permitted perhaps nobody else.
    if (!report || (report.refusal && report.refusal.rule === 'not-permitted')) showVerdict('bad', error.message, error.hint);
  } catch {
    showVerdict('bad', 'hotseat-web did not answer', 'Left Ctrl + left Alt + Esc gives the keyboard back without it');
  }
  return undefined;
}

$('release').addEventListener('click', () => ask('release'));
$('verdict-close').addEventListener('click', () => { hideVerdict(); $('release').focus(); });
$('unpair').addEventListener('click', async () => {
  if (!confirm('Unpair this browser? You need a new code to come back.')) return;
  await ask('unpair');
  location.assign('/pair');
});

// --- hearing ---------------------------------------------------------------------------------

const PATIENCE = 40000;  // the server says something every 15 s
let stream = null, heard = 0, connected = false, again = 0;

function renderLink() {
  const state = !connected ? 'away' : seat.daemon ? 'live' : 'away';
  $('link').dataset.state = state;
  set($('link-text'), state === 'live' ? 'live' : 'reconnecting');
  $('banner').hidden = state === 'live';
  document.body.classList.toggle('stale', state === 'away');
  if (state === 'live') return;
  set($('banner-title'), connected ? 'hotseatd is away' : 'No connection to hotseat-web');
  set($('banner-text'), (connected ? 'Your devices belong to whoever has them; on the host: systemctl status hotseatd. ' : 'Is the host on, and this device in its network? ') + 'Trying again by itself.');
}

const handlers = {
  hello(data) {
    Object.assign(seat, {status: data.status || seat.status, history: data.history, daemon: data.daemon});
    if (!data.status || !data.status.current) seat.run = null;
    set($('client'), `Paired as ${data.client} · hotseat ${data.version}`);
  },
  status(data) { seat.status = data; },
  daemon(data) { seat.daemon = data.present; if (!data.present) seat.run = null; },
  started(data) { began(data); },
  step(data) { stepped(data); },
  ended(data) {
    if (seat.status) seat.status.current = null;  // the status that says so is still on its way
    seat.history = data.history;
    ended(data.report);
  },
  beat() {},
};

function listen() {
  clearTimeout(again);
  if (stream) stream.close();
  heard = Date.now();
  stream = new EventSource('/api/v1/events');
  for (const [name, handle] of Object.entries(handlers)) {
    stream.addEventListener(name, event => {
      heard = Date.now();
      connected = true;
      handle(JSON.parse(event.data));
      if (name !== 'step' && name !== 'beat') render();
    });
  }
  stream.onerror = lost;
}

async function lost() {
  connected = false;
  renderLink();
  if (stream.readyState !== EventSource.CLOSED) return;
  const answer = await fetch('/api/v1/history').catch(() => null);
  if (answer && answer.status === 401) return location.assign('/pair');
  again = setTimeout(listen, 1500);
  return undefined;
}

// A phone that slept does not notice by itself.
const check = () => { if (document.visibilityState === 'visible' && Date.now() - heard > PATIENCE) listen(); };
document.addEventListener('visibilitychange', check);
addEventListener('online', listen);
setInterval(check, 5000);
setInterval(renderHistory, 30000);
listen();
