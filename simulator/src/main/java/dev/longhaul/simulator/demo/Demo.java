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
import java.util.List;

import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.simulator.git.EmbeddedGit;
import org.jspecify.annotations.Nullable;

/**
 * Longhaul's main job from end to end: a cluster, a night, a flipped bit, and the
 * verification that finds it. Only the cluster, the bucket and the damage are made here;
 * the rest is done by the programs a user installs.
 */
final class Demo {

	private final PrintStream out;

	private final Programs programs;

	private final Clock clock;

	Demo(PrintStream out, Programs programs, Clock clock) {
		this.out = out;
		this.programs = programs;
		this.clock = clock;
	}

	/**
	 * Runs the demo in a directory of its own, which is removed afterwards.
	 * @return the exit status of the demo: proven if all went as it should
	 */
	ExitStatus run() throws IOException {
		return inDirectory(this::showNight);
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

	private ExitStatus showNight(Path directory) throws IOException {
		Instant begun = clock.instant();
		try (DemoCluster cluster = DemoCluster.start(directory, clock)) {
			sayReady(begun);
			int night = programs.longhaul(
					List.of("server", "night", "--config", cluster.writeConfiguration().toString()),
					cluster.variables());
			return (night == ExitStatus.PROVEN.code()) ? damageAndFind(cluster, begun) : failsAtNight(night);
		}
	}

	private ExitStatus showServer(Path directory, ServeOptions options) throws IOException {
		Instant begun = clock.instant();
		try (DemoCluster cluster = DemoCluster.start(directory, clock); EmbeddedGit git = cluster.serveRepository()) {
			sayReady(begun);
			Path token = options.tokenFileIn(directory);
			Path configuration = cluster.writeConfiguration(git, options.port(), token);
			int night = programs.longhaul(
					List.of("server", "night", "--config", configuration.toString(), "--job", DemoRepository.NIGHTLY),
					cluster.variables());
			if (night != ExitStatus.PROVEN.code()) {
				return failsAtNight(night);
			}
			return new DemoServer(out, programs, options).run(configuration, token, cluster.variables());
		}
	}

	private void sayReady(Instant begun) {
		say("Embedded cluster ready: Kubernetes API, Longhorn %s (%d nodes), bucket s3://%s   %.1f s"
			.formatted(DemoCluster.RELEASE, DemoCluster.NODES.size(), DemoCluster.TARGET.bucket(), seconds(begun)));
	}

	private ExitStatus failsAtNight(int exitCode) {
		return fails("the night ended with exit code %d instead of %d".formatted(exitCode, ExitStatus.PROVEN.code()));
	}

	private ExitStatus damageAndFind(DemoCluster cluster, Instant begun) throws IOException {
		FlippedBit bit = cluster.flipOneBit();
		say("\nNow one bit of one block in the bucket is flipped.\n");
		String target = DemoCluster.TARGET.toString();
		int verify = programs.longhaul(List.of("verify", target), cluster.variables());
		if (verify != ExitStatus.DAMAGE.code()) {
			return fails("the verification ended with exit code %d instead of %d".formatted(verify,
					ExitStatus.DAMAGE.code()));
		}
		FoundProblems found = FoundProblems
			.read(programs.output(List.of("verify", target, "--output", "json"), cluster.variables()));
		if (!found.areOnly(bit)) {
			return fails(
					"%s should have been found and nothing else, but it was %s".formatted(bit.key(), found.problems()));
		}
		say("\nExactly the flipped bit was found. Longhorn alone would have noticed on the day you needed it.   %.1f s"
			.formatted(seconds(begun)));
		return ExitStatus.PROVEN;
	}

	private ExitStatus fails(String reason) {
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

	private static void remove(Path directory) throws IOException {
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
