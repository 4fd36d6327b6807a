// What ruff's engine finds, framed as `ruff check --output-format json` frames it.
// usage: node ruff.js NODE_MODULES FOLDER; ends in 1 when there is something
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const [modules, folder] = process.argv.slice(2);
const {Workspace, PositionEncoding} = require(path.join(modules, "@astral-sh/ruff-wasm-nodejs"));
const workspace = new Workspace({lint: {select: ["E", "F"]}, "line-length": 100}, PositionEncoding.Utf32);
const found = [];
for (const name of fs.readdirSync(folder).sort()) {
  if (!name.endsWith(".py")) continue;
  for (const d of workspace.check(fs.readFileSync(path.join(folder, name), "utf8"))) {
    found.push({
      cell: null,
      code: d.code,
      end_location: d.end_location,
      filename: path.resolve(folder, name),
      fix: d.fix,
      location: d.start_location,
      message: d.message,
      noqa_row: d.start_location.row,
      url: null,
    });
  }
}
console.log(JSON.stringify(found, null, 2));
process.exit(found.length ? 1 : 0);
