// Reads workflow commands as the runner does, and has GitHub's own toolkit write them again:
// node commands.mjs FILE. Prints what differs; the order of properties does not count.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , file, toolkit] = process.argv;
const core = await import(pathToFileURL(toolkit).href);
const data = (s) => s.replace(/%0D/g, "\r").replace(/%0A/g, "\n").replace(/%25/g, "%");
const property = (s) => data(s.replace(/%3A/g, ":").replace(/%2C/g, ","));
const names = { file: "file", line: "startLine", endLine: "endLine", col: "startColumn", endColumn: "endColumn", title: "title" };
const sorted = (line) => {
	const [, head, message] = /^::(\w+ .*?)::(.*)$/.exec(line);
	const [command, ...rest] = head.split(" ");
	return `${command} ${rest.join(" ").split(",").sort().join(",")}::${message}`;
};

let seen = 0;
for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
	const parts = /^::(error|warning|notice) (.*?)::(.*)$/.exec(line);
	if (parts === null) {
		console.log(`no workflow command: ${line}`);
		continue;
	}
	const properties = {};
	for (const pair of parts[2].split(",")) {
		const at = pair.indexOf("=");
		properties[names[pair.slice(0, at)]] = property(pair.slice(at + 1));
	}
	let again = "";
	const write = process.stdout.write;
	process.stdout.write = (text) => { again += text; return true; };
	core[parts[1]](data(parts[3]), properties);
	process.stdout.write = write;
	seen++;
	if (sorted(again.trimEnd()) !== sorted(line)) {
		console.log(`ours:   ${line}\ntheirs: ${again.trimEnd()}`);
	}
}
console.log(`${seen} commands`);
