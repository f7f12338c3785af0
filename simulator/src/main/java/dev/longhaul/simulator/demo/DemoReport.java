package dev.longhaul.simulator.demo;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

import dev.longhaul.backupstore.document.JsonDocument;
import tools.jackson.core.JsonGenerator;

/**
 * What the demo has shown.
 *
 * @param rtoSeconds from the beginning of the rebuild until every application was healthy
 * @param seconds that the whole demo took
 */
record DemoReport(List<Application> applications, long rtoSeconds, long seconds) {

	private static final String LINE = "%-11s   %-9s   %-22s   %-9s   %5s   %5s%n";

	private static final String WELL = "●";

	private static final String ILL = "✕";

	DemoReport {
		applications = List.copyOf(applications);
	}

	/** Whether all of it came back as it was. */
	boolean isWhole() {
		return applications.stream().allMatch(Application::isBack);
	}

	/** A table for people. */
	void print(PrintStream out) {
		out.printf(Locale.ROOT, LINE, "", "3-2-1-1-0", "content", "Argo CD", "RPO", "RTO");
		for (Application each : applications) {
			out.printf(Locale.ROOT, LINE, each.name(), each.verdict(),
					each.contentEqual() ? WELL + " as in its backup" : ILL + " not as in its backup",
					each.healthy() ? WELL + " healthy" : ILL + " unwell", each.rpoSeconds() + " s", rtoSeconds + " s");
		}
	}

	/** As {@code docs/schema/demo.schema.json} describes it. */
	byte[] json() {
		return JsonDocument.write(json -> {
			json.writeBooleanProperty("whole", isWhole());
			json.writeNumberProperty("seconds", seconds);
			json.writeArrayPropertyStart("applications");
			applications.forEach(each -> write(json, each));
			json.writeEndArray();
		});
	}

	private void write(JsonGenerator json, Application application) {
		json.writeStartObject();
		json.writeStringProperty("name", application.name());
		json.writeStringProperty("verdict", application.verdict());
		json.writeBooleanProperty("contentEqualsRestorePoint", application.contentEqual());
		json.writeBooleanProperty("healthy", application.healthy());
		json.writeNumberProperty("rpoSeconds", application.rpoSeconds());
		json.writeNumberProperty("rtoSeconds", rtoSeconds);
		json.writeEndObject();
	}

	/**
	 * An application that was lost.
	 *
	 * @param verdict of its last night, as {@code longhaul verdict} has it
	 * @param contentEqual whether every volume holds, by hash, what its backup holds
	 * @param healthy whether Argo CD says so
	 * @param rpoSeconds how much older than the loss its oldest volume's data is
	 */
	record Application(String name, String verdict, boolean contentEqual, boolean healthy, long rpoSeconds) {

		private boolean isBack() {
			return contentEqual && healthy;
		}

	}

}
