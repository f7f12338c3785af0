package dev.longhaul.longhorn.cluster;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.cluster.QuietRecord;
import dev.longhaul.core.profile.Release;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;

/**
 * A record as text: complete, so that whoever finds it can release the application.
 */
final class QuietRecordJson {

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final int VERSION = 1;

	private QuietRecordJson() {
	}

	static String write(QuietRecord record) {
		ObjectNode json = JSON.createObjectNode();
		json.put("version", VERSION);
		json.put("application", record.application().value());
		json.put("run", record.run());
		json.put("holder", record.holder());
		json.put("since", record.since().toString());
		json.put("until", record.until().toString());
		record.releases().forEach(release -> write(release, json.withArray("/releases").addObject()));
		return json.toPrettyString();
	}

	private static void write(Release release, ObjectNode json) {
		json.put("timeout", release.timeout().toString());
		if (release instanceof Release.RunAfter run) {
			json.put("what", run.what());
			write(run.place().workload(), json.putObject("in"));
			if (run.place().container() != null) {
				json.put("container", run.place().container());
			}
			run.command().forEach(json.putArray("run")::add);
		}
		else if (release instanceof Release.ScaleBack back) {
			write(back.workload(), json.putObject("scale"));
			json.put("pods", back.pods());
		}
	}

	private static void write(Workload workload, ObjectNode json) {
		json.put("kind", workload.kind().name().toLowerCase(Locale.ROOT));
		json.put("namespace", workload.namespace());
		json.put("name", workload.name());
	}

	/**
	 * @throws IllegalArgumentException if it is none
	 */
	static QuietRecord read(String text) {
		try {
			JsonNode json = JSON.readTree(text);
			if (json.path("version").asInt() != VERSION) {
				throw new IllegalArgumentException("its version is not " + VERSION);
			}
			List<Release> releases = new ArrayList<>();
			json.path("releases").forEach(release -> releases.add(release(release)));
			return new QuietRecord(new ApplicationName(text(json, "application")), text(json, "run"),
					text(json, "holder"), Instant.parse(text(json, "since")), Instant.parse(text(json, "until")),
					releases);
		}
		catch (JsonProcessingException | DateTimeException ex) {
			throw new IllegalArgumentException(ServerText.oneLine(String.valueOf(ex.getMessage())), ex);
		}
	}

	private static Release release(JsonNode json) {
		Duration timeout = Duration.parse(text(json, "timeout"));
		if (json.has("scale")) {
			return new Release.ScaleBack(workload(json.path("scale")), json.path("pods").asInt(), timeout);
		}
		List<String> command = new ArrayList<>();
		json.path("run").forEach(word -> command.add(word.asText()));
		String container = json.has("container") ? text(json, "container") : null;
		return new Release.RunAfter(text(json, "what"), new Place(workload(json.path("in")), container), command,
				timeout);
	}

	private static Workload workload(JsonNode json) {
		return new Workload(Workload.Kind.valueOf(text(json, "kind").toUpperCase(Locale.ROOT)), text(json, "namespace"),
				text(json, "name"));
	}

	private static String text(JsonNode json, String field) {
		if (!json.path(field).isTextual()) {
			throw new IllegalArgumentException("it has no text '" + field + "'");
		}
		return json.path(field).asText();
	}

}
