package dev.longhaul.scheduler.scenario.consistent_applications;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.longhaul.scheduler.scenario.Tool;

/**
 * MariaDB, which recovers from its log when it starts.
 */
final class RestoredMariadb implements RestoredDatabase {

	private final DatabaseServer server;

	private final String socket;

	private RestoredMariadb(DatabaseServer server, String socket) {
		this.server = server;
		this.socket = socket;
	}

	/**
	 * @param directory for its socket; with a short name
	 */
	static RestoredMariadb open(Path data, Path directory) throws IOException {
		String socket = "--socket=" + directory.resolve("m.sock");
		DatabaseServer server = DatabaseServer.start(
				List.of(Tool.path("mariadbd"), "--no-defaults", "--datadir=" + data, "--user=root",
						"--skip-grant-tables", "--skip-networking", socket, "--innodb-log-file-size=4M",
						"--innodb-buffer-pool-size=16M", "--innodb-use-native-aio=0", "--innodb-flush-method=nosync"),
				directory, client(socket, "SELECT 1"));
		return new RestoredMariadb(server, socket);
	}

	/** One without any data of anybody. */
	static RestoredMariadb fresh(Path directory) throws IOException {
		Path data = directory.resolve("mariadb");
		Tool.Said made = Tool.run(
				List.of(Tool.path("mariadb-install-db"), "--no-defaults", "--datadir=" + data, "--user=root",
						"--skip-test-db", "--auth-root-authentication-method=normal", "--innodb-log-file-size=4M"),
				directory);
		if (made.exit() != 0) {
			throw new IOException(made.text());
		}
		return open(data, directory);
	}

	/** Has it read a dump. */
	void read(Path sql) throws IOException {
		Tool.Said said = server.ask(client(socket, "source " + sql));
		if (said.exit() != 0 || said.text().contains("ERROR")) {
			throw new IOException("the dump cannot be read: " + said.text());
		}
	}

	private static List<String> client(String socket, String query) throws IOException {
		return List.of(Tool.path("mariadb"), "--no-defaults", socket, "--database=mysql", "--batch",
				"--skip-column-names", "--execute=" + query);
	}

	@Override
	public List<String> faults() throws IOException {
		Tool.Said said = server.ask(List.of(Tool.path("mariadb-check"), "--no-defaults", socket, "--check",
				"--extended", "--databases", "nextcloud", "mysql"));
		List<String> faults = new ArrayList<>(said.text().lines().filter(line -> !line.matches("\\S+ +OK")).toList());
		// Logs in CSV and the like have no check; the name of such a table stands alone.
		for (int i = faults.size() - 1; i >= 0; i--) {
			if (faults.get(i).startsWith("note ")) {
				faults.subList(i - 1, i + 1).clear();
			}
		}
		if (said.exit() != 0) {
			faults.add("mariadb-check ended with " + said.exit());
		}
		return faults;
	}

	@Override
	public List<Row> rows(String query) throws IOException {
		return server.rows(client(socket, query), "\t");
	}

	@Override
	public void close() {
		server.stop();
	}

}
