package dev.longhaul.scheduler.scenario.killed_in_quiet_window;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import dev.longhaul.scheduler.scenario.Scene;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A pod on a simulated volume with an {@code occ} that knows maintenance mode as
 * Nextcloud's does, and notes when it was switched.
 */
public final class Cloud {

	/** As it lies in its user's repository. */
	public static final String DEFINITION = """
			apiVersion: longhaul.dev/v1
			kind: Application
			metadata: {name: cloud}
			spec:
			  namespace: cloud
			  volumes: [{claim: files}, {claim: db}]
			  workloads: [deployment: cloud]
			  profile:
			    timeout: 20s
			    nextcloud: {in: {deployment: cloud}, directory: /cloud, occ: sh occ, settle: 1s}
			""";

	static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final String OCC = """
			case "$*" in
				"maintenance:mode --on")
					echo "on $(date +%s%3N)" >> switched
					touch maintenance
					echo "Maintenance mode enabled" ;;
				"maintenance:mode --off")
					[ ! -e maintenance ] || echo "off $(date +%s%3N)" >> switched
					rm -f maintenance
					echo "Maintenance mode disabled" ;;
				"maintenance:mode")
					[ -e maintenance ] && echo "Maintenance mode is currently enabled" ||
						echo "Maintenance mode is currently disabled" ;;
				*) exit 1 ;;
			esac
			""";

	private static final String DEPLOYMENT = """
			{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "cloud", "namespace": "cloud"},
			 "spec": {"replicas": 1, "selector": {"matchLabels": {"app": "cloud"}}, "template": {
			   "metadata": {"labels": {"app": "cloud"}},
			   "spec": {
			     "containers": [{"name": "cloud", "image": "example.invalid/cloud",
			       "volumeMounts": [{"name": "files", "mountPath": "/cloud"}]}],
			     "volumes": [{"name": "files", "persistentVolumeClaim": {"claimName": "files"}}]}}}}
			""";

	private static final Pattern SERVER = Pattern.compile("server: \"([^\"]+)\"");

	private final Path files;

	private Cloud(Path files) {
		this.files = files;
	}

	/** Makes it on the volumes of a scene with a cloud. */
	public static Cloud deploy(Scene scene) throws IOException {
		Path files = scene.cluster().files(Scene.volume("cloud", "files"));
		Files.createDirectories(files.resolve("config"));
		Files.writeString(files.resolve("config/config.php"), "<?php\n");
		Files.writeString(files.resolve("occ"), OCC);
		create(scene, "/apis/apps/v1/namespaces/cloud/deployments", DEPLOYMENT);
		Place place = new Place(new Workload(Workload.Kind.DEPLOYMENT, "cloud", "cloud"), null);
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.ignoreExceptionsInstanceOf(TransientFailure.class)
			.until(() -> scene.workloads().run(place, List.of("true"), Duration.ofSeconds(10)).exitCode() == 0);
		return new Cloud(files);
	}

	/** Production code makes no such things, so the API is asked itself. */
	public static void create(Scene scene, String path, String object) throws IOException {
		Matcher server = SERVER.matcher(Files.readString(scene.cluster().kubeconfig()));
		assertThat(server.find()).isTrue();
		URI objects = URI.create(server.group(1)).resolve(path);
		try {
			HttpResponse<String> answer = HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(objects)
					.header("Content-Type", "application/json")
					.POST(HttpRequest.BodyPublishers.ofString(object))
					.build(), HttpResponse.BodyHandlers.ofString());
			assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
	}

	public boolean inMaintenance() {
		return Files.exists(files.resolve("maintenance"));
	}

	/** As an administrator does. */
	void switchOn() throws IOException {
		Files.writeString(files.resolve("maintenance"), "");
	}

	/** When it went into maintenance and out of it again, in order. */
	List<Quiet> quiets() throws IOException {
		List<Quiet> quiets = new ArrayList<>();
		Instant on = null;
		for (String line : Files.readAllLines(files.resolve("switched"))) {
			Instant at = Instant.ofEpochMilli(Long.parseLong(line.substring(line.indexOf(' ') + 1)));
			if (line.startsWith("on")) {
				on = at;
			}
			else if (on != null) {
				quiets.add(new Quiet(on, at));
			}
		}
		return quiets;
	}

	/** One time in maintenance. */
	record Quiet(Instant from, Instant to) {

		Duration lasted() {
			return Duration.between(from, to);
		}

	}

}
