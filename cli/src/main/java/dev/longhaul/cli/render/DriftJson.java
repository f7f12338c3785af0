package dev.longhaul.cli.render;

import java.io.OutputStream;

import dev.longhaul.gitops.drift.Drift;
import dev.longhaul.gitops.drift.DriftKind;
import dev.longhaul.gitops.drift.Finding;

/**
 * What differs from Git, for machines, as {@code docs/schema/drift.schema.json} describes
 * it.
 */
public final class DriftJson {

	private DriftJson() {
	}

	public static void write(Drift drift, OutputStream out) {
		JsonDocument.write(out, json -> {
			json.truth("drift", drift.isDrift());
			json.objects("findings", drift.findings(), finding -> write(json, finding));
			json.objects("notLookedAt", drift.notLookedAt(), unseen -> {
				json.text("source", unseen.source().word());
				json.text("why", unseen.why());
			});
		});
	}

	private static void write(JsonDocument json, Finding finding) {
		json.text("kind", finding.kind().word());
		json.truth("drift", finding.kind().side() != DriftKind.Side.HARMLESS);
		json.text("subject", finding.subject());
		json.text("fact", finding.fact());
		json.text("reason", finding.reason());
		if (finding.position() != null) {
			json.text("file", finding.position().file());
			json.number("line", finding.position().line());
			json.number("column", finding.position().column());
		}
	}

}
