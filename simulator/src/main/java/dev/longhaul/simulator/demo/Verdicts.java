package dev.longhaul.simulator.demo;

import java.util.Map;
import java.util.stream.Collectors;

import dev.longhaul.core.json.JsonObject;

/**
 * What {@code longhaul verdict --output json} printed.
 *
 * @param byApplication {@code holds}, {@code fails} or {@code unknown}
 */
record Verdicts(Map<String, String> byApplication) {

	Verdicts {
		byApplication = Map.copyOf(byApplication);
	}

	static Verdicts read(String document) throws UnexpectedOutcome {
		JsonObject printed = UnexpectedOutcome.read("longhaul verdict", document);
		return new Verdicts(printed.objects("applications")
			.stream()
			.collect(Collectors.toMap(application -> application.text("name").orElseThrow(),
					application -> application.text("verdict").orElseThrow())));
	}

	String of(String application) {
		return byApplication.getOrDefault(application, "unknown");
	}

}
