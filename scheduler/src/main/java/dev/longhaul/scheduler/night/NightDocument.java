package dev.longhaul.scheduler.night;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.run.RunProof.ApplicationProof;
import dev.longhaul.core.verdict.CheckResult;
import dev.longhaul.core.verdict.Proof;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a night came to, as one JSON document for machines. Fields are added over time;
 * none changes its meaning.
 */
final class NightDocument {

	private static final JsonFactory FACTORY = new JsonFactory();

	private NightDocument() {
	}

	static String of(NightResult result, List<String> warnings, Instant now) {
		return write(json -> {
			json.writeStringProperty("job", result.proof().night().job().value());
			json.writeStringProperty("scheduledFor", result.proof().night().scheduledFor().toString());
			json.writeStringProperty("end", word(result.end()));
			json.writeNumberProperty("exit", result.exitStatus().code());
			json.writeStringProperty("target", result.manifest().targetUrl());
			json.writeStringProperty("longhorn", result.manifest().longhornVersion());
			json.writeStringProperty("judgedAt", result.proof().judgedAt().toString());
			json.writeArrayPropertyStart("warnings");
			warnings.forEach(json::writeString);
			json.writeEndArray();
			json.writeArrayPropertyStart("applications");
			result.proof().applications().forEach(application -> writeApplication(json, result, application, now));
			json.writeEndArray();
		});
	}

	static String of(LonghaulException failure) {
		return write(json -> {
			json.writeNumberProperty("exit", failure.code().exitStatus().code());
			json.writeObjectPropertyStart("error");
			json.writeStringProperty("code", failure.code().name());
			json.writeStringProperty("fact", failure.fact());
			json.writeStringProperty("hint", failure.hint());
			json.writeEndObject();
		});
	}

	private static void writeApplication(JsonGenerator json, NightResult result, ApplicationProof application,
			Instant now) {
		json.writeStartObject();
		json.writeStringProperty("name", application.application().value());
		writeProof(json, application.tonight());
		String failure = result.manifest().failed().get(application.application());
		if (failure != null) {
			json.writeStringProperty("failure", failure);
		}
		result.manifest()
			.restorePoints()
			.stream()
			.filter(point -> point.application().equals(application.application()))
			.findFirst()
			.ifPresent(point -> writeRestorePoint(json, point));
		if (application.newestProven() != null) {
			json.writeStringProperty("newestProven", application.newestProven().toString());
			json.writeNumberProperty("rpoSeconds", Duration.between(application.newestProven(), now).toSeconds());
		}
		json.writeStringProperty("verdict", word(application.verdict().overall()));
		json.writeArrayPropertyStart("clauses");
		application.verdict().judgements().forEach(judgement -> {
			json.writeStartObject();
			json.writeStringProperty("clause", word(judgement.clause()));
			json.writeStringProperty("answer", word(judgement.answer()));
			json.writeStringProperty("evidence", judgement.evidence());
			json.writeEndObject();
		});
		json.writeEndArray();
		json.writeEndObject();
	}

	private static void writeProof(JsonGenerator json, Proof proof) {
		if (proof instanceof Proof.Proven proven) {
			json.writeStringProperty("readBack", "proven");
			json.writeNumberProperty("blocks", proven.blocks());
			json.writeNumberProperty("bytesRead", proven.read().bytes());
			writeChecks(json, proven.checks());
		}
		else if (proof instanceof Proof.Refuted refuted) {
			json.writeStringProperty("readBack", "refuted");
			json.writeStringProperty("finding", refuted.finding());
		}
		else if (proof instanceof Proof.Unread unread) {
			json.writeStringProperty("readBack", "unread");
			json.writeStringProperty("reason", unread.reason());
		}
	}

	private static void writeChecks(JsonGenerator json, List<CheckResult> checks) {
		json.writeArrayPropertyStart("checks");
		for (CheckResult check : checks) {
			json.writeStartObject();
			json.writeStringProperty("what", check.what());
			json.writeStringProperty("result", (check instanceof CheckResult.Passed) ? "passed" : "not-run");
			if (check instanceof CheckResult.NotRun notRun) {
				json.writeStringProperty("reason", notRun.reason());
			}
			json.writeEndObject();
		}
		json.writeEndArray();
	}

	private static void writeRestorePoint(JsonGenerator json, RestorePoint point) {
		json.writeStringProperty("takenAt", point.takenAt().toString());
		json.writeArrayPropertyStart("backups");
		point.backups().forEach(backup -> {
			json.writeStartObject();
			json.writeStringProperty("claim", backup.claim().toString());
			json.writeStringProperty("volume", backup.volume().value());
			json.writeStringProperty("backup", backup.backup().value());
			json.writeStringProperty("snapshotAt", backup.snapshotAt().toString());
			json.writeNumberProperty("size", backup.size().bytes());
			json.writeEndObject();
		});
		json.writeEndArray();
	}

	private static String word(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private static String write(Consumer<JsonGenerator> content) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
			json.writeStartObject();
			content.accept(json);
			json.writeEndObject();
		}
		return bytes.toString(StandardCharsets.UTF_8);
	}

}
