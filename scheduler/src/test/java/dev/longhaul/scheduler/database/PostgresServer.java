package dev.longhaul.scheduler.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.longhaul.scheduler.scenario.Tool;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL of this machine that asks for a password, with an empty database
 * {@code longhaul}.
 */
public final class PostgresServer implements AutoCloseable {

	/** What it asks for; made up, and found nowhere else. */
	public static final String PASSWORD = "correct-horse-battery-staple";

	private final Path directory;

	private final int port;

	private Process process;

	private PostgresServer(Path directory, int port) {
		this.directory = directory;
		this.port = port;
	}

	/** Aborts the test if it is not installed. */
	public static PostgresServer create() throws IOException {
		Tool.require("initdb", "postgres", "psql", "setpriv");
		Tool.requireRoot();
		// JUnit's directories are closed to its user.
		PostgresServer server = new PostgresServer(Files.createTempDirectory("longhaul-postgres-"), freePort());
		server.initialize();
		server.start();
		server.ask("postgres", "CREATE DATABASE longhaul");
		return server;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private void initialize() throws IOException {
		Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
		Path password = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
		run(asPostgres("initdb", "--pgdata=" + data(), "--username=longhaul", "--auth=scram-sha-256",
				"--pwfile=" + password, "--no-sync", "--encoding=UTF8", "--locale=C"));
		Files.writeString(directory.resolve("username"), "longhaul\n");
	}

	/** Starts it again after {@link #stop}. */
	public void start() throws IOException {
		Path log = Files.createTempFile(directory, "postgres", ".log");
		process = new ProcessBuilder(asPostgres("postgres", "-D", data().toString(), "-c", "listen_addresses=127.0.0.1",
				"-c", "port=" + port, "-c", "unix_socket_directories=", "-c", "fsync=off"))
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		Awaitility.await()
			.until(() -> !process.isAlive() || Files.readString(log).contains("ready to accept connections"));
		if (!process.isAlive()) {
			throw new IOException("it has ended: " + Files.readString(log));
		}
	}

	/** At once, without a word to its clients. */
	public void stop() throws IOException {
		run(asPostgres("pg_ctl", "stop", "--pgdata=" + data(), "--mode=immediate"));
	}

	private static List<String> asPostgres(String program, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of(Tool.path("setpriv"), "--reuid=postgres", "--regid=postgres",
				"--clear-groups", Tool.path(program)));
		command.addAll(List.of(arguments));
		return command;
	}

	private void ask(String database, String query) throws IOException {
		run(List.of(Tool.path("psql"), "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--command=" + query,
				"postgresql://longhaul:%s@127.0.0.1:%d/%s".formatted(PASSWORD, port, database)));
	}

	private void run(List<String> command) throws IOException {
		Tool.Said said = Tool.run(command, directory);
		if (said.exit() != 0) {
			throw new IOException(said.text());
		}
	}

	private Path data() {
		return directory.resolve("data");
	}

	/** For {@code longhaul.postgresql.url}. */
	public String url() {
		return "jdbc:postgresql://127.0.0.1:%d/longhaul".formatted(port);
	}

	/** For {@code longhaul.postgresql.credentials}. */
	public Path credentials() {
		return directory;
	}

	@Override
	public void close() throws IOException {
		process.destroy();
		process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
		process.destroyForcibly();
		FileSystemUtils.deleteRecursively(directory);
	}

}
