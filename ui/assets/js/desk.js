// The coding desk: wires the list, the actions, the theme finder, the selection of evidence and the keys together.
import { Actions } from "./desk/actions.js";
import { Keys } from "./desk/keys.js";
import { List } from "./desk/list.js";
import { Evidence } from "./desk/evidence.js";
import { Finder } from "./desk/finder.js";
import { clicks } from "./desk/clicks.js";
import { filters } from "./desk/filters.js";
import { live } from "./desk/live.js";
import { Memo } from "./desk/memo.js";
import { Picks } from "./desk/picks.js";
import { Side } from "./desk/side.js";
import { Suggest } from "./desk/suggest.js";

const desk = /** @type {HTMLElement} */ (document.querySelector("[data-desk]"));
const project = document.body.dataset.project ?? "";

const list = new List(desk, project);
const side = new Side(desk, project, list);
const evidence = new Evidence(list);
const picks = new Picks(desk, project, list);
const actions = new Actions(desk, project, list, side, evidence, picks);
const finder = new Finder(desk, actions, list);
const memo = new Memo(desk, actions, list);
const suggest = new Suggest(desk, project, list, actions);
new Keys(desk, { list, actions, finder, memo, evidence, picks, suggest });
clicks(desk, actions, list, suggest);
filters(desk, list);
list.start();
live(project, Number(desk.dataset.me), list, side, actions);
