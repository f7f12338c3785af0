package dev.longhaul.scheduler.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;
import org.springframework.util.FileSystemUtils;

/**
 * The program {@code longhaul-server}, as the build has packaged it. It keeps its loaded
 * classes from one start to the next.
 */
public final class Program {

	private static final Path JAR = Path.of("target/longhaul-server.jar").toAbsolutePath();

	/** For this process alone: the build runs scenarios in several, side by side. */
	private static final Path KEPT = Path.of("target/program-" + ProcessHandle.current().pid()).toAbsolutePath();

	private static final Path CLASSES = KEPT.resolve("classes.jsa");

	/** Tests are about what it does, not about how fast it has compiled itself. */
	private static final List<String> FAST_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
			"-Xshare:auto", "-Xlog:disable", "-Xlog:all=error:stderr", "-Xmx256m");

	/** Of one start, on a machine that does much else. */
	private static final long LIMIT_SECONDS = 180;

	private static boolean keepsClasses;

	private final Path directory;

	private int starts;

	/**
	 * @param directory for what it prints
	 */
	public Program(Path directory) {
		this.directory = directory;
	}

	/**
	 * Starts it.
	 * @param environment all there is
	 */
	public Running start(Map<String, String> environment, String... arguments) throws IOException {
		keepClasses();
		List<String> command = new ArrayList<>(List.of(java()));
		command.addAll(FAST_START);
		command.addAll(List.of("-XX:SharedArchiveFile=" + CLASSES, "-jar", JAR.toString()));
		command.addAll(List.of(arguments));
		Path out = directory.resolve("out-" + starts);
		Path err = directory.resolve("err-" + starts);
		starts++;
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
			.redirectOutput(out.toFile())
			.redirectError(err.toFile());
		builder.environment().clear();
		builder.environment().putAll(environment);
		return new Running(builder.start(), out, err);
	}

	/** Starts it and waits for its end. */
	public Ended run(Map<String, String> environment, String... arguments) throws IOException {
		return start(environment, arguments).await();
	}

	private static String java() {
		return Path.of(System.getProperty("java.home"), "bin/java").toString();
	}

	/** Once in every test run. */
	private static synchronized void keepClasses() throws IOException {
		Assumptions.assumeTrue(Files.isRegularFile(JAR), () -> "[aborted] there is no " + JAR + ": run mvn package");
		if (!keepsClasses) {
			Runtime.getRuntime().addShutdownHook(new Thread(Program::forgetClasses, "forget-classes"));
			Files.createDirectories(KEPT);
			recordClasses();
			keepsClasses = true;
		}
	}

	private static void forgetClasses() {
		try {
			FileSystemUtils.deleteRecursively(KEPT);
		}
		catch (IOException ex) {
			System.err.println("left behind: " + KEPT);
		}
	}

	/**
	 * Those of a night that gets as far as its first call of a cluster that is not there.
	 */
	private static void recordClasses() throws IOException {
		Path kubeconfig = Files.writeString(KEPT.resolve("kubeconfig"), """
				apiVersion: v1
				kind: Config
				current-context: none
				clusters: [{name: none, cluster: {server: "http://127.0.0.1:1"}}]
				contexts: [{name: none, context: {cluster: none, user: none}}]
				users: [{name: none, user: {}}]
				""");
		Path configuration = Files.writeString(KEPT.resolve("nowhere.yaml"), """
				longhaul:
				  cluster: {kubeconfig: "%s"}
				  target: {url: "s3://none@none/"}
				  database: "%s"
				  applications: [{name: none, claims: [none/none]}]
				  patience: {retry: 1ms}
				""".formatted(kubeconfig, KEPT.resolve("nowhere")));
		List<String> command = new ArrayList<>(List.of(java()));
		command.addAll(FAST_START);
		command.addAll(List.of("-XX:ArchiveClassesAtExit=" + CLASSES, "-jar", JAR.toString(), "night", "--config",
				configuration.toString()));
		finish(command);
	}

	private static int finish(List<String> command) throws IOException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		process.onExit().completeOnTimeout(process, LIMIT_SECONDS, TimeUnit.SECONDS).join();
		if (process.isAlive()) {
			process.destroyForcibly();
			throw new IOException("not over after %d s: %s".formatted(LIMIT_SECONDS, command));
		}
		return process.exitValue();
	}

	/** One that runs. */
	public record Running(Process process, Path out, Path err) {

		/** Waits for its end. */
		public Ended await() throws IOException {
			process.onExit().completeOnTimeout(process, LIMIT_SECONDS, TimeUnit.SECONDS).join();
			if (process.isAlive()) {
				process.destroyForcibly();
				throw new AssertionError("the program did not end within %d s:%n%s%n%s".formatted(LIMIT_SECONDS,
						Files.readString(out), Files.readString(err)));
			}
			return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
		}

		/** What it has printed so far. */
		public String printed() {
			return read(out);
		}

		/** What it has printed to its error output so far. */
		public String complained() {
			return read(err);
		}

		private static String read(Path file) {
			try {
				return Files.readString(file);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		/** SIGKILL: it learns nothing of its end. */
		public Ended kill() throws IOException {
			process.destroyForcibly();
			return await();
		}

	}

	/** One that has ended. */
	public record Ended(int exit, String out, String err) {

		/** Both outputs, to explain a failed expectation. */
		public String everything() {
			return "exit %d%n%s%n%s".formatted(exit, out, err);
		}

	}

}
