package dev.longhaul.scheduler.scenario.consistent_applications;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.longhaul.batch.launch.NightEnd;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.guard.Accepted;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.verdict.CheckResult;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.scheduler.scenario.Scene;
import dev.longhaul.scheduler.scenario.Traces;
import dev.longhaul.scheduler.wiring.NightContext;
import dev.longhaul.scheduler.wiring.NightPlan;
import dev.longhaul.scheduler.wiring.Server;
import dev.longhaul.simulator.Kubectl;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A cluster whose applications are written to without end, and nights in it.
 * <p>
 * Nights run in this process, wired as the program wires them: the program's own start
 * takes longer than a night here.
 */
final class Household implements AutoCloseable {

	private static final Instant FIRST = Instant.parse("2026-11-22T02:30:00Z");

	private static final Duration START = Duration.ofSeconds(60);

	private final Scene scene;

	private final List<JudgedApplication> applications;

	private final Judge judge;

	private final Server server;

	private List<ApplicationDefinition> declared;

	private final Map<VolumeName, SnapshotName> lastSnapshots = new LinkedHashMap<>();

	private final ExecutorService judging = Executors.newFixedThreadPool(2);

	private int count;

	private Household(Scene scene, List<JudgedApplication> applications) throws IOException {
		this.scene = scene;
		this.applications = applications;
		this.server = Server.open(scene.configurationWithCredentials(), new StopSignal());
		this.declared = applications.stream().map(JudgedApplication::unaware).toList();
		this.judge = new Judge(scene.store(), new Traces(scene).layout());
	}

	/**
	 * Makes the applications and waits until each has served a request.
	 * @param seed of the order of their requests
	 */
	static Household open(Path directory, List<JudgedApplication> applications, long seed) throws IOException {
		Scene scene = Scene.withoutApplications(directory);
		scene.patience("look", "50ms");
		// The embedded API says nothing for 30 s if a watch runs out, which it does after
		// some minutes, while there are events for it.
		List.of("retry", "stall", "settle", "silence").forEach(name -> scene.patience(name, "2m"));
		scene.atOnce("applications", applications.size());
		Kubectl kubectl = scene.cluster().kubectl();
		for (JudgedApplication application : applications) {
			scene.add(application.name(), application.volumes());
			kubectl.create(application.manifests(seed));
		}
		applications.forEach(application -> awaitServed(kubectl, application));
		return new Household(scene, applications);
	}

	/**
	 * How the applications are declared from the next night on; at first without
	 * profiles.
	 */
	void declare(Function<JudgedApplication, ApplicationDefinition> declaration) {
		declared = applications.stream().map(declaration).toList();
	}

	/** Forgets the requests served so far, and waits for another. */
	static void awaitServed(Kubectl kubectl, JudgedApplication application) {
		String name = application.name();
		try {
			Awaitility.await("requests to " + name)
				.atMost(START)
				.pollInterval(Duration.ofMillis(100))
				.ignoreExceptionsInstanceOf(LonghaulException.class)
				.until(() -> application.deployments()
					.stream()
					.allMatch(deployment -> kubectl.isReady(name, deployment))
						&& kubectl.exec(name, application.writer(), "rm", "/tmp/served").exitCode() == 0);
		}
		catch (ConditionTimeoutException ex) {
			throw new AssertionError(application.deployments()
				.stream()
				.map(deployment -> deployment + ":\n" + kubectl.logs(name, deployment, 20))
				.collect(Collectors.joining("\n")), ex);
		}
	}

	Scene scene() {
		return scene;
	}

	Judge judge() {
		return judge;
	}

	/** Runs another night to its end. */
	RunManifest night() {
		Night night = new Night(new JobName("nightly"), FIRST.plus(Duration.ofDays(count)));
		count++;
		NightEnd end;
		try (NightContext context = server.night(new NightPlan(declared, null, Accepted.NOTHING), event -> {
		}, new StopSignal())) {
			end = context.launcher().run(night);
		}
		RunManifest manifest = server.catalog().findManifest(night).orElseThrow().manifest();
		assertThat(end).as("the end of %s; applications that failed: %s", night, manifest.failed())
			.isEqualTo(NightEnd.PROVEN);
		manifest.restorePoints().forEach(this::forgetTheSnapshotsBefore);
		return manifest;
	}

	/** What the night itself checked in the data of an application, and found sound. */
	List<String> checked(Night night, JudgedApplication application) {
		Proof proof = new Traces(scene).proof(night, application.name());
		return ((Proof.Proven) proof).checks()
			.stream()
			.filter(CheckResult.Passed.class::isInstance)
			.map(CheckResult::what)
			.toList();
	}

	/** What a night kept beside its restore points. */
	RunExports exports(Night night) {
		return server.catalog().findExports(night).orElseThrow();
	}

	/**
	 * Each is a whole image in the simulator; the newest is the base of the next backup.
	 */
	private void forgetTheSnapshotsBefore(RestorePoint point) {
		for (VolumeBackup backup : point.backups()) {
			SnapshotName before = lastSnapshots.put(backup.volume(), backup.snapshot());
			if (before != null) {
				scene.cluster().kubectl().deleteSnapshot(before);
			}
		}
	}

	/**
	 * Begins to look for what is wrong with the restore points of a night; others can be
	 * run meanwhile.
	 */
	Verdicts judge(RunManifest manifest) {
		Map<String, Future<List<Disagreement>>> found = new LinkedHashMap<>();
		for (JudgedApplication application : applications) {
			RestorePoint point = point(manifest, application);
			found.put(application.name(), judging.submit(() -> judge.judge(application, point)));
		}
		return new Verdicts(manifest.night(), found);
	}

	static RestorePoint point(RunManifest manifest, JudgedApplication application) {
		return manifest.restorePoints()
			.stream()
			.filter(each -> each.application().value().equals(application.name()))
			.findFirst()
			.orElseThrow();
	}

	@Override
	public void close() throws IOException {
		judging.shutdownNow();
		server.close();
		scene.close();
	}

}
