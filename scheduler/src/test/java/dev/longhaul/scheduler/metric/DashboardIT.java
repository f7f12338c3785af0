package dev.longhaul.scheduler.metric;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.gitops.repository.GitServer;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.run.RunOutcome;
import dev.longhaul.scheduler.scenario.Scene;
import dev.longhaul.scheduler.scenario.Tool;
import dev.longhaul.scheduler.scenario.killed_in_quiet_window.Cloud;
import dev.longhaul.scheduler.serve.ServedHere;
import dev.longhaul.scheduler.wiring.HttpCalls;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: no panel of the dashboard stays empty because a metric or a label is called
 * otherwise. Method: what a real server tells after a good night and a run that failed is
 * all that Prometheus gets; each query then has an answer.
 */
class DashboardIT {

	private static final Path DASHBOARD = Path.of("../charts/longhaul/dashboards/longhaul.json");

	private static final String JOBS = """
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata: {name: nightly}
			spec: {schedule: "0 0 1 1 *"}
			---
			apiVersion: longhaul.dev/v1
			kind: VerifyJob
			metadata: {name: astray}
			spec: {schedule: "0 0 1 1 *", target: nowhere}
			""";

	private static final Pattern SAMPLE = Pattern.compile("^(longhaul_\\w+)(\\{\\S.*})? (\\S+)$", Pattern.MULTILINE);

	private static final Pattern METRIC = Pattern.compile("longhaul_\\w+");

	private static final Pattern GROUPED = Pattern.compile("by \\(([^)]*)\\)");

	private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

	@TempDir
	private Path directory;

	@BeforeEach
	void requirePromtool() {
		Tool.require("promtool");
	}

	@Test
	void eachQueryIsAnsweredByWhatTheServerTells() throws IOException {
		String told = told();
		List<Query> queries = queries();

		assertThat(queries).hasSizeGreaterThan(15);
		for (Query query : queries) {
			assertThat(answered(told, query.expression())).as(query.expression()).isEmpty();
			assertThat(query.labels()).as("labels of " + query.expression())
				.isSubsetOf(labels(told, query.expression()));
		}
		assertThat(answered(told, "sum(longhaul_clause{answer=\"maybe\"})")).as("the test finds what is wrong")
			.contains("FAILED");
	}

	@Test
	void onlyItsOwnVariablesAreUsed() throws IOException {
		JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(DASHBOARD));
		Set<String> declared = new HashSet<>(Set.of("__range", "__rate_interval", "__all"));
		dashboard.at("/templating/list").forEach(variable -> declared.add(variable.get("name").asString()));

		Set<String> used = new HashSet<>();
		Pattern.compile("\\$\\{?(\\w+)").matcher(dashboard.toString()).results().forEach(hit -> used.add(hit.group(1)));

		assertThat(declared).containsAll(used);
	}

	/** After a good night and a run that failed. */
	private String told() throws IOException {
		try (Scene scene = Scene.withACloud(directory.resolve("scene"));
				GitServer git = GitServer.start(directory.resolve("git"))) {
			Cloud.deploy(scene);
			scene.useRepository(git.url());
			git.commit("longhaul/applications/cloud.yaml", Cloud.DEFINITION);
			git.commit("longhaul/jobs/jobs.yaml", JOBS);
			Path url = Files.writeString(Files.createDirectories(directory.resolve("hook")).resolve("url"),
					"http://127.0.0.1:1/");
			scene.configure("notifications: {channels: [{name: hook, kind: webhook, credentials: \"%s\"}]}"
				.formatted(url.getParent()));
			try (ServedHere server = ServedHere.start(scene.configurationWithCredentials(), directory.resolve("log"))) {
				assertThat(server.over(server.run("nightly")).outcome()).isEqualTo(new RunOutcome.Proven());
				assertThat(server.over(server.run("astray")).outcome()).isInstanceOfSatisfying(RunOutcome.Failed.class,
						failed -> assertThat(failed.code()).isEqualTo(FailureCode.INVALID_DEFINITION));
				HttpCalls prometheus = server.calls(Scope.READ);
				return Awaitility.await()
					.atMost(Duration.ofMinutes(1))
					.until(() -> prometheus.get("/actuator/prometheus").body(),
							told -> told.contains("longhaul_newest_proof_timestamp_seconds{")
									&& told.contains("longhaul_drift{"));
			}
		}
	}

	private static List<Query> queries() throws IOException {
		List<Query> queries = new ArrayList<>();
		for (JsonNode panel : JsonMapper.shared().readTree(Files.readString(DASHBOARD)).get("panels")) {
			panel.path("targets")
				.forEach(target -> queries.add(new Query(
						target.get("expr")
							.asString()
							.replace("$application", ".*")
							.replace("$__rate_interval", "5m")
							.replace("$__range", "1d")
							.replaceAll("\\$(goal|class_b|class_c|free)", "1"),
						target.path("legendFormat").asString(""))));
		}
		return queries;
	}

	/** Empty if Prometheus answers with something, or else what promtool says. */
	private String answered(String told, String expression) throws IOException {
		StringBuilder test = new StringBuilder("evaluation_interval: 1m\ntests:\n- interval: 1m\n  input_series:\n");
		SAMPLE.matcher(told)
			.results()
			.filter(sample -> !sample.group(3).equals("NaN"))
			.forEach(sample -> test
				.append("  - series: '%s'%n    values: '%s'%n".formatted(series(sample), values(sample))));
		test.append("  promql_expr_test:\n  - expr: 'count(%s) > bool 0'%n".formatted(expression))
			.append("    eval_time: 1d\n    exp_samples: [{labels: '{}', value: 1}]\n");
		Path file = Files.writeString(directory.resolve("test.yaml"), test);
		Tool.Said said = Tool.run(List.of(Tool.path("promtool"), "test", "rules", file.toString()), directory);
		return (said.exit() == 0) ? "" : said.text();
	}

	private static String series(MatchResult sample) {
		return sample.group(1) + ((sample.group(2) != null) ? sample.group(2) : "");
	}

	/** For a day and a minute, every minute; what is counted grows. */
	private static String values(MatchResult sample) {
		return "%s+%dx1441".formatted(sample.group(3), sample.group(1).matches(".*_(total|sum|count)") ? 1 : 0);
	}

	/** Of all the metrics in an expression. */
	private static Set<String> labels(String told, String expression) {
		Set<String> labels = new HashSet<>();
		METRIC.matcher(expression)
			.results()
			.map(MatchResult::group)
			.forEach(metric -> SAMPLE.matcher(told)
				.results()
				.filter(sample -> sample.group(1).equals(metric) && sample.group(2) != null)
				.forEach(sample -> Pattern.compile("(\\w+)=\"")
					.matcher(sample.group(2))
					.results()
					.forEach(label -> labels.add(label.group(1)))));
		return labels;
	}

	/**
	 * @param legend with labels in it
	 */
	private record Query(String expression, String legend) {

		/** Those it groups by, and those it names its answers by. */
		Set<String> labels() {
			Set<String> labels = new HashSet<>();
			GROUPED.matcher(expression).results().forEach(group -> labels.addAll(List.of(group.group(1).split(", ?"))));
			LEGEND.matcher(legend).results().forEach(label -> labels.add(label.group(1)));
			return labels;
		}

	}

}
