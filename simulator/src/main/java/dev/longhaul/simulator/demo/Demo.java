package dev.longhaul.simulator.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.simulator.SimulatedCluster;
import dev.longhaul.simulator.git.EmbeddedGit;
import org.jspecify.annotations.Nullable;

/**
 * Longhaul's main job from end to end: a cluster, a night, a flipped bit and the
 * verification that finds it; then the cluster is lost, and comes back out of the bucket.
 * Only clusters, bucket and damage are made here; the rest is done by the programs a user
 * installs.
 */
final class Demo {

	private final PrintStream out;

	private final Programs programs;

	private final Clock clock;

	/**
	 * @param out for what is told on the way
	 */
	Demo(PrintStream out, Programs programs, Clock clock) {
		this.out = out;
		this.programs = programs;
		this.clock = clock;
	}

	/**
	 * Runs the demo in a directory of its own, which is removed afterwards.
	 * @param document for what came of it, in JSON; null if a person looks at it
	 * @return the exit status of the demo: proven if all went as it should
	 */
	ExitStatus run(@Nullable PrintStream document) throws IOException {
		return inDirectory(directory -> showAll(directory, document));
	}

	/**
	 * Runs a night and then the server, until it is told to stop, in a directory of its
	 * own, which is removed afterwards.
	 */
	ExitStatus serve(ServeOptions options) throws IOException {
		return inDirectory(directory -> showServer(directory, options));
	}

	private static ExitStatus inDirectory(Scene scene) throws IOException {
		Path directory = Files.createTempDirectory("longhaul-demo-");
		try {
			return scene.play(directory);
		}
		finally {
			// Also when the demo is told to stop.
			Thread.interrupted();
			remove(directory);
		}
	}

	private ExitStatus showAll(Path directory, @Nullable PrintStream document) throws IOException {
		Instant begun = clock.instant();
		try (DemoCluster cluster = DemoCluster.start(directory, clock)) {
			sayReady(begun);
			showNight(cluster);
			Verdicts verdicts = Verdicts.read(programs
				.output(List.of("verdict", DemoCluster.TARGET.toString(), "--output", "json"), cluster.variables()));
			showDamage(cluster);
			say("  %.1f s".formatted(seconds(begun)));
			DemoKit kit = DemoKit.make(programs, cluster, directory.resolve("kit"));
			DemoReport report = showRebuild(cluster, kit, verdicts, begun);
			if (document != null) {
				document.writeBytes(report.json());
				document.flush();
			}
			return report.isWhole() ? ExitStatus.PROVEN : fails("not everything came back as it was");
		}
		catch (UnexpectedOutcome ex) {
			return fails(ex.getMessage());
		}
	}

	private void showNight(DemoCluster cluster) throws IOException {
		try (EmbeddedGit git = cluster.serveRepository()) {
			runNight(cluster, cluster.writeConfiguration(git));
		}
	}

	private void runNight(DemoCluster cluster, Path configuration) throws IOException {
		require("the night", ExitStatus.PROVEN, programs.longhaul(
				List.of("server", "night", "--config", configuration.toString(), "--job", DemoRepository.NIGHTLY),
				cluster.variables()));
	}

	private ExitStatus showServer(Path directory, ServeOptions options) throws IOException {
		Instant begun = clock.instant();
		try (DemoCluster cluster = DemoCluster.start(directory, clock); EmbeddedGit git = cluster.serveRepository()) {
			sayReady(begun);
			Path token = options.tokenFileIn(directory);
			Path configuration = cluster.writeConfiguration(git, options.port(), token);
			runNight(cluster, configuration);
			return new DemoServer(out, programs, options).run(configuration, token, cluster.variables());
		}
		catch (UnexpectedOutcome ex) {
			return fails(ex.getMessage());
		}
	}

	private void sayReady(Instant begun) {
		say("Embedded cluster ready: Kubernetes API, Longhorn %s (%d nodes), bucket s3://%s   %.1f s"
			.formatted(DemoCluster.RELEASE, DemoCluster.NODES.size(), DemoCluster.TARGET.bucket(), seconds(begun)));
	}

	private void showDamage(DemoCluster cluster) throws IOException {
		FlippedBit bit = cluster.flipOneBit();
		say("\nNow one bit of one block in the bucket is flipped.\n");
		String target = DemoCluster.TARGET.toString();
		require("the verification", ExitStatus.DAMAGE,
				programs.longhaul(List.of("verify", target), cluster.variables()));
		FoundProblems found = FoundProblems
			.read(programs.output(List.of("verify", target, "--output", "json"), cluster.variables()));
		if (!found.areOnly(bit)) {
			throw new UnexpectedOutcome(
					"%s should have been found and nothing else, but it was %s".formatted(bit.key(), found.problems()));
		}
		cluster.flipBack(bit);
		out.print("\nExactly the flipped bit was found. Longhorn alone would have noticed on the day you needed it.");
	}

	private DemoReport showRebuild(DemoCluster lost, DemoKit kit, Verdicts verdicts, Instant begun) throws IOException {
		lost.lose();
		say("\nThe bit is flipped back, and the cluster is lost. What is left: the bucket, and the recovery kit.");
		try (SimulatedCluster cluster = lost.startEmpty()) {
			RebuiltCluster rebuilt = RebuiltCluster.read(
					programs.output(
							List.of("restore", "run", "--kit", kit.file().toString(), "--passphrase-file",
									kit.passphrase().toString(), "--kubeconfig", cluster.kubeconfig().toString(),
									"--keep-in", kit.file().resolveSibling(".").toString(), "--output", "json"),
							Map.of()));
			DemoReport report = compare(lost, cluster, rebuilt, verdicts, begun);
			say("");
			report.print(out);
			say("\nThe whole demo took %.1f s.".formatted(seconds(begun)));
			return report;
		}
	}

	private DemoReport compare(DemoCluster lost, SimulatedCluster cluster, RebuiltCluster rebuilt, Verdicts verdicts,
			Instant begun) throws IOException {
		List<DemoReport.Application> applications = new ArrayList<>();
		for (DemoApplication application : lost.applications()) {
			String name = application.name().value();
			applications
				.add(new DemoReport.Application(name, verdicts.of(name), isAsInBackups(cluster, rebuilt, application),
						rebuilt.healthy().contains(name), rebuilt.rpoSeconds(application.name())));
		}
		return new DemoReport(applications, rebuilt.rtoSeconds(), (long) seconds(begun));
	}

	private static boolean isAsInBackups(SimulatedCluster cluster, RebuiltCluster rebuilt, DemoApplication application)
			throws IOException {
		List<RebuiltCluster.Restored> restored = rebuilt.of(application.name());
		boolean equal = restored.size() == application.volumes().size();
		for (RebuiltCluster.Restored volume : restored) {
			equal &= cluster.contentHash(volume.name()).equals(cluster.contentHash(volume.name(), volume.backup()));
		}
		return equal;
	}

	private static void require(String what, ExitStatus wanted, int exitCode) throws UnexpectedOutcome {
		if (exitCode != wanted.code()) {
			throw new UnexpectedOutcome(
					"%s ended with exit code %d instead of %d".formatted(what, exitCode, wanted.code()));
		}
	}

	private ExitStatus fails(@Nullable String reason) {
		say("\nThe demo did not go as it should: " + reason);
		return ExitStatus.UNAVAILABLE;
	}

	private void say(String line) {
		out.println(line);
		out.flush();
	}

	private double seconds(Instant since) {
		return Duration.between(since, clock.instant()).toMillis() / 1000.0;
	}

	static void remove(Path directory) throws IOException {
		Files.walkFileTree(directory, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				Files.delete(file);
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException ex) throws IOException {
				Files.delete(visited);
				return FileVisitResult.CONTINUE;
			}

		});
	}

	/** What is shown. */
	private interface Scene {

		/**
		 * @param directory for everything it needs, empty
		 */
		ExitStatus play(Path directory) throws IOException;

	}

}
