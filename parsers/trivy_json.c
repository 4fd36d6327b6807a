/*
 * trivy_json.c -- `trivy ... --format json`, of images, files, repositories and clusters:
 * https://trivy.dev/latest/docs/configuration/reporting/#json
 *
 * Misconfigurations that pass are no findings; what an ignore file or a VEX document took away
 * stands
 * among the modified findings. A report without Results found nothing that it could look at.
 */
#include "parsers/support/jsonmap.h"

static const struct map_fields records[] = {
	{
		.each = "Results[].Vulnerabilities[]|Resources[].Results[].Vulnerabilities[]",
		.rule = "VulnerabilityID",
		.severity = "Severity",
		.message = "{PkgName} {InstalledVersion}: {Title|Description}",
		.file = "{^Target}",
		.pass = "Status=not_affected|fixed&!FixedVersion",
	},
	{
		.each = "Results[].Misconfigurations[]|"
		        "Resources[].Results[].Misconfigurations[]",
		.rule = "ID|AVDID",
		.severity = "Severity",
		.message = "{Title}: {Message}",
		.file = "^Target",
		.line = "CauseMetadata.StartLine",
		.end_line = "CauseMetadata.EndLine",
		.suppressed = "Status=EXCEPTION",
		.pass = "Status=PASS",
	},
	{
		.each = "Results[].Secrets[]|Resources[].Results[].Secrets[]",
		.rule = "RuleID",
		.severity = "Severity",
		.message = "Title",
		.file = "^Target",
		.line = "StartLine",
		.end_line = "EndLine",
	},
	{
		.each = "Results[].Licenses[]|Resources[].Results[].Licenses[]",
		.rule = "Name",
		.severity = "Severity",
		.message = "{PkgName}: license {Name}",
		.file = "FilePath|PkgName",
	},
	{
		.each = "Results[].ExperimentalModifiedFindings[]",
		.rule = "Finding.VulnerabilityID|Finding.ID|Finding.RuleID",
		.severity = "Finding.Severity",
		.message = "{Finding.PkgName}: {Finding.Title}",
		.file = "^Target",
		.suppressed = "Status",
	},
	JSONMAP_VERSION("Trivy.Version"),
};

static const struct jsonmap map = {
	.sniff = "SchemaVersion ArtifactName|SchemaVersion Results[].Target|ClusterName "
	         "Resources",
	JSONMAP_RECORDS(records),
	.ran = "SchemaVersion|ClusterName",
	.absent_is_nothing = true,
	.empty_is_nothing = true,
};

JSONMAP_PARSER(trivy_json, .name = "trivy-json",
	.help = "Trivy, its JSON", .kind = KIND_SECURITY,
	.tool = "trivy",
	.spec = "https://trivy.dev/latest/docs/configuration/reporting/#json");
