package dev.longhaul.backupstore.catalog;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.document.JsonFields;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.verdict.CheckResult;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import tools.jackson.core.JsonGenerator;

/**
 * A proof as JSON.
 */
public final class ProofJson {

	private static final String DATA = "data";

	private ProofJson() {
	}

	public static String write(Proof proof) {
		return JsonDocument.asString(JsonDocument.write(json -> {
			DocumentKind.PROOF.write(json);
			writeFields(json, proof);
		}));
	}

	/**
	 * @throws MalformedException if the text is not what {@link #write} makes
	 */
	public static Proof read(String text) throws MalformedException {
		return JsonDocument.read(text.getBytes(StandardCharsets.UTF_8)).all(fields -> {
			DocumentKind.PROOF.require(fields);
			return readFields(fields);
		});
	}

	static void writeFields(JsonGenerator json, Proof proof) {
		if (proof instanceof Proof.Proven proven) {
			json.writeStringProperty("result", "proven");
			json.writeStringProperty("at", proven.at().toString());
			json.writeNumberProperty("blocks", proven.blocks());
			json.writeNumberProperty("read", proven.read().bytes());
			writeChecks(json, proven.checks());
		}
		else if (proof instanceof Proof.Refuted refuted) {
			json.writeStringProperty("result", "refuted");
			json.writeStringProperty("at", refuted.at().toString());
			json.writeStringProperty("finding", refuted.finding());
			if (refuted.flaw() == Proof.Flaw.DATA) {
				// Left out otherwise, as before there was anything to tell apart.
				json.writeStringProperty("flaw", DATA);
			}
		}
		else if (proof instanceof Proof.Unread unread) {
			json.writeStringProperty("result", "unread");
			json.writeStringProperty("reason", unread.reason());
		}
	}

	static Proof readFields(JsonFields fields) throws MalformedException {
		String result = fields.string("result");
		return switch (result) {
			case "proven" -> new Proof.Proven(fields.instant("at"), fields.number("blocks"),
					new ByteSize(fields.number("read")), fields.listIfPresent("checks", ProofJson::readCheck));
			case "refuted" -> new Proof.Refuted(fields.instant("at"), flaw(fields), fields.string("finding"));
			case "unread" -> new Proof.Unread(fields.string("reason"));
			default -> throw new MalformedException(
					"result is none of proven, refuted, unread: '" + JsonDocument.excerpt(result) + "'");
		};
	}

	private static Proof.Flaw flaw(JsonFields fields) throws MalformedException {
		String flaw = fields.stringIfPresent("flaw");
		if (flaw != null && !flaw.equals(DATA)) {
			throw new MalformedException("flaw is not %s: '%s'".formatted(DATA, JsonDocument.excerpt(flaw)));
		}
		return (flaw != null) ? Proof.Flaw.DATA : Proof.Flaw.BLOCKS;
	}

	/** Left out where there are none, as before there were any. */
	private static void writeChecks(JsonGenerator json, List<CheckResult> checks) {
		if (checks.isEmpty()) {
			return;
		}
		json.writeArrayPropertyStart("checks");
		for (CheckResult check : checks) {
			json.writeStartObject();
			json.writeStringProperty("what", check.what());
			if (check instanceof CheckResult.Passed passed) {
				json.writeStringProperty("result", "passed");
				json.writeStringProperty("at", passed.at().toString());
			}
			else if (check instanceof CheckResult.NotRun notRun) {
				json.writeStringProperty("result", "not-run");
				json.writeStringProperty("reason", notRun.reason());
			}
			json.writeEndObject();
		}
		json.writeEndArray();
	}

	private static CheckResult readCheck(JsonFields fields) throws MalformedException {
		String what = fields.string("what");
		String result = fields.string("result");
		return switch (result) {
			case "passed" -> new CheckResult.Passed(what, fields.instant("at"));
			case "not-run" -> new CheckResult.NotRun(what, fields.string("reason"));
			default -> throw new MalformedException(
					"result of a check is none of passed, not-run: '" + JsonDocument.excerpt(result) + "'");
		};
	}

}
