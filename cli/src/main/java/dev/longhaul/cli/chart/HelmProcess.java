package dev.longhaul.cli.chart;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.thread.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Helm in a process of its own, bounded in time and in what it answers, with a directory
 * of its own for all it writes, and without the settings of whoever uses Helm on this
 * machine: those could lead it into another cluster.
 */
final class HelmProcess {

	/**
	 * After being told to end, to leave a release as one that failed; less than this
	 * process has itself when it is told to stop.
	 */
	private static final Duration GRACE = Duration.ofSeconds(4);

	private static final int LARGEST_ANSWER = 8 * 1024 * 1024;

	private final Duration limit;

	HelmProcess(Duration limit) {
		this.limit = limit;
	}

	/**
	 * What it came to.
	 *
	 * @param inTime whether it ended by itself
	 * @param status 0, or that of a {@link HelmStep}
	 * @param answer may hold secrets
	 */
	record Outcome(boolean inTime, int status, String answer) {

		@Override
		public String toString() {
			return "Outcome[%s, %d]".formatted(inTime, status);
		}

	}

	/**
	 * @throws RefusedRequest if there is no room for it on this machine
	 * @throws Interruption if this process is told to stop meanwhile; so is Helm's
	 */
	Outcome run(HelmOrder order) {
		Path directory = null;
		try {
			directory = Files.createTempDirectory("longhaul-helm",
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
			return run(order, start(directory));
		}
		catch (IOException | UncheckedIOException ex) {
			throw new RefusedRequest(FailureCode.OUTPUT_NOT_WRITABLE,
					"Helm cannot be started: " + ex.getClass().getSimpleName(),
					"make room for 200 MB where temporary files go; -Djava.io.tmpdir names another place", ex);
		}
		finally {
			if (directory != null) {
				delete(directory);
			}
		}
	}

	private static Process start(Path directory) throws IOException {
		Path java = Path.of(System.getProperty("java.home"), "bin", "java");
		ProcessBuilder builder = new ProcessBuilder(java.toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
				"-Xshare:auto", "--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + directory,
				"-Djna.tmpdir=" + directory, "-Dcom.marcnuri.jkube-helm.skipRemoteJar=true", "-cp",
				System.getProperty("java.class.path"), HelmMain.class.getName());
		settle(builder.environment(), directory);
		// What libraries say of themselves could repeat what they were given.
		return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
	}

	/** Proxies stay as they are: repositories are reached through them. */
	private static void settle(Map<String, String> environment, Path directory) {
		environment.keySet()
			.removeIf(name -> name.startsWith("HELM_") || name.startsWith("KUBE") || name.startsWith("AWS_")
					|| name.startsWith("LONGHAUL_"));
		environment.put("HELM_CACHE_HOME", directory + File.separator + "cache");
		environment.put("HELM_CONFIG_HOME", directory + File.separator + "config");
		environment.put("HELM_DATA_HOME", directory + File.separator + "data");
		environment.put("KUBECONFIG", directory + File.separator + "none");
	}

	private Outcome run(HelmOrder order, Process process) throws IOException {
		CompletableFuture<byte[]> answer = CompletableFuture.supplyAsync(() -> read(process.getInputStream()),
				work -> Workers.named("helm").newThread(work).start());
		try {
			order.write(process.getOutputStream());
			boolean inTime = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
			if (!inTime) {
				end(process);
			}
			return new Outcome(inTime, process.isAlive() ? 1 : process.exitValue(), text(answer));
		}
		catch (InterruptedException ex) {
			end(process);
			throw Interruption.of(ex, "Helm was at work");
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static byte[] read(InputStream in) {
		try {
			return in.readNBytes(LARGEST_ANSWER);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String text(CompletableFuture<byte[]> answer) throws IOException {
		try {
			return new String(answer.join(), StandardCharsets.UTF_8);
		}
		catch (CompletionException ex) {
			throw new IOException("its answer was cut", ex);
		}
	}

	/** Politely first: a release that Helm leaves is one that can be finished. */
	private static void end(Process process) {
		process.destroy();
		try {
			if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
				process.destroyForcibly().waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
			}
		}
		catch (InterruptedException ex) {
			process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

	private static void delete(Path directory) {
		try {
			Files.walkFileTree(directory, new SimpleFileVisitor<>() {
				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
					Files.deleteIfExists(file);
					return FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
						throws IOException {
					Files.deleteIfExists(visited);
					return FileVisitResult.CONTINUE;
				}
			});
		}
		catch (IOException ex) {
			// Nobody else reads it, and its files went when Helm ended.
			directory.toFile().deleteOnExit();
		}
	}

}
