package dev.longhaul.scheduler.scenario.consistent_applications;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.longhaul.scheduler.scenario.Tool;

/**
 * PostgreSQL, which recovers from its log when it starts and checks the checksum of every
 * page it reads.
 */
final class RestoredPostgresql implements RestoredDatabase {

	private final DatabaseServer server;

	private final Path directory;

	private RestoredPostgresql(DatabaseServer server, Path directory) {
		this.server = server;
		this.directory = directory;
	}

	/**
	 * @param data its files, with their owner
	 * @param directory for its socket; with a short name, and open to that owner
	 */
	static RestoredPostgresql open(Path data, Path directory) throws IOException {
		// Of a process that is not there any more.
		Files.deleteIfExists(data.resolve("postmaster.pid"));
		Path trust = Files.writeString(directory.resolve("hba.conf"), "local all all trust\n");
		List<String> command = List.of(Tool.path("setpriv"), "--reuid=postgres", "--regid=postgres", "--clear-groups",
				Tool.path("postgres"), "-D", data.toString(), "-c", "listen_addresses=", "-c", "hba_file=" + trust,
				"-c", "unix_socket_directories=" + directory, "-c", "fsync=off", "-p", "5432");
		DatabaseServer server = DatabaseServer.start(command, directory, client(directory, "SELECT 1"));
		return new RestoredPostgresql(server, directory);
	}

	private static List<String> client(Path directory, String query) throws IOException {
		return List.of(Tool.path("psql"), "--no-psqlrc", "--no-align", "--tuples-only", "--set=ON_ERROR_STOP=1",
				"--host=" + directory, "--port=5432", "--username=postgres", "--dbname=postgres", "--command=" + query);
	}

	@Override
	public List<String> faults() throws IOException {
		Tool.Said said = server.ask(List.of(Tool.path("pg_amcheck"), "--host=" + directory, "--port=5432",
				"--username=postgres", "--install-missing", "--heapallindexed", "--database=postgres"));
		List<String> faults = new ArrayList<>(said.text().lines().toList());
		if (said.exit() != 0) {
			faults.add("pg_amcheck ended with " + said.exit());
		}
		return faults;
	}

	/** Has it read a dump, to whose roles its own one belongs, too. */
	void read(Path sql) throws IOException {
		Tool.Said said = server.ask(List.of(Tool.path("psql"), "--no-psqlrc", "--quiet", "--host=" + directory,
				"--port=5432", "--username=postgres", "--dbname=postgres", "--file=" + sql));
		List<String> errors = said.text()
			.lines()
			.filter(line -> line.contains("ERROR") && !line.contains("role \"postgres\" already exists"))
			.toList();
		if (said.exit() != 0 || !errors.isEmpty()) {
			throw new IOException("the dump cannot be read: " + errors);
		}
	}

	@Override
	public List<Row> rows(String query) throws IOException {
		return server.rows(client(directory, query), "\\|");
	}

	@Override
	public void close() {
		server.stop();
	}

}
