package dev.longhaul.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import dev.longhaul.backupstore.target.Targets;
import dev.longhaul.cli.terminal.Output;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.cli.terminal.Terminal;
import dev.longhaul.core.time.Pause;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the command line within the test, with surroundings of its own.
 */
final class Cli {

	static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

	private final Map<String, String> environment = new HashMap<>();

	private Terminal terminal = Terminal.NONE;

	private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

	private Pause pause = duration -> {
	};

	private @Nullable OutputStream output;

	Cli with(String variable, String value) {
		environment.put(variable, value);
		return this;
	}

	Cli on(Terminal given) {
		terminal = given;
		return this;
	}

	/** Standard output goes there instead of being kept. */
	Cli writingTo(OutputStream given) {
		output = given;
		return this;
	}

	/** By another clock than that of {@link #NOW}. */
	Cli at(Clock given) {
		clock = given;
		return this;
	}

	/** It is then, and stays so. */
	Cli at(Instant now) {
		clock = Clock.fixed(now, ZoneOffset.UTC);
		return this;
	}

	/** A pause takes no time, and lets it pass all the same. */
	Cli passing() {
		AtomicReference<Instant> now = new AtomicReference<>(clock.instant());
		InstantSource passing = now::get;
		clock = passing.withZone(ZoneOffset.UTC);
		pause = duration -> now.updateAndGet(instant -> instant.plus(duration));
		return this;
	}

	/** Waits for what others do by the clock of the machine. */
	Cli inRealTime() {
		clock = Clock.systemUTC();
		pause = Pause.real();
		return this;
	}

	Outcome run(String... arguments) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		StringWriter errors = new StringWriter();
		Surroundings surroundings = new Surroundings(new Output((output != null) ? output : out),
				new PrintWriter(errors, true), environment, clock, pause, terminal);
		int status = new LonghaulCli(surroundings, (url, variables) -> Targets.open(url, variables, clock))
			.run(arguments);
		return new Outcome(status, out.toString(StandardCharsets.UTF_8), errors.toString());
	}

	/** What a run came to. */
	record Outcome(int status, String out, String errors) {

		JsonNode json() {
			return JsonMapper.shared().readTree(out);
		}

	}

}
