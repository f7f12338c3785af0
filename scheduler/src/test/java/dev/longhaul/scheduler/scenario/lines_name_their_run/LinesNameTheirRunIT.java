package dev.longhaul.scheduler.scenario.lines_name_their_run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.gitops.repository.GitServer;
import dev.longhaul.scheduler.scenario.Declared;
import dev.longhaul.scheduler.scenario.Program;
import dev.longhaul.scheduler.scenario.Scene;
import dev.longhaul.simulator.fault.Fault;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: whoever looks for a run in the log finds all of it and nothing else. Method: two
 * nights at the same moment, one of them slow, everything logged that there is, by the
 * packaged program; whatever a thread of a run says, and whatever names a volume that
 * only one of them backs up, has to have the id of that run.
 */
class LinesNameTheirRunIT {

	private static final DateTimeFormatter CRON = DateTimeFormatter.ofPattern("m H d M '*'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final String JOB = """
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata: {name: %s}
			spec: {schedule: "%s", timeZone: UTC, applications: [%s]}
			""";

	@TempDir
	private Path directory;

	@Test
	void eachLineOfTwoRunsAtOnce() throws IOException {
		List<String> text;
		List<JsonNode> lines;
		try (Scene scene = Scene.withTwoApplications(directory.resolve("scene"));
				GitServer git = GitServer.start(directory.resolve("git"))) {
			scene.useRepository(git.url());
			git.commit("longhaul/applications/vaultwarden.yaml", Declared.application("vaultwarden", "data"));
			git.commit("longhaul/applications/gitea.yaml", Declared.application("gitea", "data", "db"));
			scene.log("json", "DEBUG", "TRACE");
			String soon = CRON.format(Clock.systemUTC().instant().plusSeconds(75));
			git.commit("longhaul/jobs/a.yaml", JOB.formatted("forge", soon, "gitea"));
			git.commit("longhaul/jobs/b.yaml", JOB.formatted("vault", soon, "vaultwarden"));
			Fault slow = new Fault.SlowUpload(Scene.volume("gitea", "data"), ByteSize.ofMebibytes(2));
			scene.cluster().faults().inject(slow);
			Program.Running program = scene.startServing();
			Awaitility.await()
				.atMost(Duration.ofSeconds(170))
				.pollInterval(Duration.ofMillis(200))
				.until(() -> Stream.of("forge", "vault").allMatch(job -> isOver(program, job)));
			program.process().destroy();
			Program.Ended ended = program.await();
			text = Stream.of(ended.out(), ended.err()).flatMap(String::lines).toList();
		}
		assertThat(text).as("nothing but lines for machines").allMatch(line -> line.startsWith("{\"time\":\"20"));
		assertThat(text).allMatch(line -> line.length() < 40_000);
		lines = text.stream().map(LinesNameTheirRunIT::json).toList();

		String forge = idOf(lines, "forge");
		String vault = idOf(lines, "vault");
		assertThat(forge).isNotEqualTo(vault);
		assertThat(of(lines, forge, "thread")).as("on whatever thread")
			.contains("block-reader", "application")
			.anyMatch(thread -> thread.startsWith("run-"));
		assertThat(lines).filteredOn(line -> worksForRuns(line.path("thread").asString("")))
			.as("no thread of a run is without")
			.allMatch(line -> line.path("run").asString("").matches(forge + "|" + vault));
		assertThat(lines).filteredOn(LinesNameTheirRunIT::readsBlocks).isNotEmpty().allSatisfy(line -> {
			boolean vaults = line.path("message").asString().contains("vaultwarden-data");
			assertThat(line.path("run").asString()).isEqualTo(vaults ? vault : forge);
		});
		assertThat(wholeNight(lines, forge)).as("what its own thread says in between")
			.allMatch(line -> line.path("run").asString("").equals(forge));
		assertThat(lines).filteredOn(line -> line.path("message").asString().contains("next run"))
			.isNotEmpty()
			.noneMatch(line -> line.has("run"));
	}

	private static JsonNode json(String line) {
		return JsonMapper.shared().readTree(line);
	}

	/** The verdict comes last. */
	private static boolean isOver(Program.Running program, String job) {
		return program.printed()
			.lines()
			.anyMatch(line -> line.contains("\"job\":\"" + job + "\"") && line.contains("newest proven"));
	}

	private static String idOf(List<JsonNode> lines, String job) {
		Set<String> ids = lines.stream()
			.filter(line -> line.path("job").asString("").equals(job))
			.map(line -> line.path("run").asString())
			.collect(Collectors.toSet());
		assertThat(ids).hasSize(1);
		return ids.iterator().next();
	}

	private static Set<String> of(List<JsonNode> lines, String run, String field) {
		return lines.stream()
			.filter(line -> line.path("run").asString("").equals(run))
			.map(line -> line.path(field).asString(""))
			.collect(Collectors.toSet());
	}

	private static boolean worksForRuns(String thread) {
		return thread.equals("block-reader") || thread.equals("application");
	}

	private static boolean readsBlocks(JsonNode line) {
		return line.path("thread").asString("").equals("block-reader")
				&& line.path("message").asString().contains("/blocks/");
	}

	/**
	 * From the first to the last line with the id, on the thread that the run began on.
	 */
	private static List<JsonNode> wholeNight(List<JsonNode> lines, String run) {
		String thread = of(lines, run, "thread").stream()
			.filter(name -> name.startsWith("run-"))
			.findFirst()
			.orElseThrow();
		List<JsonNode> here = lines.stream().filter(line -> line.path("thread").asString("").equals(thread)).toList();
		List<Instant> moments = here.stream()
			.filter(line -> line.path("run").asString("").equals(run))
			.map(line -> Instant.parse(line.path("time").asString()))
			.toList();
		return here.stream().filter(line -> {
			Instant at = Instant.parse(line.path("time").asString());
			return at.isAfter(moments.get(0)) && at.isBefore(moments.get(moments.size() - 1));
		}).toList();
	}

}
